"""All that was read, taken apart by the values of ``by``: what rules over evidence look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Floats
from regulars.measures.programme.book import Book, book_of
from regulars.measures.programme.windows import Windows, windows
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, key_columns, splits
from regulars.measures.touchpoints.figures import Row, gathered

# Tables that are not split: what is decided holds for the whole company.
WHOLE = ("decided", "staff", "told_facts", "told_answers")


@dataclass(frozen=True)
class Seen:
    """What was read for one value of ``by``, or for all.

    tables  by expression; one that has no row here is missing
    """

    tables: Mapping[str, Columns]
    book: Book
    scope: Scope

    @property
    def windows(self) -> Windows:
        """The year that is looked at, and those before."""
        return windows(self.scope)

    def numbers(self, table: str, column: str) -> Floats:
        """A column as floats; nothing where the table has no row."""
        found = self.tables.get(table)
        return np.zeros(0) if found is None else np.nan_to_num(found[column].astype(np.float64))

    def total(self, table: str, column: str, *, where: Mapping[str, object] | None = None) -> float:
        """The sum of a column, over the rows with these values; 0 for no rows."""
        return float(self.numbers(table, column)[self.rows(table, where or {})].sum())

    def count(self, column: str) -> int:
        """A count of the expression ``tally``."""
        return round(self.total("tally", column))

    def rows(self, table: str, where: Mapping[str, object]) -> NDArray[np.bool_]:
        """Which rows of a table have these values."""
        found = self.tables.get(table)
        if found is None:
            return np.zeros(0, dtype=bool)
        chosen = np.ones(len(next(iter(found.values()))), dtype=bool)
        for name, value in where.items():
            chosen &= found[name] == value
        return chosen

    def by_touchpoint(self, table: str, *columns: str) -> dict[str, tuple[float, ...]]:
        """Touchpoint -> sums of these columns; rows without a touchpoint are left out."""
        found = self.tables.get(table)
        if found is None:
            return {}
        values = zip(
            found["touchpoint"].tolist(), *(self.numbers(table, name).tolist() for name in columns), strict=True
        )
        return {str(touchpoint): tuple(numbers) for touchpoint, *numbers in values if touchpoint}


def seen(found: Mapping[str, Columns], scope: Scope) -> list[tuple[Key, Seen]]:
    """One a value of ``by`` that anything has; without ``by`` exactly one, also for an empty log."""
    book = _book(found, scope)
    whole = {name: columns for name, columns in found.items() if name in WHOLE}
    parted: dict[Key, dict[str, Columns]] = {} if scope.by else {(): {}}
    for name, columns in found.items():
        if name not in WHOLE:
            for key, part in splits(columns, scope.by):
                parted.setdefault(key, {})[name] = part
    keys = sorted(parted, key=lambda key: [(value is None, str(value)) for value in key])
    return [(key, Seen(parted[key] | whole, book, scope)) for key in keys]


def _book(found: Mapping[str, Columns], scope: Scope) -> Book:
    if "decided" not in found:
        return Book({}, {}, [], {}, scope.last_on)
    return book_of(found["decided"], found.get("staff"), scope.last_on)


def outcome(
    found: Mapping[str, Columns],
    scope: Scope,
    rows_of: Callable[[Seen], tuple[list[Row], Iterable[str]]],
    names: Iterable[str],
) -> Outcome:
    """The rows of every value of ``by`` as columns, and their notes, each once."""
    parts = [(key, *rows_of(one)) for key, one in seen(found, scope)]
    keys = [key for key, rows, _ in parts for _ in rows]
    rows = [row for _, some, _ in parts for row in some]
    notes = dict.fromkeys(note for _, _, told in parts for note in told)
    return Outcome(key_columns(keys, scope.by) | gathered(rows, names), tuple(notes))
