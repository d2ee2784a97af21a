"""What is shown over all touchpoints at once: promises, consistency, and who spoke first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars_web.shared import numbers
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.touchpoints import words
from regulars_web.touchpoints.reading import sources

Context = dict[str, Any]
EVENTS: Mapping[str, Any] = {
    "late": gettext_lazy("Late deliveries"),
    "shortage": gettext_lazy("Shortages"),
    "fault": gettext_lazy("Faults"),
}
SPOKE: Mapping[str, Any] = {
    "company": gettext_lazy("we told them first"),
    "customer": gettext_lazy("the customer asked first"),
    "nobody": gettext_lazy("nobody said a word"),
}
NOUNS: Mapping[str, Any] = {
    "employee": gettext_lazy("Colleagues"),
    "branch": gettext_lazy("Branches"),
    "hour": gettext_lazy("Hours of the day"),
    "branch and hour": gettext_lazy("Branches and hours"),
}


class _Limit:
    """What ``limit_words`` reads of a promise, out of a measure's row."""

    def __init__(self, row: Row) -> None:
        self.column = row.get("measured") or ""
        self.at_most, self.at_least = row.get("at_most"), row.get("at_least")


def promise_row(row: Row) -> Context:
    """One promise: what is promised, how often it was kept, and how that moved."""
    column = str(row.get("measured") or "")
    return {
        "key": row.get("promise"),
        "touchpoint": row.get("touchpoint"),
        "touchpoint_name": row.get("touchpoint_name") or row.get("touchpoint"),
        "name": row.get("promise_name") or row.get("promise"),
        "about": words.PROMISED.get(column, column),
        "limit": words.limit_words(_Limit(row)),
        "kept": words.cell(row, "kept_share", words.share, words.share_span),
        "median": words.measured(column, row.get("median")),
        "p90": words.measured(column, row.get("p90")),
        "waiting": int(row.get("waiting") or 0),
        "untold": int(row.get("untold") or 0),
        "change": _change(row),
        "tone": _tone(row),
        "value": row.get("kept_share"),
        "n": int(row.get("n") or 0),
        "track": _track(row.get("kept_share")),
    }


def _track(value: float | None) -> str:
    """How long the bar of a share is."""
    return f"{min(max(float(value or 0), 0.0), 1.0) * 100:.1f}%" if numbers.known(value) else ""


def _change(row: Row) -> str:
    """How a promise moved on the period before, in points; empty where that is not known."""
    if not numbers.known(row.get("change")):
        return ""
    value, low, high = float(row["change"]), row.get("change_low"), row.get("change_high")
    ends = words.points_span(low, high)
    sign = "+" if value > 0 else ""
    told = {"value": f"{sign}{words.points(value)}", "ends": ends}
    if not row.get("real_change"):
        beyond = numbers.known(low) and numbers.known(high) and float(low or 0) * float(high or 0) > 0
        return (_("perhaps %(value)s points (%(ends)s)") if beyond else _("no clear change (%(ends)s)")) % told
    return _("%(value)s points (%(ends)s)") % told


def _tone(row: Row) -> str:
    if not row.get("real_change"):
        return ""
    return "good" if float(row["change"]) > 0 else "harm"


def consistency_row(row: Row) -> Context:
    """One figure of one touchpoint between colleagues, branches or hours."""
    figure = str(row.get("figure") or "")
    write, write_span = _figure_writers(figure)
    unit = str(row.get("unit_of") or "")
    return {
        "touchpoint": row.get("touchpoint"),
        "touchpoint_name": row.get("touchpoint_name") or row.get("touchpoint"),
        "figure": words.FIGURES.get(figure, figure),
        "unit": words.UNITS.get(unit, unit),
        "unit_key": unit,
        "noun": NOUNS.get(unit, unit),
        "units": numbers.number(row.get("units")),
        "left_out": int(row.get("units_left_out") or 0),
        "n": numbers.number(row.get("n")),
        "mean": write(row.get("mean")),
        "sd": write_span(row.get("sd_between_low"), row.get("sd_between_high")),
        "sd_value": _spread(figure, row.get("sd_between")),
        "sd_ends": _spread_ends(figure, row),
        "sd_reason": row.get("sd_between_reason") or "",
        "beyond": words.share(row.get("beyond_chance")),
        "beyond_ends": words.share_span(row.get("beyond_chance_low"), row.get("beyond_chance_high")),
        "told_apart": bool(row.get("told_apart")),
        "best_unit": unit_words(unit, row.get("best_unit")),
        "best": write(row.get("best")),
        "worst_unit": unit_words(unit, row.get("worst_unit")),
        "worst": write(row.get("worst")),
        "start_with": unit_words(unit, row.get("start_with")),
        "start_share": words.share(row.get("start_share")),
        "returns": words.plain(row.get("returns_a_year")) if numbers.known(row.get("returns_a_year")) else "",
        "returns_ends": words.span(row.get("returns_a_year_low"), row.get("returns_a_year_high")),
        "returns_reason": row.get("returns_a_year_reason") or "",
        "slope": _slope(row),
        "sentence": row.get("sentence") or "",
    }


def unit_words(unit: str, value: object) -> str:
    """A unit's name; an hour of the day as a time."""
    text = str(value) if value not in (None, "") else ""
    return f"{int(text):02d}:00" if unit == "hour" and text.isascii() and text.isdigit() else text


def _figure_writers(figure: str) -> tuple[Callable[[Any], str], Callable[[Any, Any], str]]:
    if figure == "kept":
        return words.share, words.share_span
    if figure == "wait":
        return words.length, words.length_span
    return words.plain, words.span


def _spread(figure: str, value: float | None) -> str:
    """A standard deviation between units: in points for shares."""
    if not numbers.known(value):
        return numbers.UNKNOWN
    return _("%(value)s points") % {"value": words.points(value)} if figure == "kept" else _plain_spread(figure, value)


def _plain_spread(figure: str, value: float | None) -> str:
    return words.length(value) if figure == "wait" else _("%(value)s points") % {"value": words.plain(value, 1)}


def _spread_ends(figure: str, row: Row) -> str:
    low, high = row.get("sd_between_low"), row.get("sd_between_high")
    if figure == "kept":
        return words.points_span(low, high)
    return words.length_span(low, high) if figure == "wait" else words.span(low, high, 1)


def _slope(row: Row) -> str:
    """What goes with one step of the figure in coming back."""
    if not numbers.known(row.get("return_slope")):
        return ""
    filled = {
        "value": words.points(row["return_slope"]),
        "ends": words.points_span(row.get("return_slope_low"), row.get("return_slope_high")),
        "n": numbers.number(row.get("return_n")),
    }
    if row.get("figure") == "wait":
        return _("A wait twice as long goes with %(value)s points in coming back (%(ends)s), n = %(n)s.") % filled
    return _("10 points more go with %(value)s points in coming back (%(ends)s), n = %(n)s.") % filled


def without_names(reading: Reading) -> Reading:
    """The same for those who may not see who did what: rows about colleagues keep their numbers, not their names."""
    hidden = {"best_unit": None, "worst_unit": None, "start_with": None, "sentence": None}
    rows = [{**row, **hidden} if row.get("unit_of") == "employee" else row for row in reading.rows]
    return replace(reading, rows=rows)


def announced_events(rows: Sequence[Row]) -> list[Context]:
    """Events by kind and touchpoint, each with who spoke first."""
    found: dict[tuple[str, str], Context] = {}
    for row in rows:
        key = (str(row.get("event")), str(row.get("touchpoint") or ""))
        one = found.setdefault(key, _event(row))
        one["rows"].append(_spoke(row))
        if row.get("spoke_first") == "company":
            one["told"] = _spoke(row)
            one["track"] = _track(row.get("share"))
    order = list(SPOKE)
    for one in found.values():
        one["rows"].sort(key=lambda told: order.index(told["key"]) if told["key"] in order else len(order))
        one["reason"] = next((told["returned"]["reason"] for told in one["rows"] if not told["returned"]["known"]), "")
        one["events"] = numbers.number(sum(told["count"] for told in one["rows"]))
    return list(found.values())


def _event(row: Row) -> Context:
    return {
        "event": EVENTS.get(str(row.get("event")), row.get("event")),
        "touchpoint": row.get("touchpoint"),
        "touchpoint_name": row.get("touchpoint_name") or row.get("touchpoint"),
        "rows": [],
        "told": None,
        "track": "",
    }


def _spoke(row: Row) -> Context:
    ahead = row.get("ahead_median")
    return {
        "key": row.get("spoke_first"),
        "who": SPOKE.get(str(row.get("spoke_first")), row.get("spoke_first")),
        "count": int(row.get("events") or 0),
        "share": words.cell(row, "share", words.share, words.share_span),
        "returned": words.cell(row, "returned_share", words.share, words.share_span, counted="returned_share_n"),
        "ahead": _ahead(ahead),
        "difference": words.points(row.get("difference")) if numbers.known(row.get("difference")) else "",
        "difference_ends": words.points_span(row.get("difference_low"), row.get("difference_high")),
    }


def _ahead(hours: float | None) -> str:
    """How long before, or after, the moment itself the first word came; empty where that is not known."""
    if not numbers.known(hours):
        return ""
    told = {"time": words.length(abs(float(hours or 0)) * words.HOUR)}
    return _("median %(time)s before") % told if float(hours or 0) >= 0 else _("median %(time)s after") % told


def promises_context(read: Readings) -> Context:
    """Every promise, the one broken most first."""
    rows = [promise_row(row) for row in read["promises"].rows]
    rows.sort(key=lambda row: (row["value"] is None, row["value"] or 0.0, str(row["name"])))
    return {"rows": rows, "unknown": read["promises"].unknown, "notes": read["promises"].notes}


def consistency_context(read: Readings) -> Context:
    """Differences between units: those that are told apart first."""
    rows = [consistency_row(row) for row in read["consistency"].rows]
    apart = [row for row in rows if row["told_apart"]]
    return {
        "rows": rows,
        "apart": apart,
        "alike": [row for row in rows if not row["told_apart"]],
        "unknown": read["consistency"].unknown,
        "notes": read["consistency"].notes,
    }


def announced_context(read: Readings) -> Context:
    """Who spoke first, by kind of event."""
    reading = read["announced"]
    return {"events": announced_events(reading.rows), "unknown": reading.unknown, "notes": reading.notes}


def context_of(name: str, read: Readings) -> Context:
    """What the template of a page over all touchpoints shows."""
    made = {"promises": promises_context, "consistency": consistency_context, "announced": announced_context}[name]
    return {**made(read), "origins": sources(read, name)}
