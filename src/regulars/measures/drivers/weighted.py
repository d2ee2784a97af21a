"""Means and shares of weighted answers with their 95% intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.measures.estimates import SMALL_SAMPLE, Floats
from regulars.measures.intervals import LEVEL, share_estimate

# Whose answer each one is, from 0.
Whose = NDArray[np.int64]


@dataclass(frozen=True)
class Figure:
    """One estimate: NaN where unknown, and why."""

    value: float = np.nan
    low: float = np.nan
    high: float = np.nan
    n: int = 0
    reason: str | None = None

    def columns(self, name: str, counted: str) -> dict[str, object]:
        """The cells of a result's row; ``counted`` is the column that holds n."""
        return {
            name: self.value,
            f"{name}_low": self.low,
            f"{name}_high": self.high,
            f"{name}_reason": self.reason,
            counted: self.n,
            f"{name}_small_sample": self.n < SMALL_SAMPLE,
        }


def effective_n(weights: Floats) -> float:
    """How many equally weighted answers tell as much; the count itself where all weights are equal.

    Source  Kish (1965), Survey Sampling, section 11.7
    """
    total = float(weights.sum())
    return total**2 / float((weights**2).sum()) if total > 0 else 0.0


def mean_of(
    values: Floats, weights: Floats, who: Whose, *, ends: tuple[float, float], nobody: str, level: float = LEVEL
) -> Figure:
    """The weighted mean of the known values with its interval, which never leaves ``ends``.

    who  whose answer it is: several of one customer count as one observation in the interval, by the spread of the
         customers' sums. With one answer each and equal weights this is Student's interval.
    Source  Student (1908), Biometrika 6(1); Kish, Frankel (1974), Journal of the Royal Statistical Society B 36(1)
    """
    known = np.isfinite(values)
    values, weights, who = values[known], weights[known], who[known]
    if not len(values):
        return Figure(reason=nobody)
    mean = float(np.average(values, weights=weights))
    size, error = _error(values - mean, weights, who)
    if size <= 1:
        return Figure(mean, n=len(values), reason="One observation has no interval.")
    margin = float(stats.t.ppf(0.5 + level / 2, size - 1)) * error
    return Figure(mean, max(ends[0], mean - margin), min(ends[1], mean + margin), len(values))


def share_of(chosen: Floats, weights: Floats, who: Whose, *, nobody: str) -> Figure:
    """The weighted share of those who did (1) among all who could (0 or 1).

    Wilson's interval, for as many independent answers as would have the same standard error.
    """
    if not len(chosen):
        return Figure(reason=nobody)
    share = float(np.average(chosen, weights=weights))
    size, error = _error(chosen - share, weights, who)
    if error > 0:
        size = min(float(len(chosen)), share * (1 - share) / error**2)
    found = share_estimate([share * size], [size], nobody=nobody)
    return Figure(share, float(found.low[0]), float(found.high[0]), len(chosen))


def customers_share(weights: Floats, who: Whose) -> float:
    """Independent observations a questionnaire: 1 where each is of another customer and all weigh the same."""
    if not len(who):
        return 1.0
    return len(np.unique(who)) / len(who) * effective_n(weights) / len(weights)


def _error(away: Floats, weights: Floats, who: Whose) -> tuple[float, float]:
    """Customers, as equally weighted ones, and the standard error of a mean from which answers are ``away``."""
    sums, total = (np.asarray(np.bincount(who, part), dtype=np.float64) for part in (weights * away, weights))
    sums, total = sums[total > 0], total[total > 0]
    size = effective_n(total)
    if len(total) < 2:
        return size, float("nan")
    spread = float((sums**2).sum()) * len(total) / (len(total) - 1)
    return size, float(np.sqrt(spread) / total.sum())
