"""95% intervals from counts and sums."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from regulars.measures.estimates import Estimate, Floats, reasons

LEVEL = 0.95
Z = 1.959963984540054


def share_estimate(successes: ArrayLike, n: ArrayLike, *, nobody: str) -> Estimate:
    """A share with its Wilson interval; ``nobody`` is the reason where n is 0.

    Source  Wilson (1927), Journal of the American Statistical Association 22(158)
    """
    hits, total = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / total
        centre = (share + Z**2 / (2 * total)) / (1 + Z**2 / total)
        margin = Z * np.sqrt(share * (1 - share) / total + Z**2 / (4 * total**2)) / (1 + Z**2 / total)
    # At 0 and 1 the ends are exactly 0 and 1; floats would miss them by a hair.
    low = np.where(share == 0, 0.0, centre - margin)
    high = np.where(share == 1, 1.0, centre + margin)
    return Estimate(share, low, high, total.astype(np.int64), reasons(total == 0, nobody))


def mean_estimate(mean: ArrayLike, deviation: ArrayLike, n: ArrayLike, *, nobody: str) -> Estimate:
    """A mean with its Student interval, out of the sample's standard deviation.

    One observation gives a mean without an interval, and the reason says so.
    Source  Student (1908), Biometrika 6(1)
    """
    centre, spread = np.asarray(mean, dtype=np.float64), np.asarray(deviation, dtype=np.float64)
    total = np.asarray(n, dtype=np.int64)
    known = total > 1
    margin = np.full(centre.shape, np.nan)
    margin[known] = stats.t.ppf(0.5 + LEVEL / 2, total[known] - 1) * spread[known] / np.sqrt(total[known])
    reason = reasons(total == 0, nobody)
    reason[total == 1] = "One observation has no interval."
    return Estimate(np.where(total > 0, centre, np.nan), centre - margin, centre + margin, total, reason)


def quantile(values: Floats, counts: NDArray[np.int64], share: float) -> float:
    """The quantile of sorted distinct ``values`` that occur ``counts`` times, between neighbours linearly.

    The same as numpy's default on the values written out; NaN for none.
    """
    total = int(counts.sum())
    if total == 0:
        return float("nan")
    position = share * (total - 1)
    # 0.2 * 15 is a hair above 3 in floats; no true position is that near a whole number.
    position = round(position, 6)
    below = int(np.floor(position))
    ends = np.cumsum(counts)
    low = values[np.searchsorted(ends, below, side="right")]
    high = values[np.searchsorted(ends, min(below + 1, total - 1), side="right")]
    return float(low + (high - low) * (position - below))


def median_interval(values: Floats, counts: NDArray[np.int64]) -> tuple[float, float]:
    """Ends of the median's interval: the order statistics that a fair coin leaves 2.5% outside of, each side.

    Needs no assumption on the distribution. NaN below six values, where no pair of them reaches 95%.
    Source  Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2
    """
    total = int(counts.sum())
    if total == 0:
        return float("nan"), float("nan")
    # The largest rank r with P(Binomial(n, 1/2) < r) <= 2.5%; the interval is from the r-th to the (n - r + 1)-th.
    rank = int(stats.binom.ppf((1 - LEVEL) / 2, total, 0.5))
    if rank > 0 and stats.binom.cdf(rank, total, 0.5) <= (1 - LEVEL) / 2:
        rank += 1
    if rank < 1:
        return float("nan"), float("nan")
    ends = np.cumsum(counts)
    low = values[np.searchsorted(ends, rank - 1, side="right")]
    high = values[np.searchsorted(ends, total - rank, side="right")]
    return float(low), float(high)
