"""Correlations from answers with gaps, each pair of questions by those who answered both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Floats

# Sums over pairs that a correlation is made of: weights, first values, first values squared, products.
SUMS = 4
# Most numbers that one step of adding up holds in memory: 32 MB.
AT_ONCE = 4_000_000
# A matrix whose smallest eigenvalue lies below the first is mended; the eigenvalue becomes the second.
NEGATIVE, LEAST_EIGENVALUE = -1e-10, 1e-6


@dataclass(frozen=True)
class Correlations:
    """Correlations of the columns, and how many answered both of each pair.

    mended  the pairs rest on different people and did not fit together, so the nearest matrix that does was taken
    """

    values: Floats
    n: NDArray[np.int64]
    mended: bool


def correlations(scores: Floats, weights: Floats) -> Correlations:
    """Weighted correlations of every pair of columns over those who have both; NaN where they cannot be known."""
    answered = np.isfinite(scores).astype(np.int64)
    found = from_sums(pair_sums(centred(scores, weights), weights)[None], scores.shape[1])
    values, changed = mended(found)
    return Correlations(values[0], answered.T @ answered, bool(changed[0]))


def centred(scores: Floats, weights: Floats) -> Floats:
    """Every column around its own mean in units of its deviation: sums of squares then lose no digits.

    A column without answers, or with one and the same, becomes 0 where it is answered.
    """
    answered = np.isfinite(scores)
    filled = np.where(answered, scores, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = weights @ answered
        away = np.where(answered, filled - (weights @ filled) / total, 0.0)
        deviation = np.sqrt((weights @ away**2) / total)
        units = np.where(deviation > 1e-12 * (1 + np.abs(filled).max(axis=0, initial=0.0)), away / deviation, 0.0)
    return np.where(answered, units, np.nan)


def pair_sums(scores: Floats, weights: Floats) -> Floats:
    """The sums that :func:`from_sums` makes correlations of: SUMS x columns x columns, flat."""
    answered = np.isfinite(scores)
    filled = np.where(answered, scores, 0.0)
    masks = answered.astype(np.float64)
    weighted = weights[:, None]
    products = (filled * weighted).T @ np.hstack([masks, filled])
    columns = scores.shape[1]
    sums = (masks * weighted).T @ masks, products[:, :columns], (filled**2 * weighted).T @ masks, products[:, columns:]
    return np.concatenate([part.ravel() for part in sums])


def from_sums(sums: Floats, columns: int) -> Floats:
    """Correlation matrices out of rows of sums; NaN for a pair without variation."""
    weights, first, squares, products = np.moveaxis(sums.reshape(-1, SUMS, columns, columns), 1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = first / weights
        variance = squares / weights - mean**2
        covariance = products / weights - mean * mean.transpose(0, 2, 1)
        spread = np.sqrt(np.where(variance > 1e-12, variance, np.nan))
        found = covariance / (spread * spread.transpose(0, 2, 1))
    diagonal = np.arange(columns)
    found[:, diagonal, diagonal] = np.where(np.isfinite(found[:, diagonal, diagonal]), 1.0, np.nan)
    return np.asarray(np.clip(found, -1.0, 1.0))


def mended(found: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Matrices with negative eigenvalues raised to a small positive one and the diagonal put back to 1.

    Correlations over different people may contradict each other. Matrices with unknown cells stay as they are.
    Source  Rousseeuw, Molenberghs (1993), Communications in Statistics 22(4)
    """
    changed = np.zeros(len(found), dtype=bool)
    known = np.isfinite(found).all(axis=(1, 2))
    if not known.any():
        return found, changed
    changed[known] = np.linalg.eigvalsh(found[known])[:, 0] < NEGATIVE
    if changed.any():
        values, vectors = np.linalg.eigh(found[changed])
        raised = (vectors * np.maximum(values, LEAST_EIGENVALUE)[:, None, :]) @ vectors.transpose(0, 2, 1)
        scale = np.sqrt(np.diagonal(raised, axis1=1, axis2=2))
        found = found.copy()
        found[changed] = raised / (scale[:, :, None] * scale[:, None, :])
    return found, changed
