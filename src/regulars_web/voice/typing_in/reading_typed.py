"""Answers typed with few keys, as the survey's own fields: a number of an option in the place of its key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from regulars.surveys import answering
from regulars.surveys.definition import CHOSEN, KANO, SCALED, Question, Survey, said
from regulars_web.voice.building.question_forms import plain_text
from regulars_web.voice.building.words import KANO_WORDS

LONGEST_TYPED = answering.LONGEST_TEXT


@dataclass(frozen=True)
class Field:
    """One input: what it is called in the form, what it asks, what may be typed, what was, what is wrong."""

    name: str
    words: str
    hint: str
    value: str
    wrong: str = ""


@dataclass(frozen=True)
class Asked:
    """One question with its inputs. ``choices``: (number, words) of what may be typed; ``long``: own words."""

    question: Question
    number: int
    words: str
    fields: tuple[Field, ...]
    choices: tuple[tuple[str, str], ...]
    long: bool


def asked(survey: Survey, typed: Mapping[str, str], wrong: Mapping[str, str], language: str) -> list[Asked]:
    """Every question of the survey as inputs for the keyboard."""
    return [
        Asked(
            question=question,
            number=number,
            words=said(question.words, language),
            fields=tuple(
                Field(
                    name, _words_of(question, name, language), _hint(question), typed.get(name, ""), wrong.get(name, "")
                )
                for name in answering.fields(question)
            ),
            choices=_choices(question, language),
            long=question.kind == "text",
        )
        for number, question in enumerate(survey.questions, 1)
    ]


def _field(question: Question, name: str, typed: Mapping[str, str], wrong: Mapping[str, str], language: str) -> Field:
    words = _words_of(question, name, language)
    return Field(name, words, _hint(question), typed.get(name, ""), wrong.get(name, ""))


def typed_of(survey: Survey, sent: Mapping[str, str]) -> dict[str, str]:
    """What was typed into each field of the survey."""
    names = [name for question in survey.questions for name in answering.fields(question)]
    return {name: plain_text(sent.get(f"a-{name}", ""), LONGEST_TYPED) for name in names if sent.get(f"a-{name}")}


def given_of(survey: Survey, typed: Mapping[str, str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The answers as the survey has them, and what cannot be read, by field; blanks are no answers."""
    given: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    for question in survey.questions:
        for name in answering.fields(question):
            text = typed.get(name, "").strip()
            if not text:
                continue
            values = _values(question, text)
            if values is None:
                wrong[name] = _("%(found)s is not among the answers.") % {"found": text[:40]}
            else:
                given[name] = values
        if question.kind == "rank" and not any(name in wrong for name in answering.fields(question)):
            places = [given[name][0] for name in answering.fields(question) if name in given]
            if len(set(places)) < len(places):
                wrong[answering.fields(question)[0]] = _("Each place can be given once.")
    return given, wrong


def _values(question: Question, text: str) -> list[str] | None:
    """The values of one field; None for what cannot be read."""
    if question.kind == "text":
        return [text]
    if question.kind in (*SCALED, "matrix"):
        return [text] if text in map(str, question.steps) else None
    if question.kind == "rank":
        return [text] if text in map(str, range(1, len(question.options) + 1)) else None
    if question.kind == "kano":
        return _numbered(KANO, [text])
    numbers = re.findall(r"[^\s,;.]+", text) if question.kind == "multiple" else [text]
    found = _numbered([one.key for one in question.options], numbers)
    return list(dict.fromkeys(found)) if found else None


def _numbered(keys: Sequence[str], numbers: Sequence[str]) -> list[str] | None:
    """Keys by their place, counted from 1; None where one is not there."""
    found = []
    for number in numbers:
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= len(keys)):
            return None
        found.append(keys[int(number[:4]) - 1])
    return found


def _choices(question: Question, language: str) -> tuple[tuple[str, str], ...]:
    if question.kind == "kano":
        return tuple((str(place), str(KANO_WORDS[one])) for place, one in enumerate(KANO, 1))
    if question.kind in CHOSEN and question.kind != "rank":
        return tuple((str(place), said(one.words, language)) for place, one in enumerate(question.options, 1))
    if question.labels:
        labels = zip(question.steps, question.labels, strict=False)
        return tuple((str(step), said(texts, language)) for step, texts in labels)
    return ()


def _hint(question: Question) -> str:
    if question.steps:
        return f"{question.low}–{question.high}"
    if question.kind == "multiple":
        return _("e.g. 1 3")
    if question.kind == "kano":
        return "1–5"
    return f"1–{len(question.options)}" if question.options else ""


def _words_of(question: Question, name: str, language: str) -> str:
    """What one of several inputs is about; empty where the question has one alone."""
    rest = name.removeprefix(question.key).lstrip(".")
    if question.kind == "kano":
        return _("With it") if rest == "with" else _("Without it")
    if question.kind == "rank":
        return next((said(one.words, language) for one in question.options if one.key == rest), rest)
    if question.kind != "matrix":
        return ""
    factor, _at, competitor = rest.partition("@")
    importance = factor.endswith(".importance")
    key = factor.removesuffix(".importance")
    words = next((said(one.words, language) for one in question.factors if one.key == key), key)
    if importance:
        return _("%(factor)s: importance") % {"factor": words}
    if competitor:
        other = next((said(one.words, language) for one in question.competitors if one.key == competitor), competitor)
        return _("%(factor)s: %(competitor)s") % {"factor": words, "competitor": other}
    return words
