"""The customer log on disk: Delta Lake tables under one head.

How a write becomes visible:

1. *Stage*: rows are written as Parquet files into the tables' folders, under a lock shared with other
   writers. No table knows of them yet.
2. *Publish*: alone, for some milliseconds: the files are committed to each Delta table, forced to disk, and
   head.json is replaced. Readers open only the versions that head.json names, so a write of several tables is
   seen whole or not at all.
3. A writer that finds tables ahead of the head (someone died between two commits) first puts them back.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import duckdb
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable
from deltalake import Schema as DeltaSchema
from deltalake.transaction import AddAction, RemoveAction

from regulars.engines.connection import connect, quoted, sql_type
from regulars.errors import LogError
from regulars.log.durable import replace_file, sync_file, sync_folder
from regulars.log.head import SCHEMA_VERSION, Head, read_head, write_head
from regulars.log.inbox import Inbox
from regulars.log.locks import exclusive, shared
from regulars.log.scratch import SPILL, open_scratch
from regulars.log.tables import SORT_KEYS, STATISTICS_COLUMNS, TABLES

T = TypeVar("T")
STAGING_LOCK = ".staging.lock"  # shared by imports, exclusive for undo, compaction, erase
HEAD_LOCK = ".head.lock"  # held alone while a head is replaced
READERS_LOCK = ".readers.lock"  # shared by queries, exclusive while old files are deleted
IDENTITIES = {"interactions": "interaction_id", "items": "line_id"}
ROW_GROUP_ROWS = 122_880
# Kinds of interactions and clients whose names may stand in the transaction log: a file's own words may be a name.
KINDS = frozenset(
    {"order", "refund", "adjustment", "cancellation", "delivery", "visit", "call", "missed_call", "message", "contact"}
    | {"complaint", "answer", "offer", "gesture", "referral", "departure"}
    | {"customer", "employee", "department", "partner"}
)


class Overtaken(Exception):
    """Another import published some of the same rows first; compare with the new head and stage again."""


@dataclass(frozen=True)
class StagedFile:
    """A Parquet file on disk that no head knows yet. ``statistics`` is what the Delta log may say of it."""

    table: str
    name: str
    rows: int
    statistics: str


@dataclass(frozen=True)
class LogFile:
    """A visible Parquet file: its size and the lowest and highest import_id in it."""

    name: str
    size: int
    first_import: int
    last_import: int


class LogStore:
    """The tables of one log folder. Opening it touches nothing; every method says what it locks.

    inbox  where rows wait to be sealed into the tables; None for a log that has none
    """

    def __init__(self, folder: Path, inbox: Inbox | None = None) -> None:
        self.folder = folder
        self.inbox = inbox
        # A version of a Delta table never changes, so what it holds is read once.
        self._known: dict[tuple[str, int], list[LogFile]] = {}

    @classmethod
    def create(cls, folder: Path) -> LogStore:
        """A new, empty log: every table at version 0 and a head that names them."""
        folder.mkdir(parents=True)
        store = cls(folder)
        for table in TABLES:
            store.create_table(table)
        write_head(folder, Head(versions=dict.fromkeys(TABLES, 0)))
        return store

    def create_table(self, table: str) -> None:
        """An empty table at version 0, as its contract says."""
        schema = TABLES[table]
        known = [name for name in STATISTICS_COLUMNS if name in schema.names]
        settings: dict[str, str | None] = {"delta.dataSkippingStatsColumns": ",".join(known)}
        DeltaTable.create(self._address(table), mode="ignore", schema=schema, configuration=settings)
        self._sync_commit(table)

    # Reading -----------------------------------------------------------------------------------------

    def head(self) -> Head:
        """The visible state. Raises LogError where the log is newer than this program."""
        head = read_head(self.folder)
        if head.schema_version > SCHEMA_VERSION:
            raise LogError(
                f"This log was written by a newer Regulars (log version {head.schema_version}; this program "
                f"knows {SCHEMA_VERSION}). Install the newer version, or restore an older backup."
            )
        return head

    def files(self, head: Head | None = None) -> dict[str, list[str]]:
        """Table -> paths of the Parquet files that are visible under the head."""
        head = head or self.head()
        return {
            table: sorted(str(self.folder / table / file.name) for file in self.log_files(table, head.versions[table]))
            for table in TABLES
        }

    @contextmanager
    def reading(self) -> Iterator[dict[str, list[str]]]:
        """The visible files, kept from deletion while the block runs."""
        with shared(self.folder / READERS_LOCK):
            yield self.files()

    @contextmanager
    def reading_all(self, waiting: Callable[[Head], T]) -> Iterator[tuple[Head, T]]:
        """The head and what waits in the inbox above its offset; files of the head stay while the block runs.

        waiting  asked for the rows above head.inbox_offset. Rows that were sealed in between would be in neither
                 place, so then it is asked again.
        """
        with shared(self.folder / READERS_LOCK):
            head = self.head()
            while True:
                found = waiting(head)
                again = self.head()
                if again.inbox_offset == head.inbox_offset:
                    break
                head = again
            yield head, found

    def log_files(self, table: str, version: int) -> list[LogFile]:
        """The files of one version of a table."""
        if (table, version) not in self._known:
            actions = pa.table(self._table(table, version).get_add_actions(flatten=True))
            rows = actions.to_pylist() if actions.num_rows else []
            self._known[table, version] = [
                LogFile(row["path"], row["size_bytes"], row["min.import_id"], row["max.import_id"]) for row in rows
            ]
        return self._known[table, version]

    def imported(self) -> list[dict[str, object]]:
        """The rows of the imports table, oldest first."""
        with self.reading() as files, closing(connect()) as connection:
            if not files["imports"]:
                return []
            query = "SELECT * FROM read_parquet($files, union_by_name = true) ORDER BY import_id, recorded_at"
            rows: list[dict[str, object]] = (
                connection.execute(query, {"files": files["imports"]}).to_arrow_table().to_pylist()
            )
            return rows

    def in_force(self) -> set[int]:
        """The numbers of the imports that were not undone."""
        rows = self.imported()
        undone = {row["import_id"] for row in rows if row["event"] == "undone"}
        return {int(str(row["import_id"])) for row in rows} - {int(str(number)) for number in undone}

    # Writing -----------------------------------------------------------------------------------------

    @contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A DuckDB that spills into a private folder beside the log; both go with the block.

        A folder each: DuckDB names its files alike in every process.
        """
        spill = open_scratch(self.folder, SPILL)
        try:
            with closing(connect(spill_to=spill.folder)) as connection:
                yield connection
        finally:
            spill.close()

    @contextmanager
    def staging(self) -> Iterator[int]:
        """Share the log with other writers, and get the number of the new import."""
        with shared(self.folder / STAGING_LOCK):
            yield self._next_import()

    def stage(self, connection: duckdb.DuckDBPyConnection, table: str, query: str) -> StagedFile | None:
        """Write the rows of a query as one file of the table, sorted as the table is; None if there are none.

        The query names its columns as the table does; those it leaves out are null. Nothing is visible yet.
        """
        name = f"part-{uuid4().hex}.parquet"
        path = self.folder / table / name
        columns = _typed_columns(connection, table, query)
        order = ", ".join(SORT_KEYS[table])
        connection.execute(
            f"COPY (SELECT {columns} FROM ({query}) ORDER BY {order}) TO {quoted(str(path))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
        )
        rows, statistics = _statistics(connection, table, path)
        if rows == 0:
            path.unlink()
            return None
        sync_file(path)
        return StagedFile(table, name, rows, statistics)

    def publish(self, staged: Sequence[StagedFile], import_id: int, *, since: Head | None = None) -> Head:
        """Make staged files visible, all of them at once. Waits for other publishers.

        ``since`` is the head that the staged rows were compared with. Raises Overtaken, and publishes nothing,
        when rows with the same identity were published after it.
        """
        with exclusive(self.folder / HEAD_LOCK):
            head = self.repair()
            if since is not None and self._came_twice(staged, since, head):
                for file in staged:
                    (self.folder / file.table / file.name).unlink()
                raise Overtaken
            for table in TABLES:
                added = [file for file in staged if file.table == table]
                if added:
                    head = self.commit(head, table, added, [])
            head = replace(head, last_import=max(head.last_import, import_id))
            write_head(self.folder, head)
            return head

    def commit(self, head: Head, table: str, added: Sequence[StagedFile], removed: Sequence[LogFile]) -> Head:
        """One Delta commit that adds and removes files; the caller holds the head lock, writes the head."""
        now = int(time.time() * 1000)
        folder = self.folder / table
        actions: list[AddAction | RemoveAction] = [
            AddAction(f.name, (folder / f.name).stat().st_size, {}, now, True, f.statistics) for f in added
        ]
        actions += [RemoveAction(file.name, True, now, file.size, {}) for file in removed]
        delta = self._table(table, head.versions[table])
        delta.create_write_transaction(
            actions, mode="append", schema=TABLES[table], commit_properties=CommitProperties()
        )
        self._sync_commit(table)
        return head.with_version(table, self._table(table).version())

    def repair(self) -> Head:
        """Put back tables that ran ahead of the head; the caller holds the head lock."""
        head = self.head()
        for table in head.versions:
            delta = self._table(table)
            if delta.version() > head.versions[table]:
                delta.restore(head.versions[table])
                self._sync_commit(table)
                head = head.with_version(table, self._table(table).version())
        return head

    def add_missing_columns(self, head: Head, table: str) -> Head:
        """Declare the columns that the contract has and the table lacks; the caller holds the head lock."""
        delta = self._table(table, head.versions[table])
        declared = {field.name for field in delta.schema().fields}
        wanted = pa.schema([field for field in TABLES[table] if field.name not in declared])
        if not wanted.names:
            return head
        delta.alter.add_columns(DeltaSchema.from_arrow(wanted).fields)
        self._sync_commit(table)
        return head.with_version(table, self._table(table).version())

    # Inside ------------------------------------------------------------------------------------------

    def _came_twice(self, staged: Sequence[StagedFile], since: Head, head: Head) -> bool:
        """Whether rows published after ``since`` have an identity that is staged too."""
        for table, identity in IDENTITIES.items():
            ours = [str(self.folder / table / file.name) for file in staged if file.table == table]
            before = {file.name for file in self.log_files(table, since.versions[table])}
            after = self.log_files(table, head.versions[table])
            theirs = [str(self.folder / table / file.name) for file in after if file.name not in before]
            if not ours or not theirs:
                continue
            query = f"SELECT 1 FROM read_parquet($ours) SEMI JOIN read_parquet($theirs) USING ({identity}) LIMIT 1"
            with self.connection() as connection:
                if connection.execute(query, {"ours": ours, "theirs": theirs}).fetchone():
                    return True
        return False

    def _table(self, table: str, version: int | None = None) -> DeltaTable:
        return DeltaTable(self._address(table), version=version)

    def _address(self, table: str) -> str:
        """A file: address, since deltalake reads some characters of a bare path as parts of one."""
        return (self.folder / table).resolve().as_uri()

    def _sync_commit(self, table: str) -> None:
        commits = self.folder / table / "_delta_log"
        newest = max(commits.glob("*.json"))
        sync_file(newest)
        sync_folder(commits)
        sync_folder(self.folder / table)
        sync_folder(self.folder)

    def _next_import(self) -> int:
        counter = self.folder / ".import_counter"
        with exclusive(self.folder / ".import_counter.lock"):
            text = counter.read_text() if counter.exists() else ""
            given = int(text) if text.strip().isdigit() else 0
            number = max(given, read_head(self.folder).last_import) + 1
            replace_file(counter, str(number))
            return number


def _typed_columns(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> str:
    described = connection.execute(f"DESCRIBE {query}").fetchall()  # the query is ours, never a user's
    given = {row[0] for row in described}
    unknown = given - set(TABLES[table].names)
    if unknown:
        raise LogError(f"Table {table!r} has no column {', '.join(sorted(unknown))}.")
    return ", ".join(
        f"CAST({name if name in given else 'NULL'} AS {sql_type(kind)}) AS {name}"
        for name, kind in zip(TABLES[table].names, TABLES[table].types, strict=True)
    )


def _statistics(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> tuple[int, str]:
    """Rows of the file, and the min/max JSON that Delta may keep: times, kinds and import ids only."""
    known = [name for name in STATISTICS_COLUMNS if name in TABLES[table].names]
    wanted = ", ".join(f"min({n})::VARCHAR, max({n})::VARCHAR, count(*) - count({n})" for n in known)
    row = connection.execute(f"SELECT count(*), {wanted} FROM read_parquet({quoted(str(path))})").fetchone()
    if row is None:
        raise LogError(f"{path.name} could not be read back after it was written.")
    low: dict[str, object] = {}
    high: dict[str, object] = {}
    gaps: dict[str, int] = {}
    for place, name in enumerate(known):
        least, most, gaps[name] = row[1 + 3 * place : 4 + 3 * place]
        if least is not None and (name != "kind" or {least, most} <= KINDS):
            low[name], high[name] = _delta_value(name, least), _delta_value(name, most)
    content: Mapping[str, object] = {
        "numRecords": row[0],
        "minValues": low,
        "maxValues": high,
        "nullCount": gaps,
    }
    return int(row[0]), json.dumps(content)


def _delta_value(name: str, text: str) -> object:
    """A minimum or maximum the way Delta's protocol writes it."""
    if name == "import_id":
        return int(text)
    if name == "occurred_at":
        return text.removesuffix("+00").replace(" ", "T") + "Z"
    return text
