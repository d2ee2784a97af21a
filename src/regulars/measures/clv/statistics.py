"""Lifetime value: the models of a company, and each customer's value under them.

The models live beside this file, one a file: bgnbd, paretonbd, gamma_gamma; scoring applies them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regulars.measures.clv.bgnbd import fit_bgnbd
from regulars.measures.clv.company import Company, companies
from regulars.measures.clv.fitting import Fit, FitError
from regulars.measures.clv.gamma_gamma import MODEL as GAMMA_GAMMA
from regulars.measures.clv.gamma_gamma import expected_spend, fit_gamma_gamma
from regulars.measures.clv.groups import about, each_group
from regulars.measures.clv.histories import Histories, count_histories
from regulars.measures.clv.models import Fitted, Models, fit_models
from regulars.measures.clv.paretonbd import fit_paretonbd
from regulars.measures.clv.scoring import Estimates, Scorer
from regulars.measures.clv.valuation import nothing, value_customers
from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined

__all__ = [
    "Estimates",
    "Fit",
    "FitError",
    "Histories",
    "Scorer",
    "count_histories",
    "customer_values",
    "expected_spend",
    "fit_bgnbd",
    "fit_gamma_gamma",
    "fit_models",
    "fit_paretonbd",
    "model_parameters",
]

WEEKS = "weeks"
UNITS = {"alpha": WEEKS, "beta": WEEKS}

MODEL_COLUMNS: dict[str, type] = {
    "model": object,
    "parameter": object,
    "value": float,
    "standard_error": float,
    "value_low": float,
    "value_high": float,
    "unit": object,
    "log_likelihood": float,
    "n": int,
    "customers": int,
    "repeat_customers": int,
    "time_unit": object,
    "chosen": bool,
    "value_reason": object,
    "small_sample": bool,
}
KEPT = ("client_key", "repeat_orders", "age_at_last_order_days", "customer_age_days")
ESTIMATES = ("expected_orders", "p_alive", "expected_spend", "clv")
VALUE_COLUMNS = (
    *KEPT,
    *(name + end for name in ESTIMATES for end in ("", "_low", "_high", "_reason")),
    "n",
    "small_sample",
)


def model_parameters(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    """Every parameter of every model, with its standard error.

    tables   histories: distinct histories and how many customers share each · spends: repeat spend by customer
    Columns  those of the measure clv_model
    Empty    nobody ordered, no rows
    """
    parts, notes = [], []
    for key, group in each_group({name: tables[name] for name in ("histories", "spends")}, scope.by):
        found, why = _group_parameters(group["histories"], group["spends"], scope)
        parts.append((key, found))
        notes.append(about(key, scope.by) + why)
    return Outcome(joined(parts, scope.by, list(MODEL_COLUMNS)), tuple(notes))


def _group_parameters(counts: Columns, spends: Columns, scope: Scope) -> tuple[Columns, str]:
    histories, _ = count_histories(
        counts["repeat_orders"],
        counts["age_at_last_order_days"],
        counts["customer_age_days"],
        counts["customers"],
    )
    models = fit_models(histories, spends["priced_repeats"].astype(np.int64), spends["repeat_spend"].astype(np.float64))
    rows = [row for fitted in models.all_fitted for row in _model_rows(fitted, models, histories, scope.currency)]
    columns: Columns = {
        name: np.array([row[name] for row in rows], dtype=type_) for name, type_ in MODEL_COLUMNS.items()
    }
    return columns, models.why


def _model_rows(fitted: Fitted, models: Models, histories: Histories, currency: str) -> list[dict[str, object]]:
    fit = fitted.fit
    errors, bounds = (fit.standard_errors, fit.bounds) if fit else (None, None)
    spend = fitted.model == GAMMA_GAMMA
    n = fit.customers if fit else 0
    return [
        {
            "model": fitted.model,
            "parameter": parameter,
            "value": fit.values[place] if fit else np.nan,
            "standard_error": errors[place] if errors is not None else np.nan,
            "value_low": bounds[0][place] if bounds else np.nan,
            "value_high": bounds[1][place] if bounds else np.nan,
            "unit": currency if parameter == "gamma" else UNITS.get(parameter, ""),
            "log_likelihood": fit.log_likelihood if fit else np.nan,
            "n": n,
            "customers": histories.total_customers,
            "repeat_customers": histories.repeat_customers,
            "time_unit": None if spend else WEEKS,
            "chosen": fit is not None and (spend or fit is models.chosen),
            "value_reason": fit.reason if fit else fitted.reason,
            "small_sample": n < SMALL_SAMPLE,
        }
        for place, parameter in enumerate(fitted.parameters)
    ]


def customer_values(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    """Every customer's expected orders, chance of still being one, spend an order and discounted value.

    tables   customers: customer_histories · totals: spend_totals
    Columns  those of the measure clv
    """
    parts, notes = [], []
    for key, company in companies(tables, scope):
        parts.append((key, _group_values(company)))
        notes += [about(key, scope.by) + sentence for sentence in company_notes(company)]
    return Outcome(joined(parts, scope.by, VALUE_COLUMNS), tuple(notes))


def company_notes(company: Company) -> list[str]:
    """What a reader must know of the models and the terms behind a company's values."""
    return [company.models.why, company.terms.sentence]


def _group_values(company: Company) -> Columns:
    customers, length = company.customers, len(company.place)
    chosen, models = company.models.chosen, company.models
    orders_reason = None if chosen else models.bgnbd.reason
    spend_reason = company.spend_reason
    found = {
        "expected_orders": nothing(length),
        "p_alive": nothing(length),
        "expected_spend": company.spends,
        "clv": nothing(length),
    }
    if chosen is not None:
        valued = value_customers(chosen, company.histories, company.place, company.spends, company.terms)
        found |= {
            "expected_orders": valued.expected_orders,
            "p_alive": valued.p_alive,
            "clv": valued.value,
        }
    why = {
        "expected_orders": orders_reason,
        "p_alive": orders_reason,
        "expected_spend": spend_reason,
        "clv": orders_reason or spend_reason,
    }
    columns: Columns = {name: customers[name] for name in KEPT}
    for name, estimates in found.items():
        columns |= estimate_arrays(name, estimates, why[name] or company.interval_reason)
    columns["n"] = np.full(length, company.n)
    columns["small_sample"] = columns["n"] < SMALL_SAMPLE
    return columns


def estimate_arrays(name: str, estimates: Estimates, reason: str | None) -> Columns:
    """Value, interval and reason; the reason stands only where the value or its interval is missing."""
    missing = np.isnan(estimates.value) | np.isnan(estimates.low) | np.isnan(estimates.high)
    sentences = np.empty(len(missing), dtype=object)
    sentences[missing] = reason
    return {
        name: estimates.value,
        f"{name}_low": estimates.low,
        f"{name}_high": estimates.high,
        f"{name}_reason": sentences,
    }
