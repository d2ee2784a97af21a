"""Talk guides as a form sends them: ``guide-0-title``, ``guide-0-text``, one pair a guide."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regulars.touchpoints.parts import Guide

MOST = 40
_NAMED = re.compile(r"guide-(\d{1,3})-(?:title|text)")


@dataclass(frozen=True)
class Row:
    """One guide of the form; ``number`` names its fields."""

    number: int
    title: str = ""
    text: str = ""


def rows_of(guides: Sequence[Guide]) -> list[Row]:
    """The guides there are; one empty row where there is none."""
    return [Row(number, one.title, one.text) for number, one in enumerate(guides)] or [Row(0)]


def read_rows(sent: Mapping[str, str]) -> list[Row]:
    """The rows as they were sent, in order."""
    numbers = sorted({int(found[1]) for name in sent if (found := _NAMED.fullmatch(name))})[:MOST]
    return [
        Row(place, sent.get(f"guide-{number}-title", "").strip(), _lines(sent.get(f"guide-{number}-text", "")))
        for place, number in enumerate(numbers)
    ]


def after(rows: Sequence[Row], do: str) -> list[Row]:
    """The rows after a button: ``add`` or ``remove:2``."""
    verb, _colon, place = do.partition(":")
    kept = list(rows)
    if verb == "add" and len(kept) < MOST:
        kept.append(Row(len(kept)))
    if verb == "remove" and place.isascii() and place.isdigit() and len(place) < 4:
        kept = [one for one in kept if one.number != int(place)]
    return [Row(number, one.title, one.text) for number, one in enumerate(kept)]


def read_guides(rows: Sequence[Row]) -> tuple[Guide, ...]:
    """The guides that say something."""
    return tuple(Guide(one.title, one.text) for one in rows if one.text or one.title)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
