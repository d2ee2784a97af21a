"""A question as a form sends it. Inputs are named by what they hold: ``words-bg``, ``option-2-bg``, ``label-3-en``.

What is typed is kept as it is; whether it can be asked is decided when the survey is published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from django.http import QueryDict

from regulars.surveys.definition import ASKS, CHOSEN, OPS, SCALED, Op, Option, Question, ShowIf, Survey, Texts
from regulars.surveys.validity import (
    LONGEST_WORDS,
    MOST_COMPETITORS,
    MOST_OPTIONS,
    MOST_STEPS,
)
from regulars_web.voice.building.editing import free_key, moved_row

LISTS = {"option": "options", "factor": "factors", "competitor": "competitors"}
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_MOST = {"option": MOST_OPTIONS, "factor": MOST_OPTIONS, "competitor": MOST_COMPETITORS}
_LETTERS = {"option": "o", "factor": "f", "competitor": "c"}
Direction = Literal[-1, 1]


@dataclass(frozen=True)
class Doing:
    """What a button of the form asks for besides keeping what was typed, e.g. ``up option 2``."""

    verb: str = ""
    name: str = ""
    place: int = -1


def read_doing(text: str) -> Doing:
    """The button that was pressed; nothing for one that is not known."""
    verb, _space, rest = text[:60].partition(" ")
    name, _space, place = rest.partition(" ")
    return Doing(verb, name, int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1)


def read_question(sent: QueryDict, question: Question, survey: Survey) -> Question:
    """The question with all that the form says; what the form does not ask for stays."""
    languages = survey.languages
    read = replace(
        question,
        words=_texts(sent, "words", question.words, languages),
        help=_texts(sent, "help", question.help, languages),
        required="required" in sent,
        not_applicable="not_applicable" in sent,
    )
    read = _with_scale(sent, read, languages)
    if question.kind in CHOSEN:
        read = replace(read, options=tuple(_listed(sent, "option", question.options, languages)))
    if question.kind == "matrix":
        read = replace(
            read,
            factors=tuple(_listed(sent, "factor", question.factors, languages)),
            competitors=tuple(_listed(sent, "competitor", question.competitors, languages)),
            asks=tuple(one for one in ASKS if one in sent.getlist("asks")) or ASKS[:1],
        )
    return replace(read, show_if=_show_if(sent, question, survey))


def with_row_moved(question: Question, doing: Doing) -> Question:
    """The question after a button beside one row of a list: up, down or remove."""
    if doing.name not in LISTS:
        return question
    name = LISTS[doing.name]
    listed = list(getattr(question, name))
    if doing.verb == "remove" and 0 <= doing.place < len(listed):
        del listed[doing.place]
    elif doing.verb in ("up", "down"):
        listed = moved_row(listed, doing.place, cast(Direction, -1 if doing.verb == "up" else 1))
    return replace(question, **{name: tuple(listed)})


def with_factors_of(question: Question, survey: Survey, key: str) -> Question:
    """A ranking whose options are the factors of a table, under their keys; unchanged where there is no such table.

    So what customers put first is read as what matters to them about these very factors.
    """
    table = survey.question(key)
    if question.kind != "rank" or table is None or table.kind != "matrix":
        return question
    return replace(question, options=tuple(one for one in table.factors if one.words))


def earlier_questions(survey: Survey, key: str) -> list[Question]:
    """Questions asked before one, whose answers it may depend on."""
    found = []
    for one in survey.questions:
        if one.key == key:
            break
        if one.kind in (*SCALED, "single", "multiple", "kano"):  # a ranking is no single answer
            found.append(one)
    return found


def fitting_ops(asked: Question) -> tuple[Op, ...]:
    """How a condition may ask for the answer to a question."""
    if asked.kind in SCALED:
        return ("at most", "at least", "is", "is not")
    return ("is", "is not") if asked.kind in ("single", "kano") else ("includes",)


def plain_text(text: str, limit: int = LONGEST_WORDS) -> str:
    """What somebody typed, without signs that cannot be shown, in the form in which it is kept."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()[:limit]


def read_texts(sent: QueryDict, name: str, before: Texts, languages: Sequence[str], limit: int) -> dict[str, str]:
    """The words of a text in each language of the form; those of other languages stay."""
    return _texts(sent, name, before, languages, limit)


def _texts(
    sent: QueryDict, name: str, before: Texts, languages: Sequence[str], limit: int = LONGEST_WORDS
) -> dict[str, str]:
    found = dict(before)
    for language in languages:
        typed = sent.get(f"{name}-{language}")
        if typed is not None:
            found[language] = plain_text(typed, limit)
    return {language: words for language, words in found.items() if words}


def _with_scale(sent: QueryDict, question: Question, languages: Sequence[str]) -> Question:
    if question.kind not in (*SCALED, "matrix"):
        return question
    low, high = question.low, question.high
    if question.kind != "nps":
        low, high = _whole(sent.get("low", ""), low), _whole(sent.get("high", ""), high)
    if not 0 <= low < high or high - low + 1 > MOST_STEPS:
        low, high = question.low, question.high
    ends = question.ends or ({}, {})
    read = (_texts(sent, "end-low", ends[0], languages), _texts(sent, "end-high", ends[1], languages))
    found = replace(question, low=low, high=high, ends=read if any(read) else None)
    return replace(found, labels=_labels(sent, found, languages))


def _labels(sent: QueryDict, question: Question, languages: Sequence[str]) -> tuple[Texts, ...]:
    """One a step, or none at all."""
    known = dict(zip(question.steps, question.labels, strict=False))
    read = tuple(_texts(sent, f"label-{step}", known.get(step, {}), languages) for step in question.steps)
    return read if any(read) else ()


def _listed(sent: QueryDict, name: str, before: Sequence[Option], languages: Sequence[str]) -> list[Option]:
    """The rows of a list, in their order; rows without words go, pasted lines become rows in the first language."""
    known = {one.key: one for one in before}
    places = sorted({int(found[1]) for one in sent if (found := re.fullmatch(rf"{name}-(\d{{1,3}})-key", one))})
    rows: list[Option] = []
    for place in places:
        key = sent.get(f"{name}-{place}-key", "")
        words = _texts(sent, f"{name}-{place}", known[key].words if key in known else {}, languages)
        if words:
            rows.append(Option(key if key in known else "", words))
    pasted = [plain_text(line) for line in sent.get(f"{name}-pasted", "").splitlines()]
    rows += [Option("", {languages[0]: line}) for line in pasted if line]
    taken = {*known, *(row.key for row in rows)}
    found: list[Option] = []
    for row in rows[: _MOST[name]]:
        key = row.key or free_key(_LETTERS[name], taken)
        taken.add(key)
        found.append(replace(row, key=key))
    return found


def _show_if(sent: QueryDict, question: Question, survey: Survey) -> ShowIf | None:
    """The condition; None where the question is always shown. What does not fit becomes what does."""
    asked = next((one for one in earlier_questions(survey, question.key) if one.key == sent.get("if-question")), None)
    if asked is None:
        return None
    ops, values = fitting_ops(asked), [value for value, _words in condition_values(asked)]
    op, value = sent.get("if-op", ""), sent.get("if-value", "")
    known_op = cast(Op, op) if op in OPS and op in ops else ops[0]
    known_value = value if value in values else next(iter(values), "")
    return ShowIf(asked.key, known_op, known_value)


def condition_values(asked: Question) -> list[tuple[str, Texts]]:
    """The values a condition may compare with; numbers have no words."""
    if asked.kind in SCALED:
        return [(str(step), {}) for step in asked.steps]
    if asked.kind == "kano":
        return [(one, {}) for one in ("like", "expect", "neutral", "tolerate", "dislike")]
    return [(one.key, one.words) for one in asked.options]


def _whole(text: str, otherwise: int) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 4 else otherwise
