"""Quotes that show what a theme is: typical, unlike each other, short enough to read, without personal data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regulars.words.finding import Flags, Floats
from regulars.words.masking import masked

MOST = 3
LONGEST = 240
_CANDIDATES = 60
_SHORTEST, _TOO_ALIKE = 15, 0.5


def quotes(
    texts: Sequence[str], speaking: Flags, strength: Floats, *, country: str = "", most: int = MOST
) -> list[tuple[int, str]]:
    """Rows and masked texts of a theme's best quotes, the most typical first; none where nobody speaks of it."""
    rows = np.flatnonzero(speaking)
    lengths = np.array([len(texts[row]) for row in rows.tolist()])
    # Long texts speak of much else, very short ones say nothing.
    worth = strength[rows] * np.where(lengths < _SHORTEST, 0.3, np.minimum(1.0, LONGEST / np.maximum(lengths, 1)))
    chosen: list[tuple[int, str]] = []
    seen: list[frozenset[str]] = []
    for row in rows[np.argsort(-worth, kind="stable")][:_CANDIDATES].tolist():
        words = frozenset(texts[row].lower().split())
        if len(chosen) < most and not any(_alike(words, one) for one in seen):
            chosen.append((row, cut(masked(texts[row], country=country))))
            seen.append(words)
    return chosen


def cut(text: str) -> str:
    """The text on one line, at most 240 characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:-") + "…"


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > _TOO_ALIKE * min(len(one), len(other))
