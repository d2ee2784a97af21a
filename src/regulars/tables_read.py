"""Which tables of the log each measure reads, kept on the disk: a new process need not build every query to know it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from regulars.drafts import draft
from regulars.engines.compiled import tables_read
from regulars.measures.registry import Measure
from regulars.measures.scope import Scope

MOST_KEPT = 1000  # the whole file is written for each new one


class TablesRead:
    """What is known of one program; another one begins anew. Safe for many threads; a lost file costs time alone."""

    def __init__(self, path: Path, program: Callable[[], str]) -> None:
        self._path = path
        self._program = program
        self._lock = threading.Lock()
        self._known: Mapping[str, list[str]] | None = None

    def of(self, measure: Measure, scope: Scope) -> frozenset[str]:
        """The tables that a measure reads for a question. Raises MeasureError for one that it cannot serve."""
        key = json.dumps([measure.name, scope.by, scope.where, sorted(scope.choices.items())])
        with self._lock:
            self._known = self._read() if self._known is None else self._known
            found = self._known.get(key)
        if found is None:
            found = sorted(tables_read(measure, scope))
            with self._lock:
                known = self._known if self._known and len(self._known) < MOST_KEPT else {}
                self._known = {**known, key: found}
                self._write(self._known)
        return frozenset(found)

    def drop(self) -> None:
        """Forget everything: conditions of questions may name people."""
        with self._lock:
            self._known = None
            self._path.unlink(missing_ok=True)

    def _read(self) -> Mapping[str, list[str]]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return content["read"] if content["program"] == self._program() else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _write(self, known: Mapping[str, list[str]]) -> None:
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with draft(self._path) as path:
                path.write_text(json.dumps({"program": self._program(), "read": known}), encoding="utf-8")
