"""What the pages about staff read from measures, kept until the log or a decision that counts moves on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings, ask
from regulars_web.shared.shelf import Read, Shelf, state_with

# Decisions that these measures count with.
NOUNS = ("employee", "department", "limit", "department promise", "department promise rated", "survey")
SHELF = Shelf(
    "staff", (Path(__file__).parent / "reads.py",), ("measures", "people"), state=partial(state_with, nouns=NOUNS)
)
UNITS = ("employee", "branch", "department")


def authority(frame: Frame) -> Readings:
    """Decisions for customers, by kind."""
    return {"authority": ask(frame, "authority")}


def promises(frame: Frame) -> Readings:
    """Promises between departments."""
    return {"department_promises": ask(frame, "department_promises", everybody=True)}


def recognition(frame: Frame, unit: str) -> Readings:
    """Like with like, over all of the log up to the newest day: coming back takes time."""
    period = (None, frame.newest)
    return {"recognition": ask(frame, "recognition", choices={"unit": unit}, period=period, everybody=True)}


def pulse(frame: Frame) -> Readings:
    """Waves of own people and of partners. They are never cut by days or groups."""
    return {"pulse": ask(frame, "pulse", period=(None, None), everybody=True)}


READS: Mapping[str, Read] = {
    "authority": authority,
    "promises": promises,
    "pulse": pulse,
    "partners": pulse,
    **{f"recognition-{unit}": partial(recognition, unit=unit) for unit in UNITS},
}
