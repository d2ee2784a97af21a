"""A rule as a condition over the customer base, and as words.

Every condition is true or false, never unknown: a customer of whom something is not known meets only the operator
``unknown``. So "country is not BG" holds for customers whose country is known and another one, and nobody joins a
group, or is kept out of one, by a gap in the records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from regulars.facts import current_facts
from regulars.groups.conditions import Condition, Operator, Rule, Value, parse, to_json
from regulars.groups.errors import GroupError, RuleError
from regulars.groups.fields import BaseColumnLike, Field

__all__ = ["Condition", "GroupError", "Rule", "RuleError", "Wording", "condition_sql", "in_words", "parse", "to_json"]

# ``facts`` is the log's view.
CURRENT_FACTS = current_facts("client_key, name, value, known_at")

# What an operator says of a value x; {0} is x, ? are the bound values.
_PHRASES: Mapping[Operator, str] = {
    "is": "{0} = ?",
    "is_not": "{0} <> ?",
    "at_least": "{0} >= ?",
    "at_most": "{0} <= ?",
    "between": "{0} BETWEEN ? AND ?",
    "before": "{0} < ?",
    "after": "{0} > ?",
    "contains": "contains(lower({0}), lower(?))",
}


@dataclass(frozen=True)
class Wording:
    """One condition, ready to be put into a reader's language: what is asked, how, against which values."""

    field: Field
    op: Operator
    values: tuple[Value, ...]


def condition_sql(
    rule: Rule | Mapping[str, object], columns: Sequence[BaseColumnLike], *, key: str = "client_key"
) -> tuple[str, list[object]]:
    """The rule as one boolean DuckDB expression over a row of the customer base, and the values to bind.

    The expression is never null. Names in it are those of ``columns``; every value is a bound parameter. Where the
    rule asks for facts, it reads the log's view ``facts``, which must be there, by the base's column ``key``.
    Raises RuleError for a rule that cannot be read.
    """
    read = rule if isinstance(rule, Rule) else parse(rule, columns)
    bound: list[object] = []
    parts = []
    for part in read.parts:
        pieces = []
        for condition in part:
            sql, values = _condition_sql(condition, key)
            pieces.append(sql)
            bound += values
        parts.append(f"({' OR '.join(pieces)})")
    return " AND ".join(parts), bound


def in_words(rule: Rule | Mapping[str, object], columns: Sequence[BaseColumnLike]) -> list[tuple[Wording, ...]]:
    """The rule as parts that all hold; of the wordings inside a part one is enough."""
    read = rule if isinstance(rule, Rule) else parse(rule, columns)
    return [tuple(Wording(c.field, c.op, c.values) for c in part) for part in read.parts]


def identifier(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _condition_sql(condition: Condition, key: str) -> tuple[str, list[object]]:
    if condition.field.kind == "fact":
        return _fact_sql(condition, key)
    column = identifier(condition.field.name)
    if condition.field.type == "instant":
        column = f"CAST({column} AS DATE)"
    if condition.op in ("known", "unknown"):
        return f"{column} IS {'NOT ' if condition.op == 'known' else ''}NULL", []
    return f"coalesce({_phrase(condition.op, column, len(condition.values))}, false)", _bound(condition)


def _fact_sql(condition: Condition, key: str) -> tuple[str, list[object]]:
    """Customers have several facts of one name: ``is`` asks whether one fits, ``is_not`` whether none does."""
    named = f"SELECT f.client_key FROM ({CURRENT_FACTS}) f WHERE f.name = ?"  # noqa: S608
    customer, name = identifier(key), condition.field.fact
    if condition.op in ("known", "unknown"):
        return f"{customer} {'NOT ' if condition.op == 'unknown' else ''}IN ({named})", [name]
    values = _bound(condition)
    without = {"is_not": "is", "none_of": "one_of"}.get(condition.op)
    if without is None:
        return f"{customer} IN ({named} AND {_phrase(condition.op, 'f.value', len(values))})", [name, *values]
    fitting = "f.value = ?" if without == "is" else _phrase("one_of", "f.value", len(values))
    sql = f"({customer} IN ({named}) AND {customer} NOT IN ({named} AND {fitting}))"
    return sql, [name, name, *values]


def _phrase(op: Operator, column: str, count: int) -> str:
    if op in ("one_of", "none_of"):
        marks = ", ".join("?" * count)
        return f"{column} {'NOT ' if op == 'none_of' else ''}IN ({marks})"
    return _PHRASES[op].format(column)


def _bound(condition: Condition) -> list[object]:
    """The values in the type of the column: money exactly, other numbers as they are stored."""
    exact = condition.field.type == "money"
    return [_in_type(value, exact) for value in condition.values]


def _in_type(value: Value, exact: bool) -> object:
    if isinstance(value, Decimal) and not exact:
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, Decimal | date | bool) else str(value)
