"""Charts with time along the bottom: sales, customers, and forecasts against what came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt

from regulars.report.charts.drawing import COLOURS, AnyChart, Canvas, Draw, plotted


def _months(canvas: Canvas, months: Sequence[str]) -> alt.X:
    """One place a month, and labels on as many as fit; the last month always has one."""
    step = -(-len(months) // (5 if canvas.narrow else 13))
    labelled = list(reversed(months[::-1][::step]))
    shown = "timeFormat(toDate(datum.value + 'T12:00'), '%b %y')"
    axis = alt.Axis(title=None, values=labelled, labelExpr=shown, labelAngle=0, labelFlush=False, labelOverlap=False)
    return alt.X("on:O", axis=axis, scale=alt.Scale(paddingInner=0.12, paddingOuter=0.1))


def stacked_months(
    rows: Sequence[dict[str, object]], parts: Sequence[tuple[str, str]], axis_label: str, least_step: float = 0
) -> Draw:
    """Bars a month, in parts from the bottom up. Rows: on, part, amount, whole (False: the month has not ended).

    ``parts`` are names and colours; ``least_step`` is 1 where only whole numbers make sense. Months that have not
    ended are drawn faintly.
    """
    shown = [{**row, "on": _text(row["on"])} for row in rows]
    months = sorted({str(row["on"]) for row in shown})
    names = [name for name, _ in parts]
    order = {name: place for place, name in enumerate(names)}
    for row in shown:
        row["order"] = order[str(row["part"])]

    def draw(canvas: Canvas) -> AnyChart:
        colours = alt.Scale(domain=names, range=[COLOURS[colour] for _, colour in parts])
        legend = alt.Legend(columns=1 if canvas.narrow else 0) if len(names) > 1 else None
        chart: AnyChart = (
            plotted(shown)
            .properties(width=canvas.width, height=canvas.height(240, 220))
            .mark_bar()
            .encode(
                x=_months(canvas, months),
                y=alt.Y(
                    "amount:Q", axis=alt.Axis(title=None, labelExpr=axis_label, tickMinStep=least_step), stack="zero"
                ),
                color=alt.Color("part:N", scale=colours, legend=legend),
                order=alt.Order("order:Q"),
                opacity=alt.condition("datum.whole", alt.value(1), alt.value(0.45)),
            )
        )
        return chart

    return draw


def two_lines(rows: Sequence[dict[str, object]], names: tuple[str, str]) -> Draw:
    """What came and what was predicted, over time. Rows: on, actual, predicted."""
    shown = [{**row, "on": _text(row["on"])} for row in rows]
    styles = {names[0]: ("actual", [1, 0]), names[1]: ("predicted", [6, 4])}

    def draw(canvas: Canvas) -> AnyChart:
        axis = alt.Axis(title=None, format="%b %y", tickCount=4 if canvas.narrow else 8, labelOverlap=True)
        x = alt.X("on:T", axis=axis, scale=alt.Scale(type="utc"))
        colours = alt.Scale(domain=list(names), range=[COLOURS["ink"], COLOURS["accent"]])
        layers = []
        for name, (column, dash) in styles.items():
            values = [{"on": row["on"], "what": name, "value": row[column]} for row in shown]
            y = alt.Y("value:Q", axis=alt.Axis(title=None, labelExpr="format(datum.value, '~s')"))
            line = plotted(values).mark_line(strokeWidth=2.2, strokeDash=dash)
            layers.append(line.encode(x=x, y=y, color=alt.Color("what:N", scale=colours, legend=alt.Legend())))
        return alt.layer(*layers).properties(width=canvas.width, height=canvas.height(260, 240))

    return draw


def _text(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else str(day)
