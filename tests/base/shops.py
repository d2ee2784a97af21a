"""Small companies for tests of the base and of cards: every number can be counted by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

import regulars as rg
from regulars.log.tables import TABLES
from regulars.workspace import Workspace

ANA, BORIS, CEM, DORA, EVA = 11, 12, 13, 14, 15
NEWEST = date(2026, 6, 30)


def at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def touch(number: int, key: int | None, day: str, kind: str = "order", **said: Any) -> dict[str, Any]:
    """One row of interactions; ``amount`` and ``cost`` may be whole numbers."""
    money = {name: Decimal(said.pop(name)) for name in ("amount", "cost") if said.get(name) is not None}
    row = {"interaction_id": number, "client_key": key, "source": "shop", "kind": kind, "occurred_at": at(day)}
    return {**row, "occurred_on": date.fromisoformat(day), **money, **said}


def add(workspace: Workspace, **rows: list[Mapping[str, Any]]) -> int:
    """Put rows into the log as one import."""
    tables = {name: pa.Table.from_pylist(found, schema=TABLES[name]) for name, found in rows.items()}
    return workspace.add_tables(tables, form="orders", source="shop", by="test")


def name(workspace: Workspace, key: int, said: str, import_id: int = 1, **details: str) -> None:
    """Put a person into the vault."""
    workspace.vault.add_records([{"client_key": key, "source": "shop", "reference": f"C{key}"}])
    workspace.vault.add_details(import_id, [{"client_key": key, "source": "shop", "name": said, **details}])


def small_shop(folder: Path) -> Workspace:
    """Four customers, a supplier and a guest, up to 30 June 2026.

    Ana    three orders of 100, 200 and 300 (costs 40 each, all known), one refund of 50; answered; a late delivery
    Boris  one order of 1000 in 2024, cost unknown; an open complaint and an overdue promise
    Cem    one order of 10; only a call since
    Dora   known from a list only
    """
    workspace = rg.init(folder, name="Small", time_zone="Europe/Sofia")
    touches = [
        touch(1, ANA, "2025-01-10", amount=100, cost=40, thread="A1"),
        touch(2, ANA, "2026-02-10", amount=200, cost=40, thread="A2"),
        touch(3, ANA, "2026-06-20", amount=300, cost=40, thread="A3", due_at=at("2026-06-25")),
        touch(4, ANA, "2026-03-01", "refund", amount=-50, thread="A2"),
        touch(5, ANA, "2026-06-28", "delivery", thread="A3", due_at=at("2026-06-25"), outcome="delivered"),
        touch(6, ANA, "2026-06-29", "answer", touchpoint="survey"),
        touch(7, BORIS, "2024-03-01", amount=1000, thread="B1"),
        touch(8, BORIS, "2026-05-01", "complaint", outcome="open", text="no answer", touchpoint="desk"),
        touch(9, BORIS, "2026-05-02", "call", due_at=at("2026-05-03"), outcome="promised to call back"),
        touch(10, CEM, "2026-01-05", amount=10, cost=5),
        touch(11, CEM, "2026-06-30", "call", touchpoint="call centre", channel="phone", outcome="answered"),
        touch(12, None, "2026-06-01", amount=77),
    ]
    answers = [
        {"interaction_id": 6, "survey": "s", "question": "recommend", "kind": "nps", "score": 9.0} | _scale(0, 10),
        {"interaction_id": 6, "survey": "s", "question": "effort", "kind": "ces", "score": 2.0} | _scale(1, 7),
    ]
    items = [{"interaction_id": 3, "line_id": 1, "product": "P1", "product_name": "Chair", "quantity": Decimal(2)}]
    clients = [
        {"client_key": key, "asserted_at": at("2026-01-01"), "kind": kind, "country": country}
        for key, kind, country in (
            (ANA, "customer", "BG"),
            (BORIS, "customer", "BG"),
            (CEM, "customer", "TR"),
            (DORA, "customer", None),
            (EVA, "partner", "BG"),
        )
    ]
    facts = [
        {
            "client_key": ANA,
            "name": "need",
            "value": "washable covers",
            "source": "notes",
            "known_at": at("2026-05-01"),
        },
        {"client_key": ANA, "name": "fear", "value": "late delivery", "source": "notes", "known_at": at("2023-05-01")},
    ]
    add(workspace, interactions=touches, answers=answers, items=items, clients=clients, facts=facts)
    for key, said in ((ANA, "Ана Чолакова"), (BORIS, "Boris Čapek"), (CEM, "Cem Işık"), (DORA, "Dora Ivanova")):
        name(workspace, key, said)
    return workspace


def _scale(low: float, high: float) -> dict[str, float]:
    return {"scale_min": float(low), "scale_max": float(high)}
