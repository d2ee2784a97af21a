"""What is filled in about the list: the filter form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from regulars.base import open_base
from regulars.base.columns import column as base_column
from regulars.groups.conditions import WITH_LIST, WITHOUT_VALUE
from regulars.groups.fields import FACT_PREFIX, Field, find_field
from regulars.workspace import Workspace
from regulars_web.customers.filters import choosable, operators
from regulars_web.customers.words import GROUP_WORDS, column_words, fact_words, value_words

MOST_CHOICES, MOST_VALUES = 60, 50


@dataclass(frozen=True)
class FilterChoice:
    """The state of the filter form.

    fields   (part, [(field, words)]) to choose from
    values   of a text column: (value, words, customers); empty where one types
    input    type of the value's input: number, date, text, yes or none
    """

    fields: list[tuple[str, list[tuple[str, str]]]]
    field: str
    operators: list[tuple[str, str]]
    op: str
    values: list[tuple[str, str, int]]
    input: str
    unit: str = ""


def filter_choices(workspace: Workspace, name: str, op: str) -> FilterChoice:
    """The form for a field and an operator; the first that fits where one is not known."""
    names = [known for known, _count in open_base(workspace).fact_names()]
    field = find_field(name, choosable()) or find_field("customer_type", choosable())
    if field is None:  # the base always has a customer type
        return FilterChoice(_fields(names), "", [], "", [], "text")
    fitting = operators(field)
    chosen = op if op in dict(fitting) else _usual(field)
    values = _values(workspace, field) if chosen in ("is", "is_not", *WITH_LIST) else []
    found = base_column(field.name)
    unit = workspace.settings.currency if found and found.unit == "currency" else ""
    return FilterChoice(_fields(names), field.name, fitting, chosen, values, _input(field, chosen), unit)


def wanted_values(said: QueryDict) -> list[str]:
    """The values of a sent filter form, blanks taken off; shares are typed in per cent."""
    listed = [*said.getlist("value"), *said.getlist("second")]
    values = [text.strip() for text in listed if text.strip()][:MOST_VALUES]
    found = base_column(said.get("field", ""))
    return [_as_share(text) for text in values] if found and found.type == "share" else values


def _as_share(text: str) -> str:
    plain = text.rstrip("%").strip()
    return f"{float(plain) / 100:g}" if plain.replace(".", "", 1).isdigit() and plain.isascii() else text


def _fields(facts: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    parts: dict[str, list[tuple[str, str]]] = {}
    for field in choosable():
        found = base_column(field.name)
        if found:
            parts.setdefault(str(GROUP_WORDS[found.group]), []).append((field.name, column_words(field.name)))
    known = parts.setdefault(str(GROUP_WORDS["facts"]), [])
    known += [(FACT_PREFIX + name, fact_words(name)) for name in facts[:MOST_CHOICES]]
    return list(parts.items())


def _usual(field: Field) -> str:
    return {"number": "at_least", "date": "after", "fact": "known"}.get(field.kind, "is")


def _input(field: Field, op: str) -> str:
    if op in WITHOUT_VALUE:
        return "none"
    if field.kind == "boolean":
        return "yes"
    if op == "between":
        return "two dates" if field.kind == "date" else "two numbers"
    if field.kind in ("number", "date"):
        return field.kind
    return "text"


def _values(workspace: Workspace, field: Field) -> list[tuple[str, str, int]]:
    if field.kind == "text":
        found = open_base(workspace).distinct(field.name)
        return [(str(value), value_words(field.name, value), count) for value, count in found[:MOST_CHOICES]]
    if field.kind == "fact":
        return _fact_values(workspace, field.fact)
    return []


def _fact_values(workspace: Workspace, name: str) -> list[tuple[str, str, int]]:
    counted = """
        SELECT value, count(DISTINCT client_key) AS customers FROM facts WHERE name = ?
        GROUP BY value ORDER BY customers DESC, value LIMIT ?"""
    rows = open_base(workspace).run(counted, [name, MOST_CHOICES]).to_pylist()
    return [(row["value"], row["value"], int(row["customers"])) for row in rows]
