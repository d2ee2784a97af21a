"""Measures read for touchpoints; readings are kept until the log moves on.

A colleague who reads a standard, or a name that is mended, changes no number: decisions count here only where they
are promises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from regulars_web.home.provenance import Origin, origins
from regulars_web.shared import readings
from regulars_web.shared.company import company
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings
from regulars_web.shared.scope import Scope
from regulars_web.shared.shelf import Shelf, state_with

LONGEST_QUERY = 8_000
NOUNS = ("promise",)  # decisions that measures of touchpoints count with
Read = Callable[[Frame, str], Readings]
_HERE = Path(__file__).parent
SHELF = Shelf("touchpoints", (_HERE / "reading.py", _HERE / "reads.py"), state=partial(state_with, nouns=NOUNS))


def ask(
    frame: Frame,
    name: str,
    *,
    by: Sequence[str] = (),
    where: str | None = None,
    whole: bool = False,
    everything: bool = False,
) -> Reading:
    """A measure over the period, of the group's customers; why there is none where it cannot be counted.

    whole       over all of the log up to the period's end, for what needs long histories
    everything  over all of the log, of all customers, whatever the frame
    """
    period = (None, None) if everything else (None, frame.last) if whole else None
    return readings.ask(frame, name, by=by, where=where, period=period, everybody=everything)


def known(scope: Scope, part: str, key: str = "") -> Readings | None:
    """What a part has read; None where somebody would have to wait for it. ``key`` is the touchpoint."""
    return SHELF.known(company(), scope, part, [key])


def counted(scope: Scope, part: str, read: Read, key: str = "") -> Readings:
    """The same, counted now where it was not yet. Raises MeasureError for an empty log."""
    return SHELF.counted(company(), scope, part, lambda frame: read(frame, key), [key])


def only(reading: Reading, touchpoint: str) -> Reading:
    """The rows of one touchpoint."""
    rows = [row for row in reading.rows if row.get("touchpoint") == touchpoint]
    return Reading(rows, reading.notes, reading.unknown, reading.measure, reading.sql)


def sources(read: Readings, *names: str) -> list[Origin]:
    """Where the numbers come from; a query that nobody could read is left out."""
    return [replace(one, sql="") if len(one.sql) > LONGEST_QUERY else one for one in origins(read, *names)]
