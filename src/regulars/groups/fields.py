"""What a rule may ask about a customer: columns of the customer base, and facts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

FieldKind = Literal["text", "number", "date", "boolean", "fact"]

FACT_PREFIX = "fact:"
LONGEST_NAME = 100

_KINDS: dict[str, FieldKind] = {
    "string": "text",
    "text": "text",
    "int": "number",
    "float": "number",
    "money": "number",
    "share": "number",
    "number": "number",
    "date": "date",
    "instant": "date",
    "boolean": "boolean",
}


class BaseColumnLike(Protocol):
    """A column of the customer base, as ``regulars.base`` describes it."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def meaning(self) -> str: ...
    @property
    def depends_on_us(self) -> bool: ...


@dataclass(frozen=True)
class Field:
    """Something a rule may ask about.

    name           name of the base column, or ``fact:`` and the name of the fact
    type           type of the column, e.g. money; "fact" for facts
    kind           what operators fit
    meaning        in plain words; for a fact its name
    depends_on_us  its value follows from how the company treats the customer
    """

    name: str
    type: str
    kind: FieldKind
    meaning: str
    depends_on_us: bool = False

    @property
    def fact(self) -> str:
        """Name of the fact; empty for a column."""
        return self.name.removeprefix(FACT_PREFIX) if self.kind == "fact" else ""


def fields(columns: Sequence[BaseColumnLike]) -> list[Field]:
    """The columns that a rule can ask about; keys and JSON cannot be asked."""
    return [
        Field(column.name, column.type, _KINDS[column.type], column.meaning, column.depends_on_us)
        for column in columns
        if column.type in _KINDS
    ]


def find_field(name: str, known: Iterable[Field]) -> Field | None:
    """The field of that name; any name after ``fact:`` is one, since what is learned is open."""
    if name.startswith(FACT_PREFIX):
        fact = name.removeprefix(FACT_PREFIX)
        usable = fact.strip() == fact and 0 < len(fact) <= LONGEST_NAME and fact.isprintable()
        return Field(name, "fact", "fact", fact) if usable else None
    return next((field for field in known if field.name == name), None)


def nearest(name: str, known: Iterable[Field]) -> str | None:
    """The name most like a mistyped one."""
    found = difflib.get_close_matches(name, [field.name for field in known], n=1)
    return found[0] if found else None
