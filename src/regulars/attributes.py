"""Attributes of customers that a person may split and narrow a measure by, beside the log's columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from regulars.engines.duckdb import DuckDBEngine
from regulars.log.tables import TABLES
from regulars.measures.conditions import folded, words_of
from regulars.measures.scope import Scope

# Names of other letters and signs could not be asked for in the same words on every engine.
_NAME = re.compile(r"\w+")
_KEYS = """
    SELECT DISTINCT unnest(json_keys(attributes)) AS name FROM recorded_clients
    WHERE json_valid(attributes) AND json_type(attributes) = 'OBJECT' ORDER BY name"""


def with_attributes(scope: Scope, engine: Callable[[], AbstractContextManager[DuckDBEngine]]) -> Scope:
    """The scope with the attributes that its ``by`` and ``where`` may name, spelled as the log has them.

    The log is asked only where a name is no column of it.
    """
    columns = {name for table in ("interactions", "clients", "answers") for name in TABLES[table].names}
    asked = {*scope.by, *(words_of(scope.where) if scope.where else ())}
    if all(name in columns or name.lower() in columns for name in asked):
        return scope
    with engine() as running:
        found = [row["name"] for row in running.run(_KEYS).to_pylist()]
    attributes = [name for name in found if name not in columns and _NAME.fullmatch(name)]
    spelled = {folded(name): name for name in attributes}
    by = tuple(name if name in columns else spelled.get(folded(name), name) for name in scope.by)
    return replace(scope, by=by, attributes=tuple(attributes))
