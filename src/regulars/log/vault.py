"""The vault: the only place that knows who is who.

Two tables. ``records``: one row is one client in one source (source and reference are unique together) with
the random key that stands for it in the log. ``details``: one row is what one import said of that record
(name, e-mail, phone, birthday, address, consents), also where an earlier one said the same: the newest known
value of each column holds, and undoing an import takes its rows back and no others.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from regulars.log import databases

SCHEMA = "vault"  # in PostgreSQL
KEY_BITS = 63
FEW_REFERENCES = 20_000  # beyond this, reading the whole source is faster than asking for each
CHUNK = 5_000
T = TypeVar("T")
PERSONAL = ("name", "email", "phone", "birthday", "address", "consents")

metadata = sa.MetaData()
records = sa.Table(
    "records",
    metadata,
    sa.Column("client_key", sa.BigInteger, nullable=False, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("source", "reference"),
)
details = sa.Table(
    "details",
    metadata,
    sa.Column("detail_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("client_key", sa.BigInteger, nullable=False, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("import_id", sa.BigInteger, nullable=False, index=True),
    *(sa.Column(column, sa.Text) for column in PERSONAL),
    sa.Column("digest", sa.Text, nullable=False),
    sa.UniqueConstraint("client_key", "source", "digest", "import_id"),
)


class Vault:
    """Personal records of one company, in SQLite or PostgreSQL. Opening connects to nothing yet."""

    def __init__(self, address: str | sa.URL) -> None:
        self.engine = databases.opened(address, SCHEMA)

    @classmethod
    def at(cls, path: Path) -> Vault:
        """The vault in a SQLite file."""
        vault = cls(sa.URL.create("sqlite", database=str(path)))
        vault.engine = databases.sqlite_file(path)
        return vault

    def create(self) -> None:
        """Make the tables where they are missing."""
        databases.create_tables(self.engine, metadata)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def keys(self, source: str, references: Sequence[str]) -> dict[str, int]:
        """Reference -> client key; references not seen before get a new random key.

        Safe beside other writers: whoever comes second gets the key of the first.
        """
        wanted = list(dict.fromkeys(references))
        with self.engine.begin() as connection:
            known = dict(self._known(connection, source, wanted))
            missing = [reference for reference in wanted if reference not in known]
            if missing:
                self._add_records(connection, source, missing)
                known |= dict(self._known(connection, source, missing))
        return {reference: known[reference] for reference in wanted}

    def add_records(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Store records whose keys were chosen elsewhere (the demo company)."""
        with self.engine.begin() as connection:
            for chunk in _chunks(rows):
                connection.execute(records.insert(), [dict(row) for row in chunk])

    def add_details(self, import_id: int, rows: Iterable[Mapping[str, object]]) -> int:
        """Store what an import said of records; returns how many rows said what no other import had said.

        A row has client_key, source and any of name, email, phone, birthday, address, consents.
        """
        insert = databases.insert_into(self.engine, details).on_conflict_do_nothing()
        with self.engine.begin() as connection:
            for chunk in _chunks(rows):
                connection.execute(insert, [_detail(import_id, row) for row in chunk])
            return int(connection.execute(_said_first(import_id)).scalar_one())

    def references(self, keys: Iterable[int]) -> dict[int, str]:
        """Client key -> the reference its source knows it by (the smallest, where records share a key)."""
        found: dict[int, str] = {}
        for row in self._by_keys(records, keys):
            reference = found.get(row.client_key)
            found[row.client_key] = min(reference, row.reference) if reference else row.reference
        return found

    def records_of(self, keys: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
        """Client key -> its records, each as (source, reference), in a fixed order."""
        found: dict[int, list[tuple[str, str]]] = {}
        for row in self._by_keys(records, keys):
            found.setdefault(row.client_key, []).append((row.source, row.reference))
        return {key: sorted(rows) for key, rows in found.items()}

    def people(self, keys: Iterable[int]) -> dict[int, dict[str, str]]:
        """Client key -> personal details, the newest known value of each."""
        found: dict[int, dict[str, str]] = {}
        rows = sorted(self._by_keys(details, keys), key=lambda row: (row.import_id, row.detail_id))
        for row in rows:
            person = found.setdefault(row.client_key, {})
            person.update({column: value for column in PERSONAL if (value := getattr(row, column))})
        return found

    def forget_import(self, import_id: int) -> None:
        """Take back the details that one import brought."""
        with self.engine.begin() as connection:
            connection.execute(details.delete().where(details.c.import_id == import_id))

    def keep_imports(self, import_ids: Iterable[int]) -> int:
        """Drop the details of imports that are not in force: undone, or dead on the way; returns how many imports."""
        with self.engine.begin() as connection:
            there = {row.import_id for row in connection.execute(sa.select(details.c.import_id).distinct())}
            gone = sorted(there - set(import_ids))
            for chunk in _chunks(gone):
                connection.execute(details.delete().where(details.c.import_id.in_(chunk)))
        return len(gone)

    def keep_only(self, keys: Iterable[int]) -> int:
        """Drop the records of clients that the log does not know any more; returns how many."""
        kept = set(keys)
        with self.engine.begin() as connection:
            all_keys = {row.client_key for row in connection.execute(sa.select(records.c.client_key))}
            gone = sorted(all_keys - kept)
            for chunk in _chunks(gone):
                connection.execute(details.delete().where(details.c.client_key.in_(chunk)))
                connection.execute(records.delete().where(records.c.client_key.in_(chunk)))
        return len(gone)

    # Inside ------------------------------------------------------------------------------------------

    def _known(self, connection: sa.Connection, source: str, references: Sequence[str]) -> Iterator[tuple[str, int]]:
        query = sa.select(records.c.reference, records.c.client_key).where(records.c.source == source)
        if len(references) > FEW_REFERENCES:
            yield from ((row.reference, row.client_key) for row in connection.execute(query))
            return
        for chunk in _chunks(references):
            found = connection.execute(query.where(records.c.reference.in_(chunk)))
            yield from ((row.reference, row.client_key) for row in found)

    def _add_records(self, connection: sa.Connection, source: str, references: Sequence[str]) -> None:
        insert = databases.insert_into(self.engine, records).on_conflict_do_nothing()
        for chunk in _chunks(references):
            rows = [
                {"client_key": 1 + secrets.randbits(KEY_BITS - 1), "source": source, "reference": reference}
                for reference in chunk
            ]
            connection.execute(insert, rows)

    def _by_keys(self, table: sa.Table, keys: Iterable[int]) -> Iterator[sa.Row[tuple[object, ...]]]:
        with self.engine.connect() as connection:
            for chunk in _chunks(keys):
                yield from connection.execute(sa.select(table).where(table.c.client_key.in_(chunk)))


def _said_first(import_id: int) -> sa.Select[tuple[int]]:
    """Counts the details of an import that no other import has too."""
    other = details.alias("other")
    same = [other.c[name] == details.c[name] for name in ("client_key", "source", "digest")]
    told = sa.exists().where(*same, other.c.import_id != import_id)
    return sa.select(sa.func.count()).select_from(details).where(details.c.import_id == import_id, ~told)


def _detail(import_id: int, row: Mapping[str, object]) -> dict[str, object]:
    said = {column: _text(row.get(column)) for column in PERSONAL}
    digest = hashlib.sha256("\x1f".join(said[column] or "" for column in PERSONAL).encode()).hexdigest()
    return {
        "client_key": row["client_key"],
        "source": row["source"],
        "import_id": import_id,
        "digest": digest,
        **said,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
