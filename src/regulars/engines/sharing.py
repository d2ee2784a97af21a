"""Engines shared by many threads: built once for each state of the log, closed after their last user.

A row that comes into the inbox is put into the engines that are there; new files, new links or erased rows make new
engines. An engine in use stays as long as its users need it, and so do its files.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.views import Seen
from regulars.log.customers import LINK_COLUMNS, Customers, customers
from regulars.log.head import Head
from regulars.log.inbox import Inbox, Mark, Waiting, as_tables
from regulars.log.store import LogStore
from regulars.log.tables import LINKS

Members = frozenset[int] | None
Row = dict[str, Any]
KEPT_ENGINES = 4
_LINKS = pa.schema([LINKS.field(name) for name in LINK_COLUMNS])


@dataclass(frozen=True)
class State:
    """What a reader sees: the tables of a head, and the rows of the inbox that wait above it, in order."""

    head: Head
    mark: Mark
    waiting: tuple[Waiting, ...]

    @property
    def last_seq(self) -> int:
        """Number of the newest waiting row; 0 where none waits."""
        return self.waiting[-1].seq if self.waiting else 0

    @functools.cached_property
    def links(self) -> tuple[Waiting, ...]:
        """Waiting rows that say which records are one customer."""
        return tuple(row for row in self.waiting if row.table == "links")

    def bodies(self, table: str) -> list[str]:
        """Waiting rows of one table, as they were kept."""
        return [row.body for row in self.waiting if row.table == table]


@dataclass(frozen=True)
class _Base:
    """States with the same base share engines: they differ in waiting rows only, links excepted."""

    versions: tuple[tuple[str, int], ...]
    offset: int
    forgotten: int
    last_link: int


@dataclass
class _Shared:
    engine: DuckDBEngine
    base: _Base
    last_seq: int
    users: int = 0
    retired: bool = False


class SharedEngines:
    """The engines of one workspace in this process. Safe for many threads."""

    def __init__(self, store: LogStore, inbox: Inbox) -> None:
        self._store = store
        self._inbox = inbox
        self._lock = threading.Lock()
        self._state: State | None = None
        self._engines: dict[tuple[_Base, Members], _Shared] = {}
        self._links: tuple[int, pa.Table] | None = None
        self._customers: tuple[_Base, Customers] | None = None
        self._rows: tuple[State, dict[str, list[Row]]] | None = None

    @contextmanager
    def reading(self) -> Iterator[State]:
        """The newest state; its files stay while the block runs."""
        with self._store.reading_all(self._look) as (_, state):
            yield state

    @contextmanager
    def engine(self, members: Members = None) -> Iterator[DuckDBEngine]:
        """An engine over the newest state."""
        with self.reading() as state, self.engine_of(state, members) as engine:
            yield engine

    @contextmanager
    def engine_of(self, state: State, members: Members = None) -> Iterator[DuckDBEngine]:
        """An engine over this state, or one with rows that came into the inbox since."""
        with self._lock:
            shared = self._shared(state, members)
            shared.users += 1
        try:
            yield shared.engine
        finally:
            with self._lock:
                shared.users -= 1
                if shared.retired and not shared.users:
                    shared.engine.close()

    def rows(self, sql: str) -> list[Row]:
        """What a query finds in the newest state, asked once as long as that lasts; for small tables.

        The rows are shared: nobody may change them.
        """
        with self.reading() as state:
            with self._lock:
                if self._rows is None or self._rows[0] is not state:
                    self._rows = (state, {})
                known = self._rows[1]
            found = known.get(sql)
            if found is None:
                with self.engine_of(state) as engine:
                    found = known[sql] = engine.run(sql).to_pylist()
            return found

    def customers(self, state: State) -> Customers:
        """Who is one customer in this state."""
        with self._lock:
            return self._customers_of(state)

    def close(self) -> None:
        """Let go of all engines; those in use are closed by their last user."""
        with self._lock:
            for key in list(self._engines):
                self._retire(key)
            self._state = self._links = self._customers = self._rows = None

    # Inside, each with the lock held or on its own --------------------------------------------------------

    def _look(self, head: Head) -> State:
        """The state under a head; rows that were read before are not read again."""
        mark = self._inbox.mark()
        known = self._state
        if known and known.head == head and known.mark == mark:
            return known
        rows: tuple[Waiting, ...] = ()
        if known and known.head.inbox_offset == head.inbox_offset and known.mark.forgotten == mark.forgotten:
            rows = known.waiting
        more = self._inbox.waiting(rows[-1].seq if rows else head.inbox_offset)
        self._state = State(head, mark, (*rows, *more))
        return self._state

    def _shared(self, state: State, members: Members) -> _Shared:
        base = _base(state)
        for key in [key for key in self._engines if key[0] != base]:
            self._retire(key)
        shared = self._engines.pop((base, members), None)
        if shared is None:
            seen = Seen(as_tables(state.waiting), self._customers_of(state), members)
            shared = _Shared(DuckDBEngine(self._store.files(state.head), seen), base, state.last_seq)
        elif shared.last_seq < state.last_seq:
            shared.engine.add_waiting(as_tables([row for row in state.waiting if row.seq > shared.last_seq]))
            shared.last_seq = state.last_seq
        self._engines[base, members] = shared  # the one used last stands last
        for key in list(self._engines)[:-KEPT_ENGINES]:
            self._retire(key)
        return shared

    def _retire(self, key: tuple[_Base, Members]) -> None:
        shared = self._engines.pop(key)
        shared.retired = True
        if not shared.users:
            shared.engine.close()

    def _customers_of(self, state: State) -> Customers:
        base = _base(state)
        if self._customers is None or self._customers[0] != base:
            self._customers = (base, customers(self._all_links(state)))
        return self._customers[1]

    def _all_links(self, state: State) -> pa.Table:
        version = state.head.versions["links"]
        if self._links is None or self._links[0] != version:
            self._links = (version, _sealed_links(self._store.files(state.head)["links"]))
        waiting = as_tables(state.links)
        more = [waiting["links"].select(LINK_COLUMNS)] if waiting else []
        return pa.concat_tables([self._links[1], *more])


def _base(state: State) -> _Base:
    links = state.links
    versions = tuple(sorted(state.head.versions.items()))
    last_link = links[-1].seq if links else 0
    return _Base(versions, state.head.inbox_offset, state.mark.forgotten, last_link)


def _sealed_links(files: Sequence[str]) -> pa.Table:
    return pa.concat_tables([_LINKS.empty_table(), *(_read_links(file) for file in files)])


def _read_links(file: str) -> pa.Table:
    return pq.read_table(file, columns=list(LINK_COLUMNS), partitioning=None).cast(_LINKS)
