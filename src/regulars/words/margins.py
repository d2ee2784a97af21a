"""Linear margins of texts for each class, from hashed counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from regulars.words.features import CHARACTER_BITS, Counts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Margins = Callable[[Counts], Floats]  # counts of texts in; one row a text, one column a class out

_STRENGTH = 0.2  # C of the support vector machine
_EVEN = 0.25  # what is left of the weight of an n-gram that falls evenly between classes
_FEWEST = 2  # texts that an n-gram must be in
_SEED = 0


def fit_margins(counts: Counts, wanted: Ints, classes: int) -> Margins:
    """Learn from counts and their classes (0 to ``classes`` - 1, each present)."""
    kept = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= _FEWEST)
    weights = _idf(counts[:, kept])
    characters = int(np.searchsorted(kept, 2**CHARACTER_BITS))

    def weighted(given: Counts) -> Counts:
        rows = given[:, kept]
        rows.data = 1 + np.log(rows.data)
        rows = sparse.csr_matrix(rows @ sparse.diags(weights))
        both = [_unit_rows(rows[:, :characters]), _unit_rows(rows[:, characters:])]
        return sparse.csr_matrix(sparse.hstack(both, "csr"))

    learned = weighted(counts)
    lines = [_lines(learned, wanted == one) for one in range(classes) if classes > 2 or one == 1]
    coefficients = np.stack([line for line, _ in lines], axis=1)
    offsets = np.array([offset for _, offset in lines])

    def margins(given: Counts) -> Floats:
        found = np.asarray(weighted(given) @ coefficients + offsets)
        return np.hstack([-found, found]) if classes == 2 else found

    return margins


def _lines(rows: Counts, wanted: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Mean of both models, as one line: weights and offset."""
    uneven = _unevenness(rows, wanted)
    plain, scaled = _machine(rows, wanted), _machine(sparse.csr_matrix(rows @ sparse.diags(uneven)), wanted)
    weights = (plain.coef_.ravel() + uneven * scaled.coef_.ravel()) / 2
    return weights, float(plain.intercept_[0] + scaled.intercept_[0]) / 2


def _machine(rows: Counts, wanted: NDArray[np.bool_]) -> Any:
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]  # noqa: PLC0415

    return LinearSVC(C=_STRENGTH, class_weight="balanced", random_state=_SEED, max_iter=3_000).fit(rows, wanted)


def _unevenness(rows: Counts, wanted: NDArray[np.bool_]) -> Floats:
    """How unevenly each n-gram falls between a class and the rest: log ratio of its shares, mean 1 before mixing."""
    columns = rows.shape[1]
    inside = np.bincount(rows[wanted].indices, minlength=columns) + 1.0
    outside = np.bincount(rows[~wanted].indices, minlength=columns) + 1.0
    ratio = np.abs(np.log((inside / inside.sum()) / (outside / outside.sum())))
    return np.asarray(_EVEN + (1 - _EVEN) * ratio / max(float(ratio.mean()), 1e-12), dtype=np.float64)


def _idf(rows: Counts) -> Floats:
    among = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.log((1 + rows.shape[0]) / (1 + among)) + 1


def _unit_rows(rows: Counts) -> Counts:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(lengths == 0, 1, lengths)) @ rows)
