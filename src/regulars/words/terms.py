"""Which words and pairs of words each text uses, weighted by how telling they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from regulars.words.lemmas import BREAK, Words

FEWEST_TEXTS = 3  # that a word must be in, so that no word of one person names a theme
MOST_OFTEN = 0.5  # share of texts: a word in more of them tells nothing
MOST_TERMS = 3_000
_PAIR_LIFT = 4.0  # how many times oftener than by chance two words must stand together

Ints = NDArray[np.int64]
Weights = sparse.csr_matrix


@dataclass(frozen=True)
class Terms:
    """Texts by terms.

    weights  one row a text, tf-idf of unit length; a text without terms is empty
    terms    lemma, or two lemmas with a space, of each column
    shown    how people most often wrote it
    """

    weights: Weights
    terms: tuple[str, ...]
    shown: tuple[str, ...]


def terms_of(words: Words) -> Terms:
    """The telling words and pairs of many texts. Too few texts, no terms."""
    single = words.lemmas != BREAK
    lemmas, forms, rows = words.lemmas[single], words.forms[single], words.rows[single]
    often = np.bincount(_distinct(rows, lemmas)[1], minlength=len(words.vocabulary))
    together = (words.lemmas[:-1] != BREAK) & (words.lemmas[1:] != BREAK) & (words.rows[:-1] == words.rows[1:])
    firsts, seconds = words.lemmas[:-1][together], words.lemmas[1:][together]
    pairs = _pairs(firsts, seconds, words.rows[:-1][together], often, words.texts)
    kept = _kept(often, pairs.often, words.texts)
    place = np.full(len(often), -1)
    place[kept[0]] = np.arange(len(kept[0]))
    pair_place = np.full(len(pairs.often), -1)
    pair_place[kept[1]] = len(kept[0]) + np.arange(len(kept[1]))
    cells = [(rows, place[lemmas]), (pairs.rows, pair_place[pairs.ids])]
    weights = _weighted(cells, words.texts, len(kept[0]) + len(kept[1]))
    form = _commonest(lemmas, forms, len(often))
    pair_codes = words.forms[:-1][together] << 32 | words.forms[1:][together]
    pair_form = _commonest(pairs.ids, pair_codes, len(pairs.often))
    names = [words.vocabulary[one] for one in kept[0]]
    names += [f"{words.vocabulary[pairs.first[one]]} {words.vocabulary[pairs.second[one]]}" for one in kept[1]]
    shown = [words.written[form[one]] for one in kept[0]]
    mask = 2**32 - 1
    shown += [f"{words.written[pair_form[one] >> 32]} {words.written[pair_form[one] & mask]}" for one in kept[1]]
    return Terms(weights, tuple(names), tuple(shown))


@dataclass(frozen=True)
class _Pairs:
    """Neighbouring words: id of each occurrence and its text; both lemmas and number of texts of each id."""

    ids: Ints
    rows: Ints
    first: Ints
    second: Ints
    often: Ints


def _pairs(firsts: Ints, seconds: Ints, rows: Ints, often: Ints, texts: int) -> _Pairs:
    codes, ids = np.unique(firsts << 32 | seconds, return_inverse=True)
    first, second = codes >> 32, codes & (2**32 - 1)
    among = np.bincount(_distinct(rows, ids)[1], minlength=len(codes))
    by_chance = often[first] * often[second] / max(texts, 1)
    among[(among < _PAIR_LIFT * by_chance) | (first == second)] = 0
    return _Pairs(ids, rows, first, second, among)


def _kept(often: Ints, pairs_often: Ints, texts: int) -> tuple[Ints, Ints]:
    """The words and pairs used in enough texts, not in too many, the most frequent of more."""
    fewest = max(FEWEST_TEXTS, round(texts / 5_000))
    both = np.concatenate([often, pairs_often])
    # In a handful of texts even the theme's own word is in more than half of them.
    most = MOST_OFTEN * texts if texts >= 50 else texts
    usable = np.flatnonzero((both >= fewest) & (both <= most))
    usable = np.sort(usable[np.argsort(-both[usable], kind="stable")[:MOST_TERMS]])
    return usable[usable < len(often)], usable[usable >= len(often)] - len(often)


def _weighted(cells: Sequence[tuple[Ints, Ints]], texts: int, columns: int) -> Weights:
    rows = np.concatenate([row[column >= 0] for row, column in cells])
    places = np.concatenate([column[column >= 0] for _, column in cells])
    counts = sparse.coo_matrix((np.ones(len(rows)), (rows, places)), shape=(texts, columns)).tocsr()
    counts.data = 1 + np.log(counts.data)
    among = np.bincount(counts.indices, minlength=columns)
    weights = sparse.csr_matrix(counts @ sparse.diags(np.log(texts / np.maximum(among, 1)) + 1))
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(lengths == 0, 1, lengths)) @ weights)


def _commonest(ids: Ints, forms: Ints, count: int) -> Ints:
    """For each id the form it has most often; of equally frequent ones the first met."""
    found = np.zeros(count, dtype=np.int64)
    if not len(ids):
        return found
    order = np.lexsort((forms, ids))
    changed = np.flatnonzero(np.r_[True, (np.diff(ids[order]) != 0) | (np.diff(forms[order]) != 0)])
    occurrences = np.diff(np.r_[changed, len(ids)])
    heads, tops = ids[order][changed], forms[order][changed]
    last = np.lexsort((-tops, occurrences, heads))
    found[heads[last]] = tops[last]  # the last assignment to an id is its most frequent form
    return found


def _distinct(rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
    """Each pair of row and column once."""
    if not len(rows):
        return rows, columns
    codes = np.unique(rows << 32 | columns)
    return codes >> 32, codes & (2**32 - 1)
