"""What a measure asks an engine for, compiled once a process: to compile takes longer than most queries run.

A measure's expressions follow from its scope alone, so the SQL of one engine serves every other of its kind, whatever
log it reads.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

import ibis.expr.types as ir
import pyarrow as pa
from ibis.expr import operations

from regulars.engines.sql import uncollected
from regulars.engines.tables import Engine
from regulars.measures.log_tables import log_tables
from regulars.measures.registry import Expression, Measure
from regulars.measures.scope import Scope

MOST_KEPT = 8000
# Expressions are large. One that was built to see what it reads is compiled next, so few need to be kept.
MOST_BUILT = 100


@dataclass(frozen=True)
class Query:
    """One query and the names and types that its result is declared to have."""

    sql: str
    schema: pa.Schema


_Key = TypeVar("_Key", bound=Hashable)
_Kept = TypeVar("_Kept")


class _Shelf(Generic[_Key, _Kept]):
    """So many things by their key; the one not asked for longest makes room. Safe for many threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: _Key) -> _Kept | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: _Key, one: _Kept) -> None:
        with self._lock:
            self._kept[key] = one
            self._kept.move_to_end(key)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)


_Asked = tuple[object, ...]
# Functions stand in the keys themselves, which keeps them alive: no other one can take over their place in memory.
_QUERIES: _Shelf[tuple[str, Expression, _Asked], Query] = _Shelf(MOST_KEPT)
_BUILT: _Shelf[tuple[Expression, _Asked], ir.Table] = _Shelf(MOST_BUILT)
_READ: _Shelf[tuple[Expression, _Asked], frozenset[str]] = _Shelf(MOST_KEPT)


def queries(engine: Engine, measure: Measure, scope: Scope) -> Mapping[str, Query]:
    """The queries of a measure by the name of their expression; measures that share one share its query.

    Raises MeasureError for a scope the measure cannot serve.
    """
    asked = _plain(scope)
    return {name: _query(engine, build, scope, asked) for name, build in measure.expressions.items()}


def tables_read(measure: Measure, scope: Scope) -> frozenset[str]:
    """The log's tables that a measure reads for a question; dates and settings make no difference."""
    return frozenset().union(*(_tables(build, scope) for build in measure.expressions.values()))


def _query(engine: Engine, build: Expression, scope: Scope, asked: _Asked) -> Query:
    key = (type(engine).__name__, build, asked)
    made = _QUERIES.get(key)
    if made is None:
        with uncollected():
            built = _built(build, scope, asked)
            made = Query(engine.compile(built), built.schema().to_pyarrow())
        _QUERIES.put(key, made)
    return made


def _tables(build: Expression, scope: Scope) -> frozenset[str]:
    key = (build, (scope.by, scope.where, tuple(sorted(scope.choices.items()))))
    found = _READ.get(key)
    if found is None:
        built = _built(build, scope, _plain(scope))
        found = frozenset(table.name for table in built.op().find(operations.UnboundTable))
        _READ.put(key, found)
    return found


def _built(build: Expression, scope: Scope, asked: _Asked) -> ir.Table:
    built = _BUILT.get((build, asked))
    if built is None:
        built = build(log_tables(), scope)
        _BUILT.put((build, asked), built)
    return built


def _plain(scope: Scope) -> _Asked:
    """What a question is known by; attributes of customers that it does not name make no difference to it."""
    named = (name for name in scope.attributes if name in scope.by or name in (scope.where or ""))
    scope = replace(scope, attributes=tuple(named))
    return tuple(_hashable(getattr(scope, field.name)) for field in fields(scope))


def _hashable(value: Any) -> object:
    if isinstance(value, Mapping):
        return tuple(sorted((name, _hashable(one)) for name, one in value.items()))
    return tuple(value) if isinstance(value, list | set | frozenset) else value
