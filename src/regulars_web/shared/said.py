"""The library's own sentences in the reader's language.

A sentence is recognised by its template, with its names and numbers in place; several that stand behind one another
are said one by one. A sentence that speaks of the command line is said in words that fit a page. What is not known
here is shown as the library wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext

from regulars.errors import NeedsDecision, RegularsError
from regulars_web.shared import numbers
from regulars_web.shared.library_texts import TEMPLATES
from regulars_web.shared.page_wordings import PLACE_WORDS, WORDINGS

PLACE = re.compile(r"%\((\w+)\)s")
DEEPEST = 3  # a sentence may hold another one that gives its reason
_ENDS = re.compile(r"(?<=[.?])\s+(?=[A-Z0-9\[('“])")
_BETWEEN = re.compile(r"((?<=[.?])\s+(?=[A-Z0-9\[('“]))")
_COMMANDS = ("--", "regulars ", "same command")
_SHARE = re.compile(r"[-+]?\d+(?:\.(\d+))?%")
_DECIMAL = re.compile(r"[-+]?\d+\.(\d+)")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.(\d+))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|, )")
_WEAK_LETTERS = 4  # a template with fewer letters of its own is that of nearly any text
_LEAST_LETTERS = 12  # of a phrase inside a sentence, so that a name or a word in a cell is never taken for one

_words_of: dict[type[RegularsError], Callable[[Any], str]] = {}


def speak_for(kind: type[RegularsError], words: Callable[[Any], str]) -> None:
    """Errors of this kind carry a code; ``words`` says what it means on pages. An app calls it when it is ready."""
    _words_of[kind] = words


def said(sentence: object) -> str:
    """A sentence or error of the library as the reader would say it; as it stands where it is none that is known."""
    for kind, words in _words_of.items():
        if isinstance(sentence, kind):
            return words(sentence)
    # What is asked of people on pages has its choices beside it; the words for the command line are left out.
    text = sentence.question if isinstance(sentence, NeedsDecision) else str(sentence).strip()
    if _english() and not any(sign in text for sign in _COMMANDS):
        return text
    if (found := _said(text, 0)) is not None:
        return found
    return "".join(_said(part, 0) or part for part in _BETWEEN.split(text))


def recognised(sentence: str) -> bool:
    """Whether every part of a sentence is one that can be translated."""
    return _said(sentence, 0) is not None


def _said(text: str, depth: int) -> str | None:
    """None where a part of it is not known, and nothing would be gained."""
    if depth > DEEPEST:
        return None
    for whole in (_one, _introduced, _several, _weakly):
        if (found := whole(text, depth)) is not None:
            return found
    return None


def _weakly(text: str, depth: int) -> str | None:
    """By a template that says next to nothing itself, where it holds a sentence that is known.

    Else any two sentences with an "is" in the first would be taken for it, and a company's own words be changed.
    """
    for template, pattern in _patterns():
        if _is_weak(template) and (found := pattern.fullmatch(text)):
            places = found.groupdict()
            filled = {name: _filled(name, value, depth) for name, value in places.items()}
            if any(_said(value.strip(), depth + 1) is not None for value in places.values()):
                return gettext(WORDINGS.get(template, template)) % filled
    return None


def _one(text: str, depth: int) -> str | None:
    if (plain := text.replace("%", "%%")) in _without_places():
        return gettext(WORDINGS.get(plain, plain)) % {}
    for template, pattern in _patterns():
        if not _is_weak(template) and (found := pattern.fullmatch(text)):
            filled = {name: _filled(name, value, depth) for name, value in found.groupdict().items()}
            return gettext(WORDINGS.get(template, template)) % filled
    return None


def _introduced(text: str, depth: int) -> str | None:
    """A sentence behind what it is about: ``customer_type reseller: Nobody can be named …``."""
    about, mark, rest = text.partition(": ")
    if not mark or _ENDS.search(about) or (found := _said(rest, depth + 1)) is None:
        return None
    return f"{about}: {found}"


def _several(text: str, depth: int) -> str | None:
    parts = _ENDS.split(text)
    if len(parts) < 2:
        return None
    # The longest beginning that is known as one, then the rest: some templates hold two sentences.
    for count in range(len(parts) - 1, 0, -1):
        first = _one(" ".join(parts[:count]), depth)
        if first is not None:
            rest = _said(" ".join(parts[count:]), depth)
            return None if rest is None else f"{first} {rest}"
    return None


def _filled(name: str, value: str, depth: int) -> str:
    """What fills a place, in the reader's way of writing: a share, a large number, a day, a word, a sentence."""
    if word := PLACE_WORDS.get(name, {}).get(value):
        return str(word)
    if value.startswith(" ") and (found := _filled(name, value[1:], depth)) != value[1:]:
        return f" {found}"
    long_enough = " " in value and len(value) >= _LEAST_LETTERS
    if _english():
        return (_said(value, depth + 1) or value) if long_enough else value
    sign = "+" if value.startswith("+") else ""
    if share := _SHARE.fullmatch(value):
        return sign + numbers.percent(float(value[:-1]) / 100, len(share[1] or ""))
    if decimal := _DECIMAL.fullmatch(value):
        return sign + numbers.number(float(value), len(decimal[1]))
    if thousands := _THOUSANDS.fullmatch(value):
        return numbers.number(float(value.replace(",", "")), len(thousands[1] or ""))
    if day := _DAY.match(value):
        return f"{_day(day[0])}{value[day.end() :]}"
    return (_said(value, depth + 1) or value) if long_enough else value


def _english() -> bool:
    return (get_language() or "en").startswith("en")


def _day(text: str) -> str:
    try:
        return numbers.day(date.fromisoformat(text))
    except ValueError:
        return text


@cache
def _is_weak(template: str) -> bool:
    return sum(letter.isalpha() for letter in PLACE.sub("", template)) < _WEAK_LETTERS


@cache
def _without_places() -> frozenset[str]:
    return frozenset(template for template in (*TEMPLATES, *WORDINGS) if not PLACE.search(template))


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Templates with what recognises them, those that say most by themselves first."""
    known = {template for template in (*TEMPLATES, *WORDINGS) if PLACE.search(template) and PLACE.sub("", template)}
    ordered = sorted(known, key=lambda template: (-len(PLACE.sub("", template)), template))
    return [(template, re.compile(_recognised(template), re.DOTALL)) for template in ordered]


def _recognised(template: str) -> str:
    parts = PLACE.split(template)
    places = [
        f"(?P<{part}>.*?)" if number % 2 else re.escape(part.replace("%%", "%")) for number, part in enumerate(parts)
    ]
    return "".join(places)
