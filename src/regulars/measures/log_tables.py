"""The log as unbound Ibis tables: what every expression starts from."""

from __future__ import annotations

import functools

import ibis
from ibis.expr.schema import Schema

from regulars.log.tables import TABLES
from regulars.measures.registry import LogTables


@functools.cache
def log_tables() -> LogTables:
    """Every log table, bound to no engine, with the names and types of ``regulars.log.tables``."""
    return LogTables(**{name: ibis.table(Schema.from_pyarrow(schema), name=name) for name, schema in TABLES.items()})
