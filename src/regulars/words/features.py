"""Texts as counts of character and word n-grams, hashed: no list of words is kept that a text could be read from."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

CHARACTER_BITS, WORD_BITS = 19, 18
SHORTEST, LONGEST = 2, 5
MOST_CHARACTERS = 4_000  # of one text; the rest says nothing new
_TEXTS_AT_ONCE = 2_000
_WORDS = re.compile(r"\w+|[!?]+|[:;=]-?[()DP]+|[)(]{2,}|[^\w\s]")
_SPACES = re.compile(r"\s+")
_REPEATED = re.compile(r"(.)\1{3,}")
_MULTIPLIER, _SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)

Counts = sparse.csr_matrix
Ints = NDArray[np.int64]
Hashes = tuple[NDArray[np.uint64], NDArray[np.int64]]  # hash and text of each n-gram


def plain(text: str) -> str:
    """The text as features see it: composed, without case, with single spaces, long runs of a letter cut to three."""
    composed = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).lower()
    return _REPEATED.sub(r"\1\1\1", _SPACES.sub(" ", composed)).strip()


def features(texts: Sequence[str]) -> Counts:
    """Counts of n-grams, one row a text.

    Characters 2 to 5 inside words (the space before and after counts), then words and pairs of words: 2**19 columns of
    the first, 2**18 of the second. No texts, no rows.
    """
    blocks = [
        sparse.hstack([_counted(part, _character_grams, CHARACTER_BITS), _counted(part, _word_grams, WORD_BITS)], "csr")
        for part in _parts(texts)
    ]
    if not blocks:
        return _empty()
    return sparse.csr_matrix(sparse.vstack(blocks, "csr"))


def _empty() -> Counts:
    none = np.zeros(0, dtype=np.int64)
    shape = (0, 2**CHARACTER_BITS + 2**WORD_BITS)
    return sparse.csr_matrix((none.astype(np.float32), none, np.zeros(1, dtype=np.int64)), shape=shape)


def _parts(texts: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        yield [plain(text) for text in texts[start : start + _TEXTS_AT_ONCE]]


def _counted(texts: Sequence[str], grams: Callable[[Sequence[str]], Hashes], bits: int) -> Counts:
    hashes, rows = grams(texts)
    columns = ((hashes * _SPREAD) >> np.uint64(64 - bits)).astype(np.int64)
    cells, counts = np.unique(rows << bits | columns, return_counts=True)
    starts: Ints = np.asarray(np.searchsorted(cells, np.arange(len(texts) + 1) << bits), dtype=np.int64)
    places: Ints = np.asarray(cells & (2**bits - 1), dtype=np.int64)
    shape: tuple[int, int] = (len(texts), 2**bits)
    return sparse.csr_matrix((counts.astype(np.float32), places, starts), shape=shape)


def _character_grams(texts: Sequence[str]) -> Hashes:
    spaced = [f" {text} " for text in texts]
    lengths = np.array([len(text) for text in spaced], dtype=np.int64)
    codes = np.frombuffer("".join(spaced).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    rows = np.repeat(np.arange(len(texts)), lengths)
    space = codes == 32
    hashes, found = [], []
    rolling = codes.copy()
    inside = np.zeros(len(codes), dtype=bool)  # a space stands between the first and the last sign of the n-gram
    for size in range(2, LONGEST + 1):
        rolling = rolling[:-1] * _MULTIPLIER + codes[size - 1 :]
        inside = inside[:-1] | space[size - 2 : -1] if size > 2 else np.zeros(len(rolling), dtype=bool)
        whole = ~inside & (rows[: len(rolling)] == rows[size - 1 :])
        whole &= ~(space[: len(rolling)] & space[size - 1 :]) if size == 2 else True
        hashes.append(rolling[whole] ^ np.uint64(size))
        found.append(rows[: len(rolling)][whole])
    return np.concatenate(hashes), np.concatenate(found)


def _word_grams(texts: Sequence[str]) -> Hashes:
    known: dict[str, int] = {}
    words: list[int] = []
    lengths = np.zeros(len(texts), dtype=np.int64)
    for row, text in enumerate(texts):
        found = _WORDS.findall(text)
        lengths[row] = len(found)
        for word in found:
            if word not in known:
                known[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
            words.append(known[word])
    single = np.array(words, dtype=np.uint64)
    rows = np.repeat(np.arange(len(texts)), lengths)
    together = rows[:-1] == rows[1:]
    pairs = (single[:-1] * _MULTIPLIER + single[1:])[together]
    return np.concatenate([single + np.uint64(1), pairs]), np.concatenate([rows, rows[:-1][together]])
