"""Filled-in questionnaires, invitations and reviews as rows of a small made-up log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult, run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.small_log import Files, client, purchase, write_log

Row = dict[str, Any]
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "rating": (1, 5)}


class Voices:
    """Collects rows; ``files`` writes them."""

    def __init__(self) -> None:
        self.interactions: list[Row] = []
        self.answers: list[Row] = []
        self.clients: list[Row] = []
        self.decisions: list[Row] = []

    def says(
        self, key: int | None, score: float, on: str = "2024-05-01", *, kind: str = "nps", survey: str = "s",
        question: str = "q", weight: float | None = None, scale: tuple[float, float] | None = None,
        listened: str = "answer", properties: Row | None = None, **columns: Any,
    ) -> Voices:  # fmt: skip
        """One answer to one question, in a questionnaire of its own."""
        number = len(self.interactions) + 1
        told = json.dumps({"survey": survey, **(properties or {})})
        row = purchase(key, on, None, listened, interaction_id=number, properties=told, **columns)
        self.interactions.append(row)
        low, high = scale or SCALES[kind]
        answer = {"survey": survey, "question": question, "kind": kind, "score": score, "weight": weight}
        self.answers.append({"interaction_id": number, **answer, "scale_min": low, "scale_max": high})
        return self

    def many(self, count: int, score: float, **columns: Any) -> Voices:
        """So many answers of customers nobody knows."""
        for _ in range(count):
            self.says(None, score, **columns)
        return self

    def buys(self, key: int | None, amount: int, on: str = "2024-04-01") -> Voices:
        """One order."""
        self.interactions.append(purchase(key, on, amount, interaction_id=len(self.interactions) + 1))
        return self

    def asked(self, key: int | None, on: str, survey: str | None = "s", step: str = "invite", **columns: Any) -> Voices:
        """One invitation or reminder."""
        told = json.dumps({"survey": survey, "version": 1}) if survey else None
        number = len(self.interactions) + 1
        row = purchase(key, on, None, "message", interaction_id=number, step=step, properties=told, **columns)
        self.interactions.append(row)
        return self

    def knows(self, key: int, **columns: Any) -> Voices:
        """What is known of one client."""
        self.clients.append(client(key, **columns))
        return self

    def decided(self, noun: str, key: str, version: int = 1, **body: Any) -> Voices:
        """One decision that measures depend on."""
        at = datetime(2024, 1, version, tzinfo=UTC)
        told = {"noun": noun, "key": key, "version": version, "decided_at": at, "decided_by": "o"}
        self.decisions.append({**told, "body": json.dumps(body)})
        return self

    def files(self, folder: Path) -> Files:
        """The log as files."""
        tables = {"interactions": self.interactions, "answers": self.answers, "clients": self.clients}
        return write_log(folder, **tables, decisions=self.decisions)

    def measured(self, folder: Path, name: str, scope: Scope) -> MeasureResult:
        """The result of a measure over these rows."""
        engine = DuckDBEngine(self.files(folder))
        try:
            return run_measure(engine, find(name), scope)
        finally:
            engine.close()


def rows(result: MeasureResult) -> list[Row]:
    """The rows of a result as dictionaries."""
    found: list[Row] = result.to_arrow().to_pylist()
    return found
