"""Where customers meet the company, what was promised there, and what goes with a bad touch."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_touchpoints as say
from regulars.report.page import Block, Cell, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.at_touchpoints import announced, consistency, first_impressions
from regulars.report.sections.common import between, share_cell, unknown

ANCHOR = "touchpoints"
SHOWN, SHOWN_STAKES = 10, 6
LESS = "come back less"


def touchpoints(readings: Readings) -> Section:
    """The touchpoints of the last year, their promises, and the money at stake."""
    reading = readings.of("touchpoints")
    if reading.missing("traffic"):
        return unknown(ANCHOR, say.TOUCHPOINTS_TITLE, reading.why_unknown(say.NO_TOUCHPOINTS))
    met = say.TOUCHPOINTS_FINDING.format(
        touches=formats.count(sum(row["traffic"] for row in reading.rows)),
        touchpoints=say.TOUCHPOINTS.of(len(reading.rows)),
    )
    finding, stakes = _stakes(readings)
    blocks: list[Block] = [*stakes, _table(reading.rows)]
    if not readings.of("promises").missing("kept_share"):
        blocks.append(_promises(readings.of("promises").rows))
    blocks += filter(None, (announced(readings), consistency(readings), first_impressions(readings)))
    text = (met, say.STAKE_TEXT) if stakes else (finding,)
    return Section(ANCHOR, say.TOUCHPOINTS_TITLE, finding if stakes else met, text, tuple(blocks))


def _stakes(readings: Readings) -> tuple[str, list[Block]]:
    """What is found of money at stake, and its table where anything can be compared."""
    reading = readings.of("stake")
    if reading.missing("at_stake", "adjusted_difference"):
        return say.STAKE_UNKNOWN.format(reason=reading.why_unknown(say.NO_TOUCHPOINTS)), []
    compared = _once([row for row in reading.rows if row["adjusted_difference"] is not None])
    if not compared:
        return say.STAKE_UNKNOWN.format(reason=reading.rows[0]["adjusted_difference_reason"] or ""), []
    first = compared[0]
    if first["verdict"] != LESS:
        return say.STAKE_NONE, [_stake_table(compared, readings)]
    finding = say.STAKE_FINDING.format(
        bad=say.BAD_TOUCHES.get(first["bad"], first["bad"]),
        touchpoint=first["touchpoint"],
        difference=formats.points(first["adjusted_difference"]),
        low=formats.points(first["adjusted_difference_low"]),
        high=formats.points(first["adjusted_difference_high"]),
        money=_money(readings, first).text,
    )
    return finding, [_stake_table(compared, readings)]


def _once(rows: list[Row]) -> list[Row]:
    """Rows without those about the same touches: where being on the day is the promise, late and broken are one."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        touches = (row["touchpoint"], row["touches_bad"], row["touches_good"], row["adjusted_difference"])
        if touches not in seen:
            seen.add(touches)
            kept.append(row)
    return kept


def _stake_table(rows: list[Row], readings: Readings) -> Table:
    headings = (
        Heading(head.TOUCHPOINT),
        Heading(head.WHAT_WENT_BADLY),
        Heading(head.BACK_LESS, number=True),
        Heading(head.CUSTOMERS_A_YEAR, number=True, wide=True),
        Heading(head.AT_STAKE, number=True),
    )
    cells = tuple(
        (
            Cell(row["touchpoint"] or head.NOT_KNOWN),
            Cell(row["bad"]),
            _difference(row),
            Cell(formats.count(row["customers_a_year"] or 0)),
            _money(readings, row),
        )
        for row in rows[:SHOWN_STAKES]
    )
    more = say.STAKE_MORE.format(shown=len(cells), n=formats.count(len(rows))) if len(rows) > len(cells) else ""
    return Table(say.STAKE_TABLE, headings, cells, more)


def _difference(row: Row) -> Cell:
    ends = between(row["adjusted_difference_low"], row["adjusted_difference_high"], formats.points)
    counted = f"n = {formats.count(row['n'])}"
    return Cell(formats.points(row["adjusted_difference"]), "; ".join(filter(None, (ends, counted, row["verdict"]))))


def _money(readings: Readings, row: Row) -> Cell:
    if row["at_stake"] is None:
        return Cell(head.NOT_KNOWN, row["at_stake_reason"] or "")
    low, high = row["at_stake_low"], row["at_stake_high"]
    ends = readings.notation.about_range(low, high) if low is not None else row["at_stake_reason"] or ""
    return Cell(readings.notation.about(row["at_stake"]), ends)


def _table(rows: list[Row]) -> Table:
    headings = (
        Heading(head.TOUCHPOINT),
        Heading(head.TOUCHES, number=True),
        Heading(head.MEDIAN_WAIT, number=True, wide=True),
        Heading(head.PROMISE_KEPT, number=True),
        Heading(head.COMPLAINTS_PER_THOUSAND, number=True),
    )
    named = sorted((row for row in rows if row["touchpoint"]), key=lambda row: -row["traffic"])
    cells = tuple(
        (
            Cell(row["touchpoint_name"] or row["touchpoint"]),
            Cell(formats.count(row["traffic"])),
            _wait(row, "wait_median"),
            share_cell(row, "kept_share", n="kept_share_n"),
            _per_thousand(row),
        )
        for row in named[:SHOWN]
    )
    more = say.TOUCHPOINTS_MORE.format(shown=len(cells), n=formats.count(len(named))) if len(named) > SHOWN else ""
    return Table(say.TOUCHPOINTS_TABLE, headings, cells, more)


def _wait(row: Row, name: str) -> Cell:
    if row[name] is None:
        return Cell(head.NOT_KNOWN)
    return Cell(formats.lasting(row[name]), f"n = {formats.count(row[f'{name}_n'])}")


def _per_thousand(row: Row) -> Cell:
    name = "complaints_per_thousand"
    if row[name] is None:
        return Cell(head.NOT_KNOWN, row[f"{name}_reason"] or "")
    return Cell(formats.decimal(row[name]), between(row[f"{name}_low"], row[f"{name}_high"], formats.decimal))


def _promises(rows: list[Row]) -> Table:
    headings = (
        Heading(head.PROMISE),
        Heading(head.TOUCHPOINT, wide=True),
        Heading(head.PROMISE_KEPT, number=True),
    )
    cells = tuple(
        (
            Cell(row["promise_name"] or row["promise"]),
            Cell(row["touchpoint_name"] or row["touchpoint"] or head.NOT_KNOWN),
            share_cell(row, "kept_share"),
        )
        for row in rows
    )
    return Table(say.PROMISES_TABLE, headings, cells)
