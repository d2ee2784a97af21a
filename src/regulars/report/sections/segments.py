"""Kinds of customers by recency, frequency and spend, and what to do with each."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.charts.amounts import pairs
from regulars.report.charts.drawing import drawing
from regulars.report.page import Cell, Figure, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import share_cell, unknown

ANCHOR = "segments"
FEWEST_GROUPS = 3  # fewer bars say less than the table
BEST = ("champions", "loyal")


def segments(readings: Readings) -> Section:
    """The named segments: how many customers, how much money, what to do."""
    reading = readings.of("segments")
    if reading.missing("segment"):
        return unknown(ANCHOR, say.SEGMENTS_TITLE, reading.why_unknown(say.NO_CUSTOMERS))
    rows = sorted(reading.rows, key=lambda row: -float(row["revenue"]))
    shown = _figure(rows, readings) if len(rows) >= FEWEST_GROUPS else _numbers(rows, readings)
    blocks = (shown, _what_to_do(rows))
    return Section(ANCHOR, say.SEGMENTS_TITLE, _finding(rows), (say.SEGMENTS_TEXT,), blocks)


def _finding(rows: list[Row]) -> str:
    best = [row for row in rows if row["segment"] in BEST]
    customers = sum(row["customers"] for row in rows)
    money = [row["share_of_revenue"] for row in best]
    if not best or None in money:
        return say.SEGMENTS_FINDING_NONE.format(fall=say.CUSTOMERS_FALL.of(customers), kinds=say.GROUPS.of(len(rows)))
    return say.SEGMENTS_FINDING.format(
        share=formats.share(sum(row["customers"] for row in best) / customers), revenue=formats.share(sum(money))
    )


def _figure(rows: list[Row], readings: Readings) -> Figure:
    names = (say.PART_CUSTOMERS, say.PART_MONEY)
    points: list[dict[str, object]] = []
    for row in rows:
        shares = (row["share_of_customers"], row["share_of_revenue"])
        points += [
            {"label": row["segment"], "what": name, "value": max(share, 0), "text": formats.share(share)}
            for name, share in zip(names, shares, strict=True)
            if share is not None
        ]
    label = f"{say.SEGMENTS_CHART}. " + "; ".join(f"{p['label']}, {p['what']}: {p['text']}" for p in points)
    picture = drawing("segments", label, pairs(points, names))
    return Figure(say.SEGMENTS_CHART, say.SEGMENTS_CHART_SUMMARY, picture, _numbers(rows, readings))


def _numbers(rows: list[Row], readings: Readings) -> Table:
    headings = (
        Heading(head.GROUP),
        *(
            Heading(text, number=True)
            for text in (head.CUSTOMERS, head.OF_ALL, head.SPENT, head.MEAN_OF_A_CUSTOMER, head.SILENT_FOR)
        ),
    )
    cells = tuple(
        (
            Cell(row["segment"]),
            Cell(formats.count(row["customers"])),
            share_cell(row, "share_of_customers", n=""),
            Cell(readings.notation.about(row["revenue"]), _revenue_share(row)),
            _average(row, readings),
            Cell(formats.span(row["median_recency_days"]), head.A_MEDIAN),
        )
        for row in rows
    )
    return Table(say.SEGMENTS_CHART, headings, cells)


def _revenue_share(row: Row) -> str:
    return formats.share(row["share_of_revenue"]) if row["share_of_revenue"] is not None else ""


def _average(row: Row, readings: Readings) -> Cell:
    if row["average_value"] is None:
        return Cell(head.NOT_KNOWN, row["average_value_reason"] or "")
    low, high = row["average_value_low"], row["average_value_high"]
    note = readings.notation.about_range(low, high) if low is not None else row["average_value_reason"] or ""
    return Cell(readings.notation.about(row["average_value"]), note)


def _what_to_do(rows: list[Row]) -> Table:
    headings = (Heading(head.GROUP), Heading(head.WHAT_TO_DO))
    cells = tuple((Cell(row["segment"], say.CUSTOMERS.of(row["customers"])), Cell(row["what_to_do"])) for row in rows)
    return Table(say.SEGMENTS_TABLE, headings, cells)
