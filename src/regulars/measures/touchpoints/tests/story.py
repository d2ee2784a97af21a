"""Small stories about customers as a log, and what a measure makes of them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.small_log import write_log

Row = dict[str, Any]
AS_OF = date(2026, 6, 30)


class Story:
    """Touches, answers and decisions, told one by one."""

    def __init__(self) -> None:
        self.touches: list[Row] = []
        self.answers: list[Row] = []
        self.decisions: list[Row] = []
        self.notes: tuple[str, ...] = ()

    def touch(self, key: int | None, at: str, kind: str = "visit", touchpoint: str | None = "shop", **more: Any) -> int:
        """One touch at local noon in UTC unless ``at`` tells the time: '2026-05-01 14:30'. Returns its number."""
        told = datetime.fromisoformat(at if " " in at else f"{at} 12:00").replace(tzinfo=UTC)
        number = len(self.touches) + 1
        row = {"interaction_id": number, "source_row": number, "client_key": key, "occurred_at": told}
        due = more.pop("due", None)
        if due:
            more["due_at"] = datetime.fromisoformat(due).replace(tzinfo=UTC)
        self.touches.append(
            {**row, "occurred_on": told.date(), "kind": kind, "touchpoint": touchpoint, "properties": None, **more}
        )
        return number

    def says(self, key: int | None, at: str, score: float, kind: str = "csat", **more: Any) -> None:
        """One answer about a touchpoint: nps on 0 to 10, else on 1 to 5."""
        number = self.touch(key, at, "answer", **more)
        low, high = (0.0, 10.0) if kind == "nps" else (1.0, 5.0)
        row = {"interaction_id": number, "survey": "s", "question": "q", "kind": kind, "score": float(score)}
        self.answers.append({**row, "scale_min": low, "scale_max": high})

    def promise(self, key: str, touchpoint: str = "shop", *, version: int = 1, **body: Any) -> None:
        """What is promised at a touchpoint."""
        self.decide("promise", key, version, {"touchpoint": touchpoint, **body})

    def decide(self, noun: str, key: str, version: int, body: Row) -> None:
        """One decision."""
        at = datetime(2026, 1, version, tzinfo=UTC)
        told = {"noun": noun, "key": key, "version": version, "decided_at": at}
        self.decisions.append({**told, "body": json.dumps(body, ensure_ascii=False)})

    def rows(self, folder: Path, name: str, **scope: Any) -> list[Row]:
        """The rows of a measure over this story."""
        tables = {"interactions": self.touches, "answers": self.answers, "decisions": self.decisions}
        engine = DuckDBEngine(write_log(folder, **tables, clients=[], items=[]))
        try:
            found = run_measure(engine, find(name), Scope(**{"as_of": AS_OF, **scope}))
        finally:
            engine.close()
        self.notes = found.notes
        return found.to_arrow().to_pylist()

    def one(self, folder: Path, name: str, **scope: Any) -> Row:
        """The only row."""
        (row,) = self.rows(folder, name, **scope)
        return row
