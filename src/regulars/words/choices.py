"""What people decided about themes, and the ids that carry a theme from one run to the next.

An id names the language and the leading words, e.g. ``cs:doručení.kurýr.pozdě``. So a decision that mentions an id says
by itself which theme is meant: the next run looks for the theme that has these words, wherever it stands in the list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NOUN = KEY = "themes"
OTHER = "other"
WORDS_IN_AN_ID = 5


@dataclass(frozen=True)
class Choices:
    """What holds: names given to themes, themes put into others, and themes that are kept whoever speaks of them."""

    names: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    pinned: tuple[str, ...] = ()

    def target(self, theme: str) -> str:
        """The theme that a theme's texts are counted under; itself where it was not merged, or merged in a circle."""
        seen = {theme}
        found = theme
        while (found_next := self.merged.get(found)) is not None:
            if found_next in seen:
                return theme
            seen.add(found_next)
            found = found_next
        return found

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Every theme that a decision speaks of, each once."""
        return tuple(dict.fromkeys([*self.names, *self.pinned, *self.merged.values(), *self.merged]))


def choices_of(body: str | None) -> Choices:
    """The choices in the body of a decision; what cannot be read is left out."""
    try:
        told = json.loads(body or "{}")
    except ValueError:
        return Choices()
    if not isinstance(told, dict):
        return Choices()
    pinned = told.get("pinned")
    return Choices(
        _texts(told.get("names")),
        _texts(told.get("merged")),
        tuple(str(one) for one in pinned) if isinstance(pinned, list) else (),
    )


def theme_id(language: str, words: Sequence[str]) -> str:
    """The id of a theme from its leading words, strongest first.

    >>> theme_id("en", ["delivery", "late", "courier"])
    'en:delivery.late.courier'
    """
    return f"{language}:{'.'.join(words[:WORDS_IN_AN_ID])}"


def read_id(theme: str) -> tuple[str, tuple[str, ...]] | None:
    """Language and leading words of an id; None for what is no id of a theme."""
    language, colon, words = theme.partition(":")
    listed = tuple(word for word in words.split(".") if word)
    return (language, listed) if colon and language and listed else None


def _texts(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        return {}
    return {str(key): str(value) for key, value in found.items() if str(value).strip()}
