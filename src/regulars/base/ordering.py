"""Customers in the order of their names: places in a list as whole numbers, never the names themselves."""

# ruff: noqa: S608  SQL is put together of names of our own columns; values are bound

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from regulars.log.vault import details
from regulars.names.collation import ALPHABETS, sort_key

if TYPE_CHECKING:
    from regulars.workspace import Workspace

READ_ROWS = 20_000


class NameOrder:
    """One table a language, made when it is first asked for and made anew when names were added.

    Equal names share a rank; who has no name has none.
    """

    def __init__(self, workspace: Workspace, connection: duckdb.DuckDBPyConnection) -> None:
        self._workspace, self._connection = workspace, connection
        self._made: dict[str, tuple[object, str]] = {}
        self._guard = threading.Lock()

    def table(self, language: str) -> str:
        """Name of the table (name_key, name_rank) for a language; an unknown language is taken for English."""
        own = language if language in ALPHABETS else "en"
        with self._guard:
            state = self._state()
            made = self._made.get(own)
            if made is not None and made[0] == state:
                return made[1]
            name = f"kept.names_{own}_{0 if made is None else int(made[1].rpartition('_')[2]) + 1}"
            self._make(name, own)
            self._made[own] = (state, name)
            return name

    def _state(self) -> object:
        """Changes with every detail that is added, and with the newest one taken back."""
        with self._workspace.vault.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.max(details.c.detail_id))).scalar()

    def _make(self, name: str, language: str) -> None:
        keys, sorted_by = [], []
        for key, text in names(self._workspace):
            keys.append(key)
            sorted_by.append(sort_key(text, language))
        _, ranks = np.unique(np.array(sorted_by, dtype=object), return_inverse=True) if keys else ([], np.empty(0))
        found = pa.table({"name_key": pa.array(keys, pa.int64()), "name_rank": pa.array(ranks, pa.int64())})
        with closing(self._connection.cursor()) as cursor:
            cursor.register("ranked", found)
            cursor.execute(f"CREATE TABLE {name} AS SELECT * FROM ranked")


def names(workspace: Workspace) -> Iterator[tuple[int, str]]:
    """Customer key and name: of a customer with several records, the name said last."""
    query = (
        sa.select(details.c.client_key, details.c.name)
        .where(details.c.name.is_not(None), details.c.name != "")
        .order_by(details.c.import_id, details.c.detail_id)
    )
    newest: dict[int, str] = {}
    with workspace.vault.engine.connect().execution_options(yield_per=READ_ROWS) as connection:
        for key, name in connection.execute(query):
            newest[workspace.customer_of(key)] = name
    yield from newest.items()
