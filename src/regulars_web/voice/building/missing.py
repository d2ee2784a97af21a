"""Texts of a survey, one by one: which are there in each language, and which are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from regulars.surveys.definition import Option, Question, Survey, Texts
from regulars_web.voice.building.words import question_words


@dataclass(frozen=True)
class Text:
    """One text of a survey.

    name   how forms call it: title, intro, words of q1, option o2 of q1, ...
    where  what it is, for people
    texts  language -> words
    long   whether it wants several lines
    """

    name: str
    where: str
    texts: Texts
    long: bool = False


def all_texts(survey: Survey) -> list[Text]:
    """Every text that has words in some language or must have, in the order in which respondents meet them."""
    found = [Text("title", _("Title"), survey.title)]
    for name, where, texts in (
        ("intro", _("Introduction"), survey.intro),
        ("who_reads", _("Who reads the answers"), survey.who_reads),
    ):
        if texts:
            found.append(Text(name, where, texts, long=True))
    for question in survey.questions:
        found += _question_texts(question, survey.languages[0])
    if survey.thanks:
        found.append(Text("thanks", _("Thanks at the end"), survey.thanks, long=True))
    return found


def missing(survey: Survey) -> dict[str, list[Text]]:
    """Language -> texts without words in it; only languages of the survey with holes."""
    texts = all_texts(survey)
    found = {language: [one for one in texts if not one.texts.get(language)] for language in survey.languages}
    return {language: holes for language, holes in found.items() if holes}


def translated_share(survey: Survey, language: str) -> float:
    """Which part of the texts has words in a language, from 0 to 1."""
    texts = all_texts(survey)
    return sum(1 for one in texts if one.texts.get(language)) / len(texts)


def _question_texts(question: Question, language: str) -> Iterator[Text]:
    asked = question_words(question, language)
    key = question.key
    yield Text(f"{key} words", _("Question"), question.words)
    if question.help:
        yield Text(f"{key} help", _("Help for “%(question)s”") % {"question": asked}, question.help)
    if question.ends and any(question.ends):
        yield Text(f"{key} end-low", _("Lower end of “%(question)s”") % {"question": asked}, question.ends[0])
        yield Text(f"{key} end-high", _("Upper end of “%(question)s”") % {"question": asked}, question.ends[1])
    for step, texts in zip(question.steps, question.labels, strict=False):
        where = _("Label %(step)d of “%(question)s”") % {"step": step, "question": asked}
        yield Text(f"{key} label {step}", where, texts)
    for name, listed in (
        ("option", question.options),
        ("factor", question.factors),
        ("competitor", question.competitors),
    ):
        yield from (_row_text(key, name, asked, one) for one in listed)


def _row_text(key: str, name: str, asked: str, one: Option) -> Text:
    wheres = {
        "option": _("Option of “%(question)s”"),
        "factor": _("Factor of “%(question)s”"),
        "competitor": _("Competitor in “%(question)s”"),
    }
    return Text(f"{key} {name} {one.key}", wheres[name] % {"question": asked}, one.words)
