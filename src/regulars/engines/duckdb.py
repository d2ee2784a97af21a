"""DuckDB inside the process: the default engine, fast on one machine."""

from __future__ import annotations

import functools
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from regulars.engines.connection import connect, quoted, sql_type
from regulars.engines.sql import sql_of
from regulars.engines.tables import typed_as
from regulars.engines.views import (
    CUSTOMERS_TABLE,
    EVERYTHING,
    MEMBERS_TABLE,
    RECORDED,
    Seen,
    joined,
    order_of_views,
    recorded,
)
from regulars.errors import EngineError
from regulars.log.tables import TABLES

MEMORY_LIMIT = "2GB"
WAITING = "waiting_"
FEW_ROWS = 8


class DuckDBEngine:
    """The log's tables as views over Parquet files and waiting rows, in a DuckDB that keeps nothing.

    files         table name -> addresses of the Parquet files that the log's head names; a table without files is
                  empty, with the right types; columns that old files lack are null
    seen          rows that are not sealed yet, who is one customer, and whose rows are shown
    memory_limit  "2GB" where nothing is said; what does not fit is spilled to the temporary folder
    threads       None takes every core

    Safe to use from several threads: each query has its own cursor.
    Raises EngineError where a file is missing or damaged.
    """

    def __init__(
        self,
        files: Mapping[str, Sequence[str]],
        seen: Seen = EVERYTHING,
        *,
        memory_limit: str | None = None,
        threads: int | None = None,
    ) -> None:
        # Private to this process, and gone with it: what is spilled is the company's data.
        self._spill = tempfile.TemporaryDirectory(prefix="regulars-")
        self._connection = connect(memory_limit=memory_limit or MEMORY_LIMIT, spill_to=Path(self._spill.name))
        self._compile = functools.lru_cache(maxsize=256)(_compile)
        try:
            if threads:
                self._connection.execute(f"SET GLOBAL threads = {int(threads)}")
            # The files never change: what was read of their ends holds for every later query.
            self._connection.execute("SET GLOBAL parquet_metadata_cache = true")
            self._keep(CUSTOMERS_TABLE, seen.customers_table())
            self._keep(MEMBERS_TABLE, seen.members_table())
            for name in order_of_views():
                self._create_views(name, list(files.get(name, ())), seen)
            self.add_waiting(seen.waiting)
        except duckdb.Error as error:
            self._connection.close()
            raise EngineError(f"The log's files cannot be read: {error}") from error

    def compile(self, expr: ir.Table) -> str:
        """The DuckDB SQL of an expression over the log's tables."""
        return self._compile(expr)

    def run(self, sql: str, *, timeout_seconds: float | None = None) -> pa.Table:
        """The result of one query; EngineError when it is refused, or stopped after ``timeout_seconds``."""
        cursor = self._cursor()
        stop = threading.Timer(timeout_seconds, cursor.interrupt) if timeout_seconds else None
        try:
            if stop:
                stop.start()
            return cursor.execute(sql).to_arrow_table()
        except duckdb.InterruptException as error:
            raise EngineError(
                f"The query was stopped after {timeout_seconds:g} seconds. Ask for a shorter period or a filter."
            ) from error
        except duckdb.Error as error:
            raise EngineError(f"DuckDB could not answer: {error}") from error
        finally:
            if stop:
                stop.cancel()
            cursor.close()

    def run_expression(self, expr: ir.Table, *, timeout_seconds: float | None = None) -> pa.Table:
        """The result of an expression, with the names and types it declares."""
        return typed_as(expr, self.run(self.compile(expr), timeout_seconds=timeout_seconds))

    def close(self) -> None:
        """Let go of the files and the memory."""
        self._connection.close()
        self._spill.cleanup()

    def add_waiting(self, tables: Mapping[str, pa.Table]) -> None:
        """Show more rows that are not sealed yet; queries on their way do not see them."""
        for name, rows in tables.items():
            cursor = self._connection.cursor()
            try:
                if rows.num_rows <= FEW_ROWS:
                    _insert(cursor, f"{WAITING}{name}", rows)
                else:
                    cursor.register("more", rows)
                    cursor.execute(f"INSERT INTO {WAITING}{name} SELECT * FROM more")
            finally:
                cursor.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.cursor()
        except duckdb.Error as error:
            raise EngineError("This engine was closed. Ask the workspace for one: with shop.engine() as ...") from error

    def _keep(self, name: str, table: pa.Table) -> None:
        self._connection.register("kept", table)
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM kept")
        self._connection.unregister("kept")

    def _create_views(self, name: str, files: list[str], seen: Seen) -> None:
        wanted = {field.name: sql_type(field.type) for field in TABLES[name]}
        columns = ", ".join(f"{column} {type_}" for column, type_ in wanted.items())
        self._connection.execute(f"CREATE TABLE {WAITING}{name} ({columns})")
        rows = f"{WAITING}{name}"
        if files:
            rows = f"({self._sealed(wanted, files)} UNION ALL SELECT * FROM {WAITING}{name})"
        self._connection.execute(f"CREATE VIEW {RECORDED}{name} AS {recorded(name, rows, seen)}")
        self._connection.execute(f"CREATE VIEW {name} AS {joined(name, seen)}")

    def _sealed(self, wanted: Mapping[str, str], files: list[str]) -> str:
        source = f"read_parquet([{', '.join(quoted(file) for file in files)}], union_by_name = true)"
        described = self._connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        found = {row[0]: row[1] for row in described}
        columns = ", ".join(_cast(column, type_, found.get(column)) for column, type_ in wanted.items())
        return f"SELECT {columns} FROM {source}"


def _insert(cursor: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """One row after another: for a few, twice as fast as a scan of them."""
    for row in rows.to_pylist():
        known = {column: value for column, value in row.items() if value is not None}
        if known:
            places = ", ".join("?" * len(known))
            cursor.execute(f"INSERT INTO {name} ({', '.join(known)}) VALUES ({places})", list(known.values()))


def _compile(expr: ir.Table) -> str:
    return sql_of(expr, "duckdb")


def _cast(column: str, type_: str, found: str | None) -> str:
    """The column as it is where its type fits: a cast, even an idle one, keeps filters from reaching the file."""
    if found == type_:
        return f'"{column}"'
    read = f'"{column}"' if found else "NULL"
    return f'CAST({read} AS {type_}) AS "{column}"'
