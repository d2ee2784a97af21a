"""What each part of the pages reads from measures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from regulars.workspace import Workspace
from regulars_web.programme.frames import day_of, frame_for
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings
from regulars_web.shared.readings import ask as ask_measure
from regulars_web.shared.scope import Scope
from regulars_web.shared.shelf import NOT_OF_TOUCHES, Read, Shelf

ALWAYS = (None, None)  # the programme is about the company as it stands, whatever the period
LONGEST_QUERY = 8_000  # nobody reads a longer one
# Decisions that change no number of a part: whoever plans an action need not wait for the index.
OWN_NOUNS: Mapping[str, tuple[str, ...]] = {
    "fit": ("fit",),
    "maturity": ("attested",),
    "mistakes": ("attested", "mistake answered"),
}
PROGRAMME_NOUNS = frozenset({"programme", "step action", "fit", "attested", "mistake answered"})


def ask(frame: Frame, name: str, **asked: Any) -> Reading:
    """A measure as ``shared.readings.ask`` asks for it, without a query that nobody could read."""
    found = ask_measure(frame, name, **asked)
    return replace(found, sql="") if len(found.sql) > LONGEST_QUERY else found


def _of_company(frame: Frame, *names: str) -> Readings:
    return {name: ask(frame, name, period=ALWAYS, everybody=True) for name in names}


def index(frame: Frame) -> Readings:
    """The index and the gaps between its views."""
    return {"index": ask(frame, "index"), "index_gaps": ask(frame, "index_gaps")}


def trend(frame: Frame) -> Readings:
    """The index month by month, of the group, over all of the log."""
    return {"index_trend": ask(frame, "index_trend", period=ALWAYS)}


def sensitivity(frame: Frame) -> Readings:
    """How far the index moves when weights do."""
    return {"index_sensitivity": ask(frame, "index_sensitivity")}


def apart(frame: Frame) -> Readings:
    """The index of end users and resellers, and of departments."""
    return {name: ask(frame, "index", by=(name,)) for name in ("customer_type", "department")}


def of_company(name: str) -> Read:
    """A measure about the company as it stands."""
    return lambda frame: _of_company(frame, name)


READS: Mapping[str, Read] = {
    "steps": of_company("steps"),
    "fit": of_company("fit"),
    "maturity": of_company("maturity"),
    "mistakes": of_company("mistakes"),
    "elements": of_company("elements"),
    "index": index,
    "trend": trend,
    "sensitivity": sensitivity,
    "apart": apart,
}
JOINED: Mapping[str, tuple[str, ...]] = {"standing": ("index", "maturity", "mistakes")}
OF_A_SCOPE = ("index", "trend", "sensitivity", "apart")  # the others are about the whole company, always


def _state(workspace: Workspace, part: str) -> str:
    """Names what the log holds, without the decisions that change nothing here."""
    left_out = PROGRAMME_NOUNS - set(OWN_NOUNS.get(part, ()))
    head = workspace.log.head()
    tables = sorted((name, version) for name, version in head.versions.items() if name not in NOT_OF_TOUCHES)
    waiting = [one.body for one in workspace.inbox.waiting(head.inbox_offset) if one.table not in NOT_OF_TOUCHES]
    decided = workspace.rows("SELECT noun, key, version, body FROM decisions ORDER BY ALL")
    counted = [list(row.values()) for row in decided if row["noun"] not in left_out]
    told = json.dumps([tables, waiting, workspace.inbox.mark().forgotten, counted], default=str)
    return hashlib.sha256(told.encode()).hexdigest()


SHELVES = {
    name: Shelf("programme", own=(Path(__file__),), frame=frame_for, state=partial(_state, part=name)) for name in READS
}


def known(workspace: Workspace, scope: Scope, name: str) -> Readings | None:
    """What a part has read; None where somebody would have to wait for it."""
    found: dict[str, Reading] = {}
    for one, through in _shelved(scope, name):
        read = SHELVES[one].known(workspace, through, one, day_of(workspace))
        if read is None:
            return None
        found |= read
    return found


def counted(workspace: Workspace, scope: Scope, name: str) -> Readings:
    """The same, counted now where it was not yet."""
    found: dict[str, Reading] = {}
    for one, through in _shelved(scope, name):
        found |= SHELVES[one].counted(workspace, through, one, READS[one], day_of(workspace))
    return found


def _shelved(scope: Scope, name: str) -> list[tuple[str, Scope]]:
    """What lies on the shelf for a part, and through which scope it is seen."""
    if name in JOINED:
        return [(one, Scope()) for one in JOINED[name]]
    return [(name, scope if name in OF_A_SCOPE else Scope())]
