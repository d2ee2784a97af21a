"""Concentration of what customers bring, out of distinct amounts and how many customers brought each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Estimate, Floats, estimate_values
from regulars.measures.intervals import Z
from regulars.measures.purchases import COST_KNOWN_SHARE
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects, splits

TOP_VALUE_SHARE = 0.8
NOT_POSITIVE = "The customers' total is not above zero, so no share of it can be told."


@dataclass(frozen=True)
class Values:
    """Distinct values from greatest to least, how many customers brought each, and what is counted."""

    value: Floats
    customers: NDArray[np.int64]
    basis: str
    basis_reason: str | None

    @property
    def n(self) -> int:
        return int(self.customers.sum())

    @property
    def total(self) -> float:
        # Money has four decimals; rounding takes away what floats added.
        return round(float(self.value @ self.customers), 4)


def concentration(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row (per ``by``); see results.py."""
    parts = [(key, _concentration(_values(columns))) for key, columns in splits(found["values"], scope.by)]
    return Outcome(joined(parts, scope.by, list(_concentration(_NOBODY))))


def curve(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """101 points (per ``by``); see results.py."""
    parts = [(key, _values(columns)) for key, columns in splits(found["values"], scope.by)]
    drawn = [(key, _curve(values)) for key, values in parts if values.total > 0]
    return Outcome(joined(drawn, scope.by, list(_curve(_NOBODY))))


def value_share(values: Values, customers_share: Floats) -> Floats:
    """The part of the total that the best customers bring, linear between neighbours; NaN if it is not positive."""
    if values.total <= 0:
        return np.full(customers_share.shape, np.nan)
    ends = np.concatenate([[0], np.cumsum(values.customers)])
    brought = np.concatenate([[0.0], np.cumsum(values.value * values.customers)])
    return np.asarray(np.interp(customers_share * values.n, ends, brought) / values.total, dtype=np.float64)


def gini(values: Values) -> float:
    """Mean difference over twice the mean absolute value: 0 all alike, towards 1 one customer brings all.

    NaN where every value is 0 or there is nobody.
    Source  Raffinetti, Siletti and Vernizzi (2015), Statistical Methods & Applications 24(3)
    """
    value, customers, n = values.value[::-1], values.customers[::-1], values.n
    size = float(np.abs(value) @ customers)
    if size == 0:
        return float("nan")
    before = np.cumsum(customers) - customers
    return float((value * customers) @ (2.0 * before + customers - n)) / (n * size)


def top_customers(values: Values) -> int:
    """The fewest customers that bring 80% of a positive total."""
    place, before = _border(values)
    missing = TOP_VALUE_SHARE * values.total - before
    full = int(values.customers[:place].sum())
    return full + max(1, int(np.ceil(missing / values.value[place] - 1e-9)))


def top_share(values: Values) -> Estimate:
    """top_customers as a share of customers, with its large-sample interval.

    Needs neither resampling nor the density at the border: it cancels out of the influence function.
    Source  Hampel (1974), Journal of the American Statistical Association 69(346)
    """
    count = np.array([values.n])
    if values.total <= 0:
        unknown = np.array([np.nan])
        return Estimate(unknown, unknown, unknown, count, objects([NOT_POSITIVE]))
    share = np.array([top_customers(values) / values.n])
    border = values.value[_border(values)[0]]
    in_top = values.value > border
    influence = in_top * (1 - values.value / border) + TOP_VALUE_SHARE * values.value / border
    spread = influence - np.average(influence, weights=values.customers)
    error = np.sqrt(np.average(spread**2, weights=values.customers) / values.n)
    if values.n == 1:
        unknown = np.array([np.nan])
        return Estimate(share, unknown, unknown, count, objects(["One customer has no interval."]))
    low, high = np.clip([share - Z * error, share + Z * error], 0, 1)
    return Estimate(share, low, high, count, objects([None]))


def _border(values: Values) -> tuple[int, float]:
    """Place of the value at which 80% is reached, and what the customers before it bring."""
    brought = np.cumsum(values.value * values.customers)
    # The running total rises up to the last positive value, and reaches 80% on the way.
    place = int(np.argmax(brought >= TOP_VALUE_SHARE * values.total * (1 - 1e-12)))
    return place, float(brought[place - 1]) if place else 0.0


def _concentration(values: Values) -> Columns:
    estimate = top_share(values)
    negative = values.value < 0
    top10, top20 = value_share(values, np.array([0.1, 0.2]))
    return {
        "basis": objects([values.basis]),
        "basis_reason": objects([values.basis_reason]),
        "customers": np.array([values.n]),
        "total": objects([values.total]),
        "top_customers": objects([top_customers(values) if values.total > 0 else None]),
        **estimate_values("top_share", estimate),
        "top10_percent_share": np.array([top10]),
        "top20_percent_share": np.array([top20]),
        "gini": np.array([gini(values)]),
        "negative_customers": np.array([values.customers[negative].sum()]),
        "negative_total": objects([round(float(values.value[negative] @ values.customers[negative]), 4)]),
    }


def _curve(values: Values) -> Columns:
    shares = np.arange(101) / 100
    return {
        "basis": objects([values.basis] * 101),
        "customers_share": shares,
        "value_share": value_share(values, shares),
        "n": np.full(101, values.n),
    }


def _values(columns: Columns) -> Values:
    order_value, known_value = float(columns["order_value"].sum()), float(columns["known_value"].sum())
    basis, reason = "profit", None
    if known_value == 0 or known_value < COST_KNOWN_SHARE * order_value:
        basis = "revenue"
        reason = "Revenue is counted, not profit: the cost of none of the orders' value is known."
        if order_value > 0 and known_value > 0:
            known = known_value / order_value
            reason = f"Revenue is counted, not profit: the cost of only {known:.0%} of the orders' value is known."
    value, inverse = np.unique(-columns[basis], return_inverse=True)
    customers = np.bincount(inverse, weights=columns["customers"], minlength=len(value)).astype(np.int64)
    return Values(-value, customers, basis, reason)


_NOBODY = Values(np.array([]), np.array([], dtype=np.int64), "revenue", None)
