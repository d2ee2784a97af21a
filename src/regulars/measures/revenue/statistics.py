"""Periods put in a row, without holes, with profit and average order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import estimate_values
from regulars.measures.intervals import mean_estimate
from regulars.measures.purchases import COST_KNOWN_SHARE
from regulars.measures.registry import Columns, Outcome
from regulars.measures.revenue.expressions import period_months
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, key_columns, key_rows, month_starts, objects

COUNTS = ("orders", "refunds", "guest_orders")
SUMS = ("revenue", "orders_amount", "refunds_amount", "guest_revenue")

# One value of the ``by`` columns, one period.
Place = tuple[Key, int]


def revenue_by_period(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per period from the first to the last with a purchase (and ``by``); see results.py."""
    places = _without_holes(_places(found["periods"], scope))
    sums = _Aligned(found["periods"], scope, places)
    amounts, orders_amount = sums.take("amounts", 0).astype(np.int64), sums.take("orders_amount", Decimal(0))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = orders_amount.astype(np.float64) / amounts
    deviation = sums.take("deviation", np.nan).astype(np.float64)
    profit, reason = _profits(sums)
    return Outcome(
        key_columns((key for key, _ in places), scope.by)
        | _periods(places, scope)
        | {name: sums.take(name, 0) for name in COUNTS}
        | {name: sums.take(name, Decimal(0)) for name in SUMS}
        | {
            "customers": _Aligned(found["customers"], scope, places).take("customers", 0),
            "new_customers": _Aligned(found["first_orders"], scope, places).take("new_customers", 0),
            "cost": sums.take("cost", None),
            "profit": profit,
            "profit_reason": reason,
        }
        | estimate_values("average_order", mean_estimate(mean, deviation, amounts, nobody="No orders in this period."))
    )


class _Aligned:
    """A table's rows brought to the wanted places; where it has none, a value is given instead."""

    def __init__(self, columns: Columns, scope: Scope, places: Sequence[Place]) -> None:
        rows = {place: row for row, place in enumerate(_places(columns, scope))}
        self._columns = columns
        self._rows = [rows.get(place) for place in places]

    def take(self, name: str, missing: object) -> NDArray[Any]:
        """One column; ``missing`` stands for absent rows and null values."""
        values = [None if value != value else value for value in self._columns[name].tolist()]
        taken = [None if row is None else values[row] for row in self._rows]
        return objects(missing if value is None else value for value in taken)


def _places(columns: Columns, scope: Scope) -> list[Place]:
    return list(zip(key_rows(columns, scope.by), columns["period"].astype(np.int64).tolist(), strict=True))


def _without_holes(places: Sequence[Place]) -> list[Place]:
    """Every period from each key's first to the last of all, so that the lines of a chart end together."""
    first: dict[Key, int] = {}
    for key, period in places:
        first[key] = min(period, first.get(key, period))
    last = max((period for _, period in places), default=0)
    return [(key, period) for key, start in first.items() for period in range(start, last + 1)]


def _periods(places: Sequence[Place], scope: Scope) -> Columns:
    months = period_months(scope)
    index = np.array([period for _, period in places], dtype=np.int64)
    ends = month_starts((index + 1) * months) - np.timedelta64(1, "D")
    return {"period_on": month_starts(index * months), "complete": ends <= np.datetime64(scope.as_of)}


def _profits(sums: _Aligned) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Profit, or None and why: too little of the orders' value has a known cost."""
    amounts, knowns, profits = (sums.take(name, None) for name in ("orders_amount", "known_amount", "profit"))
    shown: list[Decimal | None] = []
    reasons: list[str | None] = []
    for amount, known, profit in zip(amounts, knowns, profits, strict=True):
        if known is None:
            shown.append(None)
            reasons.append("No order in this period has a known cost.")
        elif known < Decimal(str(COST_KNOWN_SHARE)) * amount:
            shown.append(None)
            reasons.append(f"Only {known / amount:.1%} of the orders' value has a known cost.")
        else:
            shown.append(profit)
            reasons.append(None)
    return objects(shown), objects(reasons)
