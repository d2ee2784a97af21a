"""A page of a survey as its template shows it: questions with their choices, what was given, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from regulars.surveys import answering
from regulars.surveys.answering import Fault, Given
from regulars.surveys.definition import KANO, NOT_APPLICABLE, SCALED, Question, Survey, said
from regulars_web.voice.public import words


@dataclass(frozen=True)
class Choice:
    """One box to press. ``spoken`` is what else is read out: what an end of a scale means."""

    value: str
    words: str
    chosen: bool
    spoken: str = ""
    aside: bool = False  # "does not apply": stands apart from the scale


@dataclass(frozen=True)
class Row:
    """Choices under one field; ``words`` names the row where a question has several."""

    name: str
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Block:
    """Rows that belong together: those of one factor."""

    words: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Shown:
    """One question. ``look``: numbers, labels, text, or places of a ranking."""

    key: str
    look: str
    words: str
    help: str
    optional: bool
    fault: str
    ends: tuple[str, str] | None = None
    blocks: tuple[Block, ...] = ()
    name: str = ""
    text: str = ""
    several: bool = False
    steps: int = 0
    low: int = 0
    high: int = 0
    tables: bool = False


def shown_questions(
    survey: Survey, number: int, given: Given, faults: Mapping[str, Fault], language: str, company: str
) -> list[Shown]:
    """The questions of a page, from 1, that somebody with these answers sees."""
    page = survey.pages[number - 1]
    return [
        _shown(question, given, faults.get(question.key), language, company)
        for question in answering.questions_of(survey, page, given)
    ]


def _shown(question: Question, given: Given, fault: Fault | None, language: str, company: str) -> Shown:
    reader = _Reader(question, given, language, company)
    return Shown(
        key=question.key,
        look=reader.look(),
        words=said(question.words, language),
        help=said(question.help, language),
        optional=not question.required,
        fault=words.fault_words(fault) if fault else "",
        ends=reader.ends(),
        blocks=reader.blocks(),
        name=question.key,
        text=(list(given.get(question.key, ())) or [""])[0],
        several=question.kind == "multiple",
        steps=len(question.options) if question.kind == "rank" else len(question.steps),
        low=question.low,
        high=question.high,
        tables=question.kind in ("matrix", "kano", "rank"),
    )


class _Reader:
    """One question in one language, with what was given to it."""

    def __init__(self, question: Question, given: Given, language: str, company: str) -> None:
        self.question, self.given, self.language, self.company = question, given, language, company

    def look(self) -> str:
        kind = self.question.kind
        if kind == "text":
            return "text"
        if kind == "rank":
            return "places"
        if kind in ("kano", "single", "multiple") or (kind in SCALED and self.question.labels):
            return "labels"
        return "numbers"

    def ends(self) -> tuple[str, str] | None:
        if self.question.ends is None:
            return None
        low, high = self.question.ends
        return said(low, self.language), said(high, self.language)

    def blocks(self) -> tuple[Block, ...]:
        question = self.question
        if question.kind == "text":
            return ()
        if question.kind == "matrix":
            return tuple(Block(said(one.words, self.language), self._rated(one.key)) for one in question.factors)
        if question.kind == "kano":
            sides = (("with", _("If it is there:")), ("without", _("If it is not there:")))
            texts = [(value, str(words.KANO[value])) for value in KANO]
            return tuple(Block("", (self._row(f"{question.key}.{side}", told, texts),)) for side, told in sides)
        if question.kind == "rank":
            places = [(str(place), str(place)) for place in range(1, len(question.options) + 1)]
            return tuple(
                Block("", (self._row(f"{question.key}.{one.key}", said(one.words, self.language), places),))
                for one in question.options
            )
        return (Block("", (self._row(question.key, "", self._texts()),)),)

    def _rated(self, factor: str) -> tuple[Row, ...]:
        own = f"{self.question.key}.{factor}"
        rows: list[Row] = []
        several = len(self.question.asks) > 1
        if "importance" in self.question.asks:
            rows.append(self._row(f"{own}.importance", _("How important it is") if several else "", self._texts()))
        if "satisfaction" in self.question.asks:
            ours = self.company if self.question.competitors else _("How well we do") if several else ""
            rows.append(self._row(own, ours, self._texts()))
            for one in self.question.competitors:
                rows.append(self._row(f"{own}@{one.key}", said(one.words, self.language), self._texts()))
        return tuple(rows)

    def _texts(self) -> list[tuple[str, str]]:
        question = self.question
        if question.kind in ("single", "multiple"):
            return [(one.key, said(one.words, self.language)) for one in question.options]
        labels = [said(one, self.language) for one in question.labels]
        return [(str(step), labels[place] if labels else str(step)) for place, step in enumerate(question.steps)]

    def _row(self, name: str, told: str, texts: Sequence[tuple[str, str]]) -> Row:
        chosen = set(self.given.get(name, ()))
        ends = self.ends() or ("", "")
        last = len(texts) - 1
        spoken = {0: ends[0], last: ends[1]} if self.look() == "numbers" else {}
        choices = [
            Choice(value, text, value in chosen, spoken.get(place, "")) for place, (value, text) in enumerate(texts)
        ]
        if self.question.not_applicable and not name.endswith(".importance"):
            beside = _("I cannot say")
            choices.append(Choice(NOT_APPLICABLE, beside, NOT_APPLICABLE in chosen, aside=True))
        return Row(name, told, tuple(choices))
