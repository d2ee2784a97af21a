"""How long customers stay: curves by group, and what they come down to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.groups.publishing import groups
from regulars_web.home.provenance import origins
from regulars_web.journeys import charts, words
from regulars_web.journeys.reading import ask, ask_rows
from regulars_web.journeys.staying_groups import GROUPS, apart_by_group
from regulars_web.journeys.whose import COLUMNS
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row

Context = dict[str, Any]
FEW, MOST_CURVES, MOST_POINTS, MOST_VALUES, MOST_READ = 30, 4, 160, 12, 20_000
CLOCKS = {
    "automatic": gettext_lazy("What the log can tell"),
    "contract": gettext_lazy("Contracts"),
    "silence": gettext_lazy("Silence: longer than usual without an order"),
    "probability": gettext_lazy("Probability of still being a customer"),
}
TELL_OF_LEAVING = ("has_left", "left", "left_on", "contract_from", "tenure_months")  # what the curve itself is made of
MONTH_DAYS = 30.4375
COUNTED = ", ".join(f"count(DISTINCT {name}) AS {name}" for name in COLUMNS)
VALUES = f"SELECT {COUNTED} FROM clients"  # noqa: S608  our own names
# Attributes that the list of customers brought; only names that a measure can be split by.
ATTRIBUTES = f"""
    SELECT name, count(DISTINCT json_extract_string(attributes, '$."' || name || '"')) AS n
    FROM (
        SELECT unnest(json_keys(attributes)) AS name, attributes FROM clients
        WHERE json_valid(attributes) AND json_type(attributes) = 'OBJECT'
    )
    WHERE regexp_full_match(name, '[A-Za-z_][A-Za-z0-9_]*')
    GROUP BY name HAVING n BETWEEN 2 AND {MOST_VALUES} ORDER BY name"""  # noqa: S608  our own names


def columns_read(frame: Frame) -> Readings:
    """What customers can be split by: columns and attributes with a few values."""
    found = ask_rows(frame, VALUES).only
    names = [name for name in COLUMNS if 2 <= int(found.get(name) or 0) <= MOST_VALUES]
    names += [
        row["name"] for row in ask_rows(frame, ATTRIBUTES).rows if row["name"] not in (*COLUMNS, *TELL_OF_LEAVING)
    ]
    names += [GROUPS] if groups(frame.workspace) else []
    return {"columns": Reading([{"name": name} for name in names])}


def reads(frame: Frame, by: str, clock: str) -> Readings:
    """The curves and what they come down to. Everybody counts from their own beginning, so no period is chosen."""
    split = (by,) if by and by != GROUPS else ()
    asked = partial(ask, frame, by=split, choices={"clock": clock}, period=(None, None), most=MOST_READ)
    found = {"survival": "survival", "summary": "survival_summary"}
    if by == GROUPS:
        return {key: apart_by_group(frame, partial(asked, name)) for key, name in found.items()}
    return {key: asked(name) for key, name in found.items()}


def column_words(name: str) -> str:
    """A column as the reader sees it."""
    return _("Groups") if name == GROUPS else str(COLUMNS.get(name, name))


def context(read: Readings, by: str, clock: str, columns: Sequence[str]) -> Context:
    """The chart, the sentences and the table."""
    summary, curves = read["summary"], read["survival"]
    rows = sorted(summary.rows, key=lambda row: (-int(row["customers"] or 0), label(row, by)))
    shown = [label(row, by) for row in rows if int(row["customers"] or 0)][:MOST_CURVES]
    points = curve_points(curves.rows, by, shown)
    unit = str(next((row["unit"] for row in rows if row.get("unit")), "days"))
    return {
        "unknown": summary.unknown or curves.unknown,
        "empty": not points and not (summary.unknown or curves.unknown),
        "notes": dict.fromkeys((*summary.notes, *curves.notes)),
        "findings": _findings(rows, by, unit),
        "chart": charts.survival(points, shown if by else []) if points else None,
        "hidden": max(sum(bool(row["customers"]) for row in rows) - len(shown), 0),
        "rows": [_row(row, by, unit) for row in rows],
        "table": _table(points, shown),
        "curves": shown,
        "by": by,
        "columns": [(name, column_words(name)) for name in columns],
        "clock": clock,
        "clocks": CLOCKS,
        "origins": origins(read, "survival", "summary"),
    }


def label(row: Row, by: str) -> str:
    """The group that a row is about."""
    if not by:
        return _("All customers")
    value = row.get(by)
    return str(value) if value not in (None, "") else _("not said")


def curve_points(rows: Sequence[Row], by: str, shown: Sequence[str]) -> list[Row]:
    """Points of the curves that are shown, in months, thinned where there are more than a screen can show."""
    found: list[Row] = []
    for name in shown:
        mine = sorted((row for row in rows if label(row, by) == name), key=lambda row: row["time"])
        step = -(-len(mine) // MOST_POINTS)
        found += [_point(row, name) for row in (mine if step <= 1 else _thinned(mine, step))]
    return found


def _thinned(rows: Sequence[Row], step: int) -> list[Row]:
    kept = list(rows[::step])
    return kept if kept[-1] is rows[-1] else [*kept, rows[-1]]


def _point(row: Row, name: str) -> Row:
    months, share = float(row["time_days"]) / MONTH_DAYS, float(row["survival"])
    low, high = row.get("survival_low"), row.get("survival_high")
    return {
        "group": name,
        "months": round(months, 3),
        "share": share,
        "low": share if not numbers.known(low) else low,
        "high": share if not numbers.known(high) else high,
        "at_risk": int(row["at_risk"]),
        "text": f"{words.share(share)} ({words.share_span(low, high)})" if numbers.known(low) else words.share(share),
        "when": words.duration(float(row["time_days"]) * words.DAY) if row["time_days"] else _("at the beginning"),
    }


def _findings(rows: Sequence[Row], by: str, unit: str) -> list[str]:
    known = [row for row in rows if numbers.known(row.get("survival_1_year"))]
    if not known:
        return []
    if not by:
        row = known[0]
        told = {
            "share": words.share(row["survival_1_year"]),
            "ends": words.share_span(row["survival_1_year_low"], row["survival_1_year_high"]),
            "n": numbers.number(row["customers"]),
        }
        said = _("After a year, %(share)s of customers are still with us (%(ends)s; n = %(n)s).") % told
        if numbers.known(row.get("median")):
            return [said, _("Half of them leave within %(time)s.") % {"time": time_words(row["median"], unit)}]
        return [said, _("So far, fewer than half have left.")]
    best = max(known, key=lambda row: (float(row["survival_1_year"]), label(row, by)))
    worst = min(known, key=lambda row: (float(row["survival_1_year"]), label(row, by)))
    told = {
        "best": label(best, by),
        "best_share": words.share(best["survival_1_year"]),
        "worst": label(worst, by),
        "worst_share": words.share(worst["survival_1_year"]),
    }
    found = []
    if best is not worst:
        found.append(
            _("After a year, %(best_share)s of “%(best)s” are still with us, and %(worst_share)s of “%(worst)s”.")
            % told
        )
    return found + _compared(rows)


def _compared(rows: Sequence[Row]) -> list[str]:
    """Whether the groups differ beyond chance."""
    p = next((row["p_value"] for row in rows if numbers.known(row.get("p_value"))), None)
    if p is None and any(GROUPS in row for row in rows):
        return [_("A customer may belong to several groups, so their difference is not tested: compare the intervals.")]
    if p is None:
        return []
    if p < 0.05:
        chance = _("less than one in ten thousand") if p < 1e-4 else words.share(p)
        return [
            _("The groups differ by more than chance allows (the chance of so large a difference is %(chance)s).")
            % {"chance": chance}
        ]
    return [_("The groups do not differ by more than chance allows.")]


def time_words(value: float | None, unit: str) -> str:
    """A time in the unit of the measure, as a person would say it."""
    if not numbers.known(value) or value is None:
        return numbers.UNKNOWN
    return words.duration(float(value) * (words.MONTH if unit == "months" else words.DAY))


def _row(row: Row, by: str, unit: str) -> Context:
    told: Context = {
        "name": label(row, by),
        "customers": numbers.number(row["customers"]),
        "left": numbers.number(row["left"]),
        "few": int(row["customers"] or 0) < FEW,
        "unknown": numbers.number(row["unknown"]) if row.get("unknown") else "",
        "median": time_words(row.get("median"), unit),
        "median_span": _time_span(row, unit),
        "median_reason": row.get("median_reason") or "",
    }
    for name in ("survival_1_year", "survival_2_years"):
        told[name] = words.share(row.get(name))
        told[f"{name}_span"] = words.share_span(row.get(f"{name}_low"), row.get(f"{name}_high"))
        told[f"{name}_reason"] = row.get(f"{name}_reason") or ""
    return told


def _time_span(row: Row, unit: str) -> str:
    low, high = row.get("median_low"), row.get("median_high")
    if not numbers.known(low):
        return ""
    if not numbers.known(high):
        return _("%(low)s or more") % {"low": time_words(low, unit)}
    return _("%(low)s to %(high)s") % {"low": time_words(low, unit), "high": time_words(high, unit)}


def _table(points: Sequence[Row], shown: Sequence[str]) -> list[Context]:
    """The same numbers as the chart, every half year."""
    last = max((point["months"] for point in points), default=0)
    found = []
    for month in range(0, int(last) + 1, 6 if last > 6 else 1):
        cells = []
        for name in shown:
            mine = [point for point in points if point["group"] == name and point["months"] <= month + 1e-9]
            over = max((point["months"] for point in points if point["group"] == name), default=0) < month
            cells.append(None if over or not mine else mine[-1])
        when = ngettext("%(n)s month", "%(n)s months", month) % {"n": numbers.number(month)}
        found.append({"when": when, "cells": cells})
    return found
