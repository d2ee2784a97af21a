"""Threads of a made-up company: cases with loops, hand-overs, ties in time and touches that name nobody."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

STEPS = ("received", "checked", "asked back", "answered", "closed")
DEPARTMENTS = ("office", "warehouse", None)


def threads(draw: random.Random, *, cases: int = 120, first_on: date = date(2023, 1, 3)) -> list[dict[str, Any]]:
    """Interactions of cases, each of a customer; some carry no department, some fall on one instant."""
    rows: list[dict[str, Any]] = []
    for case in range(cases):
        at = datetime(first_on.year, first_on.month, first_on.day, 8, tzinfo=UTC) + timedelta(days=draw.randrange(500))
        for _ in range(draw.randrange(1, 7)):
            rows.append(_touch(case, at, len(rows), draw))
            at += timedelta(seconds=draw.choice([0, 0, 90, 3_600, 86_400, 400_000]), microseconds=draw.choice([0, 7]))
    return [row for row in rows if row["occurred_on"] <= date(2024, 6, 30)]


def _touch(case: int, at: datetime, number: int, draw: random.Random) -> dict[str, Any]:
    return {
        "interaction_id": 1_000_000 + number,
        "source_row": number,
        "client_key": 2 * (case % 70) + 2,
        "occurred_at": at,
        "occurred_on": at.date(),
        "kind": draw.choice(["message", "message", "message", "order"]),
        "touchpoint": draw.choice(["desk", "mailbox"]),
        "step": draw.choice([*STEPS, None]),
        "department": draw.choice(DEPARTMENTS),
        "channel": "web" if case % 3 else "shop",
        "initiated_by": draw.choice(["client", "company", None]),
        "amount": Decimal("1.5"),
        "thread": f"case {case}",
    }
