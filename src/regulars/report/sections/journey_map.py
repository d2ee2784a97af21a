"""What people of the company know of their customers' way, what nothing answers, and the four questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from regulars.fourquestions.asking import Answers
from regulars.fourquestions.figures import figures_from
from regulars.fourquestions.parts import QUESTIONS, Figure, Question, Unit
from regulars.journeymap.holes import holes
from regulars.journeymap.parts import Hole, JourneyMap, Stage
from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences_journey_map as say
from regulars.report.page import Block, Cell, Facts, Heading, Section, Table
from regulars.report.readings import Readings
from regulars.report.sections.common import between, counting

ANCHOR = "journey-map"
SHOWN_HOLES = 8
# A measure that the report reads twice; what else it reads covers the last year.
OF_THE_YEAR = {"revenue": "revenue_last_year", "rfm": "rfm_last_year"}


@dataclass(frozen=True)
class Gathered(Answers):
    """Rows of the measures that the report has read already."""

    readings: Readings

    def rows(self, measure: str, *, whole: bool = False) -> tuple[list[dict[str, Any]], str]:
        """Rows of a measure over the last year, or over the whole log."""
        reading = self.readings.of(measure if whole else OF_THE_YEAR.get(measure, measure))
        return reading.rows, reading.unknown or " ".join(reading.notes)


def journey_map(readings: Readings) -> Section:
    """The map of all customers, what it lacks, and the four questions with the numbers that belong to them."""
    drawn = readings.journey_map
    lacking = [hole for hole in holes(drawn) if hole.kind == "no answer"]
    tables = tuple(table for table in (_map(drawn), _unanswered(lacking)) if table.rows)
    figures = tuple(_figures(readings, question) for question in QUESTIONS)
    blocks: tuple[Block, ...] = (*tables, Facts(_answers(readings)), *figures)
    return Section(ANCHOR, say.TITLE, _finding(drawn, lacking), (say.TEXT, say.QUESTIONS_TEXT), blocks)


def _finding(drawn: JourneyMap, lacking: Sequence[Hole]) -> str:
    if not any(stage.cells for stage in drawn.stages):
        return say.NOT_DRAWN
    fears = sum(hole.cell is not None and hole.cell.kind == "fear" for hole in lacking)
    if fears:
        return say.FEARS_OPEN.of(fears)
    return say.THINGS_OPEN.of(len(lacking)) if lacking else say.ALL_ANSWERED


def _map(drawn: JourneyMap) -> Table:
    headings = (
        Heading(head.STAGE),
        Heading(head.WRITTEN_DOWN, number=True),
        Heading(head.ANSWERED, number=True),
        Heading(head.WITH_EVIDENCE, number=True, wide=True),
    )
    return Table(say.MAP_TABLE, headings, tuple(_stage(stage) for stage in drawn.stages if stage.cells))


def _stage(stage: Stage) -> tuple[Cell, ...]:
    kinds = {kind: sum(cell.kind == kind for cell in stage.cells) for kind in say.KINDS}
    written = ", ".join(say.KINDS[kind].of(count) for kind, count in kinds.items() if count)
    answered = sum(bool(cell.answer.strip()) for cell in stage.cells)
    return (
        Cell(stage.name),
        Cell(formats.count(len(stage.cells)), written),
        Cell(f"{answered} / {len(stage.cells)}", bar=answered / len(stage.cells)),
        Cell(formats.count(sum(bool(cell.evidence) for cell in stage.cells))),
    )


def _unanswered(lacking: Sequence[Hole]) -> Table:
    """The worst first: what customers fear comes before what they choose by."""
    cells = tuple((Cell(hole.stage.name), Cell(hole.sentence)) for hole in lacking[:SHOWN_HOLES])
    more = say.HOLES_MORE.format(shown=len(cells), n=formats.count(len(lacking))) if len(lacking) > len(cells) else ""
    return Table(say.HOLES_TABLE, (Heading(head.STAGE), Heading(head.SEEN)), cells, more)


def _answers(readings: Readings) -> tuple[tuple[str, str], ...]:
    """Each of the four questions with what the company answered."""
    found = []
    for question, words in QUESTIONS.items():
        said = readings.said.get(question)
        if said is None:
            found.append((words, say.NOBODY_SAID))
            continue
        day = formats.day(said.at.date()) if said.at else head.NOT_KNOWN
        found.append((words, say.COMPANY_SAID.format(text=said.text, day=day)))
    return tuple(found)


def _figures(readings: Readings, question: Question) -> Table:
    """The program's own numbers to a question."""
    headings = (Heading(head.WHAT), Heading(head.VALUE, number=True))
    cells = tuple((_what(figure), _figure(readings, figure)) for figure in figures_from(Gathered(readings), question))
    return Table(say.QUESTION_TABLE.format(question=QUESTIONS[question]), headings, cells, folded=True)


def _what(figure: Figure) -> Cell:
    return Cell(say.FIGURES.get(figure.name, figure.name), figure.about)


def _figure(readings: Readings, figure: Figure) -> Cell:
    if figure.value is None:
        return Cell(head.NOT_KNOWN, figure.reason)
    write = _writer(readings, figure.unit)
    counted = "" if figure.n is None else counting(figure.n)
    return Cell(write(figure.value), "; ".join(filter(None, (between(figure.low, figure.high, write), counted))))


def _writer(readings: Readings, unit: Unit) -> Callable[[float], str]:
    if unit == "money":
        return readings.notation.about
    return _WRITERS[unit]


_WRITERS: dict[Unit, Callable[[float], str]] = {
    "share": formats.share,
    "points": formats.decimal,
    "days": formats.span,
    "seconds": formats.lasting,
    "number": formats.decimal,
    "per thousand": formats.decimal,
}
