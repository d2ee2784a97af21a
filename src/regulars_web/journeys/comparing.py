"""Two sides on one map: the period and the one before it, two groups or kinds of customers, or two products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from regulars.errors import MeasureError
from regulars.measures.journeys.comparing import compared
from regulars_web.home.provenance import origins
from regulars_web.journeys import words
from regulars_web.journeys.detail import Path, read_detail, strongest
from regulars_web.journeys.drawing import Move, Step, draw
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.losses import points, points_span
from regulars_web.journeys.maps import DETAILS, extent, visits
from regulars_web.journeys.reading import view_of, viewed
from regulars_web.journeys.sides import shared, sides_of
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row

Context = dict[str, Any]
SAYS = ("count", "time")
# So many differences are in sight, the others open on a click.
AT_FIRST = 15
SHOWN, FEW = 200, 30
SCALE = 1_000_000  # shares as whole numbers


def reads(frame: Frame, lens: Lens, against: str) -> Readings:
    """One row a move on either side: a is what this is compared with, b is the period and group of the page."""
    view = viewed(frame, lens)
    try:
        a, b = sides_of(frame, lens, against)
        if a is None:
            return {"view": view, "compared": Reading(), "journey": Reading()}
        choices = {**lens.choices(view_of(view)), **DETAILS}
        found = [
            frame.workspace.measure(
                "journey",
                as_of=frame.newest,
                from_on=side.first,
                to_on=side.last,
                where=side.where,
                choices=choices | ({"product": side.product} if side.product else {}),
                members=side.members,
            )
            for side in (a, b)
        ]
    except MeasureError as error:
        return {"view": view, "compared": Reading(unknown=str(error)), "journey": Reading()}
    left, right = (_columns(one.to_arrow()) for one in found)
    rows = _rows(compared(left, right))
    told = Reading([{"shared": shared(a, b)}])
    source = Reading((), (), "", "journey_compared", found[1].sql)
    return {"view": view, "compared": Reading(rows), "sides": told, "journey": source}


def context(read: Readings, names: tuple[str, str], detail: str, say: str) -> Context:
    """The map of both sides with the real differences coloured, and the table of all."""
    reading = read["compared"]
    say = say if say in SAYS else SAYS[0]
    rows = {(row["from_step"], row["to_step"]): row for row in reading.rows}
    sizes = (_size(rows, "a"), _size(rows, "b"))
    told: Context = {
        "unknown": reading.unknown,
        "empty": not rows and not reading.unknown,
        "no_before": "sides" not in read and not reading.unknown,
        "a": names[0],
        "b": names[1],
        "say": say,
        "sizes": [numbers.number(n) for n in sizes],
        "one_sided": bool(rows) and not all(sizes),
        "shared": read["sides"].only["shared"] if "sides" in read else 0,
    }
    if not rows:
        return told
    weights = {path: _weight(row) for path, row in rows.items()}
    level = read_detail(detail, weights)
    paths = strongest(weights, level)
    ordered = sorted(rows.values(), key=lambda row: (not _real(row, say), -abs(_difference(row, say)), -_total(row)))
    place = {(row["from_step"], row["to_step"]): at for at, row in enumerate(ordered[:SHOWN])}
    hidden = sum(_real(row, say) for path, row in rows.items() if path not in set(paths))
    return told | {
        "detail": level,
        "details": {"least": 10, "most": 100, "step": 5},
        "drawing": draw(_steps(paths, weights), {path: _move(rows[path], say, place.get(path)) for path in paths}),
        "extent": extent(weights, paths),
        "hidden": hidden,
        "findings": _findings(ordered, names, say),
        "rows": [_row(row, at) for at, row in enumerate(ordered[:AT_FIRST])],
        "rest": [_row(row, at) for at, row in enumerate(ordered[AT_FIRST:SHOWN], AT_FIRST)],
        "more": max(len(ordered) - SHOWN, 0),
        "origins": origins(read, "journey"),
    }


def _columns(table: pa.Table) -> dict[str, np.ndarray]:
    return {name: table.column(name).to_numpy(zero_copy_only=False) for name in table.column_names}


def _rows(columns: Mapping[str, np.ndarray]) -> list[Row]:
    names = list(columns)
    listed = zip(*(columns[name].tolist() for name in names), strict=True)
    return [{name: None if value != value else value for name, value in zip(names, row, strict=True)} for row in listed]


def _size(rows: Mapping[Path, Row], side: str) -> int:
    return max((int(row[f"share_{side}_n"] or 0) for row in rows.values()), default=0)


def _weight(row: Row) -> int:
    """How much a path counts on the map: the mean of how often a journey takes it on each side."""
    sides = [float(row[f"count_{side}"] or 0) / (row[f"share_{side}_n"] or 1) for side in "ab"]
    return max(round(SCALE * sum(sides) / 2), 1)


def _total(row: Row) -> float:
    return float((row["count_a"] or 0) + (row["count_b"] or 0))


def _difference(row: Row, say: str) -> float:
    return float(row["seconds_difference" if say == "time" else "difference"] or 0)


def _real(row: Row, say: str) -> bool:
    return bool(row["real_seconds_change" if say == "time" else "real_change"])


def _tone(row: Row, say: str) -> str:
    if not _real(row, say):
        return "same"
    up = _difference(row, say) > 0
    if say == "time":
        return "longer" if up else "shorter"
    return "more" if up else "less"


def _steps(paths: Sequence[Path], weights: Mapping[Path, int]) -> dict[str, Step]:
    seen = visits(weights)
    steps = dict.fromkeys(step for path in paths for step in path)
    return {step: Step(seen.get(step, 0), "", words.step_name(step), "#compared", "") for step in steps}


def _move(row: Row, say: str, place: int | None) -> Move:
    if _real(row, say):
        label = time_difference(row["seconds_difference"]) if say == "time" else points(row["difference"])
    else:
        label = words.short_duration(row["median_seconds_b"]) if say == "time" else words.share(row["share_b"])
    address = "#compared" if place is None else f"#path-{place}"
    return Move(_weight(row), label, _told(row), address, "", _tone(row, say))


def _told(row: Row) -> str:
    told = {
        "from": words.step_name(row["from_step"]),
        "to": words.step_name(row["to_step"]),
        "a": words.share(row["share_a"]),
        "b": words.share(row["share_b"]),
    }
    said = _("From %(from)s to %(to)s: in %(b)s of journeys, compared with %(a)s.") % told
    verdict = _("The difference is real.") if row["real_change"] else _("No clear difference.")
    return f"{said} {verdict}"


def time_difference(seconds: float | None) -> str:
    """A difference of times with its sign."""
    if not numbers.known(seconds):
        return numbers.UNKNOWN
    value = float(seconds or 0)
    told = {"time": words.short_duration(abs(value))}
    if value < 0:
        return pgettext("a time less", "−%(time)s") % told
    return pgettext("a time more", "+%(time)s") % told


def _findings(rows: Sequence[Row], names: tuple[str, str], say: str) -> list[str]:
    real = [row for row in rows if _real(row, say)]
    if not real:
        return [_("No difference between the two sides is larger than chance allows.")]
    n = len(real)
    found = [
        ngettext("%(n)s path differs by more than chance allows.", "%(n)s paths differ by more than chance allows.", n)
        % {"n": numbers.number(n)}
    ]
    row = real[0]
    told = {
        "from": words.step_name(row["from_step"]),
        "to": words.step_name(row["to_step"]),
        "a": words.share(row["share_a"]),
        "b": words.share(row["share_b"]),
        "name_a": names[0],
        "name_b": names[1],
        "time_a": words.duration(row["median_seconds_a"]),
        "time_b": words.duration(row["median_seconds_b"]),
    }
    if say == "time":
        said = _(
            "Most of all from %(from)s to %(to)s: half take up to %(time_b)s (%(name_b)s), against %(time_a)s "
            "(%(name_a)s)."
        )
    else:
        said = _("Most of all from %(from)s to %(to)s: %(b)s of journeys (%(name_b)s), against %(a)s (%(name_a)s).")
    return [*found, said % told]


def _row(row: Row, place: int) -> Context:
    told: Context = {
        "place": place,
        "from": words.step_name(row["from_step"]),
        "to": words.step_name(row["to_step"]),
        "difference": points(row["difference"]),
        "difference_span": points_span(row["difference_low"], row["difference_high"]),
        "real": bool(row["real_change"]),
        "time_difference": time_difference(row["seconds_difference"]),
        "time_span": _time_span(row),
        "time_real": bool(row["real_seconds_change"]),
        "few": min(int(row["share_a_n"] or 0), int(row["share_b_n"] or 0)) < FEW,
    }
    for side in "ab":
        told[side] = {
            "share": words.share(row[f"share_{side}"]),
            "count": numbers.number(row[f"count_{side}"]),
            "median": words.duration(row[f"median_seconds_{side}"]),
        }
    return told


def _time_span(row: Row) -> str:
    low, high = row["seconds_difference_low"], row["seconds_difference_high"]
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": time_difference(low), "high": time_difference(high)}
