"""What the pages of a file show of it: its columns with the first cells, its rows as they will be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from regulars.errors import NeedsDecision
from regulars.imports.fields import FORMS, Field
from regulars_web.imports import asking, words
from regulars_web.imports.forms import DATE_ORDERS, MARKS
from regulars_web.imports.proposing import Reading
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.shared.said import said

SHOWN_CELLS = 5
SHOWN_COLUMNS = 200  # beyond, a page would take long to draw; what is guessed for the rest holds
LONGEST_CELL = 80
WHO = ("customer_id", "name", "first_name", "last_name", "email", "phone", "address", "birthday", "gender",
       "birth_year", "customer_type", "acquired_by", "country", "region", "city", "consent")  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of the file: its name, first cells, and the field it serves ("" where it is left out).

    A column that is a question has the field 'ask:' and its kind; ``details`` is what a person said of it.
    """

    place: int
    name: str
    cells: tuple[str, ...]
    field: str
    why: str
    details: asking.Details = asking.NOTHING_SAID
    asked: bool = False


@dataclass(frozen=True)
class FieldGroup:
    """Fields that stand together in the select: name, and (field, label, meaning)."""

    name: str
    fields: tuple[tuple[str, str, str], ...]


def columns_of(reading: Reading, remembered: int | None, questions: Mapping[str, str] | None = None) -> list[Column]:
    """The file's columns as they are understood now; ``questions`` is what was said of them as questions."""
    mapping = reading.proposal.mapping
    served = {column: name for name, column in mapping.fields.items()}
    asked = {one.column: one for one in mapping.questions}
    found = []
    for place, name in enumerate(reading.look.columns):
        one = asked.get(name)
        field = served.get(name) or (f"{asking.ASK}{one.kind}" if one is not None else "")
        why = "" if field.startswith(asking.ASK) else _why(reading, field, name, remembered)
        told = "; ".join(filter(None, (why, asking.in_words(one) if one is not None else "")))
        cells = tuple(_short(row[place]) for row in reading.look.rows[:SHOWN_CELLS])
        details = asking.details_of((questions or {}).get(name, ""))
        found.append(Column(place, name, cells, field, told, details, one is not None))
    return found


def _why(reading: Reading, field: str, column: str, remembered: int | None) -> str:
    if not field:
        return _("not read")
    if remembered is not None:
        return _("as in import %(number)s") % {"number": remembered}
    guessed = reading.guess.mapping
    if guessed.fields.get(field) == column:
        return words.because(guessed.reasons.get(field, ""))
    return _("chosen by you")


def field_groups(form: str) -> list[FieldGroup]:
    """All fields of a form for a select: what it cannot do without, who the customer is, all else."""
    known = FORMS[form]
    needed = list(dict.fromkeys(name for need in known.needs for choice in need.choices for name in choice))
    who = [name for name in known.fields if name in WHO and name not in needed]
    rest = [name for name in known.fields if name not in needed and name not in who]
    groups = ((_("Needed"), needed), (_("Who the customer is"), who), (_("More"), rest))
    return [FieldGroup(name, tuple(_field(known.fields[one]) for one in fields)) for name, fields in groups]


def _field(field: Field) -> tuple[str, str, str]:
    return field.name, words.label(field.name), said(field.meaning)


def constants_of(reading: Reading) -> list[tuple[str, str]]:
    """What is the same for every row, as (field, text), and one empty line to fill in."""
    return [*reading.proposal.mapping.constants.items(), ("", "")]


def missing(reading: Reading) -> list[str]:
    """What the form needs and the file does not show, in sentences."""
    proposal = reading.proposal
    told = [
        _("Still missing: %(what)s. Choose it over one of the columns.") % {"what": said(need.words)}
        for need in proposal.unmet
    ]
    return told + ([said(proposal.misnamed)] if proposal.misnamed and told else [])


def ties(reading: Reading) -> list[str]:
    """Fields for which two columns are equally good and none was taken."""
    taken = reading.proposal.mapping
    return [
        _("%(columns)s could each be “%(field)s”. Choose it over the right one.")
        % {"columns": ", ".join(f"“{column}”" for column in tie.columns), "field": words.label(tie.field)}
        for tie in reading.guess.ties
        if tie.field not in taken.fields and tie.field not in taken.constants
    ]


def choices_for(asks: str, options: list[str]) -> list[tuple[str, str]]:
    """The ways to decide a question, as (value, words)."""
    known: Mapping[str, Any] = {"date_format": DATE_ORDERS, "decimal_mark": MARKS}.get(asks, {})
    return [(option, str(known.get(option, _("let the file decide")))) for option in options]


def contents(summary: Mapping[str, Any]) -> dict[str, Any]:
    """The days and the money of a summary, which it keeps as text."""
    first, last, total = (summary.get(name) for name in ("first_on", "last_on", "net_total"))
    return {
        "summary": {"customers": None, "guest_lines": None, **summary},
        "first_on": date.fromisoformat(first) if first else None,
        "last_on": date.fromisoformat(last) if last else None,
        "net_total": Decimal(total) if total is not None else None,
        "questions_asked": [(one, asking.told_again(one)) for one in summary.get("questions", ())],
    }


def question(found: NeedsDecision) -> str:
    """What is open, without the words for the command line."""
    return said(found.question)


def understood(form: str, rows: list[dict[str, str | None]]) -> tuple[list[str], list[list[str]]]:
    """The first rows of a check as a table: headings, and the cells in the reader's way of writing."""
    fields = FORMS[form].fields
    names = [name for name in fields if any(row.get(name) for row in rows)]
    heads = [_("Line"), *(words.label(name) for name in names)]
    return heads, [[str(row.get("__line") or ""), *(_cell(fields[name], row) for name in names)] for row in rows]


def _cell(field: Field, row: Mapping[str, str | None]) -> str:
    text = row.get(field.name)
    if not text:
        return ""
    if field.kind == "date":
        return _when(text, row.get(f"{field.name}_on"))
    if field.kind in ("number", "money", "price", "quantity", "duration"):
        return _number(text)
    return _short(text)


def _when(text: str, day: str | None) -> str:
    """The local day, with the time where the file has one."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return text
    local = instant.astimezone(ZoneInfo(company().settings.time_zone))
    if day and not (local.hour or local.minute or local.second):
        return numbers.day(date.fromisoformat(day))
    return numbers.moment(instant)


def _number(text: str) -> str:
    try:
        value = Decimal(text).normalize()
    except InvalidOperation:
        return text
    places = max(0, -int(value.as_tuple().exponent))
    return numbers.number(value, places)


def _short(text: str | None) -> str:
    flat = " ".join((text or "").split())
    return flat if len(flat) <= LONGEST_CELL else flat[: LONGEST_CELL - 1] + "…"
