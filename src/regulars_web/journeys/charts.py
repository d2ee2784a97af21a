"""Charts of the life cycle as Vega-Lite specifications in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from regulars_web.home.charts import SCHEMA
from regulars_web.shared.readings import Row

Specification = dict[str, Any]
COLOURS = ("--accent", "--second", "--harm", "--grey")
STAGE_COLOURS = (
    "--line",
    "--edge",
    "--second",
    "--accent-soft",
    "--accent",
    "--accent-strong",
    "--ink",
    "--old",
    "--harm",
)


def survival(points: Sequence[Row], groups: Sequence[str]) -> Specification:
    """Shares still there over months, each with its interval as a band; one line a group.

    Points: group, months, share, low, high, text, when. ``groups`` empty: one line without a legend.
    """
    x = {
        "field": "months",
        "type": "quantitative",
        "axis": {"title": _("months since the beginning"), "tickCount": 8, "grid": False},
    }
    y = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"title": None, "format": ".0%", "tickCount": 5},
    }
    colour: Specification = {"value": "--accent"}
    if groups:
        scale = {"domain": list(groups), "range": list(COLOURS[: len(groups)])}
        colour = {
            "field": "group",
            "type": "nominal",
            "scale": scale,
            "legend": {"title": None, "orient": "top", "labelLimit": 220},
        }
    # Not by colour alone: every line has its own dashes.
    dash = {
        "field": "group",
        "type": "nominal",
        "scale": {"domain": list(groups), "range": [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]][: len(groups)]},
        "legend": None,
    }
    line = {"x": x, "y": y, "color": colour, **({"strokeDash": dash} if groups else {})}
    tip = [
        *([{"field": "group", "title": ""}] if groups else []),
        {"field": "when", "title": ""},
        {"field": "text", "title": _("still with us")},
        {"field": "at_risk", "title": _("watched")},
    ]
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 300,
        "data": {"values": list(points)},
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.15, "interpolate": "step-after"},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour},
            },
            {"mark": {"type": "line", "strokeWidth": 2, "interpolate": "step-after"}, "encoding": line},
            {
                "mark": {"type": "point", "size": 60, "opacity": 0},
                "encoding": {"x": x, "y": y, "color": colour, "tooltip": tip},
            },
        ],
    }


def losses(points: Sequence[Row], name: str) -> Specification:
    """Lost customers month by month; a month that is not over is drawn faintly. Points: month, lost, over, text."""
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 200,
        "data": {"values": list(points)},
        "mark": {"type": "bar", "color": "--harm"},
        "encoding": {
            "x": _months([point["month"] for point in points], "month"),
            "y": {"field": "lost", "type": "quantitative", "axis": {"title": None, "tickMinStep": 1, "tickCount": 5}},
            "opacity": {"condition": {"test": "datum.over", "value": 1}, "value": 0.45},
            "tooltip": [{"field": "month", "title": ""}, {"field": "text", "title": name}],
        },
    }


def stages(points: Sequence[Row], names: Sequence[str]) -> Specification:
    """Customers at each stage over time, one above the other. Points: when, stage, customers, place, text."""
    scale = {"domain": list(names), "range": [STAGE_COLOURS[at % len(STAGE_COLOURS)] for at in range(len(names))]}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 260,
        "data": {"values": list(points)},
        "mark": {"type": "bar"},
        "encoding": {
            "x": _months(list(dict.fromkeys(point["when"] for point in points)), "when"),
            "y": {"field": "customers", "type": "quantitative", "axis": {"title": None, "tickCount": 5}},
            "color": {
                "field": "stage",
                "type": "nominal",
                "scale": scale,
                "legend": {"title": None, "orient": "right", "symbolType": "square"},
            },
            "order": {"field": "place"},
            "tooltip": [
                {"field": "when", "title": ""},
                {"field": "stage", "title": ""},
                {"field": "text", "title": _("customers")},
            ],
        },
    }


def _months(names: Sequence[str], field: str) -> Specification:
    """One place a month in the order of time, labels where they fit."""
    step = -(-len(names) // 7)
    labelled = list(names)[::-1][:: max(step, 1)]
    return {
        "field": field,
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "values": labelled, "labelAngle": 0, "labelOverlap": True, "ticks": False},
        "scale": {"paddingInner": 0.15},
    }
