"""Spark: for companies that outgrow one machine. Optional; nothing of it is imported before it is asked for."""

from __future__ import annotations

import functools
import os
import re
import shutil
import threading
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

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

# A single machine gains nothing from Spark's usual 200 pieces.
LOCAL_PIECES = 4
_READ = "read_"


class SparkEngine:
    """The log's tables as temporary views over Parquet files and waiting rows, in a Spark session of its own.

    files   table name -> addresses of the Parquet files that the log's head names; a table without files is empty,
            with the right types; columns that old files lack are null
    seen    rows that are not sealed yet, who is one customer, and whose rows are shown
    master  local[2] on this machine, spark://host:7077 of a cluster, or sc://host of Spark Connect

    Sessions of one process share the running Spark; views are the engine's own.
    Raises EngineError where pyspark or Java is missing, or Spark does not start.
    """

    def __init__(
        self, files: Mapping[str, Sequence[str]], master: str = "local[2]", *, seen: Seen = EVERYTHING
    ) -> None:
        self._spark = _session(master)
        self._remote = master.startswith("sc://")
        self._failures = _failures()
        self._compile = functools.lru_cache(maxsize=256)(_compile)
        try:
            self._keep(CUSTOMERS_TABLE, seen.customers_table())
            self._keep(MEMBERS_TABLE, seen.members_table())
            for name in order_of_views():
                self._create_views(name, [_literally(file) for file in files.get(name, ())], seen)
        except self._failures as error:
            raise EngineError(f"The log's files cannot be read by Spark: {_first_line(error)}") from error

    def compile(self, expr: ir.Table) -> str:
        """The Spark SQL of an expression over the log's tables."""
        return self._compile(expr)

    def run(self, sql: str, *, timeout_seconds: float | None = None) -> pa.Table:
        """The result of one query; EngineError when it is refused, or stopped after ``timeout_seconds``."""
        tag = f"regulars-{uuid.uuid4().hex}"
        stopped = threading.Event()
        stop = threading.Timer(timeout_seconds, self._stop, (tag, stopped)) if timeout_seconds else None
        self._tag(tag)
        try:
            if stop:
                stop.start()
            return self._spark.sql(sql).toArrow()
        except self._failures as error:
            if stopped.is_set():
                raise EngineError(
                    f"The query was stopped after {timeout_seconds:g} seconds. Ask for a shorter period or a filter."
                ) from error
            raise EngineError(f"Spark could not answer: {_first_line(error)}") from error
        finally:
            if stop:
                stop.cancel()
            self._untag(tag)

    def run_expression(self, expr: ir.Table, *, timeout_seconds: float | None = None) -> pa.Table:
        """The result of an expression, with the names and types it declares."""
        return typed_as(expr, self.run(self.compile(expr), timeout_seconds=timeout_seconds))

    def close(self) -> None:
        """Drop the views. Spark itself goes on for other sessions and ends with the process."""
        for name in TABLES:
            for view in (name, f"{RECORDED}{name}", f"{_READ}{name}"):
                self._spark.catalog.dropTempView(view)
        for name in (CUSTOMERS_TABLE, MEMBERS_TABLE):
            self._spark.catalog.dropTempView(name)

    # In one process, a session's own tags miss jobs whose results travel by Arrow; the context's tags catch them.
    def _tag(self, tag: str) -> None:
        if self._remote:
            self._spark.addTag(tag)
        else:
            self._spark.sparkContext.addJobTag(tag)

    def _untag(self, tag: str) -> None:
        if self._remote:
            self._spark.removeTag(tag)
        else:
            self._spark.sparkContext.removeJobTag(tag)

    def _stop(self, tag: str, stopped: threading.Event) -> None:
        stopped.set()
        if self._remote:
            self._spark.interruptTag(tag)
        else:
            self._spark.sparkContext.cancelJobsWithTag(tag)

    def _create_views(self, name: str, files: list[str], seen: Seen) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415  optional engine

        schema = from_arrow_schema(TABLES[name])
        read = self._spark.read.schema(schema)
        frame = read.parquet(*files) if files else self._spark.createDataFrame([], schema)
        if name in seen.waiting:
            frame = frame.union(self._spark.createDataFrame(seen.waiting[name], schema))
        frame.createOrReplaceTempView(f"{_READ}{name}")
        self._spark.sql(recorded(name, f"{_READ}{name}", seen)).createOrReplaceTempView(f"{RECORDED}{name}")
        self._spark.sql(joined(name, seen)).createOrReplaceTempView(name)

    def _keep(self, name: str, table: pa.Table) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415  optional engine

        schema = from_arrow_schema(table.schema)
        frame = self._spark.createDataFrame(table if table.num_rows else [], schema)
        frame.createOrReplaceTempView(name)


def _compile(expr: ir.Table) -> str:
    # Ibis reads its Spark options while compiling, and only naming the backend loads them.
    _ = ibis.pyspark
    return sql_of(expr, "pyspark")


def _session(master: str) -> Any:
    """A session with its own views and settings, in UTC."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  optional engine
    except ImportError as error:
        raise EngineError("Spark is not installed here. Install it with: pip install 'regulars[spark]'.") from error
    remote = master.startswith("sc://")
    if not remote:
        _require_java()
    builder = SparkSession.builder.appName("regulars")
    builder = builder.remote(master) if remote else builder.master(master)
    for name, value in _settings(master).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        # A second session of one Spark keeps its views to itself.
        session = session if remote else session.newSession()
        session.conf.set("spark.sql.session.timeZone", "UTC")
    except _failures() as error:
        raise EngineError(f"Spark at {master!r} did not start or cannot be reached: {_first_line(error)}") from error
    return session


def _settings(master: str) -> dict[str, str]:
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.adaptive.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
        "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
    }
    if master.startswith("local"):
        settings |= {"spark.sql.shuffle.partitions": str(LOCAL_PIECES), "spark.driver.host": "127.0.0.1"}
        settings |= {"spark.ui.showConsoleProgress": "false"}
    return {} if master.startswith("sc://") else settings


def _require_java() -> None:
    """Spark's own complaint about a missing Java is a page of shell output."""
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise EngineError(
            "Spark needs Java 17 or 21, and none is found. Install it (on Debian: apt install default-jre-headless) "
            "or set JAVA_HOME."
        )


def _failures() -> tuple[type[BaseException], ...]:
    from py4j.protocol import Py4JError  # noqa: PLC0415  optional engine
    from pyspark.errors import PySparkException  # noqa: PLC0415  optional engine

    return (PySparkException, Py4JError)


def _first_line(error: BaseException) -> str:
    """What happened, without the page of Java that follows."""
    return str(error).strip().partition("\n")[0]


def _literally(file: str) -> str:
    """Spark reads brackets, stars and question marks in an address as patterns."""
    return re.sub(r"([\\\[\]{}*?])", r"\\\1", file)
