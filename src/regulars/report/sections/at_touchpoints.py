"""What else is seen at touchpoints: who spoke first, how even they are, and where customers first meet the company."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_touchpoints as say
from regulars.report.page import Block, Cell, Heading, Notes, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import between, share_cell

SHOWN = 8
EMPLOYEE = "employee"


def announced(readings: Readings) -> Table | None:
    """Of what came late, short or faulty: who said so first, and who of these customers came back."""
    reading = readings.of("announced")
    if reading.missing("event", "spoke_first", "share"):
        return None
    headings = (
        Heading(head.WHAT_WENT_BADLY),
        Heading(head.SPOKE_FIRST),
        Heading(head.TIMES, number=True, wide=True),
        Heading(head.OF_THESE_TIMES, number=True),
        Heading(head.CAME_BACK, number=True),
    )
    cells = tuple(
        (
            Cell(f"{say.EVENTS[row['event']]}: {_named(row)}"),
            Cell(say.SPOKE_FIRST[row["spoke_first"]]),
            Cell(formats.count(row["events"])),
            share_cell(row, "share"),
            share_cell(row, "returned_share", n="returned_share_n"),
        )
        for row in reading.rows
        if row["events"]
    )
    return Table(say.ANNOUNCED_TABLE, headings, cells[:SHOWN], say.of_all(len(cells), SHOWN)) if cells else None


def consistency(readings: Readings) -> Block | None:
    """Touchpoints that differ beyond chance between branches, hours or employees; a sentence where none does."""
    reading = readings.of("consistency")
    if reading.missing("told_apart", "sentence"):
        return None
    compared = [row for row in reading.rows if row["told_apart"] is not None]
    apart = sorted((row for row in compared if row["told_apart"]), key=lambda row: row["p_value"])
    if not compared:
        return None
    if not apart:
        return Notes((say.ALL_EVEN.format(comparisons=say.COMPARISONS.of(len(compared))),))
    headings = (
        Heading(head.TOUCHPOINT),
        Heading(head.COMPARED),
        Heading(head.BEYOND_CHANCE, number=True),
        Heading(head.SEEN, wide=True),
    )
    cells = tuple(
        (Cell(_named(row)), Cell(_compared(row)), share_cell(row, "beyond_chance"), Cell(_seen(row)))
        for row in apart[:SHOWN]
    )
    more = say.CONSISTENCY_MORE.format(apart=formats.count(len(apart)), comparisons=say.COMPARISONS.of(len(compared)))
    return Table(say.CONSISTENCY_TABLE, headings, cells, more)


def first_impressions(readings: Readings) -> Table | None:
    """Where customers first met the company, and who of them bought and came back."""
    reading = readings.of("first_impressions")
    if reading.missing("customers", "bought_share", "returned_share"):
        return None
    headings = (
        Heading(head.TOUCHPOINT),
        Heading(head.CUSTOMERS, number=True, wide=True),
        Heading(head.BOUGHT, number=True),
        Heading(head.CAME_BACK, number=True),
        Heading(head.AGAINST_OTHERS, number=True, wide=True),
    )
    rows = sorted(reading.rows, key=lambda row: -row["customers"])
    cells = tuple(
        (
            Cell(_named(row)),
            Cell(formats.count(row["customers"])),
            share_cell(row, "bought_share", n="bought_share_n"),
            share_cell(row, "returned_share", n="returned_share_n"),
            _against(row),
        )
        for row in rows[:SHOWN]
    )
    return Table(say.FIRST_IMPRESSIONS_TABLE, headings, cells, say.of_all(len(rows), SHOWN))


def _named(row: Row) -> str:
    return str(row["touchpoint_name"] or row["touchpoint"] or head.NOT_KNOWN)


def _compared(row: Row) -> str:
    return say.COMPARED.format(
        figure=say.COMPARED_FIGURES.get(row["figure"], row["figure"]),
        units=say.COMPARED_UNITS.get(row["unit_of"], row["unit_of"]),
    )


def _seen(row: Row) -> str:
    """A report goes from hand to hand, so single employees are not held up in it."""
    return say.EMPLOYEES_APART if row["unit_of"] == EMPLOYEE else str(row["sentence"])


def _against(row: Row) -> Cell:
    if row["difference"] is None:
        return Cell(head.NOT_KNOWN, row["difference_reason"] or "")
    ends = between(row["difference_low"], row["difference_high"], formats.points)
    return Cell(formats.points(row["difference"]), ends)
