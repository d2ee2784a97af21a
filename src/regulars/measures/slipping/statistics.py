"""Customers who are slipping away, by the money at stake."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regulars.measures.clv.company import Company, companies
from regulars.measures.clv.fitting import Fit
from regulars.measures.clv.groups import about
from regulars.measures.clv.scoring import Scorer
from regulars.measures.clv.statistics import company_notes, estimate_arrays
from regulars.measures.clv.valuation import at, product, scaled
from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined

# Below this nearly everyone has left for good; above it most are merely between two orders.
LOWEST_P_ALIVE = 0.05
HIGHEST_P_ALIVE = 0.60

KEPT = ("client_key", "last_on", "repeat_orders")
ESTIMATES = ("p_alive", "value_if_alive", "at_stake")
COLUMNS = (
    "rank",
    *KEPT,
    "recency_days",
    "mean_gap_days",
    *(name + end for name in ESTIMATES for end in ("", "_low", "_high", "_reason")),
    "n",
    "small_sample",
)


def slipping_customers(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    """Customers who may be leaving and would be missed, most money at stake first.

    tables   customers: customer_histories · totals: spend_totals
    Columns  those of the measure slipping
    Empty    nobody is slipping, or no model could be fitted (a note says why): no rows
    """
    parts, notes = [], []
    for key, company in companies(tables, scope):
        missing = company.models.bgnbd.reason if company.models.chosen is None else company.spend_reason
        if company.models.chosen is None or missing:
            notes.append(f"{about(key, scope.by)}Nobody can be named: {missing}")
            continue
        found, sentence = _slipping(company, company.models.chosen)
        parts.append((key, found))
        notes += [about(key, scope.by) + text for text in (sentence, *company_notes(company))]
    return Outcome(joined(parts, scope.by, COLUMNS), tuple(notes))


def _slipping(company: Company, chosen: Fit) -> tuple[Columns, str]:
    """Score every history, keep those who are slipping, order them by what is at stake."""
    terms, customers = company.terms, company.customers
    scorer = Scorer(chosen, company.histories)
    alive = at(scorer.p_alive(), company.place)
    at_stake = at(scorer.orders_at_stake(terms.horizon_days, terms.discount_rate), company.place)
    sure = at(scorer.orders_if_alive(terms.horizon_days, terms.discount_rate), company.place)
    stake = scaled(product(at_stake, company.spends), terms.margin_share)
    rows = np.flatnonzero(_is_slipping(company, alive.value) & (stake.value > 0))
    # Equal stakes are ordered by key, so that the same log always gives the same list.
    rows = rows[np.lexsort((customers["client_key"][rows], -stake.value[rows]))]
    columns = _plain_columns(company, rows)
    worth = scaled(product(sure, company.spends), terms.margin_share)
    for name, estimates in zip(ESTIMATES, (alive, worth, stake), strict=True):
        columns |= estimate_arrays(name, at(estimates, rows), company.interval_reason)
    total = float(stake.value[rows].sum())
    sentence = f"{len(rows):,} of {company.n:,} customers are slipping; {total:,.2f} is at stake."
    if chosen.reason and not len(rows):
        sentence += f" This history shows hardly anyone leaving, so silence cannot be judged: {chosen.reason}."
    return columns, sentence


def _is_slipping(company: Company, p_alive: np.ndarray) -> np.ndarray:
    histories, place = company.histories, company.place
    silent = (histories.customer_age_days - histories.age_at_last_order_days)[place]
    repeats = histories.repeat_orders[place]
    # One typical gap of this company joins the customer's own: a single short gap says little about a habit.
    again = histories.repeat_orders > 0
    gaps = histories.age_at_last_order_days[again] / histories.repeat_orders[again]
    typical = float(np.median(np.repeat(gaps, histories.customers[again]))) if again.any() else 0.0
    usual = histories.age_at_last_order_days[place]
    longer = (silent * repeats > usual) & (silent * (repeats + 1) > usual + typical)
    return np.asarray((repeats > 0) & longer & (p_alive >= LOWEST_P_ALIVE) & (p_alive <= HIGHEST_P_ALIVE))


def _plain_columns(company: Company, rows: np.ndarray) -> Columns:
    customers = {name: values[rows] for name, values in company.customers.items()}
    n = np.full(len(rows), company.n)
    return {
        "rank": np.arange(1, len(rows) + 1),
        **{name: customers[name] for name in KEPT},
        "recency_days": customers["customer_age_days"] - customers["age_at_last_order_days"],
        "mean_gap_days": customers["age_at_last_order_days"] / customers["repeat_orders"],
        "n": n,
        "small_sample": n < SMALL_SAMPLE,
    }
