"""Whose journeys are looked at: customers by one of their attributes and its value, in addresses as ``country:BG``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars_web.customers.words import column_words, value_words

LONGEST = 200
# What customers may be split by, where it has a few values.
COLUMNS: Mapping[str, Any] = {
    "customer_type": gettext_lazy("Type of customer"),
    "acquired_by": gettext_lazy("How they came"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "gender": gettext_lazy("Gender"),
}


@dataclass(frozen=True)
class Whose:
    """Customers who have this value of this attribute."""

    name: str
    value: str

    @property
    def condition(self) -> str:
        """The condition of a measure that they alone meet."""
        return f"{_quoted(self.name)} = '{_text(self.value)}'"

    @property
    def others(self) -> str:
        """The condition that every other customer meets, also those of whom the attribute is not known."""
        name = _quoted(self.name)
        return f"client_key is not null and ({name} <> '{_text(self.value)}' or {name} is null)"

    @property
    def words(self) -> str:
        """The attribute and its value as the reader sees them."""
        told = {"name": name_words(self.name), "value": value_words(self.name, self.value)}
        return _("%(name)s: %(value)s") % told

    def __str__(self) -> str:
        return f"{self.name}:{self.value}"


def read_whose(said: str) -> Whose | None:
    """The attribute and value of an address; None where it names none."""
    name, _colon, value = said[:LONGEST].partition(":")
    return Whose(name.strip(), value.strip()) if name.strip() and value.strip() else None


def name_words(name: str) -> str:
    """An attribute as the reader sees it."""
    return str(COLUMNS[name]) if name in COLUMNS else column_words(name)


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _text(value: str) -> str:
    return value.replace("'", "''")
