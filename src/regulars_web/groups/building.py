"""A rule as a form: rows of field, operator and value; rows of one part are alternatives, all parts hold.

A row's inputs are named ``c3-part``, ``c3-field``, ``c3-op``, ``c3-value`` and ``c3-second``; its number stays with it
while others come and go, so what a person has typed stays in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from babel.numbers import NumberFormatError, parse_decimal
from django.http import QueryDict
from django.utils.translation import get_language

from regulars.base import columns as base_columns
from regulars.groups.conditions import MOST_CONDITIONS, WITH_LIST, WITHOUT_VALUE, Condition, Rule, Value, parse
from regulars.groups.errors import RuleError
from regulars.groups.fields import Field, fields, find_field
from regulars_web.groups.words import wrong_words

MOST_TYPED = 200
_NAME = re.compile(r"c(\d{1,4})-field")


@dataclass(frozen=True)
class Row:
    """One condition as it was typed; ``wrong`` says what cannot be read."""

    number: int
    part: int
    field: str = ""
    op: str = ""
    values: tuple[str, ...] = ()
    second: str = ""
    wrong: str = ""

    @property
    def complete(self) -> bool:
        """Whether enough was filled in to be read."""
        if not self.field or not self.op:
            return False
        if self.op == "between":
            return bool(self.values and self.second)
        return self.op in WITHOUT_VALUE or bool(self.values)

    @property
    def read_field(self) -> Field | None:
        """The field, where there is one of that name; rules made elsewhere may ask for more than the form offers."""
        return find_field(self.field, fields(base_columns()))


def read_rows(said: QueryDict) -> list[Row]:
    """The rows of a sent form, in their order."""
    numbers = sorted({int(found[1]) for name in said if (found := _NAME.fullmatch(name))})
    return [_row(said, number) for number in numbers[: MOST_CONDITIONS + 1]]


def rows_of(rule: Rule) -> list[Row]:
    """The rows of a rule that is there."""
    placed = [(part, condition) for part, conditions in enumerate(rule.parts) for condition in conditions]
    return [_row_of(number, part, condition) for number, (part, condition) in enumerate(placed)]


def with_new(rows: Sequence[Row], part: int | None = None) -> list[Row]:
    """One row more: an alternative inside a part, or a part of its own."""
    number = max((row.number for row in rows), default=-1) + 1
    own = max((row.part for row in rows), default=-1) + 1
    return [*rows, Row(number, own if part is None else part)] if len(rows) < MOST_CONDITIONS else list(rows)


def without(rows: Sequence[Row], number: int) -> list[Row]:
    """One row less; the last one is emptied."""
    left = [row for row in rows if row.number != number]
    return left or [Row(number + 1, 0)]


def in_parts(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows by part, in the order in which the parts came up."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.part, []).append(row)
    return list(found.values())


def rule_json(rows: Sequence[Row], *, only_complete: bool = False) -> dict[str, object]:
    """The rule that the rows say, in the form of decisions and not checked yet."""
    asked = [row for row in rows if row.complete] if only_complete else rows
    parts = [[_condition(row) for row in part] for part in in_parts(asked)]
    return {"all": [part[0] if len(part) == 1 else {"any": part} for part in parts]}


def checked(rows: Sequence[Row], *, only_complete: bool = False) -> list[Row]:
    """The rows, each with what is wrong in it; ``only_complete`` lets rows pass that are not filled in yet."""
    return [row if only_complete and not row.complete else replace(row, wrong=_wrong(row)) for row in rows]


def _wrong(row: Row) -> str:
    try:
        parse({"all": [_condition(row)]}, base_columns())
    except RuleError as error:
        return wrong_words(error)
    return ""


def _row(said: QueryDict, number: int) -> Row:
    def one(name: str) -> str:
        return said.get(f"c{number}-{name}", "").strip()[:2000]

    part = one("part")
    values = [text.strip()[:2000] for text in said.getlist(f"c{number}-value") if text.strip()]
    return Row(
        number=number,
        part=int(part) if part.isascii() and part.isdigit() and len(part) < 5 else number,
        field=one("field"),
        op=one("op"),
        values=tuple(values[: MOST_TYPED + 1]),
        second=one("second"),
    )


def _condition(row: Row) -> dict[str, object]:
    """A row in the form of rules."""
    plain: dict[str, object] = {"field": row.field, "op": row.op}
    if not row.field:
        return {}
    if row.op in WITHOUT_VALUE:
        return plain
    field = row.read_field
    values = [_value(field, text) for text in row.values]
    if row.op in WITH_LIST:
        return {**plain, "value": values}
    if row.op == "between":
        return {**plain, "value": [*values[:1], *([_value(field, row.second)] if row.second else [])]}
    return {**plain, "value": values[0] if values else None}


def _value(field: Field | None, text: str) -> object:
    """What was typed, in the type of the field where it can be read; else the text, which the rules then refuse."""
    if field is None or field.kind in ("text", "fact", "date"):
        return text
    if field.kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    number = _number(text.removesuffix("%").strip())
    if number is None:
        return text
    return number / 100 if field.type == "share" else number


def _number(text: str) -> Decimal | None:
    """A number as the reader writes it, or with a point."""
    try:
        return parse_decimal(text, locale=(get_language() or "en").replace("-", "_"), strict=True)
    except (NumberFormatError, ValueError):
        pass
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _row_of(number: int, part: int, condition: Condition) -> Row:
    typed = [_typed(condition.field, value) for value in condition.values]
    second = typed.pop() if condition.op == "between" else ""
    return Row(number, part, condition.field.name, condition.op, tuple(typed), second)


def _typed(field: Field, value: Value) -> str:
    """A value as one would type it; shares in per cent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        shown = value * 100 if field.type == "share" else value
        text = f"{shown:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
