"""How much room words take in a picture, and where they are broken."""

from __future__ import annotations

import unicodedata

NARROW, WIDE = frozenset("iljtfrI.,:;'’|!()[] "), frozenset("mwMWШЩЖЮФшщжюфм@%")
LINE_HEIGHT = 17


def text_width(text: str, size: float) -> float:
    """About how wide a text is drawn, a little more rather than less."""
    return sum(_em(letter) for letter in text) * size


def wrapped(text: str, *, size: float, width: float, lines: int) -> list[str]:
    """The text in lines that fit, broken between words where that works; the last one is cut with an ellipsis."""
    found, rest = [], " ".join(text.split())
    while rest and len(found) < lines:
        fits = _fitting(rest, size, width)
        if fits < len(rest) and len(found) == lines - 1:
            found.append(rest[: max(_fitting(rest, size, width - size), 1)].rstrip() + "…")
            break
        cut = _break(rest, fits)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return found or ["–"]


def _em(letter: str) -> float:
    if letter in NARROW:
        return 0.32
    if letter in WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    return 0.7 if letter.isupper() else 0.61


def _fitting(text: str, size: float, width: float) -> int:
    """How many letters from the beginning fit; at least one."""
    room = 0.0
    for place, letter in enumerate(text):
        room += _em(letter) * size
        if room > width:
            return max(place, 1)
    return len(text)


def _break(text: str, fits: int) -> int:
    """Where to break so that at most ``fits`` letters stand before: after a space or a joint, else anywhere."""
    if fits >= len(text):
        return len(text)
    if text[fits] == " ":
        return fits
    for place in range(fits, fits // 3, -1):
        if text[place - 1] in " _-/":
            return place
    return fits
