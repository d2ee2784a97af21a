"""Readings of each part of the page, kept on the disk until the log moves on.

A part is known by the period and group as the address says them, the imports, the settings and the program. Rows that
came since without an import (a logged contact, a confirmed fact) make it old, not wrong: it is shown with the time of
counting while the worker counts anew. Everything lies in the workspace's ``cache`` and goes with it when a person is
erased. No text that a customer wrote is kept here.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from regulars.log.locks import exclusive
from regulars.places import CACHE_FOLDER
from regulars.workspace import Workspace
from regulars_web.home.frame import rule_mark
from regulars_web.home.history import newest_imports
from regulars_web.home.readings import Readings, from_text, to_text
from regulars_web.shared.scope import Scope

HOME_FOLDER, LOCK_NAME = "home", ".lock"
OLD_IS_SHOWN = timedelta(minutes=10)
MOST_FILES = 300
MOST_IN_MEMORY = 60

_guard = threading.Lock()
_counting: dict[Path, threading.Lock] = {}
_memory: OrderedDict[Path, tuple[int, Kept]] = OrderedDict()


@dataclass(frozen=True)
class Kept:
    """Readings of one part, when they were counted, and over which state of the log."""

    readings: Readings
    counted_at: datetime
    state: str


def state_of(workspace: Workspace) -> str:
    """Names what the log holds: its tables' versions and the rows that wait above them."""
    mark = workspace.inbox.mark()
    head = workspace.log.head()
    told = [sorted(head.versions.items()), head.inbox_offset, mark.last_seq, mark.forgotten]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def kept(workspace: Workspace, scope: Scope, part: str) -> Kept | None:
    """What was counted for a part; None where nothing was, or it cannot be read. May be old: compare its state."""
    return _read(_path(workspace, scope, part))


def showable(found: Kept | None, state: str, now: datetime) -> bool:
    """Whether it may be shown as it is: counted over this state, or a short while ago over an earlier one."""
    return found is not None and (found.state == state or now - found.counted_at < OLD_IS_SHOWN)


def counted(workspace: Workspace, scope: Scope, part: str, count: Callable[[], Readings], now: datetime) -> Kept:
    """The part over the newest state, counted where that was not done yet; who asks at once waits for one count."""
    path = _path(workspace, scope, part)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _guard:
        mine = _counting.setdefault(path, threading.Lock())
    with mine, exclusive(path.with_suffix(LOCK_NAME)):
        state = state_of(workspace)
        found = _read(path)
        if found is not None and found.state == state:
            return found
        fresh = Kept(count(), now.astimezone(UTC), state)
        _write(path, fresh)
        return fresh


def _path(workspace: Workspace, scope: Scope, part: str) -> Path:
    told = {
        "part": part,
        "scope": [scope.period, scope.from_on, scope.to_on, scope.group, rule_mark(workspace, scope)],
        "imports": [one["id"] for one in newest_imports(workspace)],
        "settings": asdict(workspace.settings),
        "program": [version("regulars"), _own_text()],
    }
    name = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]
    return workspace.folder / CACHE_FOLDER / HOME_FOLDER / f"{part}-{name}.json"


def _read(path: Path) -> Kept | None:
    try:
        stamp = path.stat().st_mtime_ns
        with _guard:
            known = _memory.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        told = json.loads(path.read_text(encoding="utf-8"))
        found = Kept(from_text(told["readings"]), datetime.fromisoformat(told["counted_at"]), told["state"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    with _guard:
        _memory[path] = (stamp, found)
        while len(_memory) > MOST_IN_MEMORY:
            _memory.popitem(last=False)
    return found


def _write(path: Path, fresh: Kept) -> None:
    told = {"state": fresh.state, "counted_at": fresh.counted_at.isoformat(), "readings": to_text(fresh.readings)}
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{uuid4().hex}.new")
    draft.touch(mode=0o600)
    try:
        draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _sweep(path.parent)


def _sweep(folder: Path) -> None:
    """Delete the parts that nobody counted for longest, where there are too many."""
    there = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in there[MOST_FILES:]:
        path.unlink(missing_ok=True)
        path.with_suffix(LOCK_NAME).unlink(missing_ok=True)


@cache
def _own_text() -> str:
    """Changes when what this page reads does."""
    home = Path(__file__).parent
    texts = [(home / name).read_bytes() for name in ("reads.py", "sql.py", "readings.py", "frame.py")]
    return hashlib.sha256(b"".join(texts)).hexdigest()
