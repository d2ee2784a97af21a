"""Small shops for the report's tests: rows in, an open workspace out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from regulars import workspace
from regulars.log.tables import TABLES
from regulars.workspace import Workspace
from tests.small_log import client, purchase

Rows = Iterable[Mapping[str, Any]]
# What comes from outside and must stay text; and a name that must not come at all.
CANARY = "<script>alert('canary')</script>"
PERSON = "Elena Canarieva"
LAST_DAY = date(2025, 6, 30)


def shop(
    folder: Path,
    interactions: Rows,
    clients: Rows = (),
    *,
    references: Mapping[int, str] | None = None,
    name: str = "Oak & Hearth",
    currency: str = "EUR",
    languages: Sequence[str] = ("en",),
) -> Workspace:
    """An open workspace with these rows as one import; no rows, no import."""
    opened = workspace.init(folder / "shop", name=name, currency=currency)
    settings = folder / "shop" / "regulars.toml"
    listed = ", ".join(f'"{code}"' for code in languages)
    settings.write_text(settings.read_text().replace('["en"]', f"[{listed}]"))
    opened.close()
    opened = workspace.open(folder / "shop")
    rows = [{"interaction_id": number, **row} for number, row in enumerate(interactions, start=1)]
    if rows:
        tables = {
            "interactions": pa.Table.from_pylist(rows, schema=TABLES["interactions"]),
            "clients": pa.Table.from_pylist(list(clients), schema=TABLES["clients"]),
        }
        opened.add_tables(tables, form="demo", source="till", by="tests")
    found = references if references is not None else {row["client_key"]: f"C{row['client_key']}" for row in clients}
    opened.vault.add_records({"client_key": key, "source": "till", "reference": text} for key, text in found.items())
    return opened


def busy_years(customers: int = 600, *, seed: int = 5, years: float = 3.3) -> tuple[list[dict[str, Any]], list[Any]]:
    """Interactions and clients of a shop with end users and resellers, guests, refunds, and costs mostly known.

    Customers come evenly over the time, buy at a rate of their own and leave at some moment (Pareto/NBD).
    """
    draw = np.random.default_rng(seed)
    days = int(years * 365)
    begin = LAST_DAY - timedelta(days=days)
    interactions, clients = [], []
    for key in range(1, customers + 1):
        reseller = key % 10 == 0
        rate = draw.gamma(2.0 if reseller else 0.8, 1 / (60 if reseller else 150))
        stays = draw.exponential(1 / draw.gamma(0.8, 1 / 400))
        at = first = float(draw.uniform(0, days))
        while at <= min(days, first + stays):
            amount = round(Decimal(draw.gamma(3.0, 400 if reseller else 60)), 2)
            cost = round(amount * Decimal("0.6"), 2) if draw.random() < 0.95 else None
            on = begin + timedelta(days=int(at))
            interactions.append(purchase(key, on, amount, cost=cost))
            if draw.random() < 0.04:
                interactions.append(purchase(key, on, -amount, kind="refund"))
            at += max(float(draw.exponential(1 / rate)), 0.01)
        clients.append(client(key, kind="customer", customer_type="reseller" if reseller else "end user"))
    for _ in range(customers // 4):
        on = begin + timedelta(days=int(draw.uniform(0, days + 1)))
        interactions.append(purchase(None, on, round(Decimal(draw.gamma(3.0, 50)), 2)))
    interactions.append(purchase(1, LAST_DAY, Decimal("20.00"), cost=Decimal("12.00")))
    return interactions, clients
