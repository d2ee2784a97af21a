"""Measures read for these pages, kept until the log moves on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path

import regulars
from regulars.errors import MeasureError
from regulars.workspace import Workspace
from regulars_web.home.frame import Frame, frame_of, rule_mark
from regulars_web.home.kept import state_of
from regulars_web.home.readings import Reading, Readings, Row, from_text, to_text
from regulars_web.journeys.lens import USUAL_VIEW, Lens
from regulars_web.shared.kept import counted_text, kept_text, place_of
from regulars_web.shared.scope import Scope

SHELF = "journeys"
MOST_ROWS = 2000
Read = Callable[[Frame], Readings]


def ask(
    frame: Frame,
    name: str,
    *,
    choices: Mapping[str, str] | None = None,
    settings: Mapping[str, float] | None = None,
    by: Sequence[str] = (),
    where: str | None = None,
    period: tuple[date | None, date | None] | None = None,
    members: frozenset[int] | None = None,
    most: int = MOST_ROWS,
) -> Reading:
    """A measure over the period, of the group's customers; why there is none where it cannot be counted.

    period   other days than those of the frame
    members  other customers than those of the frame's group
    most     so many of its first rows; a note of ours tells of the rest by ``cut``
    """
    first, last = period or (frame.first, frame.last)
    if first is None and last == frame.newest:
        last = None  # all time has no ends, so what has no date counts too
    try:
        found = frame.workspace.measure(
            name,
            by=tuple(by),
            as_of=frame.newest,
            from_on=first,
            to_on=last,
            where=where,
            settings=settings,
            choices=choices,
            members=frame.members if members is None else members,
        )
    except MeasureError as error:
        return Reading(unknown=str(error))
    rows: list[Row] = found.to_arrow().slice(0, most).to_pylist()
    return Reading(rows, tuple(found.notes), "", name, found.sql)


def viewed(frame: Frame, lens: Lens) -> Reading:
    """Whose journeys are meant: by thread where nothing is chosen and any touch belongs to one, else by customer."""
    if lens.view:
        return Reading([{"view": lens.view}])
    found = ask_rows(frame, "SELECT count(thread) > 0 AS threads FROM interactions")
    return Reading([{"view": USUAL_VIEW if found.only.get("threads") else "customer"}])


def view_of(reading: Reading) -> str:
    """The view that was read."""
    return str(reading.only.get("view", USUAL_VIEW))


def ask_rows(frame: Frame, sql: str) -> Reading:
    """A query of ours over the log's views, of the group's customers where there is a group."""
    with frame.workspace.engine(members=frame.members) as engine:
        return Reading(engine.run(sql).to_pylist(), sql=sql.strip())


def frame_for(workspace: Workspace, scope: Scope) -> Frame:
    """The frame of a scope; of a log that knows customers and no touch, the day on which their list was stated.

    Raises MeasureError for an empty log.
    """
    try:
        return frame_of(workspace, scope)
    except MeasureError:
        newest = workspace.measure("survival_summary").as_of
        first, last = scope.dates(newest)
        return Frame(workspace, newest, first, last, scope.before(newest), scope.group)


def kept_readings(
    workspace: Workspace, scope: Scope, part: str, read: Read, follows_from: Sequence[object] = ()
) -> Readings:
    """What a part reads, counted once a state of the log. Raises MeasureError for an empty log.

    follows_from  what else the readings depend on: the lens, the choices of the page
    """
    place = _place(workspace, scope, part, follows_from)
    return from_text(counted_text(place, lambda: to_text(read(frame_for(workspace, scope)))))


def known_readings(
    workspace: Workspace, scope: Scope, part: str, follows_from: Sequence[object] = ()
) -> Readings | None:
    """The same where it was counted before; None where somebody would have to wait for it."""
    text = kept_text(_place(workspace, scope, part, follows_from))
    return None if text is None else from_text(text)


def _place(workspace: Workspace, scope: Scope, part: str, follows_from: Sequence[object]) -> Path:
    told: Mapping[str, object] = {
        "part": part,
        "of": list(follows_from),
        "scope": [scope.period, str(scope.from_on), str(scope.to_on), scope.group, rule_mark(workspace, scope)],
        "state": state_of(workspace),
        "settings": str(asdict(workspace.settings)),
        "texts": _own_texts(),
    }
    return place_of(workspace, SHELF, told, called=part)


@cache
def _own_texts() -> str:
    """Changes when what these pages read does, so that an update never shows what an older program counted."""
    own = sorted(Path(__file__).parent.glob("*.py"))
    measures = sorted((Path(regulars.__file__).parent / "measures").rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*own, *measures))).hexdigest()
