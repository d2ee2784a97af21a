"""How much a comparison would vary had other customers come: customers drawn again with all their touches.

What a draw needs are sums, made once a block of customers. In each draw the regression of good touches is solved
anew and the weights move by one step of the logistic regression, so that the interval knows that both were estimated.
Source  Efron, Tibshirani (1993), An Introduction to the Bootstrap, chapter 13; one step: Davidson, MacKinnon (1999),
International Economic Review 40(2)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Floats
from regulars.measures.intervals import LEVEL
from regulars.measures.stake.adjustment import TINY, Fit, ridge, squares_of
from regulars.measures.stake.design import Bools, Ints

REPLICATIONS = 1000
SEED = 20_260_701
# Beyond so many customers, blocks of them are drawn: as wide a spread, in bounded memory.
MOST_BLOCKS = 2_000
LEAST_USABLE_SHARE = 0.9


@dataclass(frozen=True)
class Spread:
    """Ends of 95% intervals and standard errors of each outcome's gap; NaN where draws fail too often."""

    low: Floats
    high: Floats
    error: Floats


def spread_of(columns: Floats, bad: Bools, outcomes: Floats, fit: Fit, who: Ints, told: Floats) -> Spread:
    """How the gaps of ``fit`` vary over draws of customers; the same draws every time.

    who   whose touch it is, from 0
    told  how much each touch moved each gap by having told what outcomes are worth; like outcomes
    """
    drawn = drawn_gaps(columns[fit.kept], bad[fit.kept], outcomes[fit.kept], fit, who[fit.kept], told[fit.kept])
    usable = drawn[np.isfinite(drawn).all(axis=1)]
    if len(usable) < LEAST_USABLE_SHARE * REPLICATIONS:
        unknown = np.full(drawn.shape[1], np.nan)
        return Spread(unknown, unknown, unknown)
    usable = fit.gap + (usable - fit.gap) * stretch(bad[fit.kept], who[fit.kept], columns.shape[1])
    low, high = np.quantile(usable, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=0)
    return Spread(low, high, usable.std(axis=0, ddof=1))


def stretch(bad: Bools, who: Ints, columns: int) -> float:
    """How much wider draws must be, since a regression lies nearer to its own touches than to others.

    Source  MacKinnon, White (1985), Journal of Econometrics 29(3), HC1, with customers of the smaller side as n
    """
    customers = min(len(np.unique(who[side])) for side in (bad, ~bad))
    return float(np.sqrt(customers / max(customers - columns, 1.0)))


def drawn_gaps(columns: Floats, bad: Bools, outcomes: Floats, fit: Fit, who: Ints, told: Floats) -> Floats:
    """Draws x outcomes; NaN where a draw has no bad touch. Kept touches only."""
    sums = _block_sums(columns, bad, outcomes, fit, who, told)
    times = drawn_times(len(sums.bad))
    number = times @ sums.bad
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_columns = (times @ sums.bad_columns) / number[:, None]
        mean_outcomes = (times @ sums.bad_outcomes) / number[:, None]
    size, count = columns.shape[1], outcomes.shape[1]
    squares = (times @ sums.squares).reshape(-1, size, size)
    products = (times @ sums.products).reshape(-1, size, count)
    curvature = (times @ sums.curvature).reshape(-1, size, size)
    rein = ridge(size)
    slopes = np.linalg.solve(squares + np.eye(size) * TINY * len(columns), products)
    # The full fit's score is 0 once its rein is taken off; a draw's is not, and says where the weights would go.
    score = times @ sums.score - sums.score.sum(axis=0)
    step = np.linalg.solve(curvature + np.diag(rein + TINY), score[:, :, None])[:, :, 0]
    moved = np.einsum("dsc,ds->dc", (times @ sums.pull).reshape(-1, size, count), step)
    gaps = mean_outcomes - np.einsum("ds,dsc->dc", mean_columns, slopes) - moved
    return np.asarray(gaps + times @ sums.told - sums.told.sum(axis=0))


@dataclass(frozen=True)
class _Sums:
    """One row a block of customers; matrices are flattened.

    bad, bad_columns, bad_outcomes  number of bad touches, sums of their columns and outcomes
    squares, products               weighted sums of good touches: columns by columns, columns by outcomes
    score, curvature                of the logistic regression, over all touches
    pull                            how the gaps fall where coefficients of the logistic regression rise
    told                            how the gaps move with what these customers tell of worth
    """

    bad: Floats
    bad_columns: Floats
    bad_outcomes: Floats
    squares: Floats
    products: Floats
    score: Floats
    curvature: Floats
    pull: Floats
    told: Floats


def _block_sums(columns: Floats, bad: Bools, outcomes: Floats, fit: Fit, who: Ints, told: Floats) -> _Sums:
    chances, weights = fit.chances[fit.kept], fit.weights[fit.kept]
    _, block = np.unique(who % MOST_BLOCKS, return_inverse=True)
    order = np.argsort(block, kind="stable")
    ends = np.searchsorted(block[order], np.arange(int(block.max()) + 2))
    lever = columns @ np.linalg.solve(squares_of(columns, weights), columns[bad].mean(axis=0))
    left = outcomes - columns @ fit.slopes
    rows = []
    for start, end in pairwise(ends):
        part = order[start:end]
        x, y, z, w, e = columns[part], outcomes[part], bad[part].astype(np.float64), weights[part], chances[part]
        weighted = x * w[:, None]
        rows.append(
            (
                z.sum(),
                z @ x,
                z @ y,
                (weighted.T @ x).ravel(),
                (weighted.T @ y).ravel(),
                (z - e) @ x,
                ((x * (e * (1 - e))[:, None]).T @ x).ravel(),
                ((weighted * lever[part, None]).T @ left[part]).ravel(),
                told[part].sum(axis=0),
            )
        )
    return _Sums(*(np.array(sums, dtype=np.float64) for sums in zip(*rows, strict=True)))


@lru_cache(maxsize=4)
def drawn_times(blocks: int) -> NDArray[np.float64]:
    """How often each block comes in each draw."""
    draw = np.random.default_rng(SEED)
    chosen = draw.integers(0, blocks, (REPLICATIONS, blocks)) + blocks * np.arange(REPLICATIONS)[:, None]
    counted = np.bincount(chosen.ravel(), minlength=REPLICATIONS * blocks)
    return counted.reshape(REPLICATIONS, blocks).astype(np.float64)
