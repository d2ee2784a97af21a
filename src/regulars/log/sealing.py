"""Sealing: rows of the inbox become rows of the log's tables, exactly once.

The new versions of the tables and the new inbox_offset are published by one replacement of head.json. Killed before
it, the tables are put back by the next writer and the rows wait on; killed after it, the rows are below the offset,
nobody reads them here any more, and the next sealing deletes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb
import pyarrow as pa

from regulars.log.head import Head, write_head
from regulars.log.inbox import Inbox, as_tables
from regulars.log.locks import exclusive, shared
from regulars.log.store import HEAD_LOCK, STAGING_LOCK, LogStore, StagedFile

SEAL_LOCK = ".seal.lock"  # held by whoever seals; taken before the staging and head locks
BATCH_ROWS = 100_000


@dataclass(frozen=True)
class _Batch:
    last_seq: int
    rows: int
    tables: Mapping[str, pa.Table]


def seal(store: LogStore, inbox: Inbox, *, now: datetime) -> int:
    """Move all waiting rows into the tables; returns how many. Other writers go on meanwhile."""
    moved = 0
    with exclusive(store.folder / SEAL_LOCK):
        while True:
            with shared(store.folder / STAGING_LOCK):
                batch = _next_batch(inbox, store.head().inbox_offset)
                if batch is None:
                    inbox.drop_sealed(store.head().inbox_offset, now)
                    return moved
                with store.connection() as connection:
                    staged = _stage(store, connection, batch)
                with exclusive(store.folder / HEAD_LOCK):
                    _commit(store, store.repair(), staged, batch)
            inbox.drop_sealed(batch.last_seq, now)
            moved += batch.rows


def seal_alone(store: LogStore, inbox: Inbox, head: Head, connection: duckdb.DuckDBPyConnection) -> Head:
    """The same for a caller that holds the log alone (``maintenance.alone``); returns the new head.

    The rows stay in the inbox, below the offset, until ``inbox.drop_sealed``.
    """
    while batch := _next_batch(inbox, head.inbox_offset):
        head = _commit(store, head, _stage(store, connection, batch), batch)
    return head


def _next_batch(inbox: Inbox, offset: int) -> _Batch | None:
    rows = inbox.waiting(offset, limit=BATCH_ROWS)
    return _Batch(rows[-1].seq, len(rows), as_tables(rows)) if rows else None


def _stage(store: LogStore, connection: duckdb.DuckDBPyConnection, batch: _Batch) -> list[StagedFile]:
    staged = []
    for table, rows in batch.tables.items():
        connection.register("waiting", rows)
        staged.append(store.stage(connection, table, "SELECT * FROM waiting"))
        connection.unregister("waiting")
    return [file for file in staged if file]


def _commit(store: LogStore, head: Head, staged: list[StagedFile], batch: _Batch) -> Head:
    for file in staged:
        head = store.commit(head, file.table, [file], [])
    head = replace(head, inbox_offset=batch.last_seq)
    write_head(store.folder, head)
    return head
