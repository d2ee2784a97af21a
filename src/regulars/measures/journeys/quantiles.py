"""Medians with their intervals, out of a few quantiles that an engine counts in one pass."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.measures.estimates import Estimate, Floats, reasons
from regulars.measures.intervals import LEVEL
from regulars.measures.registry import Columns

MICROS = 1e6
FEWEST = 6
# Dense around the middle, where the ends of a large sample's interval lie.
_BELOW = (
    0.0,
    0.05,
    0.1,
    0.15,
    0.2,
    0.25,
    0.3,
    0.34,
    0.37,
    0.4,
    0.42,
    0.44,
    0.46,
    0.47,
    0.48,
    0.485,
    0.49,
    0.495,
    0.498,
)
FRACTIONS: list[float] = [*_BELOW, 0.5, *(round(1 - share, 3) for share in reversed(_BELOW))]
_MIDDLE = FRACTIONS.index(0.5)
_NINE_IN_TEN = FRACTIONS.index(0.9)
TOO_FEW = "Fewer than six times have no interval."


def median_of(waits: NDArray[np.object_], n: NDArray[np.int64], *, nothing: str, unit: float = MICROS) -> Estimate:
    """The median of each row with its interval, from quantiles at FRACTIONS; ``nothing`` is the reason for none.

    The ends are the quantiles at or beyond the order statistics that leave 2.5% on each side, so the interval is never
    narrower than those.
    Source  Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2
    """
    found = _table(waits) / unit
    low, high = _ends(n)
    rows = np.arange(len(found))
    reason = reasons(n == 0, nothing)
    reason[(n > 0) & (low < 0)] = TOO_FEW
    ends = [np.where(low < 0, np.nan, found[rows, place]) for place in (low, high)]
    return Estimate(found[:, _MIDDLE], ends[0], ends[1], n, reason)


def nine_in_ten(waits: NDArray[np.object_], *, unit: float = MICROS) -> Floats:
    """The time that nine in ten keep within; NaN for none."""
    return _table(waits)[:, _NINE_IN_TEN] / unit


def time_columns(name: str, found: Columns, waits: str, mean: str, n: NDArray[np.int64], *, nothing: str) -> Columns:
    """The columns of one kind of waiting: ``median_x`` with its interval, ``p90_x``, ``mean_x``."""
    median = median_of(found[waits], n, nothing=nothing)
    return {
        f"median_{name}": median.value,
        f"median_{name}_low": median.low,
        f"median_{name}_high": median.high,
        f"median_{name}_n": median.n,
        f"median_{name}_reason": median.reason,
        f"median_{name}_small_sample": median.n < 30,
        f"p90_{name}": nine_in_ten(found[waits]),
        f"mean_{name}": found[mean].astype(np.float64) / MICROS,
    }


def _table(waits: NDArray[np.object_]) -> Floats:
    """One row a list; NaN where an engine found nothing to take quantiles of."""
    found = np.full((len(waits), len(FRACTIONS)), np.nan)
    for row, one in enumerate(waits.tolist()):
        if one is not None and one[0] is not None:
            found[row] = one
    return found


def _ends(n: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places in FRACTIONS of the interval's ends; -1 below six values, where no pair of them reaches 95%."""
    tail = (1 - LEVEL) / 2
    least = stats.binom.ppf(tail, n, 0.5)
    rank = least + ((least > 0) & (stats.binom.cdf(least, n, 0.5) <= tail))
    # The quantile at (rank - 1) / (n - 1) is the value of that rank.
    share = np.where(rank >= 1, (rank - 1) / np.maximum(n - 1, 1), np.nan)
    low = np.searchsorted(FRACTIONS, share + 1e-12, side="right") - 1
    low = np.where(np.isnan(share), -1, np.minimum(low, _MIDDLE))
    return low, np.where(low < 0, -1, len(FRACTIONS) - 1 - low)
