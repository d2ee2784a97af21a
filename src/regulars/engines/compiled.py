"""What a measure asks an engine for, compiled once a process: to compile takes longer than most queries run.

A measure's expressions follow from its scope alone, so the SQL of one engine serves every other of its kind, whatever
log it reads.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import pyarrow as pa

from regulars.engines.tables import Engine
from regulars.measures.log_tables import log_tables
from regulars.measures.registry import Expression, Measure
from regulars.measures.scope import Scope

MOST_KEPT = 8000


@dataclass(frozen=True)
class Query:
    """One query and the names and types that its result is declared to have."""

    sql: str
    schema: pa.Schema


_Key = tuple[str, int, tuple[object, ...]]
# The expression is kept beside its query, so that no other one can take over its place in memory, and so its key.
_KEPT: OrderedDict[_Key, tuple[Expression, Query]] = OrderedDict()
_LOCK = threading.Lock()


def queries(engine: Engine, measure: Measure, scope: Scope) -> Mapping[str, Query]:
    """The queries of a measure by the name of their expression; measures that share one share its query.

    Raises MeasureError for a scope the measure cannot serve.
    """
    asked = (type(engine).__name__, _plain(scope))
    return {name: _query(engine, build, scope, asked) for name, build in measure.expressions.items()}


def _query(engine: Engine, build: Expression, scope: Scope, asked: tuple[str, tuple[object, ...]]) -> Query:
    key = (asked[0], id(build), asked[1])
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key][1]
    built = build(log_tables(), scope)
    made = Query(engine.compile(built), built.schema().to_pyarrow())
    with _LOCK:
        _KEPT[key] = (build, made)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    return made


def _plain(scope: Scope) -> tuple[object, ...]:
    return tuple(_hashable(getattr(scope, field.name)) for field in fields(scope))


def _hashable(value: Any) -> object:
    if isinstance(value, Mapping):
        return tuple(sorted((name, _hashable(one)) for name, one in value.items()))
    return tuple(value) if isinstance(value, list | set | frozenset) else value
