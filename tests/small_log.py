"""Small made-up logs as Parquet files: what engines read, without imports or Delta in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from regulars.log.tables import TABLES

Files = dict[str, list[str]]


def write_log(folder: Path, **tables: Iterable[Mapping[str, Any]]) -> Files:
    """Write rows (dictionaries; absent columns are null) as the log's tables; returns their files."""
    folder.mkdir(parents=True, exist_ok=True)
    files: Files = {}
    for name, rows in tables.items():
        path = folder / f"{name}.parquet"
        pq.write_table(pa.Table.from_pylist(list(rows), schema=TABLES[name]), path)
        files[name] = [str(path)]
    return files


def purchase(
    client_key: int | None,
    on: str | date,
    amount: str | int | Decimal | None = 10,
    kind: str = "order",
    **columns: Any,
) -> dict[str, Any]:
    """One row of interactions; ``on`` may be written '2024-05-01'."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return {
        "client_key": client_key,
        "occurred_on": day,
        "occurred_at": datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        "kind": kind,
        "amount": None if amount is None else Decimal(amount),
        **{name: Decimal(value) if name == "cost" and value is not None else value for name, value in columns.items()},
    }


def client(client_key: int, asserted: str | None = "2024-01-01", **columns: Any) -> dict[str, Any]:
    """One row of clients: what one import said of one client, as fresh as ``asserted``."""
    at = None if asserted is None else datetime.fromisoformat(asserted).replace(tzinfo=UTC)
    return {"client_key": client_key, "asserted_at": at, **columns}


def orders_log(folder: Path, orders: Sequence[tuple[int | None, str | date, Any]]) -> Files:
    """A log of orders alone: (client, day, amount)."""
    return write_log(folder, interactions=[purchase(*order) for order in orders])


@st.composite
def purchase_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Some purchases of a few customers within two years, with guests, refunds, zero amounts and equal days."""
    one = st.tuples(
        st.sampled_from([1, 2, 3, 4, 5, 6, None]),
        st.integers(0, 700).map(lambda day: date(2023, 1, 1) + timedelta(days=day)),
        st.sampled_from(["0", "5", "20", "20", "99.99", "1000"]),
        st.sampled_from(["order", "order", "order", "refund", "adjustment", "visit"]),
    )
    return [
        purchase(key, day, f"-{amount}" if kind == "refund" and amount != "0" else amount, kind)
        for key, day, amount, kind in draw(st.lists(one, min_size=1, max_size=25))
    ]


def known_orders(rows: Sequence[Mapping[str, Any]]) -> dict[int, list[Mapping[str, Any]]]:
    """Orders of each known customer, oldest first: what slow twins start from."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: row["occurred_on"]):
        if row["kind"] == "order" and row["client_key"] is not None:
            found.setdefault(row["client_key"], []).append(row)
    return found
