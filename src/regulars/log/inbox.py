"""The inbox: where single facts are safe before they are sealed into the log's tables.

A contact logged on a page, a fact, a decision, a link: each is acknowledged only after its transaction is on the
disk. Every row gets the next number (``seq``) under one lock that is held until the commit, so rows become visible
in the order of their numbers; a sealer that has seen number n has seen all before it. ``head.json`` says up to which
number the rows are in the tables (``inbox_offset``); those above it wait here and are part of what readers see.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import sqlalchemy as sa

from regulars.errors import LogError
from regulars.log import databases
from regulars.log.tables import TABLES

# A request sent again within this time of being sealed adds nothing.
REMEMBERED = timedelta(days=30)
ID_BITS = 62
NOT_FROM_PAGES = ("imports",)
PAGES = "pages"  # form and source of the import that single rows belong to
KEYS = ("client_key", "left_key", "right_key")

metadata = sa.MetaData()
_number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
entries = sa.Table(
    "entries",
    metadata,
    sa.Column("seq", _number, primary_key=True, autoincrement=False),
    sa.Column("log_table", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
# One row: the number given out last. Whoever adds holds it until the commit.
counter = sa.Table(
    "counter",
    metadata,
    sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last_seq", _number, nullable=False),
    sa.Column("forgotten", sa.Integer, nullable=False),  # how often waiting rows were erased
)
# What was acknowledged under which request; only a digest, since an outside system's ids may hold anything.
requests = sa.Table(
    "requests",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("last_seq", _number, nullable=False),
    sa.Column("sealed_at", sa.Text, index=True),
)


@dataclass(frozen=True)
class Entry:
    """One row for a table of the log, columns as in ``regulars.log.tables``; the workspace sets ``import_id``."""

    table: str
    row: Mapping[str, object]


@dataclass(frozen=True)
class Mark:
    """How far the inbox has come; as long as it is the same, so are the rows above an offset."""

    last_seq: int = 0
    forgotten: int = 0


@dataclass(frozen=True)
class Waiting:
    """One row that is not in the tables yet; ``body`` is its JSON."""

    seq: int
    table: str
    body: str


class Inbox:
    """Rows that wait to be sealed, in SQLite or PostgreSQL. Opening it connects to nothing yet."""

    def __init__(self, engine: sa.Engine, file: Path | None = None) -> None:
        self.engine = engine
        self.file = file
        self._made = False
        self._making = threading.Lock()

    @classmethod
    def at(cls, path: Path) -> Inbox:
        """The inbox in a SQLite file, which is made when the first row comes."""
        return cls(databases.sqlite_file(path), path)

    def create(self) -> None:
        """Make the tables where they are missing."""
        if self.file and not self.file.exists():
            self.file.touch(mode=0o600)
        databases.create_tables(self.engine, metadata)
        with self.engine.begin() as connection:
            first = databases.insert_into(self.engine, counter).values(only=1, last_seq=0, forgotten=0)
            connection.execute(first.on_conflict_do_nothing())
        self._made = True

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def add(self, rows: Sequence[Entry], *, import_id: int, sealed_to: int, request_id: str | None = None) -> bool:
        """Keep rows; they are on the disk when this returns. False: the request was acknowledged before.

        sealed_to  the head's inbox_offset: numbers go on after it, also where an older inbox was put back, or none

        Raises LogError for a row that its table cannot hold, or where the disk refuses; then nothing is kept.
        """
        bodies = [(entry.table, _body(entry, import_id)) for entry in rows]
        with _faults_in_words():
            self._ensure()
            return self._add(bodies, sealed_to, request_id)

    def _add(self, bodies: Sequence[tuple[str, str]], sealed_to: int, request_id: str | None) -> bool:
        with self.engine.begin() as connection:
            if request_id is not None and not self._first_time(connection, request_id):
                return False
            after = sa.case((counter.c.last_seq < sealed_to, sealed_to), else_=counter.c.last_seq)
            given = counter.update().values(last_seq=after + len(bodies)).returning(counter.c.last_seq)
            last = int(connection.execute(given).scalar_one())
            if request_id is not None:
                own = requests.c.digest == _digest(request_id)
                connection.execute(requests.update().where(own).values(last_seq=last))
            if bodies:
                first = last - len(bodies) + 1
                values = [
                    {"seq": first + place, "log_table": table, "body": body}
                    for place, (table, body) in enumerate(bodies)
                ]
                connection.execute(entries.insert(), values)
        return True

    def mark(self) -> Mark:
        """The number given out last, and how often rows were erased: one short look."""
        if not self._exists():
            return Mark()
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(counter.c.last_seq, counter.c.forgotten)).one()
        return Mark(row.last_seq, row.forgotten)

    def waiting(self, after: int, *, limit: int | None = None) -> list[Waiting]:
        """Rows with a higher number than ``after``, in order."""
        if not self._exists():
            return []
        query = sa.select(entries).where(entries.c.seq > after).order_by(entries.c.seq)
        with self.engine.connect() as connection:
            found = connection.execute(query.limit(limit) if limit else query)
            return [Waiting(row.seq, row.log_table, row.body) for row in found]

    def client_keys(self) -> set[int]:
        """The clients of all rows here, sealed ones that are not deleted yet among them."""
        bodies = [json.loads(row.body) for row in self.waiting(0)]
        return {int(body[name]) for body in bodies for name in KEYS if body.get(name) is not None}

    def drop_sealed(self, up_to: int, now: datetime) -> int:
        """Delete rows that are in the tables, and requests that are long done; returns how many rows."""
        if not self._exists():
            return 0
        instant = now.astimezone(UTC)
        with self.engine.begin() as connection:
            gone = connection.execute(entries.delete().where(entries.c.seq <= up_to)).rowcount
            done = requests.update().where(requests.c.last_seq <= up_to, requests.c.sealed_at.is_(None))
            connection.execute(done.values(sealed_at=instant.isoformat()))
            forgotten = (instant - REMEMBERED).isoformat()
            connection.execute(requests.delete().where(requests.c.sealed_at < forgotten))
        if gone:
            databases.overwrite_deleted(self.engine)
        return int(gone)

    def forget(self, client_keys: Iterable[int], interactions: Iterable[int] = ()) -> int:
        """Delete the waiting rows of clients, and the lines and answers of their interactions; returns how many.

        interactions  numbers of those that are in the tables already

        The caller keeps out sealers (``maintenance.alone``), and takes the same rows out of the tables.
        """
        wanted = set(client_keys)
        rows = [(row.seq, json.loads(row.body)) for row in self.waiting(0)]
        touches = {*interactions, *(body.get("interaction_id") for _, body in rows if body.get("client_key") in wanted)}
        touches.discard(None)
        gone = [
            seq
            for seq, body in rows
            if any(body.get(name) in wanted for name in KEYS) or body.get("interaction_id") in touches
        ]
        with self.engine.begin() as connection:
            for seq in gone:
                connection.execute(entries.delete().where(entries.c.seq == seq))
            if gone:
                connection.execute(counter.update().values(forgotten=counter.c.forgotten + 1))
        if gone:
            databases.overwrite_deleted(self.engine)
        return len(gone)

    # Inside ------------------------------------------------------------------------------------------

    def _ensure(self) -> None:
        if not self._made:
            with self._making:
                self.create()

    def _exists(self) -> bool:
        if not self._made:
            if self.file is not None and not self.file.exists():
                return False
            self._made = sa.inspect(self.engine).has_table("requests", schema=databases.schema_of(self.engine))
        return self._made

    def _first_time(self, connection: sa.Connection, request_id: str) -> bool:
        insert = databases.insert_into(self.engine, requests).values(digest=_digest(request_id), last_seq=0)
        added = connection.execute(insert.on_conflict_do_nothing().returning(requests.c.digest))
        return added.first() is not None


@contextmanager
def _faults_in_words() -> Iterator[None]:
    """What a full or failing disk says, as a sentence for a person."""
    try:
        yield
    except (OSError, sa.exc.DBAPIError) as error:
        said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error).strip().partition("\n")[0]
        raise LogError(
            f"What was written could not be kept: {said.rstrip('.')}. Nothing was added. Free some space or mend the "
            "disk, then send it again."
        ) from error


def as_tables(rows: Sequence[Waiting]) -> dict[str, pa.Table]:
    """Waiting rows as Arrow tables that follow the log's contracts; tables without rows are left out."""
    by_table: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(json.loads(row.body))
    return {name: _table(name, found) for name, found in by_table.items()}


def _table(name: str, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    schema = TABLES[name]
    columns = [pa.array([_value(row.get(f.name), f.type) for row in rows], type=f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _value(written: object, type_: pa.DataType) -> object:
    """A value of JSON as its column has it."""
    if written is None:
        return None
    if pa.types.is_decimal(type_):
        return Decimal(str(written))
    if pa.types.is_timestamp(type_):
        return datetime.fromisoformat(str(written))
    return date.fromisoformat(str(written)) if pa.types.is_date(type_) else written


def _body(entry: Entry, import_id: int) -> str:
    """The row as JSON, checked against its table. An interaction without a number gets a random one."""
    if entry.table not in TABLES or entry.table in NOT_FROM_PAGES:
        raise LogError(f"Single rows cannot be added to a table {entry.table!r}.")
    row = {name: value for name, value in entry.row.items() if value is not None} | {"import_id": import_id}
    if entry.table == "interactions":
        row.setdefault("interaction_id", 1 + secrets.randbits(ID_BITS))
    unknown = row.keys() - set(TABLES[entry.table].names)
    if unknown:
        raise LogError(f"Table {entry.table!r} has no column {', '.join(sorted(unknown))}.")
    body = json.dumps({name: _plain(entry.table, name, value) for name, value in row.items()}, ensure_ascii=False)
    try:
        _table(entry.table, [json.loads(body)])
    except (pa.ArrowException, TypeError, ValueError, ArithmeticError) as error:
        raise LogError(f"A row for the table {entry.table!r} cannot be kept: {error}.") from error
    return body


def _plain(table: str, name: str, value: object) -> object:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise LogError(f"{name} of a row for the table {table!r} must say its time zone: {value}.")
        return value.astimezone(UTC).isoformat()
    return value if isinstance(value, str | int | float) else str(value)


def _digest(request_id: str) -> str:
    return hashlib.sha256(request_id.encode()).hexdigest()
