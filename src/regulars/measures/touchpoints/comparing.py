"""Two shares compared, and which of several comparisons are more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from regulars.measures.intervals import Z
from regulars.measures.scores.asking import GOOD_SHARE
from regulars.measures.scores.effects import moved
from regulars.measures.scores.trends import holm_levels


@dataclass(frozen=True)
class Difference:
    """One share less another, with its 95% interval and the chance of it if both were alike."""

    value: float
    low: float
    high: float
    p_value: float


def difference(hits: float, n: float, other_hits: float, other_n: float) -> Difference | None:
    """hits / n less other_hits / other_n; None where one of them rests on nobody.

    Source  Agresti and Caffo (2000), The American Statistician 54(4)
    """
    if not n or not other_n:
        return None
    (centre, variance), (other, other_variance) = (
        moved((part, 0.0, whole - part), GOOD_SHARE) for part, whole in ((hits, n), (other_hits, other_n))
    )
    error = float(np.sqrt(variance + other_variance))
    apart = centre - other
    low, high = max(-1.0, apart - Z * error), min(1.0, apart + Z * error)
    return Difference(hits / n - other_hits / other_n, low, high, float(2 * stats.norm.sf(abs(apart) / error)))


def beyond_chance(p_values: Sequence[float | None]) -> list[bool | None]:
    """Which comparisons hold after Holm's correction over all that were made; None for those that were not.

    Source  Holm (1979), Scandinavian Journal of Statistics 6(2)
    """
    made = [p_value for p_value in p_values if p_value is not None]
    if not made:
        return [None for _ in p_values]
    judged = iter([p_value < level for p_value, level in zip(made, holm_levels(made), strict=True)])
    return [None if p_value is None else bool(next(judged)) for p_value in p_values]
