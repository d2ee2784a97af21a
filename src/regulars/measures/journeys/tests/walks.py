"""Small made-up journeys, and a slow twin that walks each of them step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult, run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.small_log import Files, write_log

FIRST = datetime(2024, 1, 1, 9, tzinfo=UTC)
START, END = "(start)", "(end)"


def touch(thread: str | None, step: str | None, hours: float = 0, number: int = 0, **more: Any) -> dict[str, Any]:
    """One touch, so many hours after the first of January; ``number`` is its line in the file."""
    at = FIRST + timedelta(hours=hours)
    row = {"interaction_id": 1000 + number, "source_row": number, "occurred_at": at, "occurred_on": at.date()}
    return row | {"kind": "contact", "thread": thread, "touchpoint": step} | more


def walk(
    thread: str, *steps: str, start: float = 0, pace: float = 1, number: int = 0, **more: Any
) -> list[dict[str, Any]]:
    """A journey of these steps, one every ``pace`` hours."""
    return [touch(thread, step, start + pace * place, number + place, **more) for place, step in enumerate(steps)]


def asked(files: Files, measure: str, scope: Scope) -> MeasureResult:
    """What a measure says of a small log."""
    engine = DuckDBEngine(files)
    result = run_measure(engine, find(measure), scope)
    engine.close()
    return result


def rows_of(
    folder: Path, measure: str, touches: Sequence[dict[str, Any]], scope: Scope, **tables: Any
) -> list[dict[str, Any]]:
    """The same as rows."""
    return asked(write_log(folder, interactions=touches, **tables), measure, scope).to_arrow().to_pylist()


def moves(rows: Sequence[dict[str, Any]], column: str = "count") -> dict[tuple[str, str], Any]:
    """(from_step, to_step) -> a column of the measure journey."""
    return {(row["from_step"], row["to_step"]): row[column] for row in rows}


def walked(touches: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The slow twin's journeys: touches of each thread, by time, then as they stand in the file."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(touches, key=lambda row: (row["occurred_at"], row["source_row"], row["interaction_id"])):
        if row["thread"] is not None:
            found.setdefault(row["thread"], []).append(row)
    return found


def walked_moves(touches: Sequence[dict[str, Any]], from_on: Any = None) -> Counter[tuple[str, str]]:
    """The slow twin of the measure journey: every pair of neighbours, counted on the day of the later one."""
    found: Counter[tuple[str, str]] = Counter()
    for rows in walked(touches).values():
        before = START
        for row in rows:
            if from_on is None or row["occurred_on"] >= from_on:
                found[before, row["touchpoint"]] += 1
            before = row["touchpoint"]
        if from_on is None or rows[-1]["occurred_on"] >= from_on:
            found[before, END] += 1
    return found


@st.composite
def journeys(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Touches of a few threads in any order of lines, many of them at one instant, some without a thread."""
    one = st.tuples(
        st.sampled_from(["1", "2", "3", "NA", None]), st.sampled_from(["ask", "wait", "buy"]), st.integers(0, 60)
    )
    drawn = draw(st.lists(one, min_size=1, max_size=30))
    return [touch(thread, step, hours, number) for number, (thread, step, hours) in enumerate(drawn)]
