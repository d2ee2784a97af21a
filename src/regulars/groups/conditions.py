"""Reads the rule of a group, as pages and decisions hold it, into conditions whose values fit their fields.

A rule holds where all its parts hold; a part is one condition or several alternatives:
``{"all": [condition, {"any": [condition, condition]}]}``, condition = ``{"field", "op", "value"}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal, cast, get_args

from regulars.groups.errors import RuleError
from regulars.groups.fields import BaseColumnLike, Field, FieldKind, fields, find_field, nearest

Operator = Literal[
    "is",
    "is_not",
    "one_of",
    "none_of",
    "at_least",
    "at_most",
    "between",
    "before",
    "after",
    "contains",
    "known",
    "unknown",
]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
FITTING: Mapping[FieldKind, tuple[Operator, ...]] = {
    "text": ("is", "is_not", "one_of", "none_of", "contains", "known", "unknown"),
    "number": ("is", "is_not", "one_of", "none_of", "at_least", "at_most", "between", "known", "unknown"),
    "date": ("is", "is_not", "one_of", "none_of", "before", "after", "between", "known", "unknown"),
    "boolean": ("is", "is_not", "known", "unknown"),
    "fact": ("is", "is_not", "one_of", "none_of", "contains", "known", "unknown"),
}
WITHOUT_VALUE: tuple[Operator, ...] = ("known", "unknown")
WITH_LIST: tuple[Operator, ...] = ("one_of", "none_of")

MOST_CONDITIONS = 30
MOST_VALUES = 200
LONGEST_TEXT = 200
LARGEST_NUMBER = Decimal(10) ** 15
MOST_DIGITS = 6

Value = str | bool | Decimal | date


@dataclass(frozen=True)
class Condition:
    """One condition. ``values`` is empty for known and unknown, two for between, any number for the list operators."""

    field: Field
    op: Operator
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Rule:
    """All parts hold; a part holds where one of its conditions does."""

    parts: tuple[tuple[Condition, ...], ...]

    def __iter__(self) -> Iterator[Condition]:
        return (condition for part in self.parts for condition in part)

    @property
    def fields(self) -> list[Field]:
        """The fields the rule names, each once, in their order."""
        return list({condition.field.name: condition.field for condition in self}.values())


def parse(rule: object, columns: Sequence[BaseColumnLike]) -> Rule:
    """The rule, checked against the columns of the customer base.

    Raises RuleError with the place of what is wrong.
    """
    if not isinstance(rule, Mapping) or set(rule) != {"all"} or not _is_list(rule["all"]):
        raise RuleError("not_a_rule")
    if not rule["all"]:
        raise RuleError("empty_rule")
    count = sum(_size(part) for part in rule["all"])
    if count > MOST_CONDITIONS:
        raise RuleError("too_long", found=count, limit=MOST_CONDITIONS)
    known = fields(columns)
    return Rule(tuple(_part(part, f"all[{place}]", known) for place, part in enumerate(rule["all"])))


def to_json(rule: Rule) -> dict[str, object]:
    """The rule as a decision holds it; :func:`parse` reads it back."""
    parts = [[_condition_json(condition) for condition in part] for part in rule.parts]
    return {"all": [part[0] if len(part) == 1 else {"any": part} for part in parts]}


def _size(part: object) -> int:
    alternatives = part.get("any") if isinstance(part, Mapping) else None
    return len(cast(list[object], alternatives)) if _is_list(alternatives) else 1


def _is_list(found: object) -> bool:
    return isinstance(found, list | tuple)


def _part(part: object, path: str, known: Sequence[Field]) -> tuple[Condition, ...]:
    if not isinstance(part, Mapping) or not part.keys() & {"any", "all"}:
        return (_condition(part, path, known),)
    if set(part) != {"any"} or not _is_list(part["any"]):
        raise RuleError("too_deep", path)
    if not part["any"]:
        raise RuleError("empty_any", path)
    found = []
    for place, condition in enumerate(part["any"]):
        if isinstance(condition, Mapping) and condition.keys() & {"any", "all"}:
            raise RuleError("too_deep", f"{path}.any[{place}]")
        found.append(_condition(condition, f"{path}.any[{place}]", known))
    return tuple(found)


def _condition(found: object, path: str, known: Sequence[Field]) -> Condition:
    if (
        not isinstance(found, Mapping)
        or not {"field", "op"} <= set(found) <= {"field", "op", "value"}
        or not isinstance(found["field"], str)
    ):
        raise RuleError("not_a_condition", path, found=_shown(found))
    field = _field(found["field"], path, known)
    op = _operator(found["op"], field, path)
    return Condition(field, op, _values(found.get("value"), op, field, path))


def _field(name: str, path: str, known: Sequence[Field]) -> Field:
    field = find_field(name, known)
    if field is not None:
        return field
    if near := nearest(name, known):
        raise RuleError("mistyped_field", path, field=_shown(name), near=near)
    raise RuleError("unknown_field", path, field=_shown(name))


def _operator(found: object, field: Field, path: str) -> Operator:
    if found not in OPERATORS:
        raise RuleError("unknown_operator", path, op=_shown(found), operators=", ".join(OPERATORS))
    if found not in FITTING[field.kind]:
        raise RuleError("unfit_operator", path, op=found, field=field.name, operators=", ".join(FITTING[field.kind]))
    return found


def _values(found: object, op: Operator, field: Field, path: str) -> tuple[Value, ...]:
    if op in WITHOUT_VALUE:
        if found is not None:
            raise RuleError("value_not_asked", path, field=field.name, op=op, found=_shown(found))
        return ()
    if op in WITH_LIST:
        if not _is_list(found) or not found:
            raise RuleError("not_a_list", path, field=field.name, op=op)
        listed = cast(Sequence[object], found)
        if len(listed) > MOST_VALUES:
            raise RuleError("too_many_values", path, field=field.name, found=len(listed), limit=MOST_VALUES)
        return tuple(dict.fromkeys(_value(value, field, path) for value in listed))
    if op == "between":
        return _two(found, field, path)
    if found is None or found == "":
        raise RuleError("value_missing", path, field=field.name, op=op)
    return (_value(found, field, path),)


def _two(found: object, field: Field, path: str) -> tuple[Value, ...]:
    if not _is_list(found) or len(cast(Sequence[object], found)) != 2:
        raise RuleError("not_two", path, field=field.name)
    low, high = (_value(value, field, path) for value in cast(Sequence[object], found))
    # Both were read as numbers, or both as dates.
    if cast(Decimal, low) > cast(Decimal, high):
        raise RuleError("wrong_order", path, field=field.name, low=low, high=high)
    return low, high


def _value(found: object, field: Field, path: str) -> Value:
    return _READERS[field.kind](found, field, path)


def _text(found: object, field: Field, path: str) -> str:
    if not isinstance(found, str) or not found.strip():
        raise RuleError("not_a_text", path, field=field.name, found=_shown(found))
    if len(found) > LONGEST_TEXT:
        raise RuleError("text_too_long", path, field=field.name, limit=LONGEST_TEXT)
    if any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in found):
        raise RuleError("unprintable", path, field=field.name)
    return found


def _number(found: object, field: Field, path: str) -> Decimal:
    try:
        number = Decimal(str(found)) if isinstance(found, int | float | str | Decimal) else None
    except (InvalidOperation, ValueError):  # ValueError: a whole number of thousands of digits
        number = None
    if number is None or isinstance(found, bool) or not number.is_finite():
        raise RuleError("not_a_number", path, field=field.name, found=_shown(found))
    if abs(number) >= LARGEST_NUMBER:
        raise RuleError("number_too_large", path, field=field.name, found=_shown(found))
    return round(number, MOST_DIGITS)


def _date(found: object, field: Field, path: str) -> date:
    if type(found) is date:
        return found
    try:
        return date.fromisoformat(found) if isinstance(found, str) else date.fromisoformat("")
    except ValueError:
        raise RuleError("not_a_date", path, field=field.name, found=_shown(found)) from None


def _truth(found: object, field: Field, path: str) -> bool:
    if not isinstance(found, bool):
        raise RuleError("not_yes_or_no", path, field=field.name, found=_shown(found))
    return found


_READERS: Mapping[FieldKind, Callable[[object, Field, str], Value]] = {
    "text": _text,
    "fact": _text,
    "number": _number,
    "date": _date,
    "boolean": _truth,
}


def _shown(found: object) -> str:
    try:
        text = repr(found)
    except ValueError:  # a whole number of thousands of digits
        text = "that number"
    return text if len(text) <= 60 else text[:57] + "..."


def _condition_json(condition: Condition) -> dict[str, object]:
    plain: dict[str, object] = {"field": condition.field.name, "op": condition.op}
    if condition.op in WITHOUT_VALUE:
        return plain
    values = [_plain(value) for value in condition.values]
    alone = condition.op != "between" and condition.op not in WITH_LIST
    return {**plain, "value": values[0] if alone else values}


def _plain(value: Value) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
