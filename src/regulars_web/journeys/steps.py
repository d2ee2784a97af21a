"""Steps: where journeys begin, wait, go round in circles and end."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from regulars_web.home.provenance import origins
from regulars_web.journeys import words
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.maps import Addresses
from regulars_web.journeys.panels import step_cells
from regulars_web.journeys.reading import ask, view_of, viewed
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings, Row

Context = dict[str, Any]


def reads(frame: Frame, lens: Lens) -> Readings:
    """One row a step."""
    view = viewed(frame, lens)
    return {"view": view, "steps": ask(frame, "journey_steps", choices=lens.choices(view_of(view)), where=lens.where)}


def context(read: Readings, addresses: Addresses) -> Context:
    """The table of steps, those with most waiting first, and where most of it is."""
    reading = read["steps"]
    rows = sorted(reading.rows, key=lambda row: (-waiting(row), -row["count"], row["step"]))
    total = sum(waiting(row) for row in rows)
    return {
        "unknown": reading.unknown,
        "empty": not rows,
        "notes": reading.notes,
        "findings": _findings(rows, total),
        "rows": [_row(row, total, addresses) for row in rows],
        "origins": origins(read, "steps"),
    }


def waiting(row: Row) -> float:
    """All seconds that journeys waited before a step."""
    mean, n = row.get("mean_before_seconds"), row.get("median_before_seconds_n")
    return float(mean or 0) * int(n or 0) if numbers.known(mean) else 0.0


def _findings(rows: list[Row], total: float) -> list[str]:
    found = []
    if rows and total > 0:
        row = rows[0]
        told = {
            "step": row["step"],
            "share": words.share(waiting(row) / total),
            "median": words.duration(row.get("median_before_seconds")),
            "p90": words.duration(row.get("p90_before_seconds")),
        }
        said = _(
            "Of all time between touches, %(share)s passes before “%(step)s”: half of journeys wait up to %(median)s, "
            "one in ten longer than %(p90)s."
        )
        found.append(said % told)
    again = [row for row in rows if int(row.get("repeats") or 0) and numbers.known(row.get("repeat_share"))]
    if again:
        row = max(again, key=lambda one: (int(one["repeats"]), one["step"]))
        told = {
            "step": row["step"],
            "share": words.share(row["repeat_share"]),
            "ends": words.share_span(row.get("repeat_share_low"), row.get("repeat_share_high")),
            "n": numbers.number(row["repeats"]),
        }
        found.append(
            _("“%(step)s” comes again most often: in %(n)s journeys, %(share)s of those with it (%(ends)s).") % told
        )
    return found


def _row(row: Row, total: float, addresses: Addresses) -> Context:
    part = waiting(row)
    return {
        "name": words.step_name(row["step"]),
        "address": addresses.of_step(row["step"])[0],
        "waiting": words.share(part / total) if total else numbers.UNKNOWN,
        **(step_cells(row) or {}),
    }
