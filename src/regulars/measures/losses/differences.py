"""Two shares compared: the difference with its interval, and whether chance alone would do."""

from __future__ import annotations

import numpy as np
from scipy import stats

from regulars.measures.estimates import Floats
from regulars.measures.intervals import share_estimate

FEWEST_EXPECTED = 5.0


def difference(with_a: int, n_a: int, with_b: int, n_b: int) -> tuple[float, float, float]:
    """Share a less share b with its 95% interval; NaN where a side has nobody.

    Source  Newcombe (1998), Statistics in Medicine 17(8), method 10
    """
    if not n_a or not n_b:
        return float("nan"), float("nan"), float("nan")
    sides = share_estimate([with_a, with_b], [n_a, n_b], nobody="")
    a, b = (float(value) for value in sides.value)
    low = a - b - float(np.hypot(a - sides.low[0], sides.high[1] - b))
    high = a - b + float(np.hypot(sides.high[0] - a, b - sides.low[1]))
    return a - b, low, high


def p_value(with_a: int, n_a: int, with_b: int, n_b: int) -> float:
    """Chance of a difference at least as clear if both sides were alike; 1 where all or none of both have it.

    Chi-squared where at least 5 are expected in each of the four cells, else Fisher's exact test.
    """
    if not n_a or not n_b:
        return float("nan")
    table: Floats = np.array([[with_a, n_a - with_a], [with_b, n_b - with_b]], dtype=np.float64)
    columns = table.sum(axis=0)
    if not columns.all():
        return 1.0
    expected = np.outer(table.sum(axis=1), columns) / table.sum()
    if expected.min() < FEWEST_EXPECTED:
        return float(stats.fisher_exact(table.astype(np.int64)).pvalue)
    return float(stats.chi2.sf(((table - expected) ** 2 / expected).sum(), 1))
