"""What can be chosen in a row of the rule: fields, operators, and values of the customer base."""

from __future__ import annotations

from dataclasses import dataclass, replace

from regulars.groups.conditions import WITH_LIST, WITHOUT_VALUE
from regulars.groups.fields import Field
from regulars_web.customers.filters import operators
from regulars_web.customers.forms import FilterChoice, filter_choices
from regulars_web.customers.words import column_words, value_words
from regulars_web.groups.building import Row
from regulars_web.groups.reading import Company

_LISTS_OF = ("text", "fact")


@dataclass(frozen=True)
class Option:
    """A value to choose; ``customers`` None where nobody has it any more."""

    value: str
    words: str
    customers: int | None
    chosen: bool


@dataclass(frozen=True)
class Choices:
    """A row of the form with everything its inputs offer.

    input       yes, options, ticks, two numbers, two dates, number, date, text, or none
    depends     the field follows from how the company treats its customers
    """

    row: Row
    fields: list[tuple[str, list[tuple[str, str]]]]
    operators: list[tuple[str, str]]
    op: str
    options: list[Option]
    input: str
    unit: str
    depends: bool
    name: str


def choose(told: Company, row: Row) -> Choices:
    """The choices of a row. An operator that does not fit the field gives way to the usual one."""
    field = row.read_field
    found = filter_choices(told.workspace, row.field, row.op)
    name = f"c{row.number}"
    if field is not None and found.field != row.field:
        found = _not_offered(found, row, field)
    if field is None:
        return Choices(row, found.fields, [], "", [], "none", "", False, name)
    fitting = [
        one for one in operators(field) if field.kind in _LISTS_OF or one[0] not in WITH_LIST or one[0] == row.op
    ]
    options = _options(found, row)
    unit = "%" if field.type == "share" else found.unit
    depends = field.depends_on_us
    return Choices(row, found.fields, fitting, found.op, options, _input(found, options), unit, depends, name)


def _not_offered(found: FilterChoice, row: Row, field: Field) -> FilterChoice:
    """The form for a field that it does not offer by itself, as rules made elsewhere may name one."""
    kind = field.kind if field.kind in ("number", "date") else "text"
    asked = "none" if row.op in WITHOUT_VALUE else f"two {kind}s" if row.op == "between" else kind
    also = (column_words(row.field), [(row.field, column_words(row.field))])
    return replace(found, fields=[*found.fields, also], op=row.op, values=[], input=asked, unit="")


def fitted(told: Company, row: Row, was: str | None) -> Row:
    """The row as it goes on after another field was chosen than it ``was``: the usual operator, and no value."""
    field = row.read_field
    if field is None:
        return Row(row.number, row.part)
    fits = row.op in dict(operators(field))
    if fits and was in (None, row.field):
        return row
    op = filter_choices(told.workspace, field.name, "").op
    return Row(row.number, row.part, row.field, op, ("true",) if field.kind == "boolean" else ())


def _options(found: FilterChoice, row: Row) -> list[Option]:
    """Values of the base, and those of the row that nobody has now."""
    if not found.values:
        return []
    offered = [Option(value, words, customers, value in row.values) for value, words, customers in found.values]
    known = {one.value for one in offered}
    gone = [Option(value, value_words(row.field, value), None, True) for value in row.values if value not in known]
    return [*offered, *gone]


def _input(found: FilterChoice, options: list[Option]) -> str:
    if not options:
        return found.input
    return "ticks" if found.op in WITH_LIST else "options"
