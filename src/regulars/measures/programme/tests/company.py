"""A company as rules over evidence see it: every count at nothing, but for what a test says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from regulars.measures.programme.asked import TALLIES
from regulars.measures.programme.book import Book, book_of
from regulars.measures.programme.bought import COUNTS, SUMS
from regulars.measures.programme.seen import Seen
from regulars.measures.registry import Columns
from regulars.measures.scope import Scope
from regulars.measures.splits import objects

AS_OF = date(2026, 6, 30)
Decision = tuple[str, str, dict[str, Any]]
Row = Mapping[str, Any]
EACH = (*COUNTS, *SUMS, "new", "acquired", "has_facts")
OTHERS = ("gesture_cost", "gesture_cost_before", "thanked", "begins_late")


def company(
    *,
    tally: Mapping[str, float] | None = None,
    customers: Iterable[Row] = (),
    decided: Sequence[Decision] = (),
    staff: Iterable[str] = (),
    tables: Mapping[str, Sequence[Row]] | None = None,
    decided_at: datetime = datetime(2026, 5, 1, tzinfo=UTC),
    **scope: Any,
) -> Seen:
    """What rules look at. tables: rows of expressions, by name; a customer has the columns of EACH, else 0."""
    each = [dict.fromkeys(EACH, 0) | dict(row) for row in customers]
    counts = dict.fromkeys((*TALLIES, *OTHERS), 0) | dict(tally or {})
    found = {"tally": columns([counts])}
    if each:
        found["each"] = columns([{"client_key": place, **row} for place, row in enumerate(each, 1)])
    found |= {name: columns(rows) for name, rows in (tables or {}).items() if rows}
    return Seen(found, book(decided, staff, decided_at), Scope(as_of=AS_OF, **scope))


def book(decided: Sequence[Decision], staff: Iterable[str] = (), at: datetime | None = None) -> Book:
    """Decisions, the later of the same noun and key in force, and a list of staff."""
    newest = {(noun, key): body for noun, key, body in decided}
    second = at.timestamp() if at else float("nan")
    rows = [
        {"noun": noun, "key": key, "version": _version(noun, body), "body": json.dumps(body), "decided_s": second}
        for (noun, key), body in newest.items()
    ]
    listed = [{"attributes": json.dumps({"code": code, "department": "sales"})} for code in staff]
    empty: Columns = {name: objects([]) for name in ("noun", "key", "version", "body", "decided_s", "attributes")}
    return book_of(columns(rows) if rows else empty, columns(listed) if listed else empty, AS_OF)


def _version(noun: str, body: Mapping[str, Any]) -> int:
    """Of what people publish, the version that the body tells of; of what they read, the first."""
    return 1 if noun.endswith(" read") else int(body.get("version", 1))


def columns(rows: Sequence[Row]) -> Columns:
    """Rows as columns; numbers as floats, all else as it is."""
    found = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        plain = all(isinstance(value, int | float) for value in values)
        found[name] = np.array(values, dtype=np.float64) if plain else objects(values)
    return found


def bought(count: int, **row: float) -> list[Row]:
    """So many customers who are alike."""
    return [{"orders": 1, "spend": 10.0, "value": 10.0, **row} for _ in range(count)]
