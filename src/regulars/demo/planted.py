"""One thing that Oakline has decided: a row of ``decisions`` in the making."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True)
class Planted:
    """One version of a decision, decided so many days before the end of the log.

    Those of one noun and key are its versions in the order in which they are given.
    """

    noun: str
    key: str
    body: dict[str, Any]
    by: str
    days_before_end: int


def before(end: date, days: int, *, ahead_from: date | None = None) -> str:
    """The day so many days before the end of the log, as bodies hold it.

    A negative number lies so many days after ``ahead_from``; after the end of the log where that is None.
    """
    start = end if days >= 0 or ahead_from is None else ahead_from
    return (start - timedelta(days=days)).isoformat()
