"""Charts of touchpoints as Vega-Lite specifications in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regulars_web.home.charts import SCHEMA
from regulars_web.shared.readings import Row

Specification = dict[str, Any]


def trend(rows: Sequence[Row], name: str, domain: tuple[float, float]) -> Specification:
    """A figure over time with its interval as a band; a period that is not over is drawn hollow.

    Rows: when, value, low, high, text, complete.
    """
    x = {
        "field": "when",
        "type": "ordinal",
        "sort": None,
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelOverlap": True,
            "labelSeparation": 12,
            "offset": 8,
            "ticks": False,
        },
    }
    room = {"domain": list(_room(rows, domain)), "nice": True, "zero": False}
    y = {"field": "value", "type": "quantitative", "scale": room, "axis": {"title": None, "tickCount": 5}}
    tip = [{"field": "when", "title": ""}, {"field": "text", "title": name}]
    fill = {"condition": {"test": "datum.complete", "value": "--accent"}, "value": "--card"}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 180,
        "data": {"values": list(rows)},
        "layer": [
            {
                "mark": {"type": "area", "color": "--accent", "opacity": 0.16},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {"mark": {"type": "line", "color": "--accent", "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
            {
                "mark": {"type": "point", "size": 44, "color": "--accent", "opacity": 1},
                "encoding": {"x": x, "y": y, "tooltip": tip, "fill": fill},
            },
        ],
    }


def _room(rows: Sequence[Row], domain: tuple[float, float]) -> tuple[float, float]:
    """As much of the scale as the intervals need, within its ends."""
    ends = [float(row[name]) for row in rows for name in ("low", "high", "value")]
    edge = 0.05 * (max(ends) - min(ends)) or 1.0
    return max(domain[0], min(ends) - edge), min(domain[1], max(ends) + edge)
