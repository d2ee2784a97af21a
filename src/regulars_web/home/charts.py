"""Charts of the page as Vega-Lite specifications in the colours of the theme, and small lines as SVG points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from regulars_web.home.writing import Write
from regulars_web.shared import numbers
from regulars_web.shared.readings import Row

Specification = dict[str, Any]
FEWEST_POINTS = 4
WIDTH, HEIGHT, EDGE = 100, 30, 2
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True)
class Spark:
    """A line as small as a word: the points of an SVG polyline, and the same numbers for those who do not see it."""

    points: str
    rows: Sequence[tuple[str, str]]
    harm: bool = False


def spark(rows: Sequence[Row], name: str, write: Write, *, harm: bool = False) -> Spark | None:
    """A line through a column; None where there are too few points to have a shape."""
    values = [float(row[name]) for row in rows]
    if len(values) < FEWEST_POINTS:
        return None
    low, high = min(0.0, *values), max(values)
    if high <= low:
        return None
    step, scale = WIDTH / (len(values) - 1), (HEIGHT - 2 * EDGE) / (high - low)
    points = " ".join(
        f"{place * step:.1f},{HEIGHT - EDGE - (value - low) * scale:.1f}" for place, value in enumerate(values)
    )
    thin = 10 if len(rows) > WIDTH else 1
    told = [(_name(row), write(value)) for row, value in zip(rows[::thin], values[::thin], strict=True)]
    return Spark(points, told, harm)


def _name(row: Row) -> str:
    return numbers.month(row["on"]) if "on" in row else numbers.percent(row["customers_share"])


def months_of_money(months: Sequence[Row], name: str, axis: str) -> Specification:
    """Bars of money a month; a month that is not over is drawn faintly. Rows: month, amount, text, over."""
    return {
        **_base(months),
        "mark": {"type": "bar", "color": "--accent"},
        "encoding": {
            "x": _months(months),
            "y": {
                "field": "amount",
                "type": "quantitative",
                "axis": {"title": None, "labelExpr": axis, "tickCount": 5},
            },
            "opacity": {"condition": {"test": "datum.over", "value": 1}, "value": 0.45},
            "tooltip": [{"field": "month", "title": ""}, {"field": "text", "title": name}],
        },
    }


def months_of_customers(months: Sequence[Row], names: tuple[str, str]) -> Specification:
    """Customers who bought each month, those known before below and new ones above. Rows: month, known, new, over."""
    bars = [
        {"month": row["month"], "what": what, "order": place, "customers": row[part], "over": row["over"]}
        for row in months
        for place, (what, part) in enumerate(zip(names, ("known", "new"), strict=True))
    ]
    colours = {"domain": list(names), "range": ["--accent", "--second"]}
    return {
        **_base(bars),
        "mark": {"type": "bar"},
        "encoding": {
            "x": _months(months),
            "y": {
                "field": "customers",
                "type": "quantitative",
                "axis": {"title": None, "tickMinStep": 1, "tickCount": 5},
            },
            "color": {"field": "what", "type": "nominal", "scale": colours, "legend": {"title": None, "orient": "top"}},
            "order": {"field": "order"},
            "opacity": {"condition": {"test": "datum.over", "value": 1}, "value": 0.45},
            "tooltip": [
                {"field": "month", "title": ""},
                {"field": "what", "title": ""},
                {"field": "customers", "title": ""},
            ],
        },
    }


def concentration(curve: Sequence[Row], top_share: float, titles: tuple[str, str]) -> Specification:
    """The share of money that the best customers bring, and where 80% is reached."""
    rows = [{"customers": row["customers_share"], "value": row["value_share"]} for row in curve]
    shares = {"format": ".0%", "tickCount": 5}
    x = {"field": "customers", "type": "quantitative", "axis": {**shares, "title": titles[0]}}
    y = {"field": "value", "type": "quantitative", "axis": {**shares, "title": titles[1]}}
    here = {"values": [{"customers": top_share, "value": 0.8, "zero": 0}]}
    rule = {"type": "rule", "color": "--soft", "strokeDash": [3, 3]}
    return {
        **_base(rows),
        "layer": [
            {"mark": {"type": "area", "color": "--accent", "opacity": 0.12}, "encoding": {"x": x, "y": y}},
            {"mark": {"type": "line", "color": "--accent", "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
            {
                "data": here,
                "mark": rule,
                "encoding": {"x": x, "y": {**y, "field": "zero"}, "y2": {"field": "value"}},
            },
            {
                "data": here,
                "mark": rule,
                "encoding": {"y": y, "x": {**x, "field": "zero"}, "x2": {"field": "customers"}},
            },
            {
                "data": here,
                "mark": {"type": "point", "filled": True, "size": 70, "color": "--accent"},
                "encoding": {"x": x, "y": y},
            },
        ],
    }


def _base(rows: Sequence[Row]) -> Specification:
    return {"$schema": SCHEMA, "width": "container", "height": 190, "data": {"values": list(rows)}}


def _months(months: Sequence[Row]) -> Specification:
    """One place a month in the order of time, labels where they fit."""
    step = max(-(-len(months) // 7), 1)  # a log without orders has no month
    labelled = [row["month"] for row in list(months)[::-1][::step]]
    return {
        "field": "month",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "values": labelled, "labelAngle": 0, "labelOverlap": True, "ticks": False},
        "scale": {"paddingInner": 0.15},
    }
