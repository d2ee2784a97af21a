"""At what stage customers are, and who was lost after what."""

from __future__ import annotations

from datetime import timedelta

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_touchpoints as say
from regulars.report.page import Block, Cell, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import share_cell, unknown
from regulars.report.sections.kept_or_loyal import kept_or_loyal

ANCHOR = "life-cycle"
MONTHS, SHOWN_TOUCHES = 12, 5
YEAR = timedelta(days=365)
AFTER_DAYS = {182: "half a year", 365: "1 year", 730: "2 years", 1095: "3 years", 1825: "5 years"}


def life_cycle(readings: Readings) -> Section:
    """Stages on the day, losses of the last year, and what the lost had met."""
    stages = readings.of("stages")
    if stages.missing("stage", "customers") or not sum(row["customers"] for row in stages.rows):
        return unknown(ANCHOR, say.STAGES_TITLE, stages.why_unknown(say.NO_STAGES))
    months = _months(readings)
    lost = sum(row["lost"] for row in months)
    finding = say.STAGES_NOBODY_LOST
    if lost:
        money = readings.notation.about(sum(float(row["value"] or 0) for row in months))
        finding = say.STAGES_FINDING.format(lost=say.LOST_CUSTOMERS.of(lost), money=money)
    blocks: list[Block] = [_stages(stages.rows, readings)]
    if lost:
        blocks.append(_losses(months, readings))
    survival = readings.of("survival")
    if not survival.missing("time_days", "survival") and (staying := _staying(survival.rows)):
        blocks.append(staying)
    if clear := [row for row in readings.of("loss_touches").rows if row["real_difference"] and row["difference"] > 0]:
        blocks.append(_touches(clear))
    if kept := kept_or_loyal(readings):
        blocks.append(kept)
    return Section(ANCHOR, say.STAGES_TITLE, finding, (say.STAGES_TEXT,), tuple(blocks))


def _months(readings: Readings) -> list[Row]:
    """Months of the last year, oldest first."""
    if readings.of("losses").missing("month_on", "lost") or readings.as_of is None:
        return []
    first = readings.as_of - YEAR
    return [row for row in readings.of("losses").rows if row["month_on"] is not None and row["month_on"] > first]


def _stages(rows: list[Row], readings: Readings) -> Table:
    headings = (
        Heading(head.STAGE),
        Heading(head.CUSTOMERS, number=True),
        Heading(head.OF_ALL, number=True),
        Heading(head.SPENT, number=True, wide=True),
    )
    cells = tuple(
        (
            Cell(row["name"] or head.NOT_KNOWN),
            Cell(formats.count(row["customers"])),
            share_cell(row, "share"),
            Cell(head.NOT_KNOWN if row["value"] is None else readings.notation.money(round(row["value"]))),
        )
        for row in rows
    )
    return Table(say.STAGES_TABLE, headings, cells)


def _losses(rows: list[Row], readings: Readings) -> Table:
    headings = (
        Heading(head.MONTH),
        Heading(head.LOST, number=True),
        Heading(head.OF_ALL, number=True),
        Heading(head.WHAT_THEY_BROUGHT, number=True),
    )
    cells = tuple(
        (
            Cell(formats.month(row["month_on"]), "" if row["complete"] else head.NOT_ENDED),
            Cell(formats.count(row["lost"])),
            share_cell(row, "lost_share"),
            Cell(head.NOT_KNOWN if row["value"] is None else readings.notation.money(round(row["value"]))),
        )
        for row in rows[-MONTHS - 1 :]
    )
    return Table(say.LOSSES_TABLE, headings, cells, folded=True)


def _staying(rows: list[Row]) -> Table | None:
    """The share still with us after half a year and after years, for as long as anybody was watched."""
    watched = max((row["time_days"] for row in rows), default=0)
    marks = [mark for mark in AFTER_DAYS if mark <= watched]
    if not marks:
        return None
    then = {mark: max((r for r in rows if r["time_days"] <= mark), key=lambda r: r["time_days"]) for mark in marks}
    left = {mark: sum(row["left"] for row in rows if row["time_days"] <= mark) for mark in marks}
    seen = {mark: sum(row["left"] + row["censored"] for row in rows if row["time_days"] > mark) for mark in marks}
    headings = (
        Heading(head.AFTER),
        Heading(head.STILL_CUSTOMERS, number=True),
        Heading(head.HAD_LEFT, number=True),
        Heading(head.WATCHED_LONGER, number=True, wide=True),
    )
    cells = tuple(
        (
            Cell(AFTER_DAYS[mark]),
            share_cell(row, "survival"),
            Cell(formats.count(left[mark])),
            Cell(formats.count(seen[mark])),
        )
        for mark, row in then.items()
    )
    return Table(say.STAYING_TABLE, headings, cells, more=say.STAYING_MORE.get(rows[0].get("clock") or "", ""))


def _touches(rows: list[Row]) -> Table:
    headings = (
        Heading(head.TOUCH),
        Heading(head.HAD_BY_LOST, number=True),
        Heading(head.HAD_BY_STAYED, number=True),
    )
    cells = tuple(
        (
            Cell(row["touch"] or head.NOT_KNOWN),
            share_cell(row, "lost_share", n="lost_share_n"),
            share_cell(row, "stayed_share", n="stayed_share_n"),
        )
        for row in rows[:SHOWN_TOUCHES]
    )
    return Table(say.LOSS_TOUCHES_TABLE, headings, cells)
