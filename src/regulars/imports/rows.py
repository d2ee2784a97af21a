"""Typed rows of a file as a DuckDB table, and the SQL pieces that every form shares.

The SQL here is made of our own field names; values of a user's file are data in tables, never SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb

from regulars.engines.connection import quoted
from regulars.imports.contract import LINE, REASON

# Field -> type of its column in the typed rows.
FIELD_TYPES: dict[str, str] = {
    "occurred": "TIMESTAMPTZ",
    "occurred_on": "DATE",
    "due": "TIMESTAMPTZ",
    "delivered": "TIMESTAMPTZ",
    "delivered_on": "DATE",
    "birthday": "DATE",
    "quantity": "DECIMAL(18,4)",
    "unit_price": "DECIMAL(18,6)",
    "amount": "DECIMAL(18,4)",
    "cost": "DECIMAL(18,4)",
    "unit_cost": "DECIMAL(18,6)",
    "score": "DOUBLE",
    "weight": "DOUBLE",
    "wait_seconds": "BIGINT",
    "duration_seconds": "BIGINT",
    "birth_year": "BIGINT",
    "contract_from": "DATE",
    "contract_until": "DATE",
    "left_on": "DATE",
    "has_left": "BOOLEAN",
    "tenure_months": "DOUBLE",
    "total_charges": "DECIMAL(18,4)",
}
# Attributes of a client that an import may state.
CLIENT_FIELDS = ("customer_type", "acquired_by", "country", "region", "city", "gender", "birth_year")
# Attributes that only lists of customers state; in the log they are one JSON object.
CONTRACT_FIELDS = (
    "contract", "contract_from", "contract_until", "left_on", "has_left", "tenure_months", "total_charges",
)  # fmt: skip
LOCAL_DATES = ("birthday", "contract_from", "contract_until", "left_on")
PERSONAL_FIELDS = ("name", "first_name", "last_name", "email", "phone", "birthday", "address", "consent")
SEPARATOR = "chr(31)"


def load(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Path],
    fields: Collection[str],
    wanted: Sequence[str],
    currency: str = "",
) -> None:
    """Make view ``typed``: the good rows of the typed files, one column a wanted field, null where unmapped.

    ``currency`` is the one written beside the amounts, for files without a currency column.
    """
    constants = {"currency": quoted(currency)} if currency else {}
    # A birthday is a local date: its instant, which is midnight, lies on the day before in UTC.
    local = {name: f"{name}_on" for name in LOCAL_DATES if f"{name}_on" in fields}
    found = {name: local.get(name, name) for name in fields}
    chosen = ", ".join(_cast(name, found.get(name) or constants.get(name, "NULL")) for name in wanted)
    source = f"{typed_files(parts)} WHERE {REASON} IS NULL"
    if not parts:
        source = f"(SELECT NULL::BIGINT AS {LINE}) WHERE false"
    connection.execute(f"CREATE OR REPLACE VIEW typed AS SELECT {LINE} AS line, {chosen} FROM {source}")


def typed_files(parts: Sequence[Path]) -> str:
    """SQL of all typed rows of a file, the bad ones too."""
    return f"read_parquet([{', '.join(quoted(str(part)) for part in parts)}])"


def _cast(name: str, value: str) -> str:
    return f"CAST({value} AS {FIELD_TYPES.get(name, 'VARCHAR')}) AS {name}"


def reference() -> str:
    """SQL of the outside reference of a row's client: its id, else e-mail, phone, name; null for a guest."""
    return (
        "coalesce(customer_id, 'email:' || lower(trim(email)), "
        "'phone:' || nullif(regexp_replace(phone, '[^0-9+]', '', 'g'), ''), "
        "'name:' || lower(trim(coalesce(name, nullif(concat_ws(' ', first_name, last_name), '')))))"
    )


def identity(*parts: str) -> str:
    """SQL of a positive 63-bit number that stands for these values, the same on every machine and version."""
    joined = f" || {SEPARATOR} || ".join(f"coalesce(CAST({part} AS VARCHAR), '')" for part in parts)
    return f"CAST(md5_number_lower({joined}) >> 1 AS BIGINT)"


def log_table(files: Sequence[str], columns: Sequence[str]) -> str:
    """SQL of a visible log table's columns, also where it has no files yet."""
    if not files:
        return "(SELECT " + ", ".join(f"NULL::BIGINT AS {name}" for name in columns) + " WHERE false)"
    paths = ", ".join(quoted(path) for path in files)
    return f"(SELECT {', '.join(columns)} FROM read_parquet([{paths}], union_by_name = true))"


def count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The single whole number a query yields."""
    row = connection.execute(query).fetchone()
    return int(row[0]) if row and row[0] is not None else 0
