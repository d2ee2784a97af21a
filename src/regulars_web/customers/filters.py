"""Filters of the list in the address: one flat text, read into the conditions of a rule and nothing else.

``where=customer_type~is~reseller;last_order_on~before~2026-01-01`` is two conditions. Inside a value ``~``, ``;`` and
``%`` are written as %7E, %3B and %25. What comes out is checked by the rules of groups, whose values are all bound:
no text of the address ever reaches a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from regulars.base import columns as base_columns
from regulars.groups.conditions import FITTING, WITH_LIST, WITHOUT_VALUE, Condition, Value, parse
from regulars.groups.errors import RuleError
from regulars.groups.fields import Field, fields, find_field
from regulars_web.customers.words import CONDITION_SENTENCES, OPERATOR_WORDS, column_words, value_words
from regulars_web.shared import numbers

BETWEEN_CONDITIONS, BETWEEN_PARTS = ";", "~"
MOST_FILTERS = 12
LONGEST = 4000
HIDDEN_FIELDS = ("kind",)
_ESCAPES = (("%", "%25"), ("~", "%7E"), (";", "%3B"))


@dataclass(frozen=True)
class Filter:
    """One condition of the list. ``words`` is how the chip reads it; ``text`` how the address does."""

    condition: Condition
    text: str
    words: str
    without: str  # what is left of ``where`` when this one is taken out

    @property
    def rule(self) -> dict[str, object]:
        """The condition as rules have it."""
        return as_rule(self.text)


def read_filters(where: str, currency: str) -> tuple[list[Filter], list[str]]:
    """The filters of an address, and a sentence for each part that cannot be read; those are left out."""
    found: list[tuple[str, Condition]] = []
    wrong: list[str] = []
    for text in filter(None, where[:LONGEST].split(BETWEEN_CONDITIONS)):
        try:
            found.append((text, _condition(text)))
        except RuleError as error:
            wrong.append(str(error))
    if len(found) > MOST_FILTERS:
        wrong.append(_("Only the first %(count)d filters of the address are used.") % {"count": MOST_FILTERS})
        found = found[:MOST_FILTERS]
    texts = [text for text, _condition_of in found]
    return [
        Filter(condition, text, in_words(condition, currency), joined([*texts[:place], *texts[place + 1 :]]))
        for place, (text, condition) in enumerate(found)
    ], wrong


def write_filter(field: str, op: str, values: Sequence[str]) -> str:
    """One condition as it stands in the address. Raises RuleError where it cannot be read back."""
    asked = () if op in WITHOUT_VALUE else values
    text = BETWEEN_PARTS.join(_escape(part) for part in (field, op, *asked))
    _condition(text)
    return text


def joined(texts: Sequence[str]) -> str:
    """Conditions as one parameter of the address; the same one twice stands once."""
    return BETWEEN_CONDITIONS.join(dict.fromkeys(filter(None, texts)))


def as_rule(text: str) -> dict[str, object]:
    """One condition of the address in the form of rules, not checked yet."""
    parts = [_unescape(part) for part in text.split(BETWEEN_PARTS)]
    name, op, *values = parts if len(parts) > 1 else [*parts, ""]
    rule: dict[str, object] = {"field": name, "op": op}
    if op in WITHOUT_VALUE:
        return rule
    if _is_boolean(name):
        return {**rule, "value": {"true": True, "false": False}.get(values[0] if values else "")}
    alone = op != "between" and op not in WITH_LIST
    return {**rule, "value": (values[0] if values else None) if alone else values}


def choosable() -> list[Field]:
    """Fields that the filter form offers; ends of intervals and reasons are not asked for by themselves."""
    return [
        field
        for field in fields(base_columns())
        if field.name not in HIDDEN_FIELDS and not field.name.endswith(("_low", "_high", "_reason"))
    ]


def operators(field: Field) -> list[tuple[str, str]]:
    """Operators that fit a field, with their words."""
    return [(op, str(OPERATOR_WORDS[op])) for op in FITTING[field.kind]]


def field_of(name: str) -> Field | None:
    """The field of that name, if the form may ask for it."""
    return find_field(name, choosable())


def in_words(condition: Condition, currency: str) -> str:
    """A condition as a person reads it."""
    name = column_words(condition.field.name)
    if condition.field.kind == "boolean" and condition.op in ("is", "is_not"):
        yes = (condition.op == "is") == bool(condition.values[0])
        return name if yes else _("not: %(name)s") % {"name": name}
    values = [_value_in_words(condition.field, value, currency) for value in condition.values]
    if condition.op == "between":
        return _("%(name)s is between %(low)s and %(high)s") % {"name": name, "low": values[0], "high": values[1]}
    return str(CONDITION_SENTENCES[condition.op]) % {"name": name, "value": ", ".join(values)}


def _condition(text: str) -> Condition:
    rule = parse({"all": [as_rule(text)]}, base_columns())
    return next(iter(rule))


def _is_boolean(name: str) -> bool:
    field = find_field(name, fields(base_columns()))
    return field is not None and field.kind == "boolean"


def _value_in_words(field: Field, value: Value, currency: str) -> str:
    if isinstance(value, Decimal):
        if field.type == "share":
            return numbers.percent(float(value), 0 if value * 100 == (value * 100).to_integral_value() else 1)
        if field.type == "money" or field.name in ("clv", "at_stake"):
            return numbers.money(value, currency)
        return numbers.number(value, 0 if value == value.to_integral_value() else 2)
    if isinstance(value, date):
        return numbers.day(value)
    return value_words(field.name, value)


def _escape(text: str) -> str:
    for sign, written in _ESCAPES:
        text = text.replace(sign, written)
    return text


def _unescape(text: str) -> str:
    for sign, written in reversed(_ESCAPES):
        text = text.replace(written, sign)
    return text
