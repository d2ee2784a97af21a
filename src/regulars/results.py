"""Results of measures, kept on the disk as long as what they were counted from is the same.

A result is known by what went into it: the files and waiting rows of the tables that the measure reads, the links
that say who is one customer, the question, the group, the settings, and the program that counted. Tables it does not
read leave it as it is: a note on a customer's card makes no money measure be counted again. Files are named by what is
in them rather than by the log's version, so a restored backup that came to the same number by another way is not
mistaken for it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy

import regulars
from regulars.drafts import draft
from regulars.engines.runner import MeasureResult, check_asked, result_schema, run_measure
from regulars.engines.sharing import Members, SharedEngines, State
from regulars.errors import MeasureError
from regulars.log.inbox import PAGES
from regulars.log.store import LogStore
from regulars.measures.registry import Measure
from regulars.measures.scope import Scope
from regulars.tables_read import TablesRead

MOST_BYTES = 500 * 2**20
# A contact logged on a page must not make a shop look deserted whose last orders were imported a month ago.
NEWEST = f"""
    SELECT coalesce(max(occurred_on) FILTER (source IS DISTINCT FROM '{PAGES}'), max(occurred_on)) AS files,
        max(occurred_on) AS "all"
    FROM recorded_interactions"""  # noqa: S608  our own name
# Where nothing has happened yet but customers are known: when the list of them was stated.
STATED = "SELECT CAST(max(asserted_at) AS DATE) AS stated FROM recorded_clients"
# What is counted the same way gives the same result; a change in any of these files may not.
_OF_WORDS = ("scikit-learn", "simplemma", "stopwordsiso", "py3langid")
_COUNTED_BY = ("measures", "words", "engines", "log/customers.py", "log/tables.py")


@dataclass(frozen=True)
class _Known:
    """What a result is known by. ``key`` names its files; ``tables`` says when it is out of date."""

    key: str
    tables: Mapping[str, str]


class Results:
    """Measures of one workspace, each counted once. Safe for many threads; two that ask the same share one count."""

    def __init__(self, folder: Path, store: LogStore, engines: SharedEngines) -> None:
        self.folder = folder
        self._store = store
        self._engines = engines
        self._tables = TablesRead(folder.with_name("tables_read.json"), _program)
        self._lock = threading.Lock()
        self._running: dict[str, Future[MeasureResult]] = {}
        self._newest: dict[tuple[str, Members], dict[str, date | None]] = {}
        self._swept: Mapping[str, str] = {}

    def measure(
        self, measure: Measure, scope: Scope, *, default_as_of: bool, members: Members = None, cached: bool = True
    ) -> MeasureResult:
        """The result of a measure over the newest state.

        default_as_of  ask as of the newest interaction's date instead of the scope's; ``Measure.newest`` says of which
        cached         False counts anew and keeps nothing
        """
        if measure.in_confidence and members is not None:
            raise MeasureError(
                f"Measure {measure.name!r} counts answers that were given in confidence. It is asked of the whole "
                "company and never of a group, so that nobody can be singled out."
            )
        scope = replace(scope, of_group=members is not None)
        with self._engines.reading() as state:
            if default_as_of:
                scope = replace(scope, as_of=self.newest_on(state, members, of=measure.newest))
            check_asked(measure, scope)
            if not cached:
                return self._count(measure, scope, state, members)
            known = self._known(measure, scope, state, members)
            with self._lock:
                running = self._running.get(known.key)
                mine = Future[MeasureResult]()
                if running is None:
                    self._running[known.key] = mine
            if running is not None:
                return running.result()
            with self._told(known.key, mine):
                result = self._read(known, measure, scope)
                if result is None:
                    result = self._counted(known, measure, scope, state, members)
                mine.set_result(result)
            return result

    def newest_on(
        self, state: State, members: Members = None, *, of: Literal["files", "all", "clients", "ever"] = "files"
    ) -> date:
        """The local date of the newest interaction that files brought, or of all. MeasureError where there is none.

        of  "clients" takes the day of the newest list of customers where there is no interaction; "ever" takes today
            there, so that a company that has only just begun is answered too
        """
        key = (self._digest(state, "interactions"), members)
        if key not in self._newest:
            with self._engines.engine_of(state, members) as engine:
                found = engine.run(NEWEST).to_pylist()
            self._newest = {known: day for known, day in self._newest.items() if known[0] == key[0]}
            self._newest[key] = found[0]
        column = {"clients": "files", "ever": "all"}.get(of, of)
        newest = self._newest[key][column] if key in self._newest else None
        if newest is None and of == "ever":
            return datetime.now(UTC).date()
        if newest is None and of == "clients":
            with self._engines.engine_of(state, members) as engine:
                newest = engine.run(STATED).to_pylist()[0]["stated"]
        if newest is None and members is not None:
            raise MeasureError("Nobody of this group has been in touch yet, so there is nothing to measure.")
        if newest is None:
            raise MeasureError(
                "The log is empty, so there is nothing to measure. Import a file first: regulars import orders.csv"
            )
        return newest

    def drop(self) -> None:
        """Delete everything that is kept."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._tables.drop()

    # Inside ------------------------------------------------------------------------------------------

    @contextmanager
    def _told(self, key: str, mine: Future[MeasureResult]) -> Iterator[None]:
        """Whoever waits for this count gets its result or its error."""
        try:
            yield
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._running[key]

    def _count(self, measure: Measure, scope: Scope, state: State, members: Members) -> MeasureResult:
        with self._engines.engine_of(state, members) as engine:
            return run_measure(engine, measure, scope)

    def _counted(self, known: _Known, measure: Measure, scope: Scope, state: State, members: Members) -> MeasureResult:
        result = self._count(measure, scope, state, members)
        with self._engines.reading() as after:
            # Rows that came meanwhile may be in the result; then it is not what its name would say.
            same = {table: self._digest(after, table) for table in known.tables} == dict(known.tables)
        if same:
            with suppress(OSError):
                self._keep(known, result)
        return result

    def _known(self, measure: Measure, scope: Scope, state: State, members: Members) -> _Known:
        tables = {table: self._digest(state, table) for table in sorted({*self._tables.of(measure, scope), "links"})}
        question = {
            "program": _program(),
            "measure": measure.name,
            "scope": _plain(scope),
            "members": None if members is None else _hashed(*(str(key) for key in sorted(members))),
            "tables": tables,
        }
        return _Known(_hashed(json.dumps(question, sort_keys=True)), tables)

    def _digest(self, state: State, table: str) -> str:
        """Names what a table holds: its files, each with a name of its own, and its waiting rows."""
        files = sorted(file.name for file in self._store.log_files(table, state.head.versions[table]))
        return _hashed(*files, "waiting", *state.bodies(table))

    def _read(self, known: _Known, measure: Measure, scope: Scope) -> MeasureResult | None:
        """The kept result; None where there is none, or it cannot be read."""
        told, rows = self._paths(known.key)
        try:
            content = json.loads(told.read_text(encoding="utf-8"))
            table = pq.read_table(rows, partitioning=None)
            if table.schema != result_schema(measure, scope):
                return None
            os.utime(told)
            return MeasureResult(measure, scope, content["queries"], tuple(content["notes"]), table)
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
            return None

    def _keep(self, known: _Known, result: MeasureResult) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        told, rows = self._paths(known.key)
        content = {"measure": result.measure.name, "as_of": str(result.as_of), "tables": dict(known.tables)}
        content |= {"queries": dict(result.queries), "notes": list(result.notes)}
        with draft(rows) as path:
            pq.write_table(result.table.replace_schema_metadata(), path, compression="zstd")
        with draft(told) as path:
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        self._sweep(known.tables)

    def _paths(self, key: str) -> tuple[Path, Path]:
        return self.folder / f"{key}.json", self.folder / f"{key}.parquet"

    def _sweep(self, tables: Mapping[str, str]) -> None:
        """Delete results of earlier states, and the ones not asked for longest where there are too many."""
        moved = any(self._swept.get(table) != digest for table, digest in tables.items())
        self._swept = {**self._swept, **tables}
        kept = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        room = MOST_BYTES
        for told in kept:
            rows = told.with_suffix(".parquet")
            room -= told.stat().st_size + (rows.stat().st_size if rows.exists() else 0)
            if room < 0 or (moved and self._outdated(told)):
                told.unlink(missing_ok=True)
                rows.unlink(missing_ok=True)

    def _outdated(self, told: Path) -> bool:
        try:
            tables = json.loads(told.read_text(encoding="utf-8"))["tables"]
        except (ValueError, KeyError):
            return True
        return any(self._swept.get(table, digest) != digest for table, digest in tables.items())


@functools.cache
def _program() -> str:
    """Names the program that counts: its version, the text of what it counts with, and the libraries under it."""
    home = Path(regulars.__file__).parent
    sources: list[Path] = []
    for place in _COUNTED_BY:
        path = home / place
        sources += [path] if path.is_file() else sorted(path.rglob("*.py"))
    texts = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sources]
    libraries = [duckdb.__version__, np.__version__, scipy.__version__, *(version(name) for name in _OF_WORDS)]
    return _hashed(regulars.__version__, *libraries, *texts)


def _plain(scope: Scope) -> Sequence[object]:
    days = [str(day) if day else None for day in (scope.as_of, scope.from_on, scope.to_on)]
    told = sorted(scope.settings.items())
    return [*days, list(scope.by), scope.where, scope.currency, told, *_company(scope), *_chosen(scope)]


def _company(scope: Scope) -> Sequence[object]:
    return [list(scope.languages), scope.country, scope.time_zone]


def _chosen(scope: Scope) -> Sequence[object]:
    return [sorted(scope.choices.items())] if scope.choices else []


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
