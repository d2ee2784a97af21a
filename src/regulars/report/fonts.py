"""The page's letters: only those subsets that its text needs, as CSS that holds the files themselves."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SANS, SERIF = "Inter Variable", "Source Serif 4 Variable"

# Subset -> the characters it holds, as the makers of the files cut them.
RANGES = {
    "latin": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,"
        "U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
    ),
    "latin-ext": (
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,"
        "U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"
    ),
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
}


@dataclass(frozen=True)
class Face:
    """One family: its name in CSS, what its files begin with, and its weights."""

    family: str
    file: str
    weights: str


FACES = (Face(SANS, "inter", "100 900"), Face(SERIF, "source-serif-4", "200 900"))


def font_css(text: str) -> str:
    """``@font-face`` rules with the font files inside, for the subsets that ``text`` has a character of."""
    needed = [subset for subset in RANGES if holds(subset, text)]
    return "\n".join(_rule(face, subset) for face in FACES for subset in needed)


def holds(subset: str, text: str) -> bool:
    """Whether the text has a character that only this subset holds, or any of Latin."""
    return any(character in _characters(subset) for character in set(text))


@cache
def _characters(subset: str) -> frozenset[str]:
    found: set[str] = set()
    for part in RANGES[subset].split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return frozenset(found)


def _rule(face: Face, subset: str) -> str:
    path = files("regulars.report") / "static" / "fonts" / f"{face.file}-{subset}-wght-normal.woff2"
    encoded = base64.b64encode(path.read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"{face.family}";font-style:normal;font-display:swap;font-weight:{face.weights};'
        f"src:url(data:font/woff2;base64,{encoded}) format('woff2');unicode-range:{RANGES[subset]}}}"
    )
