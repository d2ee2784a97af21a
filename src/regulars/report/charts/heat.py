"""The retention triangle as a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from regulars.report.charts.drawing import COLOURS, HEATS, AnyChart, Canvas, Draw, levels, plotted
from regulars.report.formats import month

STEPS = (0.05, 0.10, 0.20, 0.30, 0.45)
STEP_LABELS = ("under 5%", "5 to 10%", "10 to 20%", "20 to 30%", "30 to 45%", "45% and over")
_LIGHT_TEXT_FROM = 4


@dataclass(frozen=True)
class HeatCell:
    """One cohort in one later month."""

    cohort_on: date
    month_number: int
    share: float


def retention_heat(cells: Sequence[HeatCell]) -> Draw:
    """Cohorts down, months since along; the newest that fit. A phone gets the newest year."""

    def draw(canvas: Canvas) -> AnyChart:
        most = 12 if canvas.narrow else 24
        shown = _newest(cells, most)
        order = sorted({cell.cohort_on for cell in shown})
        rows = [_row(cell) for cell in shown]
        side = 24
        base = plotted(rows)
        x = alt.X("month:O", axis=alt.Axis(title="Months after the first order", labelAngle=0, orient="top"))
        y = alt.Y("cohort:N", sort=[month(on) for on in order], axis=alt.Axis(title=None))
        colours = alt.Scale(domain=list(range(6)), range=list(HEATS))
        legend = None if canvas.narrow else alt.Legend(orient="bottom", labelExpr=_legend())
        squares = base.mark_rect(stroke=COLOURS["card"], strokeWidth=2)
        text = base.mark_text(fontSize=10 if canvas.narrow else 11)
        return alt.layer(
            squares.encode(x=x, y=y, color=alt.Color("level:O", scale=colours, legend=legend)),
            text.encode(
                x=x,
                y=y,
                text="text:N",
                color=alt.condition(
                    f"datum.level >= {_LIGHT_TEXT_FROM}",
                    alt.value(COLOURS["heat-light"]),
                    alt.value(COLOURS["heat-dark"]),
                ),
            ),
        ).properties(width=canvas.width, height=side * max(len(order), 1) + (50 if canvas.narrow else 90))

    return draw


def _newest(cells: Sequence[HeatCell], most: int) -> list[HeatCell]:
    """The newest cohorts and the first months that fit; without the month of the first order, which is always 100%."""
    followed = [cell for cell in cells if 0 < cell.month_number <= most]
    kept = set(sorted({cell.cohort_on for cell in followed})[-most:])
    return [cell for cell in followed if cell.cohort_on in kept]


def _row(cell: HeatCell) -> dict[str, object]:
    return {
        "cohort": month(cell.cohort_on),
        "month": cell.month_number,
        "level": levels(cell.share, STEPS),
        "text": f"{cell.share * 100:.0f}",
    }


def _legend() -> str:
    return "[" + ", ".join(f"'{label}'" for label in STEP_LABELS) + "][datum.value]"
