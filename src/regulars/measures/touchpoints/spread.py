"""How much units differ beyond chance: the spread of their true means, with the noise of their samples removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from regulars.measures.estimates import Floats
from regulars.measures.intervals import LEVEL

# Below this part of the square of the values, a variance is rounding.
_NOTHING = 1e-12


@dataclass(frozen=True)
class Spread:
    """What differs between units.

    mean            of all observations
    sd              standard deviation between the units' true means, and its 95% interval
    beyond          share of the variance seen between units that is not chance, and its ends by those of sd
    p_value         chance of differences this large if all units were alike
    drawn           each unit's mean, drawn to the mean of all by as much as it may be chance
    """

    mean: float
    sd: float
    sd_low: float
    sd_high: float
    beyond: float
    beyond_low: float
    beyond_high: float
    p_value: float
    drawn: Floats


def spread(means: Floats, deviations: Floats, counts: Floats) -> Spread:
    """The spread between at least two units, each with at least two observations.

    means, deviations, counts  of each unit: mean, sample standard deviation, observations

    One-way random effects. The variance inside units is pooled over all of them; that between units is the one under
    which the weighted squares come to what they should (method of moments), its interval those variances that the
    squares do not contradict (Q-profile). The chance of equal units is that of the F test.

    Source  Paule and Mandel (1982), Journal of Research of the National Bureau of Standards 87(5); Viechtbauer (2007),
            Statistics in Medicine 26(1); Higgins and Thompson (2002), Statistics in Medicine 21(11)
    """
    free, units = float(counts.sum() - len(counts)), len(means)
    inside = float((counts - 1) @ deviations**2 / free)
    least = _NOTHING * (1.0 + float(np.max(np.abs(means))) ** 2)
    alike = float(np.ptp(means)) ** 2 <= least
    noise = max(inside, least) / counts
    squares = _squares(means, noise)
    found = _solved(squares, units - 1.0)
    low, high = (_solved(squares, float(stats.chi2.ppf(0.5 + side * LEVEL / 2, units - 1))) for side in (1, -1))
    typical = _typical(noise)
    p_value = 1.0 if alike else float(stats.f.sf(squares(0.0) / (units - 1), units - 1, free))
    weights = 1.0 / (noise + found)
    centre = float(weights @ means / weights.sum())
    drawn = centre + found / (found + noise) * (means - centre)
    return Spread(
        mean=float(counts @ means / counts.sum()),
        sd=float(np.sqrt(found)),
        sd_low=float(np.sqrt(low)),
        sd_high=float(np.sqrt(high)),
        beyond=found / (found + typical),
        beyond_low=low / (low + typical),
        beyond_high=high / (high + typical),
        p_value=p_value,
        drawn=drawn,
    )


def _squares(means: Floats, noise: Floats) -> Callable[[float], float]:
    """Weighted squares around the weighted mean if the units' true means varied so much."""

    def squares(between: float) -> float:
        weights = 1.0 / (noise + between)
        centre = weights @ means / weights.sum()
        return float(weights @ (means - centre) ** 2)

    return squares


def _solved(squares: Callable[[float], float], wanted: float) -> float:
    """The variance between units under which the squares come to ``wanted``; 0 where they are fewer already."""
    if squares(0.0) <= wanted:
        return 0.0
    high = 1e-6
    while squares(high) > wanted:
        high *= 4
    return float(optimize.brentq(lambda between: squares(between) - wanted, 0.0, high, xtol=1e-15, rtol=1e-12))


def _typical(noise: Floats) -> float:
    """The noise of a typical unit, as Higgins and Thompson weigh it."""
    weights = 1.0 / noise
    return float((len(noise) - 1) * weights.sum() / (weights.sum() ** 2 - (weights**2).sum()))
