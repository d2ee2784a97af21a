"""The log's views in words that every engine understands: rows as recorded, and rows of joined customers.

``recorded_<table>`` is a table as it was written. ``<table>`` is the same with the customer's key in place of the
record's, where records are joined; ``links`` keeps its own keys. A group's engine shows the rows of its members.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from regulars.log.customers import CUSTOMERS, Customers
from regulars.log.tables import TABLES

CUSTOMERS_TABLE, MEMBERS_TABLE = "joined_customers", "members"
RECORDED = "recorded_"
MANY_RECORDS = 30
MEMBERS = pa.schema([("client_key", pa.int64())])
_OF_CLIENTS = ("interactions", "clients", "facts")
_OF_INTERACTIONS = ("items", "answers")


@dataclass(frozen=True)
class Seen:
    """What an engine shows beside the files.

    waiting    table -> rows that are not sealed yet
    customers  joined records; None or empty: every record is its own customer
    members    customer keys of a group, of whom alone the log is seen; None is everybody, with guests
    """

    waiting: Mapping[str, pa.Table]
    customers: Customers | None = None
    members: frozenset[int] | None = None

    @property
    def joined(self) -> bool:
        """Whether any record has another customer's key."""
        return self.customers is not None and len(self.customers) > 0

    def customers_table(self) -> pa.Table:
        """client_key, customer_key of joined records that are not their customer's key."""
        return self.customers.table() if self.customers is not None else CUSTOMERS.empty_table()

    def members_table(self) -> pa.Table:
        """client_key of every record of the members."""
        keys = np.fromiter(sorted(self.members or ()), dtype=np.int64)
        records = self.customers.records_of_all(keys) if self.customers is not None else keys
        return pa.table([records], schema=MEMBERS)


EVERYTHING = Seen({})


def recorded(table: str, rows: str, seen: Seen) -> str:
    """The query of ``recorded_<table>`` over ``rows``, a table or query in brackets."""
    if seen.members is None:
        return f"SELECT * FROM {rows} AS r"
    members = f"SELECT client_key FROM {MEMBERS_TABLE}"
    if table in _OF_CLIENTS:
        return f"SELECT * FROM {rows} AS r WHERE client_key IN ({members})"
    if table in _OF_INTERACTIONS:
        theirs = f"SELECT interaction_id FROM {RECORDED}interactions"
        return f"SELECT * FROM {rows} AS r WHERE interaction_id IN ({theirs})"
    return f"SELECT * FROM {rows} AS r"


def joined(table: str, seen: Seen) -> str:
    """The query of ``<table>`` over ``recorded_<table>``."""
    if not seen.joined or table not in _OF_CLIENTS:
        return f"SELECT * FROM {RECORDED}{table}"
    columns = ", ".join(
        "COALESCE(c.customer_key, r.client_key) AS client_key" if name == "client_key" else f"r.{name}"
        for name in TABLES[table].names
    )
    return (
        f"SELECT {columns} FROM {RECORDED}{table} AS r LEFT JOIN {CUSTOMERS_TABLE} AS c ON r.client_key = c.client_key"
    )


def rows_of(table: str, client_keys: Iterable[int]) -> str:
    """The query for rows of some records (those of one customer), as they were written.

    A part for each record: unlike IN, equality lets DuckDB pass over the row groups of everybody else.
    """
    keys = sorted({int(key) for key in client_keys})
    if not keys:
        return f"SELECT * FROM {RECORDED}{table} WHERE false"
    if len(keys) > MANY_RECORDS:
        return f"SELECT * FROM {RECORDED}{table} WHERE client_key IN ({', '.join(map(str, keys))})"
    return " UNION ALL ".join(f"SELECT * FROM {RECORDED}{table} WHERE client_key = {key}" for key in keys)


def order_of_views() -> list[str]:
    """Tables in an order in which views may name earlier ones."""
    return sorted(TABLES, key=lambda name: name != "interactions")
