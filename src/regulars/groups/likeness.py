"""Whether the members of a group buy alike: how far they are from one another, and from everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.groups.shares import Figure, unknown_figure

FEWEST = 10
RESAMPLES = 400
MOST_DRAWN = 2_000

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Spread:
    """One side of buying: how members and the others differ in it.

    between_share   part of its variance that membership explains, corrected for chance (omega squared)
    members_mean, others_mean, members_deviation, others_deviation   in the units of the feature
    """

    name: str
    between_share: float
    members_mean: float
    others_mean: float
    members_deviation: float
    others_deviation: float


@dataclass(frozen=True)
class Likeness:
    """How members stand to one another and to the others, over all features with equal weight.

    apart      part of the variance between the two sides rather than within them, as if both were equally many:
               0 for people picked at random; half a standard deviation apart in every feature gives 0.06
    nearness   1 - (mean squared distance between members / mean squared distance to others): 0 for people picked
               at random, below 0 where members are a mixed lot
    """

    apart: Figure
    nearness: Figure
    members: int
    others: int
    spreads: tuple[Spread, ...]


def likeness(features: Mapping[str, Floats], members: Bools, *, seed: int = 0) -> Likeness:
    """Compare members with everybody else.

    features   name -> one number a customer, or several (a block such as shares of categories counts as one
               feature); without unknown values
    Unknown below ten members or ten others. The interval of ``apart`` is a bootstrap of both sides, corrected for
    bias; that of ``nearness`` Student's, on the logarithm of the ratio of variances.
    Source     within and between distances: Anderson (2001), Austral Ecology 26(1); bootstrap: Efron and
               Tibshirani (1993), An Introduction to the Bootstrap, chapter 14
    """
    inside, outside = int(members.sum()), int((~members).sum())
    spreads = tuple(_spread(name, values, members) for name, values in features.items() if values.ndim == 1)
    reason, points = _too_few(inside, outside), np.empty((0, 0))
    if reason is None:
        points = _standardised(features)
        reason = None if points.shape[1] else "All customers buy the same."
    if reason:
        unknown = unknown_figure(reason, inside)
        return Likeness(unknown, unknown, inside, outside, spreads)
    a, b = points[members], points[~members]
    return Likeness(_apart_figure(a, b, seed), _nearness_figure(a, b), inside, outside, spreads)


def _too_few(inside: int, outside: int) -> str | None:
    if inside < FEWEST:
        return "Fewer than ten members."
    return "Fewer than ten customers are not members." if outside < FEWEST else None


def apartness(members: Floats, others: Floats) -> float:
    """``apart`` of two sets of points: the squared distance of the means, less what their own error adds to it, as
    part of all variance."""
    own, foreign = _variance(members), _variance(others)
    gap = _gap(members, others)
    total = 2 * (own + foreign) + gap
    return gap / total if total > 0 else 0.0


def nearness(ratio: float, gap: float) -> float:
    """``nearness`` from the members' variance and the squared distance of the means, both in the others' variance.

    The mean squared distance between members is twice their variance; to the others it is both variances and the
    squared distance of the means.
    """
    across = ratio + 1 + gap
    return 1 - 2 * ratio / across if across > 0 else 0.0


def _gap(members: Floats, others: Floats) -> float:
    apart = float(((members.mean(axis=0) - others.mean(axis=0)) ** 2).sum())
    return apart - _variance(members) / len(members) - _variance(others) / len(others)


def _variance(points: Floats) -> float:
    return float(points.var(axis=0, ddof=1).sum())


def _apart_figure(members: Floats, others: Floats, seed: int) -> Figure:
    """Bootstrap; large sides are thinned, which only widens the interval."""
    generator = np.random.default_rng(seed)
    value = apartness(members, others)
    a, b = (_thinned(side, generator) for side in (members, others))
    drawn = [
        apartness(*(side[generator.integers(0, len(side), len(side))] for side in (a, b))) for _ in range(RESAMPLES)
    ]
    # Drawing with repetition makes people nearer to themselves; the middle of the draws shows by how much.
    low, high = np.quantile(drawn, (0.025, 0.975)) + value - np.median(drawn)
    return Figure(value, float(min(low, value)), float(max(high, value)), len(members))


def _nearness_figure(members: Floats, others: Floats) -> Figure:
    """Student's interval of the logarithm of the ratio of variances, by everybody's own squared distance."""
    own, foreign = _variance(members), _variance(others)
    n = len(members)
    if foreign == 0:
        return unknown_figure("All others buy the same.", n)
    gap = _gap(members, others) / foreign
    if own == 0:
        return Figure(nearness(0.0, gap), None, None, n, "All members buy the same.")
    error = float(np.hypot(_error_of_variance(members), _error_of_variance(others)))
    margin = float(stats.t.ppf(0.975, min(n, len(others)) - 1)) * error
    ratio = own / foreign
    ends = [nearness(ratio * float(np.exp(side * margin)), gap) for side in (1, -1)]
    return Figure(nearness(ratio, gap), min(ends), max(ends), n)


def _error_of_variance(points: Floats) -> float:
    """Standard error of a variance, as part of it."""
    distances = ((points - points.mean(axis=0)) ** 2).sum(axis=1)
    return float(distances.std(ddof=1) / distances.mean() / np.sqrt(len(distances)))


def _thinned(points: Floats, generator: np.random.Generator) -> Floats:
    if len(points) <= MOST_DRAWN:
        return points
    return points[generator.choice(len(points), MOST_DRAWN, replace=False)]


def _standardised(features: Mapping[str, Floats]) -> Floats:
    """All features side by side, each with a total variance of one; those that never vary are left out."""
    blocks = []
    for values in features.values():
        block = values.reshape(len(values), -1)
        size = _variance(block)
        if size > 1e-12:
            blocks.append((block - block.mean(axis=0)) / np.sqrt(size))
    return np.column_stack(blocks) if blocks else np.empty((0, 0))


def _spread(name: str, values: Floats, members: Bools) -> Spread:
    a, b = values[members], values[~members]
    n = len(values)
    total = float(((values - values.mean()) ** 2).sum()) if n else 0.0
    between = np.nan
    if min(len(a), len(b)) > 1 and total > 0:
        within = float(((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum())
        error = within / (n - 2)
        between = max(0.0, (total - within - error) / (total + error))
    means = [float(side.mean()) if len(side) else float("nan") for side in (a, b)]
    deviations = [float(side.std(ddof=1)) if len(side) > 1 else float("nan") for side in (a, b)]
    return Spread(name, float(between), means[0], means[1], deviations[0], deviations[1])
