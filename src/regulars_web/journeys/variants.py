"""Ways from beginning to end: how many journeys take each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars_web.home.provenance import origins
from regulars_web.journeys import words
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.reading import ask, view_of, viewed
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.paging import Pages
from regulars_web.shared.readings import Readings, Row

Context = dict[str, Any]
JOINT = " → "
READ, ON_A_PAGE, AT_ONCE, NAMED, FEW = 250, 25, 14, 5, 30
ALIKE = 0.25


def reads(frame: Frame, lens: Lens) -> Readings:
    """The most frequent ways."""
    view = viewed(frame, lens)
    found = ask(
        frame,
        "variants",
        choices=lens.choices(view_of(view)),
        where=lens.where,
        settings={"limit": float(READ)},
        most=READ,
    )
    return {"view": view, "variants": found}


def context(read: Readings, page: int) -> Context:
    """A page of the table, with what it comes down to."""
    reading = read["variants"]
    pages = Pages(page, len(reading.rows), ON_A_PAGE)
    shown = reading.rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return {
        "unknown": reading.unknown,
        "empty": not reading.rows,
        "notes": reading.notes,
        "findings": _findings(reading.rows),
        "rows": [_row(row) for row in shown],
        "pages": pages,
        "origins": origins(read, "variants"),
    }


def _findings(rows: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    first, n = rows[0], int(rows[0]["n"])
    steps = folded(str(first["variant"]).split(JOINT))
    told = {
        "n": numbers.number(n),
        "way": JOINT.join(steps[:NAMED]) + (" …" if len(steps) > NAMED else ""),
        "share": words.share(first["share"]),
        "ends": words.share_span(first["share_low"], first["share_high"]),
    }
    said = ngettext(
        "%(n)s journey: “%(way)s”.",
        "Of %(n)s journeys, %(share)s take the most frequent way, “%(way)s” (%(ends)s).",
        n,
    )
    return [said % told, *_covered(rows)]


def _covered(rows: Sequence[Row]) -> list[str]:
    """How many ways it takes to cover half of all journeys."""
    half = next((row for row in rows if row["cumulated_share"] >= 0.5), rows[-1])
    count, share = int(half["rank"]), float(half["cumulated_share"])
    told = {"n": numbers.number(count), "share": words.share(share)}
    if share < ALIKE:
        return [_("The %(n)s most frequent ways cover only %(share)s: hardly two journeys are alike.") % told]
    said = ngettext(
        "%(n)s way covers %(share)s of all journeys.", "%(n)s ways together cover %(share)s of all journeys.", count
    )
    return [said % told]


def _row(row: Row) -> Context:
    steps = folded(str(row["variant"]).split(JOINT))
    return {
        "rank": numbers.number(row["rank"]),
        "steps": steps[:AT_ONCE],
        "more": steps[AT_ONCE:],
        "length": numbers.number(row["steps"]),
        "count": numbers.number(row["count"]),
        "share": words.share(row["share"]),
        "share_span": words.share_span(row["share_low"], row["share_high"]),
        "cumulated": words.share(row["cumulated_share"]),
        "median": words.duration(row.get("median_seconds")),
        "median_span": words.duration_span(row.get("median_seconds_low"), row.get("median_seconds_high")),
        "few": int(row["count"]) < FEW,
        "width": round(100 * float(row["share"] or 0), 2),
    }


def folded(steps: Sequence[str]) -> list[str]:
    """Steps in order; the same step several times in a row is said once with its number."""
    found = []
    for step, same in groupby(steps):
        count = len(list(same))
        found.append(step if count == 1 else _("%(step)s ×%(n)s") % {"step": step, "n": numbers.number(count)})
    return found
