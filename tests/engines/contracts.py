"""Contracts and stages of the company for both engines: lists of customers, good-byes, referrals, a published rule."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.small_log import client, purchase

Row = dict[str, Any]
FIRST_ID = 8_000_000
BODIES = (
    {"contract": "monthly", "contract_from": "2023-02-01", "has_left": False},
    {"contract": "yearly", "contract_from": "2023-02-01", "left_on": "2024-01-31", "has_left": True},
    {"contract": "monthly", "tenure_months": 7.5, "has_left": True},
    {"contract": 'the "old" one', "tenure_months": 12, "has_left": False},
    {"contract_from": "soon", "left_on": "31.01.2024", "tenure_months": "long"},
    {"contract": "monthly", "contract_from": "2025-01-01"},
)


def listed() -> list[Row]:
    """Rows of clients: some with orders too, most known by the list alone; some said again later."""
    rows = [
        client(key, "2024-05-01", customer_type=("end user", None)[key % 2], attributes=json.dumps(BODIES[key % 6]))
        for key in (*range(61, 75), *range(201, 260))
    ]
    later = {"left_on": "2024-03-01", "has_left": True}
    rows += [client(key, "2024-06-01", attributes=json.dumps(later)) for key in range(201, 210)]
    return [*rows, *(client(key, kind="partner", attributes=json.dumps(BODIES[1])) for key in (301, 302))]


def stages_of_life() -> list[Row]:
    """Rows of interactions: good-byes, referrals, offers that were asked for and newsletters."""
    rows: list[Row] = []
    for key in range(3, 150, 7):
        day = date(2023, 9, 1) + timedelta(days=key)
        rows.append(purchase(key, day, 0, "departure", outcome="price", channel=("web", None)[key % 2]))
        rows.append(purchase(key + 1, day, 0, "referral", initiated_by="client"))
        rows.append(purchase(key + 400, day + timedelta(days=150), 0, "offer", initiated_by="client", channel="web"))
        rows.append(purchase(key + 500, day + timedelta(days=170), 0, "offer", initiated_by="company"))
    return [{**row, "interaction_id": FIRST_ID + place} for place, row in enumerate(rows)]


def published_stages() -> list[Row]:
    """Rows of decisions: a stage of the company's own in two versions, one taken out, one that cannot be read."""
    own = {"name": "big", "place": 65, "limits": [{"figure": "value", "at_least": 300}]}
    bodies = [
        ("big", 1, {**own, "place": 3}),
        ("big", 2, own),
        ("learns", 1, {"name": "learns of us", "place": 2, "limits": [], "retired": True}),
        ("odd", 1, {"name": "odd", "place": "first", "limits": []}),
    ]
    at = datetime(2024, 2, 1, tzinfo=UTC)
    return [
        {"noun": "stage", "key": key, "version": version, "decided_at": at, "body": json.dumps(body)}
        for key, version, body in bodies
    ]
