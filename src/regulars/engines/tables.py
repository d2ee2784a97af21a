"""What every engine is and how results take the types an expression declares."""

from __future__ import annotations

from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa

from regulars.errors import EngineError


class Engine(Protocol):
    """Runs SQL over the log's tables. The only connections there are live behind this."""

    def compile(self, expr: ir.Table) -> str: ...

    def run(self, sql: str, *, timeout_seconds: float | None = None) -> pa.Table: ...

    def run_expression(self, expr: ir.Table, *, timeout_seconds: float | None = None) -> pa.Table: ...

    def close(self) -> None: ...


def typed_as(expr: ir.Table, table: pa.Table) -> pa.Table:
    """``table`` with the names and types that ``expr`` declares; see :func:`shaped_as`."""
    return shaped_as(expr.schema().to_pyarrow(), table)


def shaped_as(schema: pa.Schema, table: pa.Table) -> pa.Table:
    """``table`` with these names and types.

    Engines widen sums their own way (DuckDB adds integers as 128-bit ones); what does not fit is an error, not
    a rounded number.
    """
    try:
        return table.select(schema.names).cast(schema)
    except (pa.ArrowInvalid, KeyError) as error:
        raise EngineError(f"The engine answered in another shape than asked: {error}.") from error
