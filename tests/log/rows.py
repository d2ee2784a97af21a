"""Small made-up log rows for tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from regulars.log.tables import TABLES
from regulars.workspace import Workspace

FIRST_DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)


def orders(numbers: range, *, key: int | None = None) -> dict[str, pa.Table]:
    """One order of 10.00 with one item per number; customer ``key``, or the number itself."""
    touches, lines, clients = [], [], []
    for number in numbers:
        at = FIRST_DAY + timedelta(days=number % 300)
        client = key or number
        touches.append(
            {
                "interaction_id": number,
                "source": "shop",
                "client_key": client,
                "occurred_at": at,
                "occurred_on": date(at.year, at.month, at.day),
                "kind": "order",
                "amount": Decimal("10.0000"),
                "thread": f"order {number}",
            }
        )
        lines.append({"interaction_id": number, "line_id": number, "amount": Decimal("10.0000"), "product": "chair"})
        clients.append({"client_key": client, "asserted_at": at, "kind": "customer"})
    rows = {"interactions": touches, "items": lines, "clients": clients}
    return {name: pa.Table.from_pylist(found, schema=TABLES[name]) for name, found in rows.items()}


def add(workspace: Workspace, tables: dict[str, pa.Table]) -> int:
    """Put them into the log as one import."""
    return workspace.add_tables(tables, form="orders", source="shop", by="test")


def seen(workspace: Workspace) -> list[tuple[int, int]]:
    """What a reader sees: (interaction_id, import_id) of every interaction."""
    with workspace.engine() as engine:
        rows = engine.run("SELECT interaction_id, import_id FROM interactions ORDER BY ALL").to_pylist()
    return [(row["interaction_id"], row["import_id"]) for row in rows]
