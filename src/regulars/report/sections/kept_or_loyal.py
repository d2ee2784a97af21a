"""Kept or loyal: who came back because they must, who because they wish to, and what a newcomer could take."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_touchpoints as say
from regulars.report.page import Cell, Heading, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import between, counting, share_cell


def kept_or_loyal(readings: Readings) -> Table | None:
    """How those who came back in the last year stand; nothing where nobody did."""
    reading = readings.of("kept_or_loyal")
    if reading.missing("standing", "customers", "could_take"):
        return None
    rows = reading.rows
    if not any(row["customers"] for row in rows):
        return None
    headings = (
        Heading(head.STANDING),
        Heading(head.CUSTOMERS, number=True, wide=True),
        Heading(head.OF_ALL, number=True),
        Heading(head.SPENT, number=True, wide=True),
        Heading(head.COULD_TAKE, number=True),
    )
    cells = tuple(
        (
            Cell(say.STANDINGS[row["standing"]], say.STANDINGS_MEAN.get(row["standing"], "")),
            Cell(formats.count(row["customers"])),
            share_cell(row, "share"),
            Cell(head.NOT_KNOWN if row["revenue"] is None else readings.notation.money(round(row["revenue"]))),
            _could_take(readings, row),
        )
        for row in rows
    )
    return Table(say.KEPT_TABLE, headings, cells)


def _could_take(readings: Readings, row: Row) -> Cell:
    if row["could_take"] is None:
        return Cell(head.NOT_KNOWN, row["could_take_reason"] or "")
    about = readings.notation.about
    ends = between(row["could_take_low"], row["could_take_high"], about)
    return Cell(about(row["could_take"]), "; ".join(filter(None, (ends, counting(row["could_take_n"])))))
