"""The themes of a company's texts in all their languages, with what people decided about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regulars.words.choices import WORDS_IN_AN_ID, Choices, read_id, theme_id
from regulars.words.discovery import Discovery, discover
from regulars.words.lemmas import words_of
from regulars.words.terms import FEWEST_TEXTS, Terms, terms_of

SHOWN_WORDS, WORDS_IN_A_NAME = 8, 3

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Theme:
    """One theme.

    words      its leading words as people wrote them, strongest first
    members    of all texts, true where one speaks of the theme
    strength   of all texts, how typical each is; 0 in other languages
    stability  how well it came back in random parts of the texts, 0 to 1; None where people keep it and nothing came
    """

    id: str
    name: str
    languages: tuple[str, ...]
    words: tuple[str, ...]
    members: Flags
    strength: Floats
    stability: float | None
    named: bool = False
    pinned: bool = False


def find_themes(texts: Sequence[str], languages: Sequence[str | None], choices: Choices) -> list[Theme]:
    """The themes of texts, those with most texts first; none for too few texts.

    Each language is looked at by itself; people may merge themes of several. A theme that was renamed, pinned or merged
    into is found again by the words in its id, and stays with no texts where nobody speaks of it any more.
    """
    spoken = [language for language in dict.fromkeys(languages) if language]
    mentioned = {found[0] for theme in choices.mentioned if (found := read_id(theme))}
    themes: list[Theme] = []
    for language in dict.fromkeys([*sorted(spoken), *sorted(mentioned)]):
        rows = np.flatnonzero([one == language for one in languages])
        themes += _of_language(texts, rows, language, choices)
    merged = _merged(themes, choices)
    return sorted(merged, key=lambda theme: (-int(theme.members.sum()), theme.id))


def _of_language(texts: Sequence[str], rows: NDArray[np.intp], language: str, choices: Choices) -> list[Theme]:
    terms = terms_of(words_of([texts[row] for row in rows], language))
    given = [theme for theme in choices.mentioned if (read_id(theme) or ("",))[0] == language]
    found = discover(terms, [_anchored(theme, terms) for theme in given])
    themes: list[Theme] = []
    for place in range(len(found.factors)):
        theme = _theme(found, place, language, given[place] if place < len(given) else "", [one.id for one in themes])
        if place >= len(given) and found.members[:, place].sum() < FEWEST_TEXTS:
            continue
        members, strength = np.zeros(len(texts), dtype=bool), np.zeros(len(texts))
        members[rows], strength[rows] = found.members[:, place], found.strength[:, place]
        told = choices.names.get(theme.id)
        named = replace(theme, name=told or theme.name, named=told is not None, pinned=theme.id in choices.pinned)
        themes.append(replace(named, members=members, strength=strength))
    return themes


def _anchored(theme: str, terms: Terms) -> Floats:
    """The words of an id as weights by term, falling from the first; zeros where nobody uses them."""
    place = {term: column for column, term in enumerate(terms.terms)}
    weights = np.zeros(len(terms.terms))
    _, words = read_id(theme) or ("", ())
    for rank, word in enumerate(words):
        if word in place:
            weights[place[word]] = 1 / (1 + 0.3 * rank)
    return weights


def _theme(found: Discovery, place: int, language: str, given: str, taken: Sequence[str]) -> Theme:
    factor, terms = found.factors[place], found.terms
    order = [column for column in np.argsort(-factor, kind="stable") if factor[column] > 0]
    lemmas = [terms.terms[column] for column in order[:30] if " " not in terms.terms[column]]
    own = given or theme_id(language, lemmas)
    if own in taken:  # two themes may share their leading words in another order only
        own = theme_id(language, lemmas[1:WORDS_IN_AN_ID] + lemmas[:1])
    shown = _apart([terms.shown[column] for column in order[:30]])
    words = tuple(shown[:SHOWN_WORDS]) or (read_id(given) or ("", ()))[1]
    back = float(found.stability[place])
    none = np.zeros(0)
    return Theme(
        id=own,
        name=", ".join(words[:WORDS_IN_A_NAME]),
        languages=(language,),
        words=words,
        members=none.astype(bool),
        strength=none,
        stability=None if np.isnan(back) else back,
    )


def _apart(shown: Sequence[str]) -> list[str]:
    """Without words that repeat what a stronger one has said: "delivery" beside "late delivery"."""
    kept: list[str] = []
    for term in shown:
        parts = set(term.split())
        if not any(parts <= set(one.split()) or parts >= set(one.split()) for one in kept):
            kept.append(term)
    return kept


def _merged(themes: Sequence[Theme], choices: Choices) -> list[Theme]:
    """Each theme with the texts of those that were put into it."""
    by_id = {theme.id: theme for theme in themes}
    whole = {
        theme.id: theme
        for theme in themes
        if choices.target(theme.id) not in by_id or choices.target(theme.id) == theme.id
    }
    for theme in themes:
        target = choices.target(theme.id)
        if theme.id in whole or target not in whole:
            continue
        into = whole[target]
        whole[target] = replace(
            into,
            languages=tuple(dict.fromkeys([*into.languages, *theme.languages])),
            words=tuple(dict.fromkeys([*into.words, *theme.words[:WORDS_IN_A_NAME]])),
            members=into.members | theme.members,
            strength=np.maximum(into.strength, theme.strength),
        )
    return list(whole.values())
