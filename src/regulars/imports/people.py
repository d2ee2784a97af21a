"""Clients as an import states them: attributes for the log, personal details for the vault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from regulars.engines.connection import quoted
from regulars.imports.fields import ATTRIBUTE
from regulars.imports.rows import CLIENT_FIELDS, CONTRACT_FIELDS, PERSONAL_FIELDS, count, reference
from regulars.log.vault import Vault

FIELDS: tuple[str, ...] = ("customer_id", "kind", *CLIENT_FIELDS, *CONTRACT_FIELDS, *PERSONAL_FIELDS)


def give_keys(connection: duckdb.DuckDBPyConnection, vault: Vault, source: str, table: str) -> int:
    """Make table ``client_keys`` (ref, client_key) for every client named in ``table``; returns how many."""
    found = connection.execute(f"SELECT DISTINCT ref FROM {table} WHERE ref IS NOT NULL ORDER BY ref").fetchall()
    keys = vault.keys(source, [row[0] for row in found])
    rows = pa.table({"ref": pa.array(keys.keys(), pa.string()), "client_key": pa.array(keys.values(), pa.int64())})
    connection.register("given_keys", rows)
    connection.execute("CREATE OR REPLACE TABLE client_keys AS SELECT * FROM given_keys")
    connection.unregister("given_keys")
    return len(keys)


def assertions(
    import_id: int,
    table: str,
    *,
    kind: str = "'customer'",
    at: str = "occurred",
    attributes: Sequence[str] = (),
) -> str:
    """Query of the clients rows: what the rows of ``table`` (ref, ``at``, client fields) say, newest first.

    attributes  columns of ``table`` that become the JSON object of attributes; what nobody said is not in it
    """
    newest = ", ".join(f"{_newest(name, at)} AS {name}" for name in CLIENT_FIELDS)
    if attributes:
        said = ", ".join(f"{quoted(name.removeprefix(ATTRIBUTE))}, {_said(name, at)}" for name in attributes)
        # Merging takes out what is null.
        newest += f", nullif(CAST(json_merge_patch('{{}}', json_object({said})) AS VARCHAR), '{{}}') AS attributes"
    return f"""
        SELECT k.client_key, {import_id} AS import_id, max({at}) AS asserted_at, max({kind}) AS kind, {newest}
        FROM {table} t JOIN client_keys k USING (ref) GROUP BY k.client_key"""


def store_details(
    connection: duckdb.DuckDBPyConnection, vault: Vault, import_id: int, source: str, table: str, at: str
) -> int:
    """Put the personal details of the rows into the vault; returns how many records said something new."""
    pieces = {
        "name": "coalesce(name, nullif(concat_ws(' ', first_name, last_name), ''))",
        "email": "email",
        "phone": "phone",
        "birthday": "CAST(birthday AS VARCHAR)",
        "address": "address",
        "consents": "consent",
    }
    newest = ", ".join(f"{_newest(piece, at)} AS {name}" for name, piece in pieces.items())
    known = " OR ".join(f"{name} IS NOT NULL" for name in pieces)
    cursor = connection.execute(
        f"SELECT * FROM (SELECT k.client_key, {quoted(source)} AS source, {newest} "
        f"FROM {table} t JOIN client_keys k USING (ref) GROUP BY k.client_key) WHERE {known} ORDER BY client_key"
    )
    return vault.add_details(import_id, _dictionaries(cursor))


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """From table ``typed`` of a customer list make ``people``: one row a line, with its client's reference."""
    connection.execute(f"CREATE OR REPLACE TABLE people AS SELECT *, {reference()} AS ref FROM typed")


def said_something(connection: duckdb.DuckDBPyConnection, table: str, fields: Sequence[str]) -> bool:
    """Whether any row of the table has a personal detail to store."""
    known = " OR ".join(f"{name} IS NOT NULL" for name in PERSONAL_FIELDS if name in fields)
    return count(connection, f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {known} LIMIT 1)") > 0


def _said(name: str, at: str) -> str:
    """Dates and money as they are written, numbers and truths as such."""
    return _newest(name if name in ("has_left", "tenure_months") else f"CAST({name} AS VARCHAR)", at)


def _newest(piece: str, at: str) -> str:
    """The newest stated value; of two stated at one instant the greatest, so that row order does not matter."""
    return f"(max({{'at': {at}, 'said': {piece}}}) FILTER (WHERE {piece} IS NOT NULL)).said"


def _dictionaries(cursor: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    names = [column[0] for column in cursor.description or []]
    while rows := cursor.fetchmany(5_000):
        for row in rows:
            yield dict(zip(names, row, strict=True))
