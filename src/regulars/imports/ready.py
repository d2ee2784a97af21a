"""Tables that already follow the log's contracts (the demo company) as one import."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pyarrow as pa

from regulars.log.store import LogStore
from regulars.log.tables import IMPORTS


def add_tables(
    store: LogStore,
    tables: Mapping[str, pa.Table],
    *,
    form: str,
    source: str,
    by: str,
    now: datetime,
    summary: Mapping[str, object] | None = None,
) -> int:
    """Stage and publish ready tables, all of them as one import; returns its number.

    summary  what the history keeps of it, as JSON; the number of rows of each table where nothing is said
    """
    rows = sum(table.num_rows for table in tables.values())
    with store.staging() as import_id, store.connection() as connection:
        staged = []
        for name, table in tables.items():
            connection.register("ready", table)
            query = f"SELECT * REPLACE ({import_id} AS import_id) FROM ready"
            staged.append(store.stage(connection, name, query))
            connection.unregister("ready")
        history = {
            "import_id": import_id,
            "event": "imported",
            "recorded_at": now.astimezone(UTC),
            "recorded_by": by,
            "source": source,
            "form": form,
            "lines_read": rows,
            "lines_imported": rows,
            "lines_rejected": 0,
            "lines_already_there": 0,
            "summary": json.dumps(summary or {name: table.num_rows for name, table in tables.items()}),
        }
        connection.register("history", pa.Table.from_pylist([history], schema=IMPORTS))
        staged.append(store.stage(connection, "imports", "SELECT * FROM history"))
        store.publish([file for file in staged if file], import_id)
    return import_id
