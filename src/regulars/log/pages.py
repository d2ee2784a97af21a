"""The one import under which pages write: single facts, and the personal details that come with them."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa

from regulars.log.inbox import PAGES
from regulars.log.locks import exclusive
from regulars.log.store import LogStore
from regulars.log.tables import IMPORTS

PAGES_LOCK = ".pages.lock"


def pages_import(store: LogStore, *, by: str, now: datetime) -> int:
    """The number of that import; its row in the history is made the first time, durably, and once."""
    known = _known(store)
    if known is not None:
        return known
    with exclusive(store.folder / PAGES_LOCK):
        known = _known(store)
        return known if known is not None else _make(store, by, now)


def _known(store: LogStore) -> int | None:
    return next((int(str(row["import_id"])) for row in store.imported() if row["form"] == PAGES), None)


def _make(store: LogStore, by: str, now: datetime) -> int:
    with store.staging() as import_id, store.connection() as connection:
        counts = dict.fromkeys(("lines_read", "lines_imported", "lines_rejected", "lines_already_there"), 0)
        history = {
            "import_id": import_id,
            "event": "imported",
            "recorded_at": now.astimezone(UTC),
            "recorded_by": by,
            "source": PAGES,
            "form": PAGES,
            "summary": "{}",
            **counts,
        }
        connection.register("history", pa.Table.from_pylist([history], schema=IMPORTS))
        staged = store.stage(connection, "imports", "SELECT * FROM history")
        store.publish([staged] if staged else [], import_id)
    return import_id
