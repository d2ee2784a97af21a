"""Several tables taken apart by the same values of ``by``, so that every value gets a model of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from regulars.measures.registry import Columns
from regulars.measures.splits import Key, splits


def each_group(tables: Mapping[str, Columns], by: Sequence[str]) -> Iterator[tuple[Key, dict[str, Columns]]]:
    """Every value of ``by`` in the first table, with its rows of every table; a table may have none of them."""
    parts = {name: dict(splits(table, by)) for name, table in tables.items()}
    empty = {name: {column: rows[:0] for column, rows in table.items()} for name, table in tables.items()}
    for key in next(iter(parts.values())):
        yield key, {name: parts[name].get(key, empty[name]) for name in tables}


def about(key: Key, by: Sequence[str]) -> str:
    """The beginning of a note that concerns one group only: "channel web: "; nothing where there is one."""
    named = ", ".join(f"{name} {'unknown' if value is None else value}" for name, value in zip(by, key, strict=True))
    return f"{named}: " if named else ""
