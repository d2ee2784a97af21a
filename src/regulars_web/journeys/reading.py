"""Measures read for journeys, kept until the log moves on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from regulars.errors import MeasureError
from regulars.workspace import Workspace
from regulars_web.journeys.lens import USUAL_VIEW, Lens
from regulars_web.shared import readings
from regulars_web.shared.frame import Frame, frame_of
from regulars_web.shared.readings import Reading
from regulars_web.shared.scope import Scope
from regulars_web.shared.shelf import Read, Shelf

__all__ = [
    "MOST_ROWS",
    "SHELF",
    "Read",
    "ask",
    "ask_rows",
    "frame_for",
    "kept_readings",
    "known_readings",
    "view_of",
    "viewed",
]
MOST_ROWS = 2000
ask_rows = readings.ask_log


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

    most     so many of its first rows; a note of ours tells of the rest by ``cut``
    """
    first, last = period or (frame.first, frame.last)
    if first is None and last == frame.newest:
        last = None  # all time has no ends, so what has no date counts too
    return readings.ask(
        frame,
        name,
        choices=choices,
        settings=settings,
        by=by,
        where=where,
        period=(first, last),
        members=members,
        most=most,
    )


def viewed(frame: Frame, lens: Lens) -> Reading:
    """Whose journeys are meant: by thread where nothing is chosen and any touch belongs to one, else by customer."""
    if lens.view:
        return Reading([{"view": lens.view}])
    found = ask_rows(frame, "SELECT count(thread) > 0 AS threads FROM interactions")
    return Reading([{"view": USUAL_VIEW if found.only.get("threads") else "customer"}])


def view_of(reading: Reading) -> str:
    """The view that was read."""
    return str(reading.only.get("view", USUAL_VIEW))


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


SHELF = Shelf("journeys", Path(__file__).parent, frame=frame_for)
kept_readings, known_readings = SHELF.counted, SHELF.known
