"""Readings of each part of the page, kept on the disk until the log moves on.

A part is known by the period and group as the address says them, the imports, the settings and the program. Rows that
came since without an import (a logged contact, a confirmed fact) make it old, not wrong: it is shown with the time of
counting while the worker counts anew. Everything lies in the workspace's ``cache`` and goes with it when a person is
erased. No text that a customer wrote is kept here.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from regulars.workspace import Workspace
from regulars_web.home.history import newest_imports
from regulars_web.shared.frame import rule_mark
from regulars_web.shared.kept import counted_text, kept_text, place_of
from regulars_web.shared.readings import Readings, from_text, to_text
from regulars_web.shared.scope import Scope
from regulars_web.shared.shelf import LIBRARY, state_of, texts

SHELF = "home"
OWN = tuple(Path(__file__).parent / name for name in ("reads.py", "elsewhere.py", "sql.py"))
OLD_IS_SHOWN = timedelta(minutes=10)
# What moves slowly and takes long to count: the whole history lies behind it, and one touch more changes little.
SLOW_IS_SHOWN = {"lead": timedelta(days=1), "warned": timedelta(days=1)}
MOST_IN_MEMORY = 60

_guard = threading.Lock()
_memory: OrderedDict[Path, tuple[int, Kept]] = OrderedDict()


@dataclass(frozen=True)
class Kept:
    """Readings of one part, when they were counted, and over which state of the log."""

    readings: Readings
    counted_at: datetime
    state: str


def kept(workspace: Workspace, scope: Scope, part: str) -> Kept | None:
    """What was counted for a part; None where nothing was, or it cannot be read. May be old: compare its state."""
    return _read(_place(workspace, scope, part))


def showable(found: Kept | None, state: str, now: datetime, part: str = "") -> bool:
    """Whether it may be shown as it is: counted over this state, or a while ago over an earlier one."""
    longest = SLOW_IS_SHOWN.get(part, OLD_IS_SHOWN)
    return found is not None and (found.state == state or now - found.counted_at < longest)


def counted(
    workspace: Workspace, scope: Scope, part: str, count: Callable[[], Readings], now: datetime, *, lacks: str = ""
) -> Kept:
    """The part over the newest state, counted where that was not done yet; who asks at once waits for one count.

    lacks  the name of a reading that says something is missing: where it is there, the part is counted anew
    """

    def is_newest(text: str) -> bool:
        found = _kept(text)
        return found is not None and found.state == state_of(workspace) and lacks not in found.readings

    def count_now() -> str:
        state = state_of(workspace)  # before the count: rows that come meanwhile make it old, not wrong
        told = {"state": state, "counted_at": now.astimezone(UTC).isoformat(), "readings": to_text(count())}
        return json.dumps(told, ensure_ascii=False)

    text = counted_text(_place(workspace, scope, part), count_now, is_newest)
    found = _kept(text)
    assert found is not None  # noqa: S101  it is what was written just now, or was read as the newest
    return found


def _place(workspace: Workspace, scope: Scope, part: str) -> Path:
    told = {
        "part": part,
        "scope": [scope.period, scope.from_on, scope.to_on, scope.group, rule_mark(workspace, scope)],
        "imports": [one["id"] for one in newest_imports(workspace)],
        "settings": asdict(workspace.settings),
        "reads": texts(OWN, LIBRARY),
    }
    return place_of(workspace, SHELF, told, called=part)


def _read(place: Path) -> Kept | None:
    """What lies there, read from the disk once for as long as it is the same file."""
    try:
        stamp = place.stat().st_mtime_ns
    except OSError:
        return None
    with _guard:
        known = _memory.get(place)
    if known is not None and known[0] == stamp:
        return known[1]
    text = kept_text(place)
    found = _kept(text) if text is not None else None
    if found is None:
        return None
    with _guard:
        _memory[place] = (stamp, found)
        while len(_memory) > MOST_IN_MEMORY:
            _memory.popitem(last=False)
    return found


def _kept(text: str) -> Kept | None:
    try:
        told = json.loads(text)
        return Kept(from_text(told["readings"]), datetime.fromisoformat(told["counted_at"]), told["state"])
    except (ValueError, KeyError, TypeError):
        return None
