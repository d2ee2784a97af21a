"""How much importance would vary had other customers answered: respondents drawn again, many times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.drivers.correlations import AT_ONCE, SUMS, centred, from_sums, mended, pair_sums
from regulars.measures.drivers.relative_weights import relative_weights
from regulars.measures.drivers.shapley import MOST_FACTORS, lmg
from regulars.measures.estimates import Floats
from regulars.measures.intervals import LEVEL

REPLICATIONS = 1000
SEED = 20_260_601
# With many factors only some draws are shared out exactly: as many as look at so many sets of factors together.
EXACT_SETS, LEAST_EXACT_DRAWS = 2**24, 60
# Beyond so many customers, blocks of them are drawn: as many draws with as wide a spread, in bounded memory.
MOST_BLOCKS = 2_000
# An interval needs this share of draws in which every correlation exists.
LEAST_USABLE_SHARE = 0.9


@dataclass(frozen=True)
class Intervals:
    """95% intervals of each factor's share of R-squared and of R-squared itself; how many draws were exact."""

    low: Floats
    high: Floats
    r2_low: float
    r2_high: float
    exact_draws: int


def shared_out(matrices: Floats) -> Floats:
    """Each factor's part of R-squared: exact up to MOST_FACTORS factors, by relative weights beyond."""
    return lmg(matrices) if matrices.shape[1] - 1 <= MOST_FACTORS else relative_weights(matrices)


def exact_draws(factors: int) -> int:
    """How many of the draws are shared out exactly; none where nothing is."""
    if factors > MOST_FACTORS:
        return 0
    return min(REPLICATIONS, max(LEAST_EXACT_DRAWS, EXACT_SETS >> factors))


def share_intervals(scores: Floats, weights: Floats, who: NDArray[np.int64]) -> Intervals:
    """Percentile intervals of the factors' shares of R-squared; all NaN where draws fail too often.

    scores   questionnaires x columns, the outcome last
    who      whose questionnaire it is, from 0: a customer is drawn with all questionnaires, their gaps and weights

    Where not all draws are exact, the others are foretold from their relative weights, by a line fitted factor by
    factor to the exact ones: the two methods hardly differ in how they vary.
    Source  Efron, Tibshirani (1993), An Introduction to the Bootstrap, chapter 13
    """
    drawn = drawn_correlations(scores, weights, who)
    factors = scores.shape[1] - 1
    exact = exact_draws(factors)
    if len(drawn) < LEAST_USABLE_SHARE * REPLICATIONS:
        unknown = np.full(factors, np.nan)
        return Intervals(unknown, unknown, np.nan, np.nan, exact)
    parts = relative_weights(drawn)
    shares, r2 = _shares(parts), parts.sum(axis=1)
    if exact:
        known = _shares(lmg(drawn[:exact]))
        shares = np.concatenate([known, _foretold(known, shares[: len(known)], shares[len(known) :])])
    ends = (1 - LEVEL) / 2, (1 + LEVEL) / 2
    low, high = np.nanquantile(shares, ends, axis=0)
    r2_low, r2_high = np.quantile(r2, ends)
    return Intervals(low, high, float(r2_low), float(r2_high), exact)


def drawn_correlations(scores: Floats, weights: Floats, who: NDArray[np.int64]) -> Floats:
    """Correlations of each draw of customers that has them all; the same draws every time.

    Sums are made once a block of customers, so that a draw only adds up how often each block came.
    """
    columns = scores.shape[1]
    block = who % MOST_BLOCKS
    order = np.argsort(block, kind="stable")
    ready, heft = centred(scores, weights)[order], weights[order]
    blocks = int(block.max()) + 1
    ends = np.searchsorted(block[order], np.arange(blocks + 1))
    times = _times(blocks)
    total = np.zeros((REPLICATIONS, SUMS * columns**2))
    step = max(1, AT_ONCE // (SUMS * columns**2))
    for start in range(0, blocks, step):
        places = range(start, min(blocks, start + step))
        rows = [slice(ends[place], ends[place + 1]) for place in places]
        total += times[:, places.start : places.stop] @ np.array([pair_sums(ready[part], heft[part]) for part in rows])
    found, _ = mended(from_sums(total, columns))
    return found[np.isfinite(found).all(axis=(1, 2))]


def _times(blocks: int) -> Floats:
    """How often each block comes in each draw."""
    draw = np.random.default_rng(SEED)
    chosen = draw.integers(0, blocks, (REPLICATIONS, blocks)) + blocks * np.arange(REPLICATIONS)[:, None]
    return np.bincount(chosen.ravel(), minlength=REPLICATIONS * blocks).reshape(REPLICATIONS, blocks).astype(np.float64)


def _shares(parts: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def _foretold(known: Floats, near_known: Floats, near: Floats) -> Floats:
    """Exact shares of further draws from their relative weights ``near``, by a line a factor.

    What the line leaves unsaid is added in turn from the known draws, so that the spread is not made too small.
    """
    away = near_known - near_known.mean(axis=0)
    spread = (away**2).sum(axis=0)
    slope = np.where(spread > 0, (away * (known - known.mean(axis=0))).sum(axis=0) / np.where(spread > 0, spread, 1), 0)
    unsaid = known - known.mean(axis=0) - slope * away
    found = known.mean(axis=0) + slope * (near - near_known.mean(axis=0))
    found += unsaid[np.arange(len(near)) % len(unsaid)]
    return np.asarray(np.clip(found, 0.0, 1.0))
