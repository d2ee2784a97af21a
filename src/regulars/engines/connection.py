"""The one place that opens a DuckDB connection, so that every one has the same clock and limits."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa


def connect(*, memory_limit: str = "2GB", spill_to: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB in UTC that fetches nothing from the network and spills to ``spill_to``.

    The time zone is set globally because cursors inherit no session settings; results would otherwise
    follow the time zone of the machine.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "true",
        "preserve_insertion_order": "false",
    }
    # Without a folder of our own nothing is spilled: DuckDB would otherwise write into the folder it is started in.
    settings["temp_directory"] = "" if spill_to is None else str(spill_to)
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    # The log's files never change once written; without this their footers are read again for every card.
    connection.execute("SET GLOBAL parquet_metadata_cache = true")
    # Words of Spark's that measures use (regulars.measures.engine_words); 63 bits, since whole numbers have a sign.
    connection.execute("CREATE MACRO xxhash64(text) AS CAST(hash(text) >> 1 AS BIGINT)")
    connection.execute(
        "CREATE MACRO get_json_object(t, p) AS CASE WHEN json_valid(t) THEN json_extract_string(t, p) END"
    )
    return connection


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def sql_type(type_: pa.DataType) -> str:
    """DuckDB's name of a column type of the log."""
    if pa.types.is_decimal(type_):
        return f"DECIMAL({type_.precision},{type_.scale})"
    return {
        pa.int64(): "BIGINT",
        pa.float64(): "DOUBLE",
        pa.string(): "VARCHAR",
        pa.date32(): "DATE",
        pa.timestamp("us", tz="UTC"): "TIMESTAMP WITH TIME ZONE",
    }[type_]
