"""Medians and other quantiles with exact intervals, of which the engine hands out only the values that are needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
from scipy import stats

from regulars.measures.estimates import Floats
from regulars.measures.intervals import LEVEL
from regulars.measures.registry import Columns

SHARES = (0.1, 0.5, 0.9)
# All values of so few; of more, those within so many ranks of the ones that are wanted.
ALL_OF, NEAR = 40, 3
# Ends of the median's interval lie so many roots of n away from it, by the normal approximation.
_ROOTS = 0.98


def ranked(rows: ir.Table, keys: Sequence[str], value: str) -> ir.Table:
    """The order statistics around the quantiles of SHARES and the ends of the median's interval.

    rows     those with a value
    Grain    one row per group of ``keys`` and wanted rank
    Columns  the keys · rank int, from 0 · of int: values in the group · value float
    Empty    no values, no rows
    """
    each = rows.filter(rows[value].notnull())
    each = each.select(*keys, value=each[value].cast("float64"))
    group = [each[name] for name in keys]
    each = each.mutate(
        rank=ibis.row_number().over(group_by=group, order_by=each.value).cast("int64"),
        of=each.count().over(group_by=group).cast("int64"),
    )
    last, root = each.of - 1, each.of.cast("float64").sqrt() * _ROOTS
    near: ir.BooleanValue = each.of <= ALL_OF
    for share in SHARES:
        near = near | ((each["rank"] - last * share).abs() <= NEAR)
    for end in (last * 0.5 - root, last * 0.5 + root):
        near = near | ((each["rank"] - end).abs() <= NEAR)
    return each.filter(near)


@dataclass(frozen=True)
class Ranks:
    """Some order statistics of ``n`` values, by rank from 0."""

    n: int
    values: dict[int, float]

    def quantile(self, share: float) -> float:
        """Between neighbours linearly, as numpy's default does; NaN for none."""
        if not self.n:
            return float("nan")
        # 0.9 * 10 is a hair above 9 in floats; no true position is that near a whole number.
        position = round(share * (self.n - 1), 6)
        below = int(np.floor(position))
        low, high = self.values[below], self.values[min(below + 1, self.n - 1)]
        return low + (high - low) * (position - below)

    def median_interval(self) -> tuple[float, float]:
        """Ends of the median's interval; NaN below six values, where no pair of them reaches 95%.

        Source  Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2
        """
        rank = int(stats.binom.ppf((1 - LEVEL) / 2, self.n, 0.5)) if self.n else 0
        if rank > 0 and stats.binom.cdf(rank, self.n, 0.5) <= (1 - LEVEL) / 2:
            rank += 1
        if rank < 1:
            return float("nan"), float("nan")
        return self.values[rank - 1], self.values[self.n - rank]


NOTHING = Ranks(0, {})


def ranks_of(columns: Columns) -> Ranks:
    """The order statistics of one group of :func:`ranked`."""
    values: Floats = columns["value"]
    if not len(values):
        return NOTHING
    listed = zip(columns["rank"].tolist(), values.tolist(), strict=True)
    return Ranks(int(columns["of"][0]), {int(rank): float(value) for rank, value in listed})
