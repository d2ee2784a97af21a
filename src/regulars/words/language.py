"""The language of each text: the company's languages first, then others that its customers may write in.

A text of three words can belong to several languages. What decides is taken together: the n-gram model of py3langid,
the letters each language has, short words (prepositions, pronouns), words known to a dictionary where near relatives
compete, and how often each language occurs among all the texts at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from regulars.words.alphabets import ALPHABETS, of_script, script, written_with

OTHERS = ("en", "ru", "bg", "cs", "sk", "tr", "de", "pl", "uk", "sr", "fr", "es", "it")
LONGEST = 1_000  # characters that are looked at
_STRANGE, _SHORT_WORD, _UNKNOWN_WORD = 2.5, 0.7, 0.9  # weights of the evidence, in nats
_MOST_WORDS, _SHORT = 25, 4
_OWN, _OTHER = 1.0, 0.2  # prior weight of a company's language and of another one
_SURE = 6.0  # nats between the best two, beyond which no dictionary is asked
_ROUNDS = 3
# Near relatives, told apart by their dictionaries.
_RELATIVES = ({"bg", "ru"}, {"cs", "sk"})
_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|<\w+>|\bRT\b")
_WORD = re.compile(r"[^\W\d_]+")

Scores = NDArray[np.float64]


def languages(texts: Sequence[str], company: Sequence[str] = ()) -> list[str | None]:
    """The two-letter code of each text's language; None where a text has no letters.

    company  the languages that the company works in (regulars.toml); they win where the evidence is even

    The texts are judged together: "Super" is Czech among Czech texts. No texts, no answers.
    """
    candidates = tuple(dict.fromkeys((*(code for code in company if code in ALPHABETS), *OTHERS)))
    prior = np.log([_OWN if code in company or not company else _OTHER for code in candidates])
    distinct = list(dict.fromkeys(texts))
    found: dict[str, str | None] = {}
    open_: list[str] = []
    for text in distinct:
        known = _by_script(text)
        if known == "":
            open_.append(text)
        else:
            found[text] = known
    if open_:
        scores = np.vstack([_scores(text, candidates) for text in open_])
        weights = _weights(texts, open_)
        chosen = (scores + _prior_among(scores, prior, weights)).argmax(axis=1)
        found |= {text: candidates[place] for text, place in zip(open_, chosen, strict=True)}
    return [found[text] for text in texts]


def language(text: str, company: Sequence[str] = ()) -> str | None:
    """The language of one text, seen alone."""
    return languages([text], company)[0]


def _by_script(text: str) -> str | None:
    """The language where the script tells it, None where there is no letter, "" where it is open."""
    written = script(text[:LONGEST])
    if written is None:
        return None
    return of_script(written) or ("" if written_with(written) else None)


def _weights(texts: Sequence[str], open_: Sequence[str]) -> Scores:
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    return np.array([counts[text] for text in open_], dtype=np.float64)


def _prior_among(scores: Scores, prior: Scores, weights: Scores) -> Scores:
    """How frequent each language is among the texts, in nats: expectation and maximization, begun at the prior."""
    log_prior = prior - np.log(np.exp(prior).sum())
    for _ in range(_ROUNDS if len(scores) > 1 else 0):
        told = scores + log_prior
        told = np.exp(told - told.max(axis=1, keepdims=True))
        shares = (told / told.sum(axis=1, keepdims=True) * weights[:, None]).sum(axis=0)
        log_prior = np.log(shares + 20.0 * np.exp(log_prior)) - np.log(weights.sum() + 20.0)
    return np.asarray(log_prior, dtype=np.float64)


def _scores(text: str, candidates: tuple[str, ...]) -> Scores:
    """The evidence of one text for each language, in nats."""
    seen = _NO_WORDS.sub(" ", text[:LONGEST])
    if not any(letter.isalpha() for letter in seen):
        seen = text[:LONGEST]
    lower = seen.lower()
    words = _WORD.findall(lower)[:_MOST_WORDS]
    scores = _modelled(candidates, lower) + _outside(script(seen) or "", candidates)
    letters = [_strangeness(letter, candidates) for letter in set(lower) if letter.isalpha() and not letter.isascii()]
    if letters:
        scores -= _STRANGE * np.minimum(np.sum(letters, axis=0), 4)
    short = [_shortness(word, candidates) for word in words if 2 <= len(word) <= _SHORT]
    if short:
        scores += _SHORT_WORD * np.sum(short, axis=0)
    return _among_relatives(scores, words, candidates)


@lru_cache(maxsize=10_000)
def _strangeness(letter: str, candidates: tuple[str, ...]) -> Scores:
    return np.array([float(letter not in ALPHABETS[code]) for code in candidates])


@lru_cache(maxsize=20_000)
def _shortness(word: str, candidates: tuple[str, ...]) -> Scores:
    return np.array([float(word in _short_words(code)) for code in candidates])


@lru_cache(maxsize=1_000)
def _outside(written: str, candidates: tuple[str, ...]) -> Scores:
    """What speaks against languages that are not written in the text's script."""
    fitting = written_with(written)
    return np.array([0.0 if code in fitting else -30.0 for code in candidates])


def _among_relatives(scores: Scores, words: Sequence[str], candidates: tuple[str, ...]) -> Scores:
    for relatives in _RELATIVES:
        places = [place for place, code in enumerate(candidates) if code in relatives]
        best = scores.argmax()
        if len(places) == 2 and best in places and abs(scores[places[0]] - scores[places[1]]) < _SURE:
            for place in places:
                unknown = sum(not _known(word, candidates[place]) for word in words)
                scores[place] -= _UNKNOWN_WORD * unknown
    return scores


def _modelled(candidates: tuple[str, ...], text: str) -> Scores:
    """The model's logarithm of each language's probability."""
    ranked = dict(_identifier(candidates).rank(text))
    return np.log([max(ranked[code], 1e-9) for code in candidates])


class _Identifier(Protocol):
    """The one thing that is asked of the model."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every language with its probability, best first."""
        ...


@cache
def _identifier(candidates: tuple[str, ...]) -> _Identifier:
    from py3langid.langid import (  # type: ignore[import-untyped]  # noqa: PLC0415  not before a text is read
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(candidates)
    return cast(_Identifier, identifier)


@cache
def _short_words(code: str) -> frozenset[str]:
    import stopwordsiso  # noqa: PLC0415  not before a text is read

    return frozenset(word for word in stopwordsiso.stopwords(code) if 2 <= len(word) <= _SHORT)


@lru_cache(maxsize=100_000)
def _known(word: str, code: str) -> bool:
    import simplemma  # noqa: PLC0415  not before a text is read

    return bool(simplemma.is_known(word, code))
