"""The five steps: what is done by evidence, and what comes next."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_programme as say
from regulars.report.page import Cell, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import share_cell, unknown

ANCHOR = "steps"
DONE = "done"


def steps(readings: Readings) -> Section:
    """Each step with what is done of it, then every evidence."""
    reading = readings.of("steps")
    if reading.missing("step", "state", "next"):
        return unknown(ANCHOR, say.STEPS_TITLE, reading.why_unknown(say.NO_STEPS))
    rows = reading.rows
    planned = (_planned(readings),) if readings.actions else ()
    blocks = (_table(rows), *planned, _evidence(rows))
    return Section(ANCHOR, say.STEPS_TITLE, _finding(rows), (say.STEPS_TEXT,), blocks)


def _finding(rows: list[Row]) -> str:
    done = sum(row["state"] == DONE for row in rows)
    evidences = say.EVIDENCES.of(len(rows))
    if done == len(rows):
        return say.STEPS_ALL_DONE.format(evidences=evidences)
    verb = say.IS if done == 1 else say.ARE
    following = say.STEPS_NEXT.format(next=_next(rows))
    return say.STEPS_FINDING.format(evidences=evidences, done=formats.count(done), are=verb, next=following)


def _next(rows: list[Row]) -> str:
    """What comes first of what is not done; steps build on one another."""
    return next((str(row["next"]) for row in rows if row["state"] != DONE and row["next"]), "")


def _table(rows: list[Row]) -> Table:
    headings = (Heading(head.STEP), Heading(head.DONE, number=True), Heading(head.NEXT))
    cells = []
    for step in sorted({row["step"] for row in rows}):
        of_step = [row for row in rows if row["step"] == step]
        done = sum(row["state"] == DONE for row in of_step)
        cells.append(
            (
                Cell(f"{step}. {of_step[0]['step_name']}"),
                Cell(f"{done} / {len(of_step)}", bar=done / len(of_step)),
                Cell(_next(of_step) or say.STEP_ALL_DONE),
            )
        )
    return Table(say.STEPS_TABLE, headings, tuple(cells))


def _planned(readings: Readings) -> Table:
    """What somebody has taken on: for which step, who, and by when; what is late on the report's day says so."""
    headings = (Heading(head.NEXT), Heading(head.STEP, number=True), Heading(head.WHO), Heading(head.BY_WHEN))
    day = readings.as_of
    cells = tuple(
        (
            Cell(one.text),
            Cell(one.key.partition(":")[0]),
            Cell(one.owner or say.NOBODY_YET),
            Cell(
                formats.day(one.due_on) if one.due_on else say.NO_DAY_YET,
                say.LATE if day and one.late_on(day) else "",
            ),
        )
        for one in readings.actions
    )
    return Table(say.STEPS_PLANNED, headings, cells)


def _evidence(rows: list[Row]) -> Table:
    headings = (
        Heading(head.EVIDENCE),
        Heading(head.STEP, number=True, wide=True),
        Heading(head.DONE, number=True),
        Heading(head.NEEDED, number=True, wide=True),
        Heading(head.STATE),
    )
    cells = tuple(
        (
            Cell(row["sentence"]),
            Cell(str(row["step"])),
            share_cell(row, "share"),
            Cell(formats.share(row["needed"])),
            Cell(row["state"], row["next"] or ""),
        )
        for row in rows
    )
    return Table(say.STEPS_EVIDENCE, headings, cells, folded=True)
