"""Touches and complaints, added up from days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from regulars.report.changes import Difference, share_difference
from regulars_web.shared.readings import Row


@dataclass(frozen=True)
class Touches:
    """How many touches there were, and how many of them were complaints."""

    touches: int
    complaints: int


def touches_in(days: Sequence[Row], first: date | None, last: date) -> Touches:
    """The touches of a period."""
    inside = [day for day in days if (first is None or day["occurred_on"] >= first) and day["occurred_on"] <= last]
    return Touches(sum(day["touches"] for day in inside), sum(day["complaints"] for day in inside))


def touches_of_months(days: Sequence[Row], most: int) -> list[Row]:
    """The last months with a touch: ``on`` and ``rate``; the month of the newest day, mostly not over, is left out."""
    months: dict[date, list[int]] = {}
    for day in days:
        month = months.setdefault(day["occurred_on"].replace(day=1), [0, 0])
        month[0] += day["touches"]
        month[1] += day["complaints"]
    return [
        {"on": on, "rate": complaints / touches} for on, (touches, complaints) in list(months.items())[-most - 1 : -1]
    ]


def rate_difference(now: Touches, before: Touches) -> Difference | None:
    """Complaints a touch, now less before; None where there were no touches."""
    return share_difference(now.complaints, now.touches, before.complaints, before.touches)
