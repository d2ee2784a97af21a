"""Single rows as pages write them, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from regulars.log.inbox import Entry
from regulars.workspace import Workspace

WRITTEN_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def call(number: int, *, key: int = 1, **columns: object) -> Entry:
    """A telephone call of a customer."""
    row = {"interaction_id": number, "source": "pages", "client_key": key, "kind": "call", "occurred_at": WRITTEN_AT}
    return Entry("interactions", {**row, "occurred_on": date(2026, 3, 2), **columns})


def fact(key: int, name: str, value: str) -> Entry:
    return Entry("facts", {"client_key": key, "name": name, "value": value, "known_at": WRITTEN_AT})


def link(left: int, right: int, verdict: str = "same", at: datetime = WRITTEN_AT) -> Entry:
    row = {"left_key": left, "right_key": right, "decided_at": at, "verdict": verdict, "method": "person"}
    return Entry("links", row)


def calls(workspace: Workspace) -> list[int]:
    """The numbers of all calls a reader sees, in order; one that is there twice is seen twice."""
    with workspace.engine() as engine:
        query = "SELECT interaction_id FROM interactions WHERE kind = 'call' ORDER BY 1"
        return [row["interaction_id"] for row in engine.run(query).to_pylist()]
