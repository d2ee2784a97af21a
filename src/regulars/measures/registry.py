"""The one registry of measures: the list, the docs page, the web page and the API all come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import ibis
import ibis.expr.types as ir
import numpy as np

from regulars.errors import MeasureError
from regulars.measures.scope import Scope

ColumnType = Literal["string", "int", "float", "money", "share", "date", "instant", "boolean", "key", "json"]

# A table in memory: equally long numpy arrays. Missing is NaN in float columns, None in object arrays.
Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class Column:
    """One column of a result: its type, unit and meaning in plain words."""

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""


@dataclass(frozen=True)
class LogTables:
    """The log as unbound Ibis tables, with the names and types of ``regulars.log.tables``."""

    interactions: ir.Table
    items: ir.Table
    answers: ir.Table
    clients: ir.Table
    facts: ir.Table
    links: ir.Table
    decisions: ir.Table
    imports: ir.Table


@dataclass(frozen=True)
class Outcome:
    """What statistics make of numbers: the result's columns, and notes a reader must see beside them."""

    columns: Columns
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A word that a reader may choose a measure by: ``--set view=customer``.

    allowed  the words there are; empty: any text
    default  what holds where nothing is chosen
    """

    name: str
    meaning: str
    allowed: tuple[str, ...] = ()
    default: str = ""

    def of(self, scope: Scope) -> str:
        """What the scope chooses. Raises MeasureError for a word that is not allowed."""
        chosen = scope.choices.get(self.name, self.default)
        if self.allowed and chosen not in self.allowed:
            raise MeasureError(f"{self.name} cannot be {chosen!r}. It can be: {', '.join(self.allowed)}.")
        return chosen


# Ibis in, Ibis out; nothing executed.
Expression = Callable[[LogTables, Scope], ir.Table]
# Numbers in (one Columns per expression), numbers out.
Statistics = Callable[[Mapping[str, Columns], Scope], Outcome]


@dataclass(frozen=True)
class Measure:
    """A pure function from log tables to a table.

    expressions  what to read: name -> Ibis expression. A measure that is SQL alone has one, named "result",
                 and no statistics
    statistics   what to make of it; its Outcome has exactly ``by`` columns plus ``columns``
    newest       where nobody asks for a day: see the log up to what files brought last, or up to the newest of all
                 interactions, those of pages and surveys too; "clients" is "files", and where there are no
                 interactions at all, the day on which the newest list of customers was stated; "ever" is "all", and
                 where there are none today: for what a company decides before it has a log
    choices      what a reader may choose it by, beside the columns of ``by``
    in_confidence  it counts answers that people gave in confidence, so it cannot be asked for a group of clients
    """

    name: str
    question: str
    grain: str
    columns: tuple[Column, ...]
    formula: str
    source: str
    expressions: Mapping[str, Expression]
    statistics: Statistics | None = None
    order_by: tuple[str, ...] = field(default=())
    newest: Literal["files", "all", "clients", "ever"] = "files"
    choices: tuple[Choice, ...] = ()
    in_confidence: bool = False


_REGISTRY: dict[str, Measure] = {}


def register(measure: Measure) -> Measure:
    """Add a measure; a name taken twice is a mistake of ours and raises."""
    if measure.name in _REGISTRY:
        raise MeasureError(f"Measure {measure.name!r} is registered twice.")
    _REGISTRY[measure.name] = measure
    return measure


def find(name: str) -> Measure:
    """The measure of that name, or an error that lists the names there are."""
    if name not in _REGISTRY:
        raise MeasureError(f"There is no measure {name!r}. There are: {', '.join(sorted(_REGISTRY))}.")
    return _REGISTRY[name]


def all_measures() -> list[Measure]:
    """Every measure, in the order of registration."""
    return list(_REGISTRY.values())


def unbound(name: str, schema: Mapping[str, str]) -> ir.Table:
    """An Ibis table that stands for a log table and is bound to no engine."""
    return ibis.table(dict(schema), name=name)
