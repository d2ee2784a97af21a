"""The slow obvious way to share out R-squared: every order of the factors, one after another."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

R2 = Callable[[frozenset[int]], float]


def average_over_orders(factors: int, r2: R2) -> np.ndarray:
    """Each factor's gain in R-squared, averaged over all orders in which factors can be added."""
    known = {frozenset(chosen): r2(frozenset(chosen)) for size in range(factors + 1) for chosen in _sets(factors, size)}
    gains = np.zeros(factors)
    orders = list(itertools.permutations(range(factors)))
    for order in orders:
        before: frozenset[int] = frozenset()
        for factor in order:
            after = before | {factor}
            gains[factor] += known[after] - known[before]
            before = after
    return gains / len(orders)


def regressions(ratings: np.ndarray, outcome: np.ndarray, weights: np.ndarray | None = None) -> R2:
    """R-squared of a set of factors by least squares on the answers themselves."""
    root = np.sqrt(np.ones(len(outcome)) if weights is None else weights)

    def r2(chosen: frozenset[int]) -> float:
        columns = np.column_stack([np.ones(len(outcome)), ratings[:, sorted(chosen)]])
        fitted, *_ = np.linalg.lstsq(columns * root[:, None], outcome * root, rcond=None)
        left = outcome - columns @ fitted
        away = outcome - np.average(outcome, weights=root**2)
        return 1 - float((root**2 * left**2).sum() / (root**2 * away**2).sum())

    return r2


def from_correlations(among: np.ndarray) -> R2:
    """R-squared of a set of factors from correlations, the outcome last."""

    def r2(chosen: frozenset[int]) -> float:
        places = sorted(chosen)
        outcome = among[places, -1]
        return float(outcome @ np.linalg.solve(among[np.ix_(places, places)], outcome)) if places else 0.0

    return r2


def pairwise(scores: np.ndarray) -> np.ndarray:
    """Correlations pair by pair, each over the rows that have both."""
    columns = scores.shape[1]
    found = np.eye(columns)
    for one, other in itertools.combinations(range(columns), 2):
        both = np.isfinite(scores[:, one]) & np.isfinite(scores[:, other])
        found[one, other] = found[other, one] = np.corrcoef(scores[both, one], scores[both, other])[0, 1]
    return found


def _sets(factors: int, size: int) -> list[tuple[int, ...]]:
    return list(itertools.combinations(range(factors), size))
