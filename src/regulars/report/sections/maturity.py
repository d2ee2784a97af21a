"""Three levels of maturity, none of which can be skipped, and the known mistakes."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_programme as say
from regulars.report.page import Block, Cell, Heading, Section, Table, Verdict
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import share_cell, unknown

ANCHOR, MISTAKES_ANCHOR = "maturity", "mistakes"
YES = "yes"
WARNS, ANSWERED, UNKNOWN = "warns", "answered", "unknown"


def maturity(readings: Readings) -> Section:
    """The level that is complete, what is missing for the next one, and a warning where one is skipped."""
    reading = readings.of("maturity")
    if reading.missing("level", "met", "reached"):
        return unknown(ANCHOR, say.MATURITY_TITLE, reading.why_unknown(say.NO_MATURITY))
    rows = reading.rows
    names = {row["level"]: str(row["level_name"]) for row in rows}
    reached = int(rows[0]["reached"])
    following = [row for row in rows if row["level"] == reached + 1 and row["met"] != YES]
    blocks: list[Block] = []
    if skipped := sum(bool(row["skipped"]) for row in rows):
        warning = say.MATURITY_SKIP.format(criteria=say.CRITERIA.of(skipped), are=_verb(skipped))
        blocks.append(Verdict("bad", say.MATURITY_SKIP_LABEL, warning))
    if following:
        caption = say.MATURITY_MISSING.format(level=reached + 1, name=_lowered(names[reached + 1]))
        blocks.append(_table(caption, following))
    blocks.append(_table(say.MATURITY_TABLE, rows, folded=True))
    finding = _finding(reached, names, len(following))
    return Section(ANCHOR, say.MATURITY_TITLE, finding, (say.MATURITY_TEXT,), tuple(blocks))


def _finding(reached: int, names: dict[int, str], missing: int) -> str:
    if reached == max(names):
        return say.MATURITY_TOP.format(levels=len(names))
    said = {"criteria": say.CRITERIA.of(missing), "are": _verb(missing)}
    following = _lowered(names[reached + 1])
    if not reached:
        return say.MATURITY_NONE.format(level=following, **said)
    level = _lowered(names[reached])
    return say.MATURITY_REACHED.format(reached=reached, levels=len(names), level=level, next=following, **said)


def _verb(n: int) -> str:
    return say.IS if n == 1 else say.ARE


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _table(caption: str, rows: list[Row], *, folded: bool = False) -> Table:
    headings = (
        Heading(head.CRITERION),
        Heading(head.LEVEL, number=True, wide=True),
        Heading(head.VALUE, number=True),
        Heading(head.NEEDED, number=True, wide=True),
        Heading(head.MET),
    )
    cells = tuple(
        (
            Cell(row["sentence"]),
            Cell(str(row["level"])),
            share_cell(row, "value"),
            Cell(formats.share(row["needed"]) if row["needed"] is not None else ""),
            Cell(row["met"], _attested(row)),
        )
        for row in rows
    )
    return Table(caption, headings, cells, folded=folded)


def _attested(row: Row) -> str:
    until = row.get("attested_until")
    return f"{row['how']}, {formats.short_day(until)}" if until else str(row["how"])


# Known mistakes --------------------------------------------------------------------------------------------


def mistakes(readings: Readings) -> Section:
    """The known mistakes that show, those answered for, and those of which the log cannot tell."""
    reading = readings.of("mistakes")
    if reading.missing("mistake", "state", "sentence"):
        return unknown(MISTAKES_ANCHOR, say.MISTAKES_TITLE, reading.why_unknown(say.NO_MISTAKES))
    rows = reading.rows
    shows = [row for row in rows if row["state"] == WARNS]
    answered = [row for row in rows if row["state"] == ANSWERED]
    open_ = [row for row in rows if row["state"] == UNKNOWN]
    of = formats.count(len(rows))
    finding = say.MISTAKES_NONE.format(n=of)
    if shows:
        finding = say.MISTAKES_FINDING.format(mistakes=say.MISTAKES.of(len(shows)), n=of)
    if answered:
        finding = f"{finding} {say.MISTAKES_ANSWERED.of(len(answered))}"
    blocks: list[Block] = [_mistakes(say.MISTAKES_TABLE, [*shows, *answered])] if shows or answered else []
    if open_:
        blocks.append(_mistakes(say.MISTAKES_OPEN, open_, folded=True))
    return Section(MISTAKES_ANCHOR, say.MISTAKES_TITLE, finding, (say.MISTAKES_TEXT,), tuple(blocks))


def _mistakes(caption: str, rows: list[Row], *, folded: bool = False) -> Table:
    headings = (Heading(head.MISTAKE), Heading(head.SEEN))
    cells = tuple((Cell(row["name"]), Cell(row["sentence"] or "", _answer(row))) for row in rows)
    return Table(caption, headings, cells, folded=folded)


def _answer(row: Row) -> str:
    if row["state"] != ANSWERED or row["answered_until"] is None:
        return ""
    return say.MISTAKE_UNTIL.format(day=formats.day(row["answered_until"]), because=row["answered_because"] or "")
