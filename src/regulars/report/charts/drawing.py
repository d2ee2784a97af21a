"""From a Vega-Lite chart to SVG that follows the page: its colours by day and night, its letters, its width."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from regulars.report.page import Drawing

# Colours that a chart is drawn with stand for CSS variables of the page, which know the dark theme.
COLOURS = {
    name: f"#0b0b{number:02x}"
    for number, name in enumerate(
        (
            "ink", "soft", "line", "card", "wash", "accent", "accent-soft", "second", "grey", "old",
            "heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5", "heat-light", "heat-dark",
        ),
        start=16,
    )
}  # fmt: skip
HEATS = tuple(COLOURS[f"heat-{level}"] for level in range(6))

_BY_COLOUR = {colour: name for name, colour in COLOURS.items()}
_PAINT = re.compile(r'(fill|stroke)="(#0b0b[0-9a-f]{2})"')
_FAMILY = re.compile(r' font-family="[^"]*"')
_ID = re.compile(r'(id="|url\(#)([^")]+)')
_TAG = re.compile(r"<[^>]+>")
_LONG_NUMBER = re.compile(r"\d+\.\d{3,}(?:e-\d+)?")
_OPENING = re.compile(r"<svg[^>]*>")
# What Vega writes for scripts and screen readers; the drawing as a whole is labelled instead.
_TALK = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events|opacity)="(?:[a-z][^"]*|1)"')
_NOTHING = re.compile(r'<path(?: display="none")?(?: d="(?:M0,0h0v0h0Z)?")?(?: display="none")?/>')
_BOX = re.compile(r'viewBox="([^"]+)"')


@dataclass(frozen=True)
class Canvas:
    """The place a chart is drawn for. Text keeps its size, so a phone gets its own drawing, not a smaller one."""

    width: int
    narrow: bool

    @property
    def ticks(self) -> int:
        """How many labels an axis of numbers has room for."""
        return 3 if self.narrow else 6

    def height(self, wide: int, narrow: int | None = None) -> int:
        """Height by place."""
        return narrow if self.narrow and narrow is not None else wide


WIDE, NARROW = Canvas(880, narrow=False), Canvas(340, narrow=True)

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart
Draw = Callable[[Canvas], AnyChart]


def drawing(name: str, label: str, draw: Draw) -> Drawing:
    """A chart for desktop and phone. ``label`` says what it shows to those who do not see it."""
    return Drawing(
        *(_svg(draw(canvas), f"{name}-{place}", label) for canvas, place in ((WIDE, "wide"), (NARROW, "narrow")))
    )


def plotted(rows: Iterable[Mapping[str, object]]) -> alt.Chart:
    """A chart of rows that stand in its own specification."""
    return alt.Chart(alt.Data(values=list(rows)))  # type: ignore[no-untyped-call]


def _svg(chart: AnyChart, name: str, label: str) -> Markup:
    drawn: str = vl_convert.vegalite_to_svg(_dressed(chart))
    painted = _PAINT.sub(lambda found: f'{found[1]}="var(--{_BY_COLOUR[found[2]]})"', drawn)
    plain = _FAMILY.sub("", painted)
    plain = _NOTHING.sub("", _TALK.sub("", plain))
    # Hundredths of a pixel are seen by nobody; the rest is noise of sums that changes from run to run.
    plain = _TAG.sub(lambda tag: _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}", tag[0]), plain)
    # Vega counts its names up over all drawings; ours are counted within one, so that a page is always the same.
    numbers: dict[str, int] = {}
    own = _ID.sub(lambda found: f"{found[1]}{name}-{numbers.setdefault(found[2], len(numbers))}", plain)
    box = _BOX.search(own)
    size = box[1] if box else "0 0 800 300"
    opening = f'<svg viewBox="{size}" role="img" aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">'
    return Markup(_OPENING.sub(lambda _: opening, own, count=1))  # noqa: S704  drawn by us; texts are escaped by Vega


def _dressed(chart: AnyChart) -> dict[str, Any]:
    """The chart's specification with the look that all share."""
    specification: dict[str, Any] = chart.to_dict(validate=False)
    specification["config"] = _CONFIG
    specification["autosize"] = {"type": "fit", "contains": "padding"}
    specification["padding"] = {"left": 2, "right": 14, "top": 8, "bottom": 2}
    return specification


_TEXT = {"labelFont": "sans-serif", "titleFont": "sans-serif", "labelFontSize": 12, "titleFontSize": 12}
_CONFIG: dict[str, Any] = {
    "aria": False,
    "background": None,
    "view": {"stroke": None},
    "text": {"font": "sans-serif", "fontSize": 12, "color": COLOURS["ink"]},
    "axis": {
        **_TEXT,
        "labelColor": COLOURS["soft"],
        "titleColor": COLOURS["soft"],
        "titleFontWeight": 400,
        "gridColor": COLOURS["line"],
        "domainColor": COLOURS["line"],
        "ticks": False,
        "labelPadding": 6,
        "titlePadding": 8,
    },
    "axisY": {"domain": False, "tickCount": 4},
    "axisX": {"grid": False},
    "legend": {
        **_TEXT,
        "labelColor": COLOURS["soft"],
        "orient": "top",
        "title": None,
        "symbolType": "square",
        "symbolSize": 90,
        "offset": 8,
        "columnPadding": 18,
    },
}


def levels(value: float, steps: tuple[float, ...]) -> int:
    """The place of a value among ascending steps: 0 below the first, len(steps) from the last."""
    return sum(1 for _ in itertools.takewhile(lambda step: value >= step, steps))
