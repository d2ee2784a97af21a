"""How the index moved and what moved it, how far it would move with other weights, and who stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.measures.index.parts import TITLES
from regulars.workspace import Workspace
from regulars_web.home.charts import SCHEMA
from regulars_web.home.provenance import origins
from regulars_web.programme import figures, words
from regulars_web.programme.indexing import MARKS, scored
from regulars_web.shared import numbers
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.shared.said import said

FEWEST_MONTHS = 3
SPLITS: Mapping[str, Any] = {
    "customer_type": gettext_lazy("By type of customer"),
    "department": gettext_lazy("By department"),
}
COLOURS: Mapping[str, str] = {"staff": "--second", "customers": "--accent", "evidence": "--grey"}


def trend_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """The index and its views month by month, and what moved it."""
    reading = read["index_trend"]
    months = [_month(row) for row in reading.rows if row["level"] == "index"]
    known = [row for row in months if row["score"].known]
    views = [row for row in reading.rows if row["level"] == "view" and numbers.known(row.get("score"))]
    enough = len(known) >= FEWEST_MONTHS or len({row["month_on"] for row in views}) >= FEWEST_MONTHS
    return {
        "reading": reading,
        "months": months[::-1],
        "known": len(known),
        "chart": chart(known, views) if enough else None,
        "moved": [row for row in months[::-1] if row["moved_by"]],
        "sentence": _moved_words(known),
        "marks": MARKS,
        "origins": origins(read, "index_trend"),
    }


def sensitivity_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """What the index would be with other weights."""
    reading = read["index_sensitivity"]
    drawn = next((row for row in reading.rows if row["sort"] != "component"), {})
    total = figures.figure(drawn or reading.only, "total", "score")
    return {
        "reading": reading,
        "total": total,
        "random": figures.span(drawn.get("range_low"), drawn.get("range_high"), "score"),
        "draws": drawn.get("draws"),
        "rows": [_weighted(row) for row in reading.rows if row["sort"] == "component"],
        "origins": origins(read, "index_sensitivity"),
    }


def apart_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """The index and its parts, customer type by customer type and department by department."""
    tables = [_table(name, read[name]) for name in SPLITS]
    return {"tables": tables, "names": [*words.PARTS.values()]}


def chart(months: Sequence[Mapping[str, Any]], views: Sequence[Row]) -> dict[str, Any]:
    """Lines of the index with its interval as a band, and of the three views."""
    names = {"index": _("The index"), **{view: str(name) for view, name in words.VIEWS.items()}}
    lines = [_point(row["on"], row["row"], names["index"]) for row in months]
    lines += [_point(row["month_on"], row, names[row["name"]]) for row in views]
    domain = [names["index"], *(names[view] for view in COLOURS)]
    x = {"field": "on", "type": "temporal", "axis": {"title": None, "format": "%m/%y", "tickCount": 6, "grid": False}}
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": None, "tickCount": 5},
    }
    colour = {
        "field": "what",
        "type": "nominal",
        "scale": {"domain": domain, "range": ["--ink", *COLOURS.values()]},
        "legend": {"title": None, "orient": "top", "columns": 2},
    }
    tip = [{"field": "month", "title": ""}, {"field": "what", "title": ""}, {"field": "text", "title": " "}]
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 260,
        "data": {"values": lines},
        "layer": [
            {
                "transform": [{"filter": {"field": "what", "equal": names["index"]}}],
                "mark": {"type": "area", "color": "--ink", "opacity": 0.1},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 30, "filled": True}},
                "encoding": {"x": x, "y": y, "color": colour, "tooltip": tip},
            },
        ],
    }


def _point(on: date, row: Row, what: str) -> Row:
    return {
        "on": on.isoformat(),
        "month": numbers.month(on),
        "what": what,
        "value": row["score"],
        "low": row["score_low"],
        "high": row["score_high"],
        "text": figures.written(row["score"], "score"),
    }


def _month(row: Row) -> Mapping[str, Any]:
    moved = row.get("moved_by") or ""
    return {
        "on": row["month_on"],
        "row": row,
        "change": figures.change(row.get("change"), 1),
        "moved_by": said(TITLES.get(moved, moved)) if moved else "",
        "moved_points": figures.change(row.get("moved_points"), 1),
        **scored(row),
    }


def _moved_words(months: Sequence[Mapping[str, Any]]) -> str:
    """How the newest month stands against the one before, and what moved it most."""
    if not months or not months[-1]["moved_by"]:
        return ""
    newest = months[-1]
    told = {
        "month": numbers.month(newest["on"]),
        "change": newest["change"],
        "component": newest["moved_by"],
        "points": newest["moved_points"],
    }
    return (
        _("In %(month)s the index moved by %(change)s points; most of it came from “%(component)s” (%(points)s).")
        % told
    )


def _weighted(row: Row) -> Mapping[str, Any]:
    return {
        "name": row.get("title") or row["name"],
        "weight": figures.written(row.get("weight"), "share"),
        "score": figures.written(row.get("score"), "score"),
        **{name: figures.change(row.get(f"{name}_points"), 1) for name in ("doubled", "halved", "left_out")},
    }


def _table(split: str, reading: Reading) -> Mapping[str, Any]:
    """One line a value of the split: the index and its parts."""
    values = list(dict.fromkeys(row.get(split) for row in reading.rows))
    lines = []
    for value in values:
        mine = [row for row in reading.rows if row.get(split) == value]
        parts = [
            next((row for row in mine if row["level"] == "part" and row["name"] == part), {}) for part in words.PARTS
        ]
        whole = next((row for row in mine if row["level"] == "index"), {})
        lines.append(
            {
                "name": value if value not in (None, "") else _("not said"),
                "total": scored(whole),
                "parts": [{"name": name, **scored(row)} for name, row in zip(words.PARTS.values(), parts, strict=True)],
            }
        )
    return {"title": SPLITS[split], "lines": lines, "unknown": reading.unknown, "notes": reading.notes}
