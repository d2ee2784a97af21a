"""Charts of the voice as Vega-Lite specifications in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regulars_web.home.charts import SCHEMA
from regulars_web.shared.readings import Row

Specification = dict[str, Any]


def trend(rows: Sequence[Row], name: str, *, domain: tuple[float, float]) -> Specification:
    """A score over time with its interval as a band; real changes have a filled point.

    Rows: when, value, low, high, text, real.
    """
    x = {
        "field": "when",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": True, "ticks": False},
    }
    scale = {"domain": list(_room(rows, domain)), "nice": True, "zero": False}
    y = {"field": "value", "type": "quantitative", "scale": scale, "axis": {"title": None, "tickCount": 5}}
    tip = [{"field": "when", "title": ""}, {"field": "text", "title": name}]
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 200,
        "data": {"values": list(rows)},
        "layer": [
            {
                "mark": {"type": "area", "color": "--accent", "opacity": 0.16},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {"mark": {"type": "line", "color": "--accent", "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
            {
                "mark": {"type": "point", "size": 60, "color": "--accent", "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": y,
                    "tooltip": tip,
                    "fill": {"condition": {"test": "datum.real", "value": "--accent"}, "value": "--card"},
                },
            },
        ],
    }


def importance_map(rows: Sequence[Row], titles: tuple[str, str], middle: tuple[float, float]) -> Specification:
    """Factors by how much they matter and how satisfied people are; first priorities in the colour of harm.

    Rows: factor, satisfaction, importance, first, text.
    """
    across = {
        "field": "satisfaction",
        "type": "quantitative",
        "scale": {"zero": False, "padding": 24, "nice": False},
        "axis": {"title": titles[0], "grid": False, "tickCount": 5},
    }
    up = {
        "field": "importance",
        "type": "quantitative",
        "scale": {"zero": False, "padding": 24, "nice": False},
        "axis": {"title": titles[1], "grid": False, "format": ".0%", "tickCount": 5},
    }
    rule = {"type": "rule", "color": "--edge", "strokeDash": [3, 3]}
    colour = {"condition": {"test": "datum.first", "value": "--harm"}, "value": "--accent"}
    tip = [{"field": "factor", "title": ""}, {"field": "text", "title": ""}]
    place = {"x": across, "y": up}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 380,
        "data": {"values": list(rows)},
        "layer": [
            {"data": {"values": [{"satisfaction": middle[0]}]}, "mark": rule, "encoding": {"x": across}},
            {"data": {"values": [{"importance": middle[1]}]}, "mark": rule, "encoding": {"y": up}},
            {
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {**place, "color": colour, "tooltip": tip},
            },
            {
                "mark": {"type": "text", "dy": -12, "fontSize": 13, "color": "--ink"},
                "encoding": {**place, "text": {"field": "factor"}},
            },
        ],
    }


def _room(rows: Sequence[Row], domain: tuple[float, float]) -> tuple[float, float]:
    """As much of the scale as the intervals need, within its ends."""
    ends = [float(row[name]) for row in rows for name in ("low", "high", "value") if row.get(name) is not None]
    if not ends:
        return domain
    return max(domain[0], min(ends) - 2), min(domain[1], max(ends) + 2)
