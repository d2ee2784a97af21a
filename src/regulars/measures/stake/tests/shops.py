"""Small shops as logs, and what the expressions and the measure say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult, run_measure
from regulars.measures import find
from regulars.measures.log_tables import log_tables
from regulars.measures.scope import Scope
from regulars.measures.stake import expressions
from tests.small_log import Files, purchase, write_log

Row = dict[str, Any]
AS_OF = date(2026, 6, 30)
SCOPE = Scope(as_of=AS_OF)


def moment(text: str) -> datetime:
    """An instant in UTC, written '2024-05-01 14:30'."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def touch(client_key: int | None, on: str, touchpoint: str = "delivery", **columns: Any) -> Row:
    """One touch, at noon unless occurred_at is given."""
    return purchase(client_key, on, None, columns.pop("kind", "delivery"), touchpoint=touchpoint, **columns)


def order(client_key: int, on: str | date, amount: Any = 100, **columns: Any) -> Row:
    """One order at the web shop, which no rule judges."""
    return purchase(client_key, on, amount, touchpoint="web shop", **columns)


def verdicts(
    folder: Path, rule: str, rows: Iterable[Mapping[str, Any]], scope: Scope = SCOPE, **tables: Any
) -> dict[int, int]:
    """What a rule says of each touch of a log, by client: 1 bad, 0 good; unjudged ones are not there."""
    found = seen(write_log(folder, interactions=rows, **tables), scope)
    return {row["client_key"]: row[rule] for row in found if row[rule] >= 0}


def seen(files: Files, scope: Scope = SCOPE) -> list[Row]:
    """Rows of expressions.touches."""
    engine = DuckDBEngine(files)
    found = engine.run_expression(expressions.touches(log_tables(), scope)).to_pylist()
    engine.close()
    return found


def stake(files: Files, scope: Scope = SCOPE, measure: str = "stake") -> MeasureResult:
    """The measure's result."""
    engine = DuckDBEngine(files)
    found = run_measure(engine, find(measure), scope)
    engine.close()
    return found


def late_shop(customers: int = 400, seed: int = 1, *, drop: float = 0.3) -> list[Row]:
    """A shop whose customers order once, get it late or on time, and order again or not; three years of it."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    for key in range(1, customers + 1):
        first = date(2023, 7, 1) + timedelta(days=int(draw.integers(0, 650)))
        due, late = first + timedelta(days=10), bool(draw.random() < 0.3)
        came = due + timedelta(days=3 if late else -1)
        due_at = datetime(due.year, due.month, due.day, 18, tzinfo=UTC)
        rows.append(order(key, first, 50 + int(draw.integers(0, 100)), thread=f"O{key}"))
        rows.append(touch(key, came.isoformat(), due_at=due_at, thread=f"O{key}", branch="Brno"))
        if draw.random() < 0.7 - drop * late:
            rows.append(order(key, came + timedelta(days=int(draw.integers(5, 300))), 200))
    return rows
