"""Expressions into SQL, quickly: for most questions that takes longer than the engine needs to answer."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import ibis
import ibis.expr.types as ir


def sql_of(expr: ir.Table, dialect: str) -> str:
    """The SQL of an expression: for an engine to run, so on one line.

    DuckDB is given every step as a query of its own. It takes them together itself, for nothing, where Ibis spends a
    third of its time on it; all measures answered the same, in the same time.
    """
    options = ibis.options.sql
    fused = options.fuse_selects
    try:
        options.fuse_selects = fused and dialect != "duckdb"
        with uncollected():
            return str(ibis.to_sql(expr, dialect=dialect, pretty=False))
    finally:
        options.fuse_selects = fused


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's collector of circles, which looks through hundreds of thousands of small parts again and again.

    That takes a quarter of the time in which expressions are built and compiled.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
