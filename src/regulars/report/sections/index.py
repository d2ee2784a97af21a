"""The customer-focus index: three views apart before any total, the gaps between them, then what it is made of."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_programme as say
from regulars.report.charts.amounts import shares_with_intervals
from regulars.report.charts.drawing import drawing
from regulars.report.page import Block, Cell, Figure, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import unknown

ANCHOR = "index"
SHOWN_GAPS = 6
ALL = "all"


def index(readings: Readings) -> Section:
    """What staff, customers and the evidence say, where they differ, the total, and its components."""
    reading = readings.of("index")
    if reading.missing("score", "level", "coverage"):
        return unknown(ANCHOR, say.INDEX_TITLE, reading.why_unknown(say.NO_INDEX))
    rows = reading.rows
    gaps = [row for row in readings.of("index_gaps").rows if row["difference"] is not None]
    blocks: list[Block] = []
    # One view alone has nothing to be compared with.
    if len({row["view"] for row in _at(rows, "part in view") if row["score"] is not None}) > 1:
        blocks.append(_chart(_at(rows, "part in view")))
    if gaps:
        blocks.append(_gaps(gaps[:SHOWN_GAPS]))
    blocks += [_parts(rows), _components(_at(rows, "component"))]
    text = (*_apart(gaps), _total(_at(rows, "index")[0]), say.INDEX_TEXT, say.INDEX_MARKS)
    return Section(ANCHOR, say.INDEX_TITLE, _views(rows), text, tuple(blocks))


def _at(rows: list[Row], level: str) -> list[Row]:
    return [row for row in rows if row["level"] == level]


def _views(rows: list[Row]) -> str:
    said = [
        say.VIEW_UNKNOWN[row["name"]]
        if row["score"] is None
        else say.VIEWS[row["name"]].format(score=score_text(row["score"]))
        for row in _at(rows, "view")
    ]
    return say.INDEX_VIEWS.format(views=", ".join(said))


def _total(row: Row) -> str:
    coverage = formats.share(row["coverage"] or 0.0)
    if row["score"] is None:
        return say.INDEX_NO_TOTAL.format(reason=row["score_reason"] or "", coverage=coverage)
    ends = {end: score_text(row[f"score_{end}"]) for end in ("low", "high")}
    return say.INDEX_TOTAL.format(score=score_text(row["score"]), coverage=coverage, **ends)


def _apart(gaps: list[Row]) -> tuple[str, ...]:
    """The widest gap that is clear of chance."""
    clear = [row for row in gaps if row["apart"] and row["part"] != ALL] or [row for row in gaps if row["apart"]]
    if not clear:
        return ()
    row = clear[0]
    part = say.INDEX_ALL if row["part"] == ALL else row["part"]
    said = str(row["said"]).rstrip(".")
    low, high = sorted(abs(row[f"difference_{end}"]) for end in ("low", "high"))
    ends = {"low": score_text(low), "high": score_text(high)}
    lowered = said[:1].lower() + said[1:]
    return (say.INDEX_APART.format(part=part, said=lowered, points=score_text(abs(row["difference"])), **ends),)


def score_text(value: float) -> str:
    """A score of 0 to 100, or a difference of two, whole."""
    return f"{value:.0f}".replace("-", "−").replace("−0", "0") if abs(value) < 0.5 else f"{value:.0f}".replace("-", "−")


def score_cell(row: Row) -> Cell:
    """A score with its interval and count; the reason where there is none."""
    if row["score"] is None:
        return Cell(head.NOT_KNOWN, row["score_reason"] or "")
    parts = []
    if row["score_low"] is not None:
        low, high = score_text(row["score_low"]), score_text(row["score_high"])
        parts.append(head.BETWEEN.format(low=low, high=high))
    parts.append(f"n = {formats.count(row['score_n'])}")
    return Cell(score_text(row["score"]), "; ".join(parts), row["score"] / 100)


def _chart(rows: list[Row]) -> Figure:
    known = [row for row in rows if row["score"] is not None]
    points = [
        {
            "label": row["part"],
            "group": row["view"],
            "value": row["score"] / 100,
            "low": row["score_low"] / 100,
            "high": row["score_high"] / 100,
            "text": score_text(row["score"]),
        }
        for row in known
        if row["score_low"] is not None
    ]
    groups = list(dict.fromkeys(str(row["view"]) for row in rows))
    figure = drawing("index", say.INDEX_CHART, shares_with_intervals(points, groups))
    headings = (Heading(head.PART), Heading(head.VIEW), Heading(head.SCORE, number=True))
    cells = tuple((Cell(row["part"]), Cell(row["view"]), score_cell(row)) for row in rows)
    return Figure(say.INDEX_CHART, say.INDEX_CHART_SUMMARY, figure, Table(say.INDEX_CHART, headings, cells))


def _gaps(rows: list[Row]) -> Table:
    headings = (
        Heading(head.PART),
        Heading(head.VIEW, wide=True),
        Heading(head.OTHER_VIEW, wide=True),
        Heading(head.APART_BY, number=True),
        Heading(head.SEEN),
    )
    cells = tuple(
        (
            Cell(say.INDEX_ALL if row["part"] == ALL else row["part"]),
            Cell(f"{row['view']}: {score_text(row['score'])}"),
            Cell(f"{row['other_view']}: {score_text(row['other_score'])}"),
            _difference(row),
            Cell(row["said"] or ""),
        )
        for row in rows
    )
    return Table(say.INDEX_GAPS, headings, cells)


def _difference(row: Row) -> Cell:
    between = ""
    if row["difference_low"] is not None:
        low, high = score_text(row["difference_low"]), score_text(row["difference_high"])
        between = head.BETWEEN.format(low=low, high=high)
    return Cell(score_text(row["difference"]), between)


def _parts(rows: list[Row]) -> Table:
    headings = (Heading(head.PART), Heading(head.SCORE, number=True), Heading(head.COVERAGE, number=True))
    shown = [*_at(rows, "view"), *_at(rows, "part"), *_at(rows, "index")]
    cells = tuple(
        (Cell(row["title"] or row["name"]), score_cell(row), Cell(formats.share(row["coverage"] or 0.0)))
        for row in shown
    )
    return Table(say.INDEX_PARTS, headings, cells)


def _components(rows: list[Row]) -> Table:
    headings = (
        Heading(head.COMPONENT),
        Heading(head.VIEW, wide=True),
        Heading(head.VALUE, number=True),
        Heading(head.FLOOR_AND_TARGET, number=True, wide=True),
        Heading(head.SCORE, number=True),
        Heading(head.WEIGHT, number=True),
    )
    cells = tuple(
        (
            Cell(row["title"] or row["name"], row["part"]),
            Cell(row["view"]),
            _value(row),
            Cell(head.BETWEEN.format(low=_written(row, "floor"), high=_written(row, "target"))),
            score_cell(row),
            Cell(formats.share(row["weight"] or 0.0)),
        )
        for row in rows
    )
    return Table(say.INDEX_COMPONENTS, headings, cells, folded=True)


def _value(row: Row) -> Cell:
    if row["value"] is None:
        return Cell(head.NOT_KNOWN, row["value_reason"] or "")
    return Cell(_written(row, "value"), f"n = {formats.count(row['n'])}")


def _written(row: Row, name: str) -> str:
    """A value in its unit: a share, or points of a net score."""
    if row[name] is None:
        return head.NOT_KNOWN
    return formats.share(row[name]) if row["unit"] == "share" else score_text(row[name])
