"""DuckDB inside the process: the default engine, fast on one machine."""

from __future__ import annotations

import functools
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from regulars.engines.connection import connect, quoted, sql_type
from regulars.engines.tables import typed_as
from regulars.errors import EngineError
from regulars.log.tables import TABLES

MEMORY_LIMIT = "2GB"


class DuckDBEngine:
    """The log's tables as views over Parquet files, in a DuckDB that keeps nothing.

    files         table name -> addresses of the Parquet files that the log's head names; a table without files is
                  empty, with the right types; columns that old files lack are null
    memory_limit  "2GB" where nothing is said; what does not fit is spilled to the temporary folder
    threads       None takes every core

    Safe to use from several threads: each query has its own cursor.
    Raises EngineError where a file is missing or damaged.
    """

    def __init__(
        self,
        files: Mapping[str, Sequence[str]],
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
            for name in TABLES:
                self._create_view(name, list(files.get(name, ())))
        except duckdb.Error as error:
            self._connection.close()
            raise EngineError(f"The log's files cannot be read: {error}") from error

    def compile(self, expr: ir.Table) -> str:
        """The DuckDB SQL of an expression over the log's tables."""
        return self._compile(expr)

    def run(self, sql: str, *, timeout_seconds: float | None = None) -> pa.Table:
        """The result of one query; EngineError when it is refused, or stopped after ``timeout_seconds``."""
        cursor = self._connection.cursor()
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

    def _create_view(self, name: str, files: list[str]) -> None:
        schema = TABLES[name]
        wanted = {field.name: sql_type(field.type) for field in schema}
        if not files:
            columns = ", ".join(f"CAST(NULL AS {type_}) AS {column}" for column, type_ in wanted.items())
            self._connection.execute(f"CREATE VIEW {name} AS SELECT {columns} WHERE false")
            return
        source = f"read_parquet([{', '.join(quoted(file) for file in files)}], union_by_name = true)"
        described = self._connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        found = {row[0]: row[1] for row in described}
        columns = ", ".join(_cast(column, type_, found.get(column)) for column, type_ in wanted.items())
        self._connection.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {source}")


def _compile(expr: ir.Table) -> str:
    return str(ibis.to_sql(expr, dialect="duckdb"))


def _cast(column: str, type_: str, found: str | None) -> str:
    """The column as it is where its type fits: a cast, even an idle one, keeps filters from reaching the file."""
    if found == type_:
        return f'"{column}"'
    read = f'"{column}"' if found else "NULL"
    return f'CAST({read} AS {type_}) AS "{column}"'
