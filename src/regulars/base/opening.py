"""Opens the customer base, building it when it is missing; several who ask at once wait for one build.

A base is known by all that it follows from: the versions of the log's tables, the settings, the day and the program.
Rows that still wait in the inbox do not count, so that one logged contact does not rebuild a million customers.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import time
from collections import OrderedDict
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from regulars.base.building import ABOUT_FILE, build
from regulars.base.queries import newest_days
from regulars.base.querying import Base
from regulars.log.inbox import PAGES
from regulars.log.locks import exclusive
from regulars.measures.scores.taken_back import TAKEN_BACK

if TYPE_CHECKING:
    from regulars.workspace import Workspace

CACHE_FOLDER, BASE_FOLDER, LOCK = "cache", "base", ".base.lock"
SHAPE = 2  # goes up when the same log would give other columns
KEPT_OPEN = 3
KEPT_SECONDS = 3600  # another process may still read an older base

_open: OrderedDict[str, Base] = OrderedDict()
_guard = threading.Lock()
_building: dict[str, threading.Lock] = {}
Days = tuple[date | None, date | None]
_read: dict[tuple[str, str], tuple[str, list[dict[str, Any]]]] = {}  # by folder and query: versions, rows at them


def open_base(workspace: Workspace, *, as_of: date | None = None) -> Base:
    """The customer base of the log as it is now, seen up to ``as_of``.

    as_of  else purchases and measures are seen up to the newest day that files brought, contacts up to the newest day

    Thread-safe, and shared by all who ask for the same. Do not close it. A million customers take some seconds to
    build the first time after the log has changed.
    """
    day, seen_to = (as_of, as_of) if as_of else _newest_days(workspace)
    home = workspace.folder / CACHE_FOLDER / BASE_FOLDER
    folder = home / _name(workspace, day, seen_to)
    key = str(folder.resolve())
    with _guard:
        building = _building.setdefault(key, threading.Lock())
    with building:
        with _guard:
            found = _open.get(key)
            if found is not None:
                _open.move_to_end(key)
        if found is not None and (folder / ABOUT_FILE).exists():
            return found
        _ensure_built(workspace, (day, seen_to), home, folder)
        return _keep(key, Base(workspace, folder))


def _keep(key: str, base: Base) -> Base:
    with _guard:
        _open[key] = base
        _open.move_to_end(key)
        while len(_open) > KEPT_OPEN:
            gone, _ = _open.popitem(last=False)
            _building.pop(gone, None)
    return base


def _ensure_built(workspace: Workspace, days: Days, home: Path, folder: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    with exclusive(home / LOCK):
        if (folder / ABOUT_FILE).exists():
            return
        draft = home / f".{uuid4().hex}"
        draft.mkdir(mode=0o700)
        try:
            build(workspace, *days, draft)
            shutil.rmtree(folder, ignore_errors=True)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _sweep(home, folder)


def _sweep(home: Path, newest: Path) -> None:
    """Delete bases of a log that is no more, once nobody can still be reading them."""
    now = time.time()
    for path in home.iterdir():
        if path.is_dir() and path != newest and now - path.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _name(workspace: Workspace, day: date | None, seen_to: date | None) -> str:
    """All that the base follows from, as one name."""
    said = {
        # A published group changes nothing of what customers did; an answer that was taken back does.
        "taken_back": _taken_back(workspace),
        "versions": {table: at for table, at in workspace.log.head().versions.items() if table != "decisions"},
        "settings": asdict(workspace.settings),
        "days": (day, seen_to),
        "program": version("regulars"),
        "shape": SHAPE,
    }
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _taken_back(workspace: Workspace) -> list[int]:
    """Numbers of answers that count no more."""
    return sorted(row["interaction_id"] for row in _once(workspace, TAKEN_BACK))


def _newest_days(workspace: Workspace) -> Days:
    """as_of and seen_to; rows of the inbox do not move them before they are sealed."""
    row = _once(workspace, newest_days(PAGES))[0]
    return row["as_of"], row["seen_to"]


def _once(workspace: Workspace, sql: str) -> list[dict[str, Any]]:
    """The rows of a query, read once for the versions of the log: it may cost a look at all of it."""
    key = (str(workspace.folder.resolve()), sql)
    versions = json.dumps(dict(workspace.log.head().versions), sort_keys=True)
    with _guard:
        known = _read.get(key)
    if known is not None and known[0] == versions:
        return known[1]
    with workspace.engine() as engine:
        rows: list[dict[str, Any]] = engine.run(sql).to_pylist()
    with _guard:
        _read[key] = (versions, rows)
    return rows
