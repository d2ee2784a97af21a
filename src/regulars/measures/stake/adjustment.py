"""Like compared with like: good touches weighted to look like the bad ones, and what would go with a good touch.

The estimate is the mean over bad touches of what came after, less what a regression of the good touches, weighted by
their odds of having been bad, foretells for them. It is right if the odds or the regression are.
Source  Robins, Sued, Lei-Gomez, Rotnitzky (2007), Statistical Science 22(4)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Floats
from regulars.measures.stake.design import Bools

# A touch whose odds of being bad are so many times the average odds has no good touch to be compared with.
MOST_ODDS = 20.0
# Standardised coefficients are believed to lie around 0 with deviation 1: nothing to many touches, a rein to few.
RIDGE = 1.0
TINY = 1e-8
STEPS, CLOSE = 50, 1e-9
AT_ONCE = 100_000


@dataclass(frozen=True)
class Fit:
    """Bad and good touches made comparable.

    kept      touches that have a like on the other side; all that follows is about these
    chances   of being bad, by what was known before
    weights   of good touches, their odds over the mean odds; 0 for bad touches
    slopes    columns x outcomes, of the weighted regression of good touches
    gap       per outcome: mean of bad touches less what good ones foretell for them
    overlap   share of bad touches that are kept
    """

    kept: Bools
    chances: Floats
    weights: Floats
    slopes: Floats
    gap: Floats
    overlap: float


def fitted(columns: Floats, bad: Bools, outcomes: Floats) -> Fit | None:
    """The comparison; None where no bad or no good touch has a like.

    columns   touches x regressors, the first of ones
    outcomes  touches x what is compared
    """
    first = chances_of(columns, bad)
    kept = _comparable(first, bad)
    if not (kept & bad).any() or not (kept & ~bad).any():
        return None
    chances = first
    if not kept.all():
        chances = np.zeros(len(bad))
        chances[kept] = chances_of(columns[kept], bad[kept])
    good = kept & ~bad
    odds = chances / np.maximum(1 - chances, TINY)
    weights = np.where(good, odds, 0.0)
    weights /= weights[good].mean()
    slopes = np.zeros((columns.shape[1], outcomes.shape[1]))
    fit = Fit(kept, chances, weights, slopes, np.zeros(outcomes.shape[1]), float((kept & bad).sum() / bad.sum()))
    return with_outcomes(fit, columns, bad, outcomes)


def with_outcomes(fit: Fit, columns: Floats, bad: Bools, outcomes: Floats) -> Fit:
    """The same touches made comparable in the same way, with the gaps of these outcomes."""
    slopes = np.linalg.solve(squares_of(columns, fit.weights), columns.T @ (outcomes * fit.weights[:, None]))
    even = _even(fit.kept & bad)
    return replace(fit, slopes=np.asarray(slopes), gap=even @ outcomes - (even @ columns) @ slopes)


def parts_of_gap(fit: Fit, columns: Floats, bad: Bools) -> Floats:
    """What each touch's outcome is multiplied by in the gap: the gap is their sum, whatever the outcome."""
    even = _even(fit.kept & bad)
    lever = columns @ np.linalg.solve(squares_of(columns, fit.weights), even @ columns)
    return np.asarray(even - fit.weights * lever)


def squares_of(columns: Floats, weights: Floats) -> Floats:
    """Weighted sums of products of columns, a hair above what could not be solved."""
    return gram(columns, weights) + np.eye(columns.shape[1]) * TINY * len(columns)


def _even(side: Bools) -> Floats:
    """Equal shares of touches of a side, 0 for others."""
    return np.asarray(side / side.sum())


def chances_of(columns: Floats, bad: Bools) -> Floats:
    """Each touch's chance of being bad by a logistic regression, its coefficients but the first reined in."""
    share = bad.mean()
    at = np.zeros(columns.shape[1])
    at[0] = np.log(share / (1 - share))
    rein = ridge(columns.shape[1])
    reached = _likelihood(columns, bad, at, rein)
    for _ in range(STEPS):
        chances = _logistic(columns @ at)
        step = np.linalg.solve(
            gram(columns, chances * (1 - chances)) + np.diag(rein), columns.T @ (bad - chances) - rein * at
        )
        better = _likelihood(columns, bad, at + step, rein)
        while better < reached - TINY and np.abs(step).max() > CLOSE:
            step = step / 2
            better = _likelihood(columns, bad, at + step, rein)
        at, reached = at + step, better
        if np.abs(step).max() < CLOSE:
            break
    return _logistic(columns @ at)


def ridge(columns: int) -> Floats:
    """What each coefficient is reined in by; the constant is free."""
    rein = np.full(columns, RIDGE)
    rein[0] = 0.0
    return rein


def gram(columns: Floats, weights: Floats) -> Floats:
    """Weighted sums of products of columns, in pieces, so that no second copy of all touches is made."""
    total = np.zeros((columns.shape[1], columns.shape[1]))
    for start in range(0, len(columns), AT_ONCE):
        part = columns[start : start + AT_ONCE]
        total += (part * weights[start : start + AT_ONCE, None]).T @ part
    return total


def differences(values: Floats, bad: Bools, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Means of bad and of weighted good touches, and their differences in deviations, column by column.

    Source  Austin (2009), Statistics in Medicine 28(25)
    """
    of_bad = values[bad].mean(axis=0)
    share = weights[~bad] / weights[~bad].sum()
    of_good = share @ values[~bad]
    return of_bad, of_good, of_bad - of_good


def deviations(values: Floats, bad: Bools) -> Floats:
    """The two sides' variances averaged, as a deviation; NaN where nothing varies."""
    both = np.sqrt((values[bad].var(axis=0) + values[~bad].var(axis=0)) / 2)
    return np.where(both > 0, both, np.nan)


def effective(weights: NDArray[np.float64]) -> float:
    """How many touches of equal weight the weighted ones are worth (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _comparable(chances: Floats, bad: Bools) -> Bools:
    """Touches whose odds are not too many times the average, nor beyond what any good touch has."""
    share = bad.mean()
    odds = chances / np.maximum(1 - chances, TINY)
    limit = MOST_ODDS * share / (1 - share)
    return np.asarray((odds <= limit) & (odds <= odds[~bad].max()))


def _likelihood(columns: Floats, bad: Bools, at: Floats, rein: Floats) -> float:
    line = columns @ at
    return float((bad * line - np.logaddexp(0, line)).sum() - (rein * at**2).sum() / 2)


def _logistic(line: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(line, -30, 30))))
