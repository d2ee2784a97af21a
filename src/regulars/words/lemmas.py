"""Words of texts, brought to the form that a dictionary lists them under, with the form that people wrote kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regulars.words.masking import without_contacts
from regulars.words.stopping import stop_words

SHORTEST, LONGEST = 3, 40
MOST_CHARACTERS = 4_000  # of one text
BREAK = -1  # stands where a stop word or a stop sign parts two words
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[.!?;:,()\n]")
_TURKISH = str.maketrans({"I": "ı", "İ": "i"})
_KEPT = 200_000  # forms of one language held in memory
# Dictionaries that take hundreds of megabytes when unpacked; they are read in their packed form.
_HEAVY = frozenset({"pl", "fi", "hbs", "hu", "la", "es", "pt", "fr", "it", "de", "uk"})
_CODES = {"sr": "hbs", "hr": "hbs", "bs": "hbs", "no": "nb"}

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """The words of many texts of one language, end to end.

    lemmas    place in ``vocabulary`` of each word, BREAK for what parts words
    forms     place in ``written`` of each word, BREAK likewise
    rows      text of each word
    """

    texts: int
    lemmas: Ints
    forms: Ints
    rows: Ints
    vocabulary: tuple[str, ...]
    written: tuple[str, ...]


def lower(text: str, language: str | None) -> str:
    """The text in small letters, by the language's own rule: İ and I of Turkish are i and ı."""
    composed = unicodedata.normalize("NFC", text)
    return (composed.translate(_TURKISH) if language == "tr" else composed).lower().replace("’", "'")


def lemma(word: str, language: str) -> str | None:
    """The dictionary form of a word in small letters; None for a stop word or what is too short or too long.

    >>> lemma("deliveries", "en")
    'delivery'
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return None
    stops = stop_words(language)
    if word in stops:
        return None
    found = lower(_looked_up(word, _CODES.get(language, language)), language)
    return None if found in stops or len(found) < SHORTEST else found


def words_of(texts: Sequence[str], language: str) -> Words:
    """The words of texts that are all in one language. No texts, no words."""
    known: dict[str, tuple[int, int]] = {}
    vocabulary: dict[str, int] = {}
    written: list[str] = []
    lemmas: list[int] = []
    forms: list[int] = []
    lengths = np.zeros(len(texts), dtype=np.int64)
    for row, text in enumerate(texts):
        found = _WORD.findall(lower(without_contacts(text[:MOST_CHARACTERS]), language))
        lengths[row] = len(found)
        for word in found:
            places = known.get(word)
            if places is None:
                places = known[word] = _placed(word, language, vocabulary, written)
            lemmas.append(places[0])
            forms.append(places[1])
    rows = np.repeat(np.arange(len(texts)), lengths)
    listed = np.array(lemmas, dtype=np.int64), np.array(forms, dtype=np.int64)
    return Words(len(texts), *listed, rows, tuple(vocabulary), tuple(written))


def _placed(word: str, language: str, vocabulary: dict[str, int], written: list[str]) -> tuple[int, int]:
    found = _lemma_kept(language, word)
    if found is None:
        return BREAK, BREAK
    written.append(word)
    return vocabulary.setdefault(found, len(vocabulary)), len(written) - 1


_LEMMAS: dict[str, dict[str, str | None]] = {}


def _lemma_kept(language: str, word: str) -> str | None:
    kept = _LEMMAS.setdefault(language, {})
    if word not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[word] = lemma(word, language)
    return kept[word]


def _looked_up(word: str, code: str) -> str:
    lemmatizer = _lemmatizer(code)
    return word if lemmatizer is None else str(lemmatizer.lemmatize(word, code))


@cache
def _lemmatizer(code: str) -> Any:
    """Looks a language's words up; None where it has no dictionary."""
    from simplemma import Lemmatizer  # noqa: PLC0415  not before a text is read
    from simplemma.strategies import DefaultStrategy  # noqa: PLC0415
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES  # noqa: PLC0415

    if code not in SUPPORTED_LANGUAGES:
        return None
    return Lemmatizer(cache_max_size=1, lemmatization_strategy=DefaultStrategy(low_memory=code in _HEAVY))
