"""A customer base of six people, small enough to know everybody in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pyarrow as pa

from regulars.log.tables import FACTS, MONEY


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    meaning: str = ""
    depends_on_us: bool = False


COLUMNS = (
    Column("client_key", "key"),
    Column("customer_type", "string", "End user or reseller"),
    Column("country", "string", "Country"),
    Column("birth_year", "int", "Year of birth"),
    Column("monetary_value", "money", "Spend in the period", depends_on_us=True),
    Column("first_on", "date", "Day of the first order", depends_on_us=True),
    Column("pick_up", "boolean", "Fetches the goods"),
)

BASE = pa.table(
    {
        "client_key": pa.array([1, 2, 3, 4, 5, 6], pa.int64()),
        "customer_type": ["reseller", "reseller", "end user", "end user", "end user", None],
        "country": ["BG", "CZ", "BG", "TR", None, "BG"],
        "birth_year": pa.array([None, None, 1960, 1970, 1980, 1990], pa.int64()),
        "monetary_value": pa.array(
            [Decimal("900.10"), Decimal(400), Decimal("0.30"), Decimal(20), None, Decimal(5)], MONEY
        ),
        "first_on": [date(2025, 1, day) for day in (1, 2, 3, 4, 5, 6)],
        "pick_up": [False, False, True, None, False, True],
    }
)


def _day(day: int) -> datetime:
    return datetime(2026, 1, day, 12, tzinfo=UTC)


# client_key, name, value, known on day, confirmed on day, fact_id, status
_FACTS = (
    (1, "preference", "no small talk", 1, None, None, None),
    (1, "preference", "e-mail only", 2, None, None, None),
    (2, "preference", "call after 17 h", 1, None, None, None),
    (3, "need", "a table for eight", 1, None, 31, "stated"),
    (3, "need", "a table for ten", 1, 5, 31, "corrected"),
    (4, "need", "washable covers", 1, None, None, None),
    (4, "need", "washable covers", 1, 9, None, "dropped"),
    (5, "size", "L", 1, None, None, None),
    (5, "size", "XL", 4, None, None, None),
)

FACT_ROWS = pa.Table.from_pylist(
    [
        {
            "client_key": key,
            "import_id": 1,
            "name": name,
            "value": value,
            "source": "call centre",
            "known_at": _day(known),
            "confirmed_at": None if confirmed is None else _day(confirmed),
            "confirmed_by": None,
            "fact_id": fact_id,
            "status": status,
        }
        for key, name, value, known, confirmed, fact_id, status in _FACTS
    ],
    schema=FACTS,
)


def connection(base: pa.Table = BASE, facts: pa.Table = FACT_ROWS) -> duckdb.DuckDBPyConnection:
    """A DuckDB with the views that a rule reads."""
    opened = duckdb.connect(":memory:")
    opened.register("base", base)
    opened.register("facts", facts)
    return opened
