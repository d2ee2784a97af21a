"""What rewrites the log: undo of an import, compaction, deletion of files nobody needs, upgrade.

All of it excludes imports; deletion also waits for readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from regulars.engines.connection import quoted
from regulars.errors import LogError
from regulars.log.head import Head, write_head
from regulars.log.inbox import PAGES
from regulars.log.locks import Busy, exclusive
from regulars.log.store import HEAD_LOCK, READERS_LOCK, STAGING_LOCK, LogFile, LogStore, StagedFile
from regulars.log.tables import IMPORTS, TABLES
from regulars.log.vault import Vault

SMALL_FILE_BYTES = 32 * 2**20
FILES_BEFORE_COMPACTION = 16
WHERE_KEYS_ARE = (
    ("interactions", "client_key"),
    ("clients", "client_key"),
    ("facts", "client_key"),
    ("links", "left_key"),
    ("links", "right_key"),
)


@contextmanager
def alone(store: LogStore, *, wait: bool = True) -> Iterator[Head]:
    """Hold the log without other writers; yields the repaired head. Raises Busy where not to wait."""
    with exclusive(store.folder / STAGING_LOCK, wait=wait), exclusive(store.folder / HEAD_LOCK):
        yield store.repair()


def undo(store: LogStore, vault: Vault, import_id: int, *, by: str, now: datetime) -> int:
    """Take exactly one import back, from log and vault; returns how many rows left the log.

    Raises LogError for an import that is not there or was undone before. Rows of other imports stay
    as they are, bit for bit, whether they lie in the same files or not. The vault follows while imports still
    wait: one that had just got its clients' keys would lose them otherwise.
    """
    removed = 0
    with alone(store) as head, store.connection() as connection:
        record = _active_import(store, import_id)
        for table in TABLES:
            if table == "imports":
                continue
            files = [f for f in store.log_files(table, head.versions[table]) if _may_hold(f, import_id)]
            if not files:
                continue
            added, gone = _without(store, connection, table, files, import_id)
            head = store.commit(head, table, added, files)
            removed += gone
        event = {**record, "event": "undone", "recorded_at": now.astimezone(UTC), "recorded_by": by}
        connection.register("event", pa.Table.from_pylist([event], schema=IMPORTS))
        staged = store.stage(connection, "imports", "SELECT * FROM event")
        head = store.commit(head, "imports", [staged] if staged else [], [])
        write_head(store.folder, head)
        _tidy(store, vault, connection, thorough=True)
    return removed


def tidy(store: LogStore, vault: Vault, *, thorough: bool) -> None:
    """Take out of the vault what imports left there that died on the way; nothing while somebody imports.

    ``thorough`` also drops the records of clients that the log does not know, which takes a look at all of them.
    """
    try:
        with alone(store, wait=False), store.connection() as connection:
            _tidy(store, vault, connection, thorough=thorough)
    except Busy:
        return


def compact(store: LogStore, *, everything: bool = False, wait: bool = True) -> dict[str, int]:
    """Merge small files (or all) of each table into sorted ones; returns table -> files merged.

    Leaves the log as it is, and returns nothing, when ``wait`` is False and somebody is importing.
    """
    merged: dict[str, int] = {}
    try:
        with alone(store, wait=wait) as head, store.connection() as connection:
            for table in TABLES:
                files = store.log_files(table, head.versions[table])
                chosen = files if everything else [f for f in files if f.size < SMALL_FILE_BYTES]
                if len(chosen) < 2 or (not everything and len(chosen) < FILES_BEFORE_COMPACTION):
                    continue
                staged = store.stage(connection, table, f"SELECT * FROM {_read(store, table, chosen)}")
                head = store.commit(head, table, [staged] if staged else [], chosen)
                merged[table] = len(chosen)
            write_head(store.folder, head)
            sweep(store, head)
    except Busy:
        return {}
    return merged


def sweep(store: LogStore, head: Head) -> int:
    """Delete files that the head does not name; nothing while a reader is active. Returns how many.

    The caller excludes other writers: their staged files are not named by any head either.
    """
    try:
        with exclusive(store.folder / READERS_LOCK, wait=False):
            deleted = 0
            for table in TABLES:
                visible = {file.name for file in store.log_files(table, head.versions[table])}
                # A killed writer may leave "part-….parquet" and DuckDB's "tmp_part-….parquet".
                for path in (store.folder / table).glob("*.parquet*"):
                    if path.name not in visible:
                        path.unlink()
                        deleted += 1
            return deleted
    except Busy:
        return 0


def upgrade(store: LogStore, head: Head, to: int) -> Head:
    """Rewrite every table to the present contracts; columns that are new are null.

    The caller has made a backup. Each table gets the new columns, then new files in one Delta commit.
    """
    for table in TABLES.keys() - head.versions.keys():
        store.create_table(table)
        head = head.with_version(table, 0)
    write_head(store.folder, head)
    with alone(store) as repaired, store.connection() as connection:
        head = repaired
        for table in TABLES:
            head = store.add_missing_columns(head, table)
            files = store.log_files(table, head.versions[table])
            if files:
                staged = store.stage(connection, table, f"SELECT * FROM {_read(store, table, files)}")
                head = store.commit(head, table, [staged] if staged else [], files)
        head = Head(head.versions, head.last_import, head.inbox_offset, to)
        write_head(store.folder, head)
        return head


def _tidy(store: LogStore, vault: Vault, connection: duckdb.DuckDBPyConnection, *, thorough: bool) -> None:
    """The same, for a caller that excludes imports."""
    dead = vault.keep_imports(store.in_force())
    if not (dead or thorough):
        return
    with store.reading() as files:
        known: set[int] = set()
        for table, key in WHERE_KEYS_ARE:
            if files[table]:
                query = f"SELECT DISTINCT {key} FROM read_parquet($files) WHERE {key} IS NOT NULL"
                known |= {row[0] for row in connection.execute(query, {"files": files[table]}).fetchall()}
    vault.keep_only(known | (store.inbox.client_keys() if store.inbox else set()))


def _active_import(store: LogStore, import_id: int) -> dict[str, object]:
    """The history row of an import that is in force."""
    rows = [row for row in store.imported() if row["import_id"] == import_id]
    if not rows:
        raise LogError(f"There is no import {import_id}. `regulars imports` lists those there are.")
    undone = [row for row in rows if row["event"] == "undone"]
    if undone:
        when = undone[-1]["recorded_at"]
        raise LogError(f"Import {import_id} was undone already, on {when:%Y-%m-%d %H:%M} UTC.")
    if rows[0]["form"] == PAGES:
        raise LogError(
            f"Import {import_id} holds everything that people wrote on pages, so it cannot be taken back as a whole. "
            "Correct or drop the single facts on the customers' cards instead."
        )
    return rows[0]


def _may_hold(file: LogFile, import_id: int) -> bool:
    return file.first_import <= import_id <= file.last_import


def _read(store: LogStore, table: str, files: Sequence[LogFile]) -> str:
    paths = ", ".join(quoted(str(store.folder / table / file.name)) for file in files)
    return f"read_parquet([{paths}], union_by_name = true)"


def _without(
    store: LogStore,
    connection: duckdb.DuckDBPyConnection,
    table: str,
    files: Sequence[LogFile],
    import_id: int,
) -> tuple[list[StagedFile], int]:
    """Files holding the rows of the other imports, and how many rows of this one there were."""
    source = _read(store, table, files)
    counted = connection.execute(f"SELECT count(*) FROM {source} WHERE import_id = {import_id}").fetchone()
    mixed = [file for file in files if file.first_import != file.last_import]
    added: list[StagedFile] = []
    if mixed:
        rest = f"SELECT * FROM {_read(store, table, mixed)} WHERE import_id <> {import_id}"
        staged = store.stage(connection, table, rest)
        added = [staged] if staged else []
    return added, int(counted[0]) if counted else 0
