"""Shares, differences of shares, and the correction for looking at many of them at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import Z, share_estimate

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """A number with its 95% interval and what it rests on; None with a reason where it is unknown."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    reason: str | None = None

    @property
    def small_sample(self) -> bool:
        """Too few to lean on."""
        return self.n < SMALL_SAMPLE


def unknown_figure(reason: str, n: int = 0) -> Figure:
    """A number that cannot be told."""
    return Figure(None, None, None, n, reason)


def share_figure(hits: int, n: int) -> Figure:
    """A share with its Wilson interval; unknown where there is nobody."""
    if n == 0:
        return unknown_figure("Nobody to count.")
    found = share_estimate([hits], [n], nobody="")
    return Figure(float(found.value[0]), float(found.low[0]), float(found.high[0]), n)


def part_of_total(amounts: ArrayLike, members: ArrayLike) -> Figure:
    """The members' part of a total, with the large-sample interval of a ratio.

    amounts   one number a customer, NaN where unknown (left out and not counted)
    Unknown where the total is not above zero.
    Source    Cochran (1977), Sampling Techniques, 3rd ed., section 2.11
    """
    each, inside = np.asarray(amounts, dtype=np.float64), np.asarray(members, dtype=bool)
    known = ~np.isnan(each)
    each, inside = each[known], inside[known]
    total, n = float(each.sum()), len(each)
    if total <= 0:
        return unknown_figure("The total is not above zero, so no share of it can be told.", n)
    part = float(each[inside].sum()) / total
    if n < 2:
        return Figure(part, None, None, n, "One customer has no interval.")
    spread = (inside - part) * each
    error = math.sqrt(n / (n - 1)) * float(np.linalg.norm(spread)) / total
    # Negative amounts can take a part below 0 or above 1; the interval then is not cut.
    natural = each.min() >= 0
    low, high = part - Z * error, part + Z * error
    return Figure(part, max(low, 0.0) if natural else low, min(high, 1.0) if natural else high, n)


def difference_of_shares(hits_a: int, n_a: int, hits_b: int, n_b: int) -> tuple[float, float, float]:
    """Share of a less share of b, with the hybrid score interval; n must be positive.

    Source  Newcombe (1998), Statistics in Medicine 17(8), method 10
    """
    a, b = share_figure(hits_a, n_a), share_figure(hits_b, n_b)
    p, p_low, p_high = (float(x) for x in (a.value, a.low, a.high) if x is not None)
    q, q_low, q_high = (float(x) for x in (b.value, b.low, b.high) if x is not None)
    low = p - q - math.hypot(p - p_low, q_high - q)
    high = p - q + math.hypot(p_high - p, q - q_low)
    return p - q, low, high


def p_of_two_shares(hits_a: int, n_a: int, hits_b: int, n_b: int) -> float:
    """Chance of such a difference where there is none: chi-squared with N - 1, Fisher's exact test where few.

    Source  Campbell (2007), Statistics in Medicine 26(19): N - 1 where all expected counts are at least 1
    """
    table = np.array([[hits_a, n_a - hits_a], [hits_b, n_b - hits_b]], dtype=np.float64)
    total = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    if expected.min() == 0:
        return 1.0
    if expected.min() < 5:
        return float(stats.fisher_exact(table.astype(np.int64)).pvalue)
    chi2 = float(((table - expected) ** 2 / expected).sum()) * (total - 1) / total
    return float(stats.chi2.sf(chi2, 1))


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values after Holm's correction, in their order.

    Keeps the chance of even one false finding at 5% where findings are those below 0.05.
    Source  Holm (1979), Scandinavian Journal of Statistics 6(2)
    """
    order = np.argsort(p_values, kind="stable")
    factors = len(p_values) - np.arange(len(p_values))
    rising = np.maximum.accumulate(np.asarray(p_values, dtype=np.float64)[order] * factors)
    corrected = np.empty(len(p_values))
    corrected[order] = np.minimum(rising, 1.0)
    return [float(p) for p in corrected]
