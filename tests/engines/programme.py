"""The programme of the company for both engines: what was decided, learned, granted, given, and lines of orders."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.engines.voices import EMPLOYEES
from tests.small_log import client, purchase

Row = dict[str, Any]
FIRST_ON, DAYS = date(2023, 2, 1), 500
FIRST_ID = 8_000_000
BODIES: Sequence[tuple[str, str, dict[str, Any]]] = (
    ("definition", "customer focus", {"text": {"en": "Old", "bg": "Старо"}}),
    (
        "definition",
        "customer focus",
        {
            "text": {"en": "New"},
            "competences": ["whole oak"],
            "targets": ["key", "nobody"],
            "granted": [{"en": "60 d"}],
        },
    ),
    ("definition read", "a@example.org", {"version": 1}),
    ("definition read", "E1", {"version": 2, "own_words": 'to say "yes"'}),
    ("fit", "competition", {"answer": "yes", "by": "owner", "on": "2024-01-05"}),
    ("attested", "courteous", {"met": True, "because": "two visits", "until": "2024-12-31", "signed_by": "owner"}),
    ("mistake answered", "no-authority", {"because": "limits come in May", "until": "2024-12-31"}),
    ("standard", "delivery", {"text": "On the day.", "version": 1}),
    ("standard read", "delivery:E1", {"touchpoint": "delivery", "person": "E1", "version": 1}),
    ("group", "key", {"name": "Key", "stance": "target", "needs": ["early"], "rule": {"all": []}}),
    ("training", "calls", {"name": "Calls", "held_on": "2024-02-02", "employees": ["E1"], "understood": {"E1": "yes"}}),
    ("department promise", "bills", {"from": "accounts", "to": "sales", "name": "bills", "within_seconds": 86400}),
    ("department promise rated", "bills:a@example.org", {"promise": "bills", "side": "to", "score": 8}),
    ("department", "sales", {"name": "Sales", "zone": "visible"}),
    ("visit planned", "v1", {"client_key": 7, "on": "2024-03-03", "keeper": "E1", "done_on": "2024-03-04"}),
)


def programme_decisions() -> list[Row]:
    """Rows of decisions, some in two versions."""
    versions: dict[tuple[str, str], int] = {}
    rows: list[Row] = []
    for place, (noun, key, body) in enumerate(BODIES):
        versions[noun, key] = versions.get((noun, key), 0) + 1
        at = datetime(2023, 12, 1, 9, tzinfo=UTC) + timedelta(days=place)
        told = json.dumps({**body, "version": body.get("version", versions[noun, key])}, ensure_ascii=False)
        rows.append({"noun": noun, "key": key, "version": versions[noun, key], "decided_at": at, "body": told})
    return rows


def programme_touches(draw: random.Random) -> list[Row]:
    """Presents, decisions on the spot, thanks, good-byes, missed calls; amounts of 0, so that conditions keep them."""
    rows: list[Row] = []
    for place in range(240):
        kind, columns = draw.choice(_KINDS)
        day = FIRST_ON + timedelta(days=draw.randrange(DAYS))
        key, cost = draw.choice([*range(1, 151), None]), draw.choice([None, "1.80", "2.5"])
        row = purchase(key, day, 0, kind, **columns, cost=cost, employee=draw.choice(["E1", "E2"]))
        rows.append({**row, "interaction_id": FIRST_ID + place, "branch": draw.choice(["Sofia", None])})
    return rows + _handed_over()


def _handed_over() -> list[Row]:
    """Bills that accounts hand over to sales, on the same day, on the next one or after three."""
    rows: list[Row] = []
    for place in range(12):
        day = FIRST_ON + timedelta(days=20 * place + 60)
        for step, (department, later) in enumerate((("accounts", 0), ("sales", place % 3))):
            told = purchase(place + 1, day + timedelta(days=later), 0, "contract", department=department)
            rows.append({**told, "thread": f"B{place}", "interaction_id": FIRST_ID + 1000 + 2 * place + step})
    return rows


_KINDS: Sequence[tuple[str, dict[str, Any]]] = (
    ("gesture", {"outcome": "chocolate", "thread": "T1", "initiated_by": "company"}),
    ("gesture", {"outcome": "10% off", "thread": "T2", "initiated_by": "company"}),
    ("offer", {"step": "spring", "initiated_by": "company"}),
    ("authority", {"outcome": "granted", "properties": '{"decision": "refund", "asked": false, "limit": 50}'}),
    ("authority", {"outcome": "refused", "properties": '{"decision": "exchange", "asked": true, "limit": null}'}),
    ("authority", {"outcome": "asked", "properties": '{"decision": "gift", "asked": true}'}),
    ("authority", {"outcome": "granted", "properties": '{"decision": "refund", "asked": true}', "wait_seconds": 7200}),
    ("escalation", {"step": "ask the boss"}),
    ("thanks", {"text": "well done"}),
    ("departure", {"initiated_by": "client"}),
    ("missed_call", {"initiated_by": "client"}),
    ("call", {"initiated_by": "company", "step": "call back"}),
    ("complaint", {"initiated_by": "client", "outcome": "Resolved"}),
)


def programme_facts(draw: random.Random) -> list[Row]:
    """Facts of every age, two of which are no longer true; and what share of their purchases customers give us."""
    rows: list[Row] = []
    for key in range(1, 60):
        known = datetime(2023, 1, 10, 8, tzinfo=UTC) + timedelta(days=draw.randrange(500))
        confirmed = draw.choice([None, known, known + timedelta(days=90)])
        status = draw.choice([None, "stated", "confirmed", "dropped"])
        told = {"client_key": key, "known_at": known, "confirmed_at": confirmed, "status": status}
        rows.append({**told, "name": "need", "value": "early", "fact_id": draw.choice([None, key])})
        if key % 7 == 0:
            rows.append({**told, "name": "Share of wallet", "value": f"{key}%"})
    return rows


def programme_answers(touched: Sequence[Row]) -> list[Row]:
    """Answers to a question on the share of purchases, of the first questionnaires."""
    given = [row for row in touched if row["kind"] == "answer" and row.get("client_key") in range(1, 151)][:12]
    return [
        {
            "interaction_id": row["interaction_id"],
            "survey": "pulse",
            "question": "terms.share-of-wallet",
            "kind": "rating",
            "score": float(10 * place),
            "scale_min": 0.0,
            "scale_max": 100.0,
        }
        for place, row in enumerate(given)
    ]


def programme_items(orders: Sequence[Row]) -> list[Row]:
    """Lines of the orders that have a number: some products of both years, and a fee."""
    rows: list[Row] = []
    numbered = [row for row in orders if row["kind"] == "order" and row.get("interaction_id")]
    for place, row in enumerate(numbered):
        for line, product in enumerate((f"P{place % 9}", f"P{place % 4}", "Service fee")[: 1 + place % 3]):
            price = Decimal(4 + place % 5)
            rows.append(
                {
                    "interaction_id": row["interaction_id"],
                    "line_id": 10 * place + line,
                    "product": product,
                    "category": None if place % 2 else "goods",
                    "quantity": Decimal(1 + place % 3),
                    "unit_price": price,
                    "amount": price * (1 + place % 3),
                }
            )
    return rows


def programme_staff() -> list[Row]:
    """What the list of staff says of the employees."""
    told = [{"code": f"E{key - 900}", "department": "sales" if key % 2 else "care"} for key in EMPLOYEES]
    return [
        client(key, kind="employee", attributes=json.dumps(body)) for key, body in zip(EMPLOYEES, told, strict=True)
    ]
