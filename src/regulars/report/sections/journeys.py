"""Which way journeys really go, and where they wait."""

from __future__ import annotations

from regulars.measures.journeys.naming import END, START
from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_touchpoints as say
from regulars.report.page import Block, Cell, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import share_cell, unknown

ANCHOR = "journeys"
SHOWN = 5
MOVES_SHOWN = 8
LONGEST_WAY = 160  # characters
OFTEN = 0.05


def journeys(readings: Readings) -> Section:
    """The most frequent ways of the last year, and the steps that wait longest."""
    reading = readings.of("variants")
    if reading.missing("variant", "share"):
        return unknown(ANCHOR, say.JOURNEYS_TITLE, reading.why_unknown(say.NO_JOURNEYS))
    first = reading.rows[0]
    finding = say.JOURNEYS_FINDING.format(
        journeys=say.JOURNEYS.of(first["n"]),
        ways=say.WAYS.of(len(reading.rows)),
        share=formats.share(first["share"]),
    )
    blocks: list[Block] = [_variants(reading.rows)]
    moves = readings.of("journey")
    if not moves.missing("from_step", "to_step", "count"):
        blocks.append(_moves(moves.rows))
    waiting = [
        row
        for row in readings.of("journey_steps").rows
        if row.get("median_before_seconds") is not None and (row["share"] or 0) >= OFTEN
    ]
    if waiting:
        blocks.append(_steps(sorted(waiting, key=lambda row: -row["median_before_seconds"])))
    return Section(ANCHOR, say.JOURNEYS_TITLE, finding, (say.JOURNEYS_TEXT,), tuple(blocks))


def _variants(rows: list[Row]) -> Table:
    headings = (Heading(head.WAY), Heading(head.JOURNEYS, number=True), Heading(head.OF_ALL, number=True))
    cells = tuple(
        (Cell(_shortened(row["variant"])), Cell(formats.count(row["count"])), share_cell(row, "share"))
        for row in rows[:SHOWN]
    )
    return Table(say.VARIANTS_TABLE, headings, cells)


def _moves(rows: list[Row]) -> Table:
    headings = (
        Heading(head.STEP),
        Heading(head.NEXT),
        Heading(head.TIMES, number=True),
        Heading(head.OF_WHAT_FOLLOWED, number=True),
        Heading(head.MEDIAN_WAIT, number=True, wide=True),
    )
    between = [row for row in rows if row["from_step"] != START and row["to_step"] != END]
    cells = tuple(
        (
            Cell(row["from_step"]),
            Cell(row["to_step"]),
            Cell(formats.count(row["count"])),
            share_cell(row, "next_share", n="next_share_n"),
            Cell(head.NOT_KNOWN if row["median_seconds"] is None else formats.lasting(row["median_seconds"])),
        )
        for row in between[:MOVES_SHOWN]
    )
    return Table(say.MOVES_TABLE, headings, cells)


def _shortened(way: str) -> str:
    return way if len(way) <= LONGEST_WAY else way[:LONGEST_WAY].rpartition(" → ")[0] + " → …"


def _steps(rows: list[Row]) -> Table:
    headings = (
        Heading(head.STEP),
        Heading(head.JOURNEYS, number=True),
        Heading(head.MEDIAN_WAIT, number=True),
        Heading(head.NINE_IN_TEN_WAIT, number=True, wide=True),
    )
    cells = tuple(
        (
            Cell(row["step"] or head.NOT_KNOWN),
            Cell(formats.count(row["journeys"])),
            Cell(formats.lasting(row["median_before_seconds"])),
            Cell(head.NOT_KNOWN if row["p90_before_seconds"] is None else formats.lasting(row["p90_before_seconds"])),
        )
        for row in rows[:SHOWN]
    )
    return Table(say.STEPS_TABLE, headings, cells)
