"""What customers say of the company, how many answered, and how those who did not differ."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.page import Block, Cell, Heading, Notes, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import listed, share_cell, unknown

ANCHOR = "voice"


def voice(readings: Readings) -> Section:
    """Recommendation, response, and the caution about those who kept silent."""
    reading = readings.of("nps")
    if reading.missing("nps") or not reading.only.get("n"):
        return unknown(ANCHOR, say.VOICE_TITLE, _why(readings))
    found = reading.only
    finding = say.VOICE_FINDING.format(
        nps=_points(found["nps"]),
        low=_points(found["nps_low"]),
        high=_points(found["nps_high"]),
        answers=say.ANSWERS.of(found["n"]),
    )
    blocks: list[Block] = [_scores(readings)]
    asked = [row for row in readings.of("response").rows if row["invited"] or row["open_answers"]]
    if asked:
        blocks.append(_response(asked))
    if said := _silent(readings):
        blocks.append(Notes(said))
    return Section(ANCHOR, say.VOICE_TITLE, finding, (*_text(found, asked), say.VOICE_CAUTION), tuple(blocks))


def _why(readings: Readings) -> str:
    row = readings.of("nps").only
    return str(row.get("nps_reason") or readings.of("nps").why_unknown(say.NO_ANSWERS))


def _points(score: float) -> str:
    return f"{score:.0f}".replace("-", "−")


def _text(found: Row, asked: list[Row]) -> tuple[str, ...]:
    """How many answered, and what the score would be if all customers had."""
    said = []
    invited, answered = (sum(row[name] for row in asked) for name in ("invited", "answered"))
    if invited:
        said.append(
            say.VOICE_RESPONSE.format(invitations=say.INVITATIONS.of(invited), share=formats.share(answered / invited))
        )
    if found["nps_rebased"] is not None:
        ends = {end: _points(found[f"nps_rebased_{end}"]) for end in ("low", "high")}
        said.append(say.VOICE_REBASED.format(nps=_points(found["nps_rebased"]), **ends))
    elif found["nps_rebased_reason"]:
        said.append(say.VOICE_NOT_REBASED.format(reason=found["nps_rebased_reason"]))
    return tuple(said)


def _scores(readings: Readings) -> Table:
    headings = (
        Heading(head.SURVEY),
        Heading(head.PROMOTERS, number=True, wide=True),
        Heading(head.DETRACTORS, number=True, wide=True),
        Heading(head.NET_SCORE, number=True),
    )
    rows = readings.of("nps_by_survey").rows or [{**readings.of("nps").only, "survey": None}]
    cells = tuple(
        (
            Cell(row["survey"] or head.NOT_KNOWN),
            Cell(formats.count(row["promoters"])),
            Cell(formats.count(row["detractors"])),
            _score_cell(row),
        )
        for row in rows
    )
    return Table(say.VOICE_SCORES, headings, cells)


def _score_cell(row: Row) -> Cell:
    if row["nps"] is None:
        return Cell(head.NOT_KNOWN, row["nps_reason"] or "")
    small = f", {say.SMALL_SAMPLE}" if row["small_sample"] else ""
    between = say.BETWEEN.format(low=_points(row["nps_low"]), high=_points(row["nps_high"]))
    return Cell(_points(row["nps"]), f"{between}; n = {formats.count(row['n'])}{small}")


def _response(asked: list[Row]) -> Table:
    headings = (
        Heading(head.SURVEY),
        Heading(head.INVITED, number=True),
        Heading(head.ANSWERED, number=True),
        Heading(head.UNASKED, number=True, wide=True),
        Heading(head.SALES_COVERED, number=True),
    )
    cells = tuple(
        (
            Cell(row["survey"] or head.NOT_KNOWN),
            Cell(formats.count(row["invited"])),
            share_cell(row, "response_share"),
            Cell(formats.count(row["open_answers"])),
            share_cell(row, "value_share", n="people_answered"),
        )
        for row in asked
    )
    return Table(say.VOICE_ASKED, headings, cells)


def _silent(readings: Readings) -> tuple[str, ...]:
    """The differences between silent and answering customers that are clear, survey by survey."""
    rows = [row for row in readings.of("nonresponse").rows if row["real_difference"]]
    return listed([say.VOICE_SILENT.format(survey=row["survey"], sentence=row["sentence"]) for row in rows])
