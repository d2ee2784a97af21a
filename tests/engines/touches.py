"""Orders on their way through the company for both engines: deliveries, calls, chats, complaints, all in threads."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.small_log import purchase

Row = dict[str, Any]
FIRST_ON, LAST_ON = date(2023, 2, 1), date(2024, 6, 30)
FIRST_ID = 7_000_000
EMPLOYEES, BRANCHES = ("E1", "E2", "E3", None), ("Sofia", "Prague", None)

TOUCHPOINTS = {
    "delivery": {"name": "Delivery", "owner": "Boris"},
    "call centre": {"name": 'The "call" centre', "stages": ["buys"]},
    "market stall": {"sort": "employee"},
}
PROMISES = {
    "answer calls": {"touchpoint": "call centre", "kind": "call", "column": "wait_seconds", "at_most": 30},
    "on the day": {"touchpoint": "delivery", "kind": "delivery", "column": "late_days", "at_most": 0},
    "short visit": {"touchpoint": "delivery", "column": "duration_seconds", "at_most": 1200.5},
    "answer chat": {"touchpoint": "чат", "kind": "message", "column": "answer_seconds", "at_most": 3600},
    "settle": {"touchpoint": "complaint desk", "column": "resolved_seconds", "at_most": 86400},
    "checklist": {"touchpoint": "shop", "column": "checklist", "at_least": 80},
    "taken back": {"touchpoint": "shop", "column": "wait_seconds", "at_most": 1, "retired": True},
}


def touches(draw: random.Random) -> list[Row]:
    """Rows of interactions: amounts of 0, so that conditions on amounts keep them."""
    rows: list[Row] = []
    for number in range(420):
        rows += _order(number, draw.choice([*range(1, 151), *range(1, 151), None]), draw)
    for place, row in enumerate(rows):
        row["interaction_id"], row["source_row"] = FIRST_ID + place, place % 5 or None
    return [row for row in rows if row["occurred_on"] <= LAST_ON]


def decided() -> list[Row]:
    """Rows of decisions: a register with a second version, promises of every kind."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    register = [("touchpoint", key, 1, {**body, "name": "old"}) for key, body in TOUCHPOINTS.items()]
    register += [("touchpoint", key, 2, body) for key, body in TOUCHPOINTS.items()]
    register += [("promise", key, 1, body) for key, body in PROMISES.items()]
    return [
        {"noun": noun, "key": key, "version": version, "decided_at": at, "body": json.dumps(body, ensure_ascii=False)}
        for noun, key, version, body in register
    ]


def _order(number: int, key: int | None, draw: random.Random) -> list[Row]:
    """One order from the first visit to the last complaint."""
    day = FIRST_ON + timedelta(days=draw.randrange(500))
    about = {"thread": f"T{number}", "branch": draw.choice(BRANCHES), "channel": draw.choice(["web", "shop", None])}
    due = day + timedelta(days=10)
    came = due + timedelta(days=draw.choice([-2, -1, 0, 0, 0, 1, 3]))
    met = {"touchpoint": "shop", "step": "order", "initiated_by": "client", "department": "sales"}
    brought = {"touchpoint": "delivery", "step": "deliver", "initiated_by": "company", "department": "vans"}
    checked = json.dumps({"checklist": draw.choice([60, 80, 100])}) if draw.random() < 0.5 else None
    rows = [
        _touch(key, day, 9, "visit", draw, **about, **{**met, "step": "visit"}, properties=checked),
        _touch(key, day, 10, "order", draw, **about, **met),
        _touch(
            key, came, 11, "delivery", draw, **about, **brought, due_at=_at(due, 18),
            duration_seconds=draw.randrange(3000),
            outcome=draw.choice(["delivered", "delivered", "delivered", "damaged", "incomplete"]),
        ),
    ]  # fmt: skip
    return rows + _talks(key, day, due, came, about, draw)


def _talks(key: int | None, day: date, due: date, came: date, about: Row, draw: random.Random) -> list[Row]:
    chat = {"touchpoint": "чат", "department": "care"}
    rows: list[Row] = []
    for hour in range(draw.choice([0, 1, 1, 2])):
        rows.append(_touch(key, day, 12 + hour, "message", draw, **about, **chat, step="ask", initiated_by="client"))
    if rows and draw.random() < 0.8:
        rows.append(_touch(key, day, 14, "message", draw, **about, **chat, step="reply", initiated_by="company"))
    if draw.random() < 0.3:
        told = due - timedelta(days=draw.choice([1, 2]))
        announced = {"touchpoint": "delivery", "step": "announce delay", "initiated_by": "company"}
        rows.append(_touch(key, told, 15, "message", draw, **about, **announced))
    call = {"touchpoint": "call centre", "step": "call", "initiated_by": "client", "department": "care"}
    for _ in range(draw.choice([0, 1, 2])):
        on = due + timedelta(days=draw.choice([-3, 1, 2]))
        waited = {"wait_seconds": draw.choice([5, 20, 31, 200, None]), "duration_seconds": 100, "cost": "1.25"}
        rows.append(_touch(key, on, draw.choice([8, 12, 16]), "call", draw, **about, **call, **waited))
    if draw.random() < 0.3:
        desk = {"touchpoint": "complaint desk", "department": "care"}
        on = came + timedelta(days=1)
        rows.append(_touch(key, on, 9, "complaint", draw, **about, **desk, step="complain", initiated_by="client"))
        if draw.random() < 0.7:
            later, answer = on + timedelta(days=draw.choice([0, 3])), {"step": "answer", "initiated_by": "company"}
            rows.append(_touch(key, later, 16, "message", draw, **about, **desk, **answer, outcome="Resolved"))
    return rows


def _touch(key: int | None, day: date, hour: int, kind: str, draw: random.Random, **columns: Any) -> Row:
    at = _at(day, hour) + timedelta(seconds=draw.choice([0, 0, 17, 1800]))
    return purchase(key, day, 0, kind, **columns, occurred_at=at, employee=draw.choice(EMPLOYEES))


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
