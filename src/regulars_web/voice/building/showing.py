"""What the pages of a survey that is being built show: pages and questions as lines, a question as a form, holes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from regulars.surveys.definition import CHOSEN, SCALED, Option, Page, Question, Survey, Texts, said
from regulars_web.shared.company import company
from regulars_web.voice.building.missing import Text, missing, translated_share
from regulars_web.voice.building.question_forms import (
    condition_values,
    earlier_questions,
    fitting_ops,
)
from regulars_web.voice.building.words import (
    LANGUAGE_NAMES,
    OP_WORDS,
    details,
    kind_words,
    question_words,
    rule_words,
    value_words,
)
from regulars_web.voice.public.showing import shown_questions

SHORT = 60
BLANK_ROWS = 2


@dataclass(frozen=True)
class Line:
    """One question in the list: what it asks, as what, what it offers, when it is shown, what is missing."""

    question: Question
    number: int
    words: str
    kind: str
    details: str
    rule: str
    holes: int
    first: bool
    last: bool


def pages(survey: Survey, language: str) -> list[dict[str, Any]]:
    """Pages with their questions, numbered through the survey."""
    lacking = [one.name.partition(" ")[0] for texts in missing(survey).values() for one in texts]
    numbers = {one.key: place for place, one in enumerate(survey.questions, 1)}
    total = len(survey.questions)
    return [
        {
            "place": place,
            "number": place + 1,
            "lines": [
                Line(
                    question=one,
                    number=numbers[one.key],
                    words=question_words(one, language),
                    kind=kind_words(one.kind),
                    details=details(one, language),
                    rule=rule_words(survey, one.show_if, language),
                    holes=lacking.count(one.key),
                    first=numbers[one.key] == 1 and place == 0,
                    last=numbers[one.key] == total and place == len(survey.pages) - 1,
                )
                for one in page.questions
            ],
        }
        for place, page in enumerate(survey.pages)
    ]


def holes(survey: Survey) -> list[dict[str, Any]]:
    """Languages with missing texts: name, how many, and the first of them."""
    return [
        {"code": code, "name": LANGUAGE_NAMES[code], "count": len(texts), "first": texts[0].where}
        for code, texts in missing(survey).items()
    ]


def translated(survey: Survey) -> list[dict[str, Any]]:
    """Each language of the survey with the part of its texts that is there."""
    lacking = missing(survey)
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code],
            "share": translated_share(survey, code),
            "holes": len(lacking.get(code, [])),
        }
        for code in survey.languages
    ]


def around(survey: Survey) -> list[dict[str, Any]]:
    """The texts around the questions, each in the survey's languages."""
    listed = (
        (Text("title", _("Title"), survey.title), _("Respondents see it at the top.")),
        (Text("intro", _("Introduction"), survey.intro, long=True), _("Why you ask, in one or two sentences.")),
        (
            Text("who_reads", _("Who reads the answers"), survey.who_reads, long=True),
            _("People answer more openly when they know."),
        ),
        (Text("thanks", _("Thanks at the end"), survey.thanks, long=True), _("Say what happens with the answer.")),
    )
    return [{"text": text, "help": help, "inputs": in_languages(survey, text.texts)} for text, help in listed]


def in_languages(survey: Survey, texts: Texts) -> list[dict[str, str]]:
    """A text in each language of the survey, for inputs side by side."""
    return [{"code": one, "name": LANGUAGE_NAMES[one], "words": texts.get(one, "")} for one in survey.languages]


def question_form(survey: Survey, question: Question) -> dict[str, Any]:
    """Everything the form of a question needs."""
    ends = question.ends or ({}, {})
    labels = dict(zip(question.steps, question.labels, strict=False))
    return {
        "words": in_languages(survey, question.words),
        "help": in_languages(survey, question.help),
        "low_end": in_languages(survey, ends[0]),
        "high_end": in_languages(survey, ends[1]),
        "labels": [(step, in_languages(survey, labels.get(step, {}))) for step in question.steps],
        "labelled": bool(question.labels),
        "lists": _lists(survey, question),
        "may_not_apply": question.kind in (*SCALED, "matrix", "single", "multiple"),
        "satisfaction": "satisfaction" in question.asks,
        "importance": "importance" in question.asks,
    }


def condition(survey: Survey, question: Question, asked_now: str, language: str) -> dict[str, Any]:
    """The condition of a question: which answer it depends on, how it compares, and with what.

    asked_now  the question that was just chosen in the form; empty: the one of the condition that is kept
    """
    rule = question.show_if
    key = asked_now or (rule.question if rule else "")
    asked = next((one for one in earlier_questions(survey, question.key) if one.key == key), None)
    if asked is None:
        return {"asked": "", "broken": rule_words(survey, rule, language) if rule else ""}
    kept = rule if rule and rule.question == asked.key else None
    return {
        "asked": asked.key,
        "ops": [(op, OP_WORDS[op], bool(kept and kept.op == op)) for op in fitting_ops(asked)],
        "values": [
            (value, value_words(asked, value, language), bool(kept and kept.value == value))
            for value, _texts in condition_values(asked)
        ],
        "words": rule_words(survey, rule, language),
    }


def short(question: Question, language: str) -> str:
    """A question in one line of a choice."""
    words = question_words(question, language)
    return words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"


def preview(survey: Survey, language: str, number: int = 1) -> dict[str, Any]:
    """A page of the survey as respondents will see it, in the templates they get, with every question shown."""
    pages = tuple(Page(tuple(replace(one, show_if=None) for one in page.questions)) for page in survey.pages)
    whole = replace(survey, pages=pages)
    company_name = company().settings.name
    with override(language):
        questions = shown_questions(whole, number, {}, {}, language, company_name) if pages else []
        told = {
            "questions": questions,
            "title": said(survey.title, language),
            "intro": said(survey.intro, language) if number == 1 else "",
            "company": company_name,
            "place": number,
            "pages": len(pages),
            "last": number == len(pages),
        }
        inside = render_to_string("voice/building/_phone_page.html", told)
    return {"language": language, "number": number, "pages": len(pages), "inside": inside}


def preview_of(survey: Survey, question: Question, language: str) -> dict[str, Any]:
    """The page on which a question stands."""
    place = next((number for number, page in enumerate(survey.pages, 1) if question in page.questions), 1)
    return preview(survey, language, place)


def _lists(survey: Survey, question: Question) -> list[dict[str, Any]]:
    """The lists of rows that belong to a kind of question."""
    found = []
    if question.kind in CHOSEN:
        found.append(("option", _("Options"), _("Option"), question.options))
    if question.kind == "matrix":
        found.append(("factor", _("Factors"), _("Factor"), question.factors))
        found.append(("competitor", _("Competitors rated on the same factors"), _("Competitor"), question.competitors))
    return [
        {"name": name, "heading": heading, "one": one, "rows": _rows(survey, listed)}
        for name, heading, one, listed in found
    ]


def _rows(survey: Survey, listed: tuple[Option, ...]) -> list[dict[str, Any]]:
    """Rows that are there, then blank ones to type into."""
    rows = [{"key": one.key, "inputs": in_languages(survey, one.words), "kept": True} for one in listed]
    blanks = [{"key": "", "inputs": in_languages(survey, {}), "kept": False} for _number in range(BLANK_ROWS)]
    return [{**row, "place": place, "number": place + 1} for place, row in enumerate([*rows, *blanks])]
