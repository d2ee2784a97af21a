"""Who comes back, and after how long."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.charts.amounts import ranges, shares_with_intervals
from regulars.report.charts.drawing import drawing
from regulars.report.evidence import window_row
from regulars.report.page import Block, Cell, Figure, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import share_cell, unknown

ANCHOR = "returning"


def returning(readings: Readings) -> Section:
    """Which share comes back within windows of time, and how long customers wait between orders."""
    reading = readings.of("repeat")
    rows = [row for row in ([] if reading.missing("window_days") else reading.rows) if row["customers"]]
    if not rows:
        return unknown(ANCHOR, say.RETURN_TITLE, reading.why_unknown(say.NO_CUSTOMERS))
    blocks: list[Block] = []
    windows = [row for row in rows if row["window_days"] is not None]
    if windows:
        blocks.append(_windows(windows, readings))
    gaps = readings.of("gaps")
    known = [row for row in ([] if gaps.missing("gap_number") else gaps.rows) if row["median_days"] is not None]
    if known:
        blocks.append(_gaps(known))
    ever = window_row(reading, None)
    finding, *text = [line for line in (_window_sentence(windows), _ever_sentence(ever)) if line]
    return Section(ANCHOR, say.RETURN_TITLE, finding, tuple(text), tuple(blocks))


def _window_sentence(windows: list[Row]) -> str:
    if not windows:
        return ""
    firm = [row for row in windows if not row["small_sample"]] or windows
    row = max(firm, key=lambda each: each["window_days"])
    return say.RETURN_FINDING.format(
        share=formats.share(row["repeat_share"]),
        window=formats.span(row["window_days"]),
        interval=formats.share_range(row["repeat_share_low"], row["repeat_share_high"]),
        n=formats.count(row["customers"]),
    )


def _ever_sentence(row: Row | None) -> str:
    if not row:
        return ""
    return say.RETURN_EVER.format(
        share=formats.share(row["repeat_share"]),
        hits=formats.count(row["repeat_customers"]),
        n=formats.count(row["customers"]),
    )


def _windows(rows: list[Row], readings: Readings) -> Figure:
    by_type = readings.of("repeat_by_type")
    split = [] if by_type.missing("customer_type") else by_type.rows
    split = [row for row in split if row["customers"] and row["customer_type"] and row["window_days"] is not None]
    kinds = list(dict.fromkeys(row["customer_type"] for row in split))
    shown = split if 1 < len(kinds) <= 3 else rows
    shown = sorted(shown, key=lambda row: row["window_days"])
    points = [_point(row) for row in shown]
    groups = list(dict.fromkeys(str(point["group"]) for point in points))
    label = f"{say.RETURN_CHART}. " + "; ".join(
        f"{point['label']}, {point['group']}: {point['text']}" for point in points
    )
    table = Table(
        say.RETURN_CHART,
        (
            Heading(head.TIME),
            Heading(head.CUSTOMERS, number=True),
            Heading(head.CAME_BACK, number=True),
            Heading(head.SHARE, True),
        ),
        tuple(_table_row(row) for row in [*rows, *split]),
    )
    figure = drawing("returning", label, shares_with_intervals(points, groups))
    return Figure(say.RETURN_CHART, say.RETURN_CHART_SUMMARY, figure, table)


def _point(row: Row) -> dict[str, object]:
    return {
        "label": say.WINDOW_LABEL.format(days=row["window_days"]),
        "group": row.get("customer_type") or head.ALL_CUSTOMERS,
        "value": row["repeat_share"],
        "low": row["repeat_share_low"],
        "high": row["repeat_share_high"],
        "text": formats.share(row["repeat_share"]),
    }


def _table_row(row: Row) -> tuple[Cell, ...]:
    days = row["window_days"]
    return (
        Cell(say.WINDOW_EVER if days is None else say.WINDOW_LABEL.format(days=days), row.get("customer_type") or ""),
        Cell(formats.count(row["customers"])),
        Cell(formats.count(row["repeat_customers"])),
        share_cell(row, "repeat_share"),
    )


def _gaps(rows: list[Row]) -> Figure:
    points: list[dict[str, object]] = [
        {
            "label": say.GAP_LABELS[row["gap_number"]],
            "low": row["p25_days"],
            "middle": row["median_days"],
            "high": row["p75_days"],
            "text": f"{row['median_days']:.0f}",
        }
        for row in rows
        if row["gap_number"] is not None
    ]
    first = next((row for row in rows if row["gap_number"] == 1), rows[0])
    summary = say.GAPS_CHART_SUMMARY.format(
        median=formats.span(first["median_days"]), most=formats.span(first["p90_days"])
    )
    headings = (
        Heading(head.ORDERS),
        *(Heading(text, number=True) for text in (head.MEDIAN, head.MIDDLE_HALF, head.NINE_IN_TEN, head.GAPS)),
    )
    cells = tuple(
        (
            Cell(say.GAP_LABELS[row["gap_number"]]),
            Cell(f"{row['median_days']:.0f} days", _median_interval(row)),
            Cell(f"{row['p25_days']:.0f} to {row['p75_days']:.0f}"),
            Cell(f"{row['p90_days']:.0f}"),
            Cell(formats.count(row["n"])),
        )
        for row in rows
    )
    label = f"{say.GAPS_CHART}. {summary}"
    draw = ranges(points, "days")
    return Figure(say.GAPS_CHART, summary, drawing("gaps", label, draw), Table(say.GAPS_CHART, headings, cells))


def _median_interval(row: Row) -> str:
    if row["median_days_low"] is None:
        return row["median_days_reason"] or ""
    return f"{row['median_days_low']:.0f} to {row['median_days_high']:.0f}"
