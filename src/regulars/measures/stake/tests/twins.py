"""Slow and obvious: the same comparison written as a textbook would, one step after the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from regulars.measures.stake.adjustment import RIDGE

Floats = NDArray[np.float64]


def slow_gap(columns: Floats, bad: NDArray[np.bool_], outcomes: Floats) -> Floats:
    """Bad touches' mean less what a regression of good ones, weighted by their odds, foretells; nobody left out."""

    def loss(at: Floats) -> float:
        line = columns @ at
        return float((np.log1p(np.exp(-np.abs(line))) + np.maximum(line, 0) - bad * line).sum() + prior(at))

    def prior(at: Floats) -> float:
        return float(RIDGE * (at[1:] ** 2).sum() / 2)

    def slope(at: Floats) -> Floats:
        rein = RIDGE * at
        rein[0] = 0
        return columns.T @ (1 / (1 + np.exp(-(columns @ at))) - bad) + rein

    found = minimize(loss, np.zeros(columns.shape[1]), jac=slope, method="BFGS", options={"gtol": 1e-9}).x
    odds = np.exp(columns @ found)
    root = np.sqrt(odds[~bad])[:, None]
    slopes = np.linalg.lstsq(columns[~bad] * root, outcomes[~bad] * root, rcond=None)[0]
    return outcomes[bad].mean(axis=0) - (columns[bad] @ slopes).mean(axis=0)


def slow_draws(
    columns: Floats, bad: NDArray[np.bool_], outcomes: Floats, who: NDArray[np.int64], draws: int, seed: int
) -> Floats:
    """The gap computed from the beginning for customers drawn with replacement, each with all touches."""
    rng = np.random.default_rng(seed)
    rows_of = [np.flatnonzero(who == one) for one in np.unique(who)]
    gaps = []
    for _ in range(draws):
        rows = np.concatenate([rows_of[one] for one in rng.integers(0, len(rows_of), len(rows_of))])
        gaps.append(slow_gap(columns[rows], bad[rows], outcomes[rows]))
    return np.array(gaps)
