"""Charts that compare amounts and shares: the few who bring most, windows of return, segments, bands of value."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from regulars.report.charts.drawing import COLOURS, AnyChart, Canvas, Draw, plotted

Rows = Sequence[dict[str, object]]

_PERCENT = "format(datum.value, '.0%')"


def pareto_curve(rows: Rows, mark: tuple[float, float, str] | None) -> Draw:
    """How money gathers from the best customer on. Rows: customers_share, value_share. ``mark``: a point, said."""
    values = list(rows)

    def draw(canvas: Canvas) -> AnyChart:
        x = alt.X(
            "customers_share:Q",
            axis=alt.Axis(title="Share of customers, best first", labelExpr=_PERCENT, tickCount=canvas.ticks),
        )
        y = alt.Y("value_share:Q", axis=alt.Axis(title="Share of the money", labelExpr=_PERCENT))
        curve = plotted(values)
        equal = plotted([{"x": 0, "y": 0}, {"x": 1, "y": 1}])
        layers = [
            curve.mark_area(fill=COLOURS["accent-soft"]).encode(x=x, y=y),
            equal.mark_line(stroke=COLOURS["soft"], strokeDash=[2, 4], strokeWidth=1).encode(x="x:Q", y="y:Q"),
            curve.mark_line(stroke=COLOURS["accent"], strokeWidth=2.4).encode(x=x, y=y),
        ]
        if mark:
            point = plotted([{"x": mark[0], "y": mark[1], "text": mark[2]}])
            layers.append(point.mark_point(filled=True, size=90, fill=COLOURS["accent"]).encode(x="x:Q", y="y:Q"))
            text = point.mark_text(align="left", dx=12, dy=12, fill=COLOURS["ink"], fontWeight=600)
            layers.append(text.encode(x="x:Q", y="y:Q", text="text:N"))
        return alt.layer(*layers).properties(width=canvas.width, height=canvas.height(300, 260))

    return draw


def shares_with_intervals(rows: Rows, groups: Sequence[str]) -> Draw:
    """Points with their intervals. Rows: label, group, value, low, high, text, order."""
    values = list(rows)
    order = list(dict.fromkeys(str(row["label"]) for row in values))
    colours = alt.Scale(domain=list(groups), range=[COLOURS["accent"], COLOURS["second"], COLOURS["old"]])

    def draw(canvas: Canvas) -> AnyChart:
        base = plotted(values)
        y = alt.Y("label:N", sort=order, axis=alt.Axis(title=None, labelLimit=150))
        offset = alt.YOffset("group:N", sort=list(groups)) if len(groups) > 1 else alt.Undefined
        legend = alt.Legend(symbolOpacity=1) if len(groups) > 1 else None
        colour = alt.Color("group:N", scale=colours, legend=legend)
        x = alt.X(
            "value:Q",
            scale=alt.Scale(zero=True),
            axis=alt.Axis(title=None, labelExpr=_PERCENT, grid=True, tickCount=canvas.ticks),
        )
        rule = base.mark_rule(strokeWidth=5, opacity=0.35, strokeCap="round")
        dots = base.mark_point(filled=True, size=80, opacity=1)
        words = base.mark_text(align="left", dx=10, dy=0, fill=COLOURS["ink"])
        layers = [
            rule.encode(y=y, yOffset=offset, x=alt.X("low:Q"), x2="high:Q", color=colour),
            dots.encode(y=y, yOffset=offset, x=x, color=colour),
            words.encode(y=y, yOffset=offset, x=alt.X("high:Q"), text="text:N"),
        ]
        height = (28 if len(groups) > 1 else 36) * len(values) + 50
        return alt.layer(*layers).properties(width=canvas.width, height=height)

    return draw


def ranges(rows: Rows, axis_title: str) -> Draw:
    """Middle halves with their medians. Rows: label, low, middle, high, text."""
    values = list(rows)
    order = [str(row["label"]) for row in values]

    def draw(canvas: Canvas) -> AnyChart:
        base = plotted(values)
        y = alt.Y("label:N", sort=order, axis=alt.Axis(title=None, labelLimit=170))
        x = alt.X(
            "low:Q", scale=alt.Scale(zero=True), axis=alt.Axis(title=axis_title, grid=True, tickCount=canvas.ticks)
        )
        bars = base.mark_bar(height=12, cornerRadius=6, fill=COLOURS["accent-soft"])
        dots = base.mark_point(filled=True, size=90, fill=COLOURS["accent"], opacity=1)
        words = base.mark_text(align="left", dx=8, fill=COLOURS["ink"])
        layers = [
            bars.encode(y=y, x=x, x2="high:Q"),
            dots.encode(y=y, x="middle:Q"),
            words.encode(y=y, x="high:Q", text="text:N"),
        ]
        return alt.layer(*layers).properties(width=canvas.width, height=36 * len(values) + 60)

    return draw


def pairs(rows: Rows, names: tuple[str, str], axis_label: str = _PERCENT, title: str | None = None) -> Draw:
    """Two bars a row, to be compared. Rows: label, what (one of ``names``), value, text."""
    values = list(rows)
    order = list(dict.fromkeys(str(row["label"]) for row in values))
    colours = alt.Scale(domain=list(names), range=[COLOURS["grey"], COLOURS["accent"]])

    def draw(canvas: Canvas) -> AnyChart:
        base = plotted(values)
        y = alt.Y("label:N", sort=order, axis=alt.Axis(title=title, labelLimit=150), scale=alt.Scale(paddingInner=0.3))
        offset = alt.YOffset("what:N", sort=list(names))
        x = alt.X("value:Q", axis=alt.Axis(title=None, labelExpr=axis_label, grid=True, tickCount=canvas.ticks))
        colour = alt.Color("what:N", scale=colours, legend=alt.Legend(columns=1 if canvas.narrow else 0))
        layers = [
            base.mark_bar(cornerRadiusEnd=2).encode(y=y, yOffset=offset, x=x, color=colour),
            base.mark_text(align="left", dx=6, fontSize=11, fill=COLOURS["soft"]).encode(
                y=y, yOffset=offset, x=x, text="text:N"
            ),
        ]
        return alt.layer(*layers).properties(width=canvas.width, height=42 * len(order) + 60)

    return draw
