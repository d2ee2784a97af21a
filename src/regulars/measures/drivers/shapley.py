"""R-squared shared out among factors: the mean gain of each over all orders in which they can be added."""

from __future__ import annotations

import functools
from math import comb

import numpy as np

from regulars.measures.estimates import Floats

MOST_FACTORS = 20
# A factor whose variance is explained by others to this is a copy of them and adds nothing.
NOTHING_LEFT = 1e-9
# Sets of factors looked at in one step: small enough to stay in the processor's cache.
STEP_FACTORS = 15


def lmg(matrices: Floats) -> Floats:
    """Each factor's part of R-squared; the parts add up to it.

    matrices  any number of correlation matrices, the outcome in the last row and column
    returns   matrices x factors

    Exact: all sets of factors are looked at, 2^p of them, by eliminating one factor after another from all sets at
    once. Each set with the factor is one step from the same set without it, so a set costs a few operations.
    Source  Lindeman, Merenda, Gold (1980), Introduction to Bivariate and Multivariate Analysis; Shapley (1953)
    """
    factors = matrices.shape[1] - 1
    if factors > MOST_FACTORS:
        raise ValueError(f"{factors} factors have too many sets; at most {MOST_FACTORS} can be shared out exactly.")
    together = max(1, 2**STEP_FACTORS >> factors)
    parts = [_shared_out(subset_r2(matrices[start : start + together])) for start in range(0, len(matrices), together)]
    return np.concatenate(parts) if parts else np.zeros((0, factors))


def subset_r2(matrices: Floats) -> Floats:
    """R-squared of every set of factors: matrices x 2^p, where bit j of the place says whether factor j is in."""
    count, size, _ = matrices.shape
    factors = size - 1
    # Those beyond one step are decided first, the last one before all: their bits are the highest.
    order = [*range(factors - 1, STEP_FACTORS - 1, -1), *range(min(factors, STEP_FACTORS)), factors]
    rows = [np.ascontiguousarray(matrices[:, order[place], order[place:]].T)[:, :, None] for place in range(size)]
    unexplained = np.empty((count, 2**factors))
    _eliminate(rows, unexplained)
    return 1.0 - unexplained


def _eliminate(rows: list[Floats], unexplained: Floats) -> None:
    """Write the outcome's unexplained variance for all sets of the factors left in ``rows``.

    rows  upper triangle of the covariances that earlier factors leave, outcome last: places x matrices x 1
    """
    if len(rows) - 1 <= STEP_FACTORS:
        unexplained[:] = _all_sets(rows)
        return
    half = unexplained.shape[1] // 2
    _eliminate(rows[1:], unexplained[:, :half])
    _eliminate([row - gain for row, gain in zip(rows[1:], _gains(rows[0]), strict=True)], unexplained[:, half:])


def _all_sets(rows: list[Floats]) -> Floats:
    """The same in one piece: with every factor the sets double, first those without it, then those with it."""
    while len(rows) > 1:
        gains = _gains(rows[0])
        rows = [np.concatenate([row, row - gain], axis=-1) for row, gain in zip(rows[1:], gains, strict=True)]
    return np.asarray(rows[0][0])


def _gains(first: Floats) -> list[Floats]:
    """What the first factor explains of the covariances of those after it, row by row of the triangle."""
    variance = first[0]
    known = variance > NOTHING_LEFT
    share = np.where(known, 1.0 / np.where(known, variance, 1.0), 0.0)
    return [first[place] * share * first[place:] for place in range(1, len(first))]


def _shared_out(r2: Floats) -> Floats:
    """Shapley values out of the worth of every set."""
    factors = r2.shape[1].bit_length() - 1
    weights, without = _set_weights(factors)
    worth = r2 * weights
    base = (r2 * without).sum(axis=1)
    values = np.empty((len(r2), factors))
    for factor in range(factors - 1, -1, -1):
        # The upper half are the sets with this factor; folding the halves forgets it.
        half = worth.shape[1] // 2
        values[:, factor] = worth[:, half:].sum(axis=1) - base
        worth = worth[:, :half] + worth[:, half:]
    return values


@functools.lru_cache(maxsize=2)
def _set_weights(factors: int) -> tuple[Floats, Floats]:
    """For every set: how much it counts with the factors in it and out of it together, and out of it alone."""
    size = np.zeros(1, dtype=np.int64)
    for _ in range(factors):
        size = np.concatenate([size, size + 1])
    shares = np.array([1.0 / (factors * comb(factors - 1, before)) for before in range(factors)])
    joined = np.concatenate([[0.0], shares])
    alone = np.concatenate([shares, [0.0]])
    return (joined + alone)[size], alone[size]
