"""An import leaves out the people on the list: their good lines, and those it would have set aside as rejected."""

# ruff: noqa: S608  SQL is put together of names of our own columns, keys and file names; see quoted()

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from regulars.imports.rows import reference
from regulars.log.vault import Vault, records
from regulars.privacy.suppression import Identifiers, Suppression

CHUNK = 5_000
_FULL_NAME = "coalesce(name, nullif(concat_ws(' ', first_name, last_name), ''))"
# Lines of one document belong together: a line without a customer is that of the others in it.
_DOCUMENTS = ("order_id", "thread")


def leave_out(
    connection: duckdb.DuckDBPyConnection, kept_out: Suppression, vault: Vault, source: str, fields: Collection[str]
) -> set[int]:
    """Take the lines of erased people out of view ``typed``; returns their line numbers.

    A reference on the list is enough. So is an e-mail, a phone, or a name with its birthday, unless the line's
    reference is that of somebody who is a customer: addresses and numbers pass on to others.
    """
    if not len(kept_out):
        return set()
    people = connection.execute(
        f"SELECT DISTINCT {reference()} AS ref, email, phone, {_FULL_NAME} AS full_name, "
        "CAST(birthday AS VARCHAR) AS born FROM typed WHERE ref IS NOT NULL"
    ).fetchall()
    listed = _listed(people, kept_out, source, vault)
    if not listed:
        return set()
    columns = list(zip(*listed, strict=True))
    names = ("ref", "email", "phone", "full_name", "born")
    connection.register(
        "listed", pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})
    )
    connection.execute(f"CREATE OR REPLACE TABLE left_out AS {_LINES}")
    for document in _DOCUMENTS:
        if document in fields:
            connection.execute(_WITHOUT_CUSTOMER.format(ref=reference(), document=document))
    connection.unregister("listed")
    connection.execute("ALTER VIEW typed RENAME TO typed_of_all")
    connection.execute("CREATE VIEW typed AS SELECT * FROM typed_of_all ANTI JOIN left_out USING (line)")
    return {int(row[0]) for row in connection.execute("SELECT line FROM left_out").fetchall()}


def leave_out_rejected(
    lines: Iterable[tuple[int, Sequence[str | None]]], kept_out: Suppression, source: str
) -> set[int]:
    """The numbers of rejected lines that hold a reference, e-mail or phone of somebody on the list.

    lines  (number, cells as the file has them); which cell means what is not known where a line could not be read
    """

    @cache
    def is_listed(cell: str) -> bool:
        bare = cell.strip()
        return kept_out.holds(Identifiers([(source, bare)], [bare], [bare]))

    return {line for line, cells in lines if any(cell and is_listed(cell) for cell in cells)}


def _listed(
    people: Sequence[tuple[str | None, ...]], kept_out: Suppression, source: str, vault: Vault
) -> list[tuple[str | None, ...]]:
    """Those of (ref, email, phone, name, birthday) that are on the list."""
    by_reference, by_contact = [], []
    for person in people:
        ref, email, phone, name, born = person
        if kept_out.holds(Identifiers(references=[(source, str(ref))])):
            by_reference.append(person)
        elif kept_out.holds(_contacts(email, phone, name, born)):
            by_contact.append(person)
    customers = _known(vault, source, [str(person[0]) for person in by_contact])
    return by_reference + [person for person in by_contact if person[0] not in customers]


def _contacts(email: str | None, phone: str | None, name: str | None, born: str | None) -> Identifiers:
    return Identifiers(
        emails=[email] if email else [],
        phones=[phone] if phone else [],
        births=[(name, born)] if name and born else [],
    )


def _known(vault: Vault, source: str, references: Sequence[str]) -> set[str]:
    """Those of the references that the vault knows."""
    found: set[str] = set()
    with vault.engine.connect() as connection:
        for start in range(0, len(references), CHUNK):
            wanted = records.c.reference.in_(references[start : start + CHUNK])
            query = sa.select(records.c.reference).where(records.c.source == source, wanted)
            found |= {row.reference for row in connection.execute(query)}
    return found


_LINES = f"""
    SELECT line FROM (SELECT line, {reference()} AS ref, email, phone, {_FULL_NAME} AS full_name,
                             CAST(birthday AS VARCHAR) AS born FROM typed) t
    SEMI JOIN listed l ON t.ref = l.ref AND t.email IS NOT DISTINCT FROM l.email
        AND t.phone IS NOT DISTINCT FROM l.phone AND t.full_name IS NOT DISTINCT FROM l.full_name
        AND t.born IS NOT DISTINCT FROM l.born"""

_WITHOUT_CUSTOMER = """
    INSERT INTO left_out
    WITH t AS (SELECT line, {document} AS document, {ref} AS ref, line IN (SELECT line FROM left_out) AS gone
               FROM typed WHERE {document} IS NOT NULL)
    SELECT line FROM t
    WHERE ref IS NULL AND document IN (
        SELECT document FROM t GROUP BY document
        HAVING bool_or(gone) AND count(*) FILTER (WHERE ref IS NOT NULL AND NOT gone) = 0)"""
