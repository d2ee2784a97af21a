"""How glad each text is: by its own score where it has one, else by a model of its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.registry import Columns
from regulars.words.alphabets import script
from regulars.words.sentiment import FEWEST_TEXTS, Model, Untrained, train

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
UNKNOWN = np.nan
# Places on a scale from 0 to 1: up to the first a text is negative, from the second on positive.
_NPS_ENDS = (0.65, 0.85)  # 0 to 6 and 9 to 10, as the score itself is counted
_ENDS = (0.4, 0.75)
_SCRIPTS = {"LATIN": "in Latin letters", "CYRILLIC": "in Cyrillic letters"}

Floats = NDArray[np.float64]
Objects = NDArray[np.object_]


@dataclass(frozen=True)
class Feelings:
    """What is known of each text.

    negative  probability that it is negative: 1 or 0 where its own score says so; NaN unknown
    told      negative, neutral, positive, or None
    models    by language, or by script where a language alone has too few scored texts
    """

    negative: Floats
    told: Objects
    models: Mapping[str, Model | Untrained]


def place_of_score(columns: Columns) -> Floats:
    """One score a text, 0 to 1: the recommendation where asked, else satisfaction, effort, other ratings; NaN none."""
    found = np.full(len(columns["text"]), np.nan)
    for kind in ("rating", "ces", "csat", "nps"):
        values = np.asarray(columns[kind], dtype=np.float64)
        found = np.where(np.isnan(values), found, values)
    return found


def class_of_score(columns: Columns) -> Objects:
    """Negative, neutral or positive by the text's own score; None without one."""
    place = place_of_score(columns)
    asked = ~np.isnan(np.asarray(columns["nps"], dtype=np.float64))
    low, high = np.where(asked, _NPS_ENDS[0], _ENDS[0]), np.where(asked, _NPS_ENDS[1], _ENDS[1])
    found = np.full(len(place), None, dtype=object)
    found[place <= low] = NEGATIVE
    found[(place > low) & (place < high)] = NEUTRAL
    found[place >= high] = POSITIVE
    return found


def feelings(texts: Sequence[str], languages: Sequence[str | None], own: Objects) -> Feelings:
    """How glad texts are.

    own  the class that each text's score says, or None

    A model is learned from the scored texts of a language where there are 200, else of its script. It tells of the
    others only where cross-validation shows that it has learned anything.
    """
    known = np.array([one is not None for one in own], dtype=bool)
    negative = np.where(known, (own == NEGATIVE).astype(float), UNKNOWN)
    told = own.copy()
    models: dict[str, Model | Untrained] = {}
    for group, rows in _groups(texts, languages, known).items():
        scored = [row for row in rows if known[row]]
        model = train([texts[row] for row in scored], [str(own[row]) for row in scored], what=_named(group))
        models[group] = model
        open_ = [row for row in rows if not known[row]]
        if open_ and isinstance(model, Model) and model.accuracy.learned and NEGATIVE in model.accuracy.classes:
            found = model.probabilities([texts[row] for row in open_])
            negative[open_] = found[:, model.accuracy.classes.index(NEGATIVE)]
            told[open_] = np.array(model.accuracy.classes, dtype=object)[found.argmax(axis=1)]
    return Feelings(negative, told, models)


def _groups(texts: Sequence[str], languages: Sequence[str | None], known: NDArray[np.bool_]) -> dict[str, list[int]]:
    """Texts that share a model: of a language with enough scored texts, else of a script."""
    scored: dict[str, int] = {}
    for language, has_score in zip(languages, known, strict=True):
        if language and has_score:
            scored[language] = scored.get(language, 0) + 1
    groups: dict[str, list[int]] = {}
    for row, language in enumerate(languages):
        if not language:
            continue
        enough = scored.get(language, 0) >= FEWEST_TEXTS
        group = language if enough else _SCRIPTS.get(script(texts[row]) or "", language)
        groups.setdefault(group, []).append(row)
    return dict(sorted(groups.items()))


def _named(group: str) -> str:
    return group if group in _SCRIPTS.values() else f"in the language {group!r}"
