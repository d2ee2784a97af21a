"""What people typed, made safe to keep: without signs that cannot be shown, with the line ends of one kind."""

from __future__ import annotations

import unicodedata

_LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029")


def plain_words(text: str, most: int | None) -> str:
    """A text of several lines; cut where ``most`` is given."""
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    shown = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Co"))
    return shown.strip()[:most]


def one_line(text: str, most: int) -> str:
    """A text on one line."""
    return " ".join(plain_words(text, None).split())[:most]


def lines(text: str, most: int = 200) -> list[str]:
    """The lines of a text that say something, each on its own."""
    return [told for line in plain_words(text, None).split("\n") if (told := one_line(line, most))]


def whole_number(text: str) -> int:
    """A number as it stands in a form; 0 for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0
