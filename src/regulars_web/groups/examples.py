"""Rules to begin with, out of what this company knows of its own customers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from regulars.base import open_base
from regulars.workspace import Workspace
from regulars_web.customers.words import column_words, value_words

MOST = 3
FIELDS = ("customer_type", "acquired_by", "region", "country", "city")


@dataclass(frozen=True)
class Example:
    """A group one could begin with."""

    field: str
    value: str
    customers: int
    query: str


def examples(workspace: Workspace) -> list[Example]:
    """One trait a column: the value that is frequent without being nearly everybody's."""
    base = open_base(workspace)
    found = []
    for name in FIELDS:
        counted = base.distinct(name)
        everyone = sum(count for _value, count in counted)
        value, count = next(((v, c) for v, c in counted if c < 0.9 * everyone), (None, 0))
        if value is not None:
            query = urlencode({"field": name, "op": "is", "value": value})
            found.append(Example(column_words(name), value_words(name, value), count, query))
    return found[:MOST]
