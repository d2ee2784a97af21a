"""What a list shows of a customer: columns to choose from, and each cell in the reader's way of writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from regulars.base import BaseColumn
from regulars.base import columns as base_columns
from regulars.base.columns import column as base_column
from regulars_web.customers.words import (
    COLUMN_WORDS,
    GOOD_SEGMENTS,
    GROUP_WORDS,
    HARM_SEGMENTS,
    MEANINGS,
    column_words,
    value_words,
)
from regulars_web.shared import numbers
from regulars_web.shared.said import said

NAME = "name"
DEFAULT_COLUMNS = ("segment", "customer_type", "last_order_on", "orders", "spend", "clv")
MOST_COLUMNS = 16
FALLING_FIRST = ("int", "float", "money", "share", "date", "instant", "boolean")


@dataclass(frozen=True)
class Heading:
    """A column of the list, and the link that sorts by it."""

    name: str
    words: str
    meaning: str
    number: bool
    kind: str  # number, date or text: what its order is called
    sort: str  # what ``sort`` in the address becomes on a click
    sorted: str  # ascending, descending, or empty


@dataclass(frozen=True)
class Cell:
    """One cell: ``text`` as it reads, ``small`` its interval or reason, ``pill`` its colour where it is a word."""

    heading: Heading
    text: str
    small: str = ""
    pill: str = ""


def choosable_columns() -> list[BaseColumn]:
    """Columns a list may show."""
    return [one for one in base_columns() if one.name in COLUMN_WORDS]


def grouped_columns(chosen: Sequence[str]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The column chooser: (part, [(name, words, chosen)])."""
    parts: dict[str, list[tuple[str, str, bool]]] = {}
    for one in choosable_columns():
        parts.setdefault(str(GROUP_WORDS[one.group]), []).append((one.name, column_words(one.name), one.name in chosen))
    return list(parts.items())


def read_columns(text: str) -> tuple[str, ...]:
    """Columns named in the address, in their order; the usual ones where it names none that is known."""
    known = {one.name for one in choosable_columns()}
    chosen = tuple(dict.fromkeys(name for name in text[:1000].split(",") if name in known))
    return chosen[:MOST_COLUMNS] or DEFAULT_COLUMNS


def headings(chosen: Sequence[str], sort: str, descending: bool) -> list[Heading]:
    """Headings of the chosen columns; the first click on numbers and dates puts the highest first."""
    return [_heading(name, sort, descending) for name in chosen]


def name_heading(sort: str, descending: bool) -> Heading:
    """The heading over the customers themselves."""
    direction = _direction(NAME, sort, descending)
    return Heading(NAME, _("Customer"), "", False, "text", f"-{NAME}" if direction == "ascending" else NAME, direction)


def cells(row: dict[str, Any], shown: Sequence[Heading], currency: str) -> list[Cell]:
    """The cells of one customer."""
    return [_cell(row, heading, currency) for heading in shown]


def _heading(name: str, sort: str, descending: bool) -> Heading:
    found = base_column(name)
    kind = found.type if found else "string"
    direction = _direction(name, sort, descending)
    falling = direction == "ascending" if direction else kind in FALLING_FIRST
    words, meaning = column_words(name), str(MEANINGS.get(name, ""))
    number = kind in ("int", "float", "money", "share")
    order = "date" if kind in ("date", "instant") else "number" if number or kind == "boolean" else "text"
    return Heading(name, words, meaning, number, order, f"-{name}" if falling else name, direction)


def _direction(name: str, sort: str, descending: bool) -> str:
    if name != sort:
        return ""
    return "descending" if descending else "ascending"


def _cell(row: dict[str, Any], heading: Heading, currency: str) -> Cell:
    name, value = heading.name, row[heading.name]
    if value is None:
        return Cell(heading, numbers.UNKNOWN, said(row.get(f"{name}_reason") or ""))
    if name == "segment":
        tone = "good" if value in GOOD_SEGMENTS else "harm" if value in HARM_SEGMENTS else "plain"
        return Cell(heading, value_words(name, value), pill=tone)
    if name in ("slipping", "key_customer"):
        tone = "harm" if name == "slipping" else "good"
        return Cell(heading, _("yes"), pill=tone) if value else Cell(heading, _("no"))
    return Cell(heading, shown_value(name, value, currency), _interval(row, name, currency))


def shown_value(name: str, value: Any, currency: str) -> str:
    """A value of a base column as text."""
    found = base_column(name)
    kind, unit = (found.type, found.unit) if found else ("string", "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind == "money":
        return numbers.money(value, currency)
    if unit == "currency":
        return _not_nothing(
            value, numbers.money(value, currency), numbers.money(0, currency), numbers.money(1, currency)
        )
    if kind == "share":
        places = 1 if name == "value_share" else 0
        least = 10**-places / 100
        return _not_nothing(
            value, numbers.percent(value, places), numbers.percent(0, places), numbers.percent(least, places)
        )
    if kind == "float":
        return numbers.number(value, 0 if float(value).is_integer() else 1)
    if name == "birth_year":
        return str(value)
    if kind == "int":
        return numbers.number(value)
    if isinstance(value, datetime):
        return numbers.day(value.astimezone(ZoneInfo(settings.TIME_ZONE)).date())
    if isinstance(value, date):
        return numbers.day(value)
    return value_words(name, value)


def _not_nothing(value: float, text: str, nothing: str, least: str) -> str:
    """A little is not nothing: what would be rounded to 0 is said to be less than the smallest number shown."""
    return _("under %(least)s") % {"least": least} if text == nothing and value > 0 else text


def _interval(row: dict[str, Any], name: str, currency: str) -> str:
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if low is None or high is None:
        return ""
    return interval_words(shown_value(name, low, currency), shown_value(name, high, currency))


def interval_words(low: str, high: str) -> str:
    """From where to where; one text where both ends read the same."""
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
