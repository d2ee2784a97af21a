"""Hand-overs: who passes customers on to whom, and how long they wait for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars_web.home.provenance import origins
from regulars_web.journeys import words
from regulars_web.journeys.drawing import Move, Step, draw
from regulars_web.journeys.lens import UNITS, Lens
from regulars_web.journeys.reading import ask, view_of, viewed
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings, Row

Context = dict[str, Any]
MOST_DRAWN, SHOWN, FEW = 24, 100, 30


def reads(frame: Frame, lens: Lens, unit: str) -> Readings:
    """One row a pair of units that hand over."""
    view = viewed(frame, lens)
    choices = {name: said for name, said in lens.choices(view_of(view)).items() if name != "activity"}
    found = ask(frame, "handovers", choices={**choices, "between": unit}, where=lens.where)
    return {"view": view, "handovers": found}


def context(read: Readings, unit: str) -> Context:
    """The picture of who hands over to whom, and the table."""
    reading = read["handovers"]
    rows = sorted(reading.rows, key=lambda row: (-row["count"], row["from_unit"], row["to_unit"]))
    return {
        "unknown": reading.unknown,
        "empty": not rows and not reading.unknown,
        "unit": UNITS[unit],
        "notes": reading.notes,
        "findings": _findings(rows),
        "drawing": _drawing(rows[:MOST_DRAWN]) if rows else None,
        "drawn": min(len(rows), MOST_DRAWN),
        "rows": [_row(row) for row in rows[:SHOWN]],
        "more": max(len(rows) - SHOWN, 0),
        "origins": origins(read, "handovers"),
    }


def _findings(rows: list[Row]) -> list[str]:
    if not rows:
        return []
    row, total = rows[0], int(sum(one["count"] for one in rows))
    told = {
        "n": numbers.number(total),
        "from": row["from_unit"],
        "to": row["to_unit"],
        "count": numbers.number(row["count"]),
        "median": words.duration(row.get("median_seconds")),
    }
    said = ngettext(
        "%(n)s hand-over, from “%(from)s” to “%(to)s”.",
        "%(n)s hand-overs; most often from “%(from)s” to “%(to)s” (%(count)s), where half wait up to %(median)s.",
        total,
    )
    found = [said % told]
    returned = int(sum(one.get("returned") or 0 for one in rows))
    if returned:
        told = {"share": words.share(returned / total), "n": numbers.number(returned)}
        more = ngettext("%(n)s comes straight back (%(share)s).", "%(n)s come straight back (%(share)s).", returned)
        found.append(more % told)
    return found


def _drawing(rows: list[Row]) -> Any:
    steps: dict[str, Step] = {}
    taken: dict[str, float] = {}
    for row in rows:
        for unit in (row["from_unit"], row["to_unit"]):
            taken[unit] = taken.get(unit, 0) + row["count"]
    for unit, count in taken.items():
        told = _("%(unit)s: part of %(n)s hand-overs") % {"unit": unit, "n": numbers.number(count)}
        steps[unit] = Step(count, "", told, "#handovers", "")
    moves = {
        (row["from_unit"], row["to_unit"]): Move(
            row["count"], numbers.number(row["count"]), _told(row), "#handovers", ""
        )
        for row in rows
    }
    return draw(steps, moves)


def _told(row: Row) -> str:
    told = {
        "from": row["from_unit"],
        "to": row["to_unit"],
        "n": numbers.number(row["count"]),
        "median": words.duration(row.get("median_seconds")),
    }
    return _("From %(from)s to %(to)s: %(n)s times; half wait up to %(median)s.") % told


def _row(row: Row) -> Context:
    return {
        "from": row["from_unit"],
        "to": row["to_unit"],
        "count": numbers.number(row["count"]),
        "share": words.share(row["share"]),
        "share_span": words.share_span(row["share_low"], row["share_high"]),
        "returned": numbers.number(row.get("returned")),
        "median": words.duration(row.get("median_seconds")),
        "median_span": words.duration_span(row.get("median_seconds_low"), row.get("median_seconds_high")),
        "p90": words.duration(row.get("p90_seconds")),
        "few": int(row["count"]) < FEW,
    }
