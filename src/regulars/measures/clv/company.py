"""The customers of one group with the models fitted to them: what both value and slipping start from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from regulars.measures.clv.groups import each_group
from regulars.measures.clv.histories import FloatArray, Histories, IntArray, count_histories
from regulars.measures.clv.models import Models, fit_models, mean_of
from regulars.measures.clv.money import Terms, terms_from
from regulars.measures.clv.scoring import Estimates
from regulars.measures.clv.valuation import net_spend
from regulars.measures.registry import Columns
from regulars.measures.scope import Scope
from regulars.measures.splits import Key

NO_MEAN = "Spend is spread so widely that the model of spend has no mean (its q is at most 1)."


@dataclass(frozen=True)
class Company:
    """Customers, models and terms of one group.

    customers  the table of customer_histories
    histories  the distinct histories; ``place`` says which of them each customer has
    spends     expected net spend on one order of each customer
    """

    customers: Columns
    histories: Histories
    place: IntArray
    models: Models
    terms: Terms
    spends: Estimates

    @property
    def n(self) -> int:
        """Customers that the models rest on."""
        return self.histories.total_customers

    @property
    def spend_reason(self) -> str | None:
        """Why nobody's spend is expected; None where it is."""
        if self.models.spend.reason:
            return self.models.spend.reason
        return NO_MEAN if len(self.spends.value) and bool(np.isnan(self.spends.value).all()) else None

    @property
    def interval_reason(self) -> str | None:
        """Why estimates have no interval; None where they have."""
        fits = [self.models.chosen, self.models.spend.fit]
        missing = next((fit.reason for fit in fits if fit is not None and fit.reason), None)
        return f"No interval: {missing}." if missing else None


def companies(tables: Mapping[str, Columns], scope: Scope) -> Iterator[tuple[Key, Company]]:
    """One company a value of ``by``.

    tables  customers: customer_histories · totals: spend_totals
    """
    for key, group in each_group({name: tables[name] for name in ("customers", "totals")}, scope.by):
        yield key, company_of(group["customers"], group["totals"], scope)


def company_of(customers: Columns, totals: Columns, scope: Scope) -> Company:
    """Fit everything to one group's customers."""
    histories, place = count_histories(
        customers["repeat_orders"], customers["age_at_last_order_days"], customers["customer_age_days"]
    )
    repeats: IntArray = customers["priced_repeats"].astype(np.int64)
    spend: FloatArray = customers["repeat_spend"].astype(np.float64)
    models = fit_models(histories, repeats, spend)
    terms = terms_from(totals, scope.settings)
    return Company(
        customers=customers,
        histories=histories,
        place=place,
        models=models,
        terms=terms,
        spends=net_spend(models.spend, repeats, mean_of(spend, repeats), terms),
    )
