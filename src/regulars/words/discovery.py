"""Themes of many texts of one language: groups of words that people use together.

Non-negative factorization of tf-idf. How many themes there are is not guessed: several numbers are tried on random
parts of the texts, and the one is taken of which most themes come back and fewest do not. Themes that do not come
back are dropped, and their texts are told under "other".

Source  Lee and Seung (1999), Nature 401; Greene, O'Callaghan and Cunningham (2014), How Many Topics? Stability Analysis
        for Topic Models, ECML PKDD
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from regulars.words.terms import Terms, Weights

FEWEST_TEXTS = 40  # of one language, below which no themes are looked for
NUMBERS = (2, 3, 4, 5, 7, 9, 12, 16)
TEXTS_A_THEME = 15  # as many texts as a theme needs on average
LEADING = 10  # words by which two themes are compared
SHARE = 0.25  # of a text's weight that a theme must have, for the text to belong to it
_FITTED, _PART, _PARTS = 10_000, 1_500, 3
_COMES_BACK = 0.6  # mean likeness to its partners in the parts
_STEPS = 60
_CHIEF = 0.25  # of the weight of a theme's first word: what its chief words have
_SAME, _TOO_NEAR = 0.4, 0.6  # likeness of a given theme and a found one
_SEED = 0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Discovery:
    """Themes of one language.

    factors   one row a theme, one column a term: how much the term says that a text is of the theme
    stability  how well each theme came back in random halves, 0 to 1; NaN for one that was given
    members   texts by themes, true where the text speaks of it; a text may speak of several
    strength  texts by themes: how typical the text is
    """

    terms: Terms
    factors: Floats
    stability: Floats
    members: NDArray[np.bool_]
    strength: Floats


def discover(terms: Terms, given: Sequence[Floats] = ()) -> Discovery:
    """The themes of texts: first the given ones in their order, then those that were found beside them.

    given  weights by term of themes that are there in any case; a found theme that is nearly the same takes its place

    Fewer than 40 texts, or texts that share no words: only the given themes.
    """
    speaking = np.flatnonzero(np.diff(terms.weights.indptr) > 0)
    factors, stability = _found(terms.weights[speaking])
    if given:
        factors, stability = _with_given(factors, stability, np.vstack(given))
    strength = _strength(terms.weights, factors)
    return Discovery(terms, factors, stability, _members(terms.weights, factors, strength), strength)


def _with_given(factors: Floats, stability: Floats, given: Floats) -> tuple[Floats, Floats]:
    lengths = np.linalg.norm(given, axis=1, keepdims=True)
    held, back = given / np.where(lengths == 0, 1, lengths), np.full(len(given), np.nan)
    alike = held @ factors.T
    mine, theirs = linear_sum_assignment(-alike)
    close = alike[mine, theirs] >= _SAME
    held[mine[close]], back[mine[close]] = factors[theirs[close]], stability[theirs[close]]
    # What is left and speaks of nearly the same as a given theme would split its texts in two.
    left = np.setdiff1d(np.arange(len(factors)), theirs[close])
    left = left[(factors[left] @ held.T < _TOO_NEAR).all(axis=1)]
    return np.vstack([held, factors[left]]), np.r_[back, stability[left]]


def _found(weights: Weights) -> tuple[Floats, Floats]:
    """Themes as rows of unit length, most talked of first, and how well each came back."""
    none = np.zeros((0, weights.shape[1])), np.zeros(0)
    if weights.shape[0] < FEWEST_TEXTS or weights.shape[1] < 2:
        return none
    numbers = [k for k in NUMBERS if k * TEXTS_A_THEME <= weights.shape[0] and k < weights.shape[1]] or [2]
    chance = np.random.default_rng(_SEED)
    parts = [_sample(weights, min(_PART, round(weights.shape[0] * 0.6)), chance) for _ in range(_PARTS)]
    tried = {k: [_factors(part, k) for part in parts] for k in numbers}
    number = max(numbers, key=lambda k: (_coming_back(tried[k]), -k))
    whole = _factors(_sample(weights, _FITTED, chance), number)
    back = np.mean([_matched(whole, other) for other in tried[number]], axis=0)
    kept = back >= _COMES_BACK
    whole, back = whole[kept], back[kept]
    order = np.argsort(-np.asarray((weights @ whole.T).sum(axis=0)).ravel(), kind="stable")
    return whole[order], back[order]


def _sample(weights: Weights, most: int, chance: np.random.Generator) -> Weights:
    if weights.shape[0] <= most:
        return weights
    return weights[np.sort(chance.choice(weights.shape[0], most, replace=False))]


def _factors(weights: Weights, number: int) -> Floats:
    """Rows of unit length, one a theme; of a theme without words a row of zeros."""
    from sklearn.decomposition import NMF  # type: ignore[import-untyped]  # noqa: PLC0415
    from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # nearly there is enough for the leading words
        warnings.simplefilter("ignore", RuntimeWarning)  # a perfect fit leaves a residue just below nothing
        model = NMF(number, init="nndsvd", max_iter=_STEPS, tol=1e-2, random_state=_SEED).fit(weights)
    factors = np.asarray(model.components_, dtype=np.float64)
    lengths = np.linalg.norm(factors, axis=1, keepdims=True)
    return factors / np.where(lengths == 0, 1, lengths)


def _coming_back(several: Sequence[Floats]) -> float:
    """How many more themes come back in the other factorizations, and say something of their own, than do not."""
    found = [
        (np.mean([_matched(one, other) for other in several if other is not one], axis=0) >= _COMES_BACK) & _own(one)
        for one in several
    ]
    return round(float(np.mean([2 * back.sum() - len(back) for back in found])))


def _own(factors: Floats) -> NDArray[np.bool_]:
    """Whether a theme's chief words are mostly others than those of each theme before it."""
    chief = (factors >= _CHIEF * np.maximum(factors.max(axis=1, keepdims=True), 1e-12)).astype(np.float64)
    shared = np.tril(chief @ chief.T, -1)
    sizes = chief.sum(axis=1)
    return np.asarray((shared < 0.5 * np.minimum.outer(sizes, sizes)).all(axis=1), dtype=np.bool_)


def _matched(one: Floats, other: Floats) -> Floats:
    """For each theme of one how alike its partner among the other's is, each partner taken once."""
    alike = _alike(_leading(one), _leading(other))
    mine, theirs = linear_sum_assignment(-alike)
    found = np.zeros(len(one))
    found[mine] = alike[mine, theirs]
    return found


def _leading(factors: Floats) -> sparse.csr_matrix:
    """The leading words of each theme, as weights that fall from first to last."""
    marks = np.zeros_like(factors)
    for row, theme in enumerate(factors):
        leading = np.argsort(-theme, kind="stable")[:LEADING]
        leading = leading[theme[leading] > 0]
        marks[row, leading] = theme[leading]
    lengths = np.linalg.norm(marks, axis=1, keepdims=True)
    return sparse.csr_matrix(marks / np.where(lengths == 0, 1, lengths))


def _alike(one: sparse.csr_matrix, other: sparse.csr_matrix) -> Floats:
    return np.asarray((one @ other.T).todense(), dtype=np.float64)


def _strength(weights: Weights, factors: Floats) -> Floats:
    """How much of each text each theme explains: non-negative least squares by multiplicative steps, all at once."""
    if not len(factors):
        return np.zeros((weights.shape[0], 0))
    wanted = np.asarray(weights @ factors.T)
    among = factors @ factors.T
    found = wanted.copy()
    for _ in range(30):
        found *= wanted / np.maximum(found @ among, 1e-12)
    return np.asarray(found, dtype=np.float64)


def _members(weights: Weights, factors: Floats, strength: Floats) -> NDArray[np.bool_]:
    """A text belongs to a theme that has a good share of it and one of whose leading words it uses."""
    if not len(factors):
        return np.zeros(strength.shape, dtype=bool)
    marks = _leading(factors)
    marks.data[:] = 1.0
    uses = np.asarray((weights @ marks.T).todense()) > 0
    shares = strength / np.maximum(strength.sum(axis=1, keepdims=True), 1e-12)
    return np.asarray((shares >= SHARE) & uses & (strength >= 0.05), dtype=np.bool_)
