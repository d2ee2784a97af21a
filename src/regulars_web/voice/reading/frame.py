"""Measures read for the voice of customers; readings are kept until the log moves on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regulars_web.shared import readings
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading
from regulars_web.shared.shelf import Shelf

SHELF = Shelf("voice", Path(__file__).parent, ("measures", "words"))
kept_readings, known_readings = SHELF.counted, SHELF.known
ask_rows = readings.ask_log


def ask(
    frame: Frame,
    name: str,
    *,
    by: Sequence[str] = (),
    where: str | None = None,
    whole: bool = False,
    everybody: bool = False,
    members: frozenset[int] | None = None,
) -> Reading:
    """A measure over the period, of the group's customers; why there is none where it cannot be counted.

    everybody  all people, whatever the group
    whole    over all of the log up to the period's end, for what shows how things moved
    members  other customers than those of the frame's group
    """
    period = (None, frame.last) if whole else None
    return readings.ask(frame, name, by=by, where=where, period=period, members=members, everybody=everybody)
