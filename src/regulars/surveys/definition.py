"""A survey as JSON, read and written.

``from_json`` refuses, with a sentence, what respondents could not answer; ``to_json`` writes the same survey again.
The published JSON is the contract with everybody who reads answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar, cast

from regulars.surveys.errors import SurveyError
from regulars.surveys.parts import (
    ASKS,
    AUDIENCES,
    CHOSEN,
    KANO,
    KINDS,
    LANGUAGES,
    LIKERT,
    OPS,
    SCALED,
    SCALES,
    Audience,
    Kind,
    Op,
    Option,
    Page,
    Question,
    ShowIf,
    Survey,
    Texts,
    said,
)
from regulars.surveys.validity import NOT_APPLICABLE, check_survey

__all__ = [
    "ASKS",
    "AUDIENCES",
    "CHOSEN",
    "KANO",
    "KINDS",
    "LANGUAGES",
    "NOT_APPLICABLE",
    "OPS",
    "SCALED",
    "Audience",
    "Kind",
    "Op",
    "Option",
    "Page",
    "Question",
    "ShowIf",
    "Survey",
    "SurveyError",
    "Texts",
    "from_json",
    "read_draft",
    "said",
    "to_json",
]

Read = TypeVar("Read")


def from_json(body: Mapping[str, object]) -> Survey:
    """The survey that a JSON object describes. Raises SurveyError with the first thing that has to be mended."""
    return check_survey(read_draft(body))


def read_draft(body: Mapping[str, object]) -> Survey:
    """The same without asking whether it can be answered yet: what somebody is still building.

    Raises SurveyError only where the object is no survey at all.
    """
    return Survey(
        key=_text(body, "key"),
        title=_texts(body.get("title"), "title"),
        pages=tuple(_each(body.get("pages"), "pages", _page)),
        languages=tuple(_each(body.get("languages", ["en"]), "languages", _plain)),
        about=_text(body, "about", ""),
        audience=cast(Audience, _text(body, "audience", AUDIENCES[0])),
        intro=_texts(body.get("intro"), "intro"),
        thanks=_texts(body.get("thanks"), "thanks"),
        who_reads=_texts(body.get("who_reads"), "who_reads"),
        minutes=_number(body, "minutes", 1),
        closes_on=_day(body.get("closes_on")),
        quota=_number(body, "quota", 0) if body.get("quota") is not None else None,
        version=_number(body, "version", 0),
        retired=body.get("retired") is True,
    )


def to_json(survey: Survey) -> dict[str, object]:
    """A survey as a JSON object; what is empty is left out."""
    full: dict[str, object] = {
        "key": survey.key,
        "title": dict(survey.title),
        "languages": list(survey.languages),
        "about": survey.about,
        "audience": survey.audience,
        "intro": dict(survey.intro),
        "thanks": dict(survey.thanks),
        "who_reads": dict(survey.who_reads),
        "minutes": survey.minutes,
        "closes_on": survey.closes_on.isoformat() if survey.closes_on else None,
        "quota": survey.quota,
        "version": survey.version,
        "retired": survey.retired,
        "pages": [{"questions": [_question_json(one) for one in page.questions]} for page in survey.pages],
    }
    return _said_only(full)


def _question_json(question: Question) -> dict[str, object]:
    rule = question.show_if
    full: dict[str, object] = {
        "key": question.key,
        "kind": question.kind,
        "words": dict(question.words),
        "help": dict(question.help),
        "required": question.required,
        "ends": [dict(texts) for texts in question.ends] if question.ends else None,
        "labels": [dict(texts) for texts in question.labels],
        "options": [_option_json(one) for one in question.options],
        "factors": [_option_json(one) for one in question.factors],
        "asks": list(question.asks),
        "competitors": [_option_json(one) for one in question.competitors],
        "not_applicable": question.not_applicable,
        "show_if": {"question": rule.question, "op": rule.op, "value": rule.value} if rule else None,
    }
    scale = {"low": question.low, "high": question.high} if question.steps else {}
    return {**_said_only(full), **scale}


def _option_json(option: Option) -> dict[str, object]:
    return {"key": option.key, "words": dict(option.words)}


def _said_only(full: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in full.items() if value not in (None, "", [], {}, False)}


def _page(body: object, where: str) -> Page:
    return Page(tuple(_each(_object(body, where).get("questions"), f"{where}.questions", _question)))


def _question(body: object, where: str) -> Question:
    said_of = _object(body, where)
    key = _text(said_of, "key", where=where)
    kind = cast(Kind, _text(said_of, "kind", where=where))
    low, high = SCALES.get(kind, LIKERT if kind in ("scale", "matrix") else (0, 0))
    found = Question(
        key=key,
        kind=kind,
        words=_texts(said_of.get("words"), f"{where}.words"),
        help=_texts(said_of.get("help"), f"{where}.help"),
        required=said_of.get("required") is True,
        low=_number(said_of, "low", low),
        high=_number(said_of, "high", high),
        labels=tuple(_each(said_of.get("labels"), f"{where}.labels", _texts)),
        options=tuple(_each(said_of.get("options"), f"{where}.options", _option)),
        factors=tuple(_each(said_of.get("factors"), f"{where}.factors", _option)),
        asks=tuple(_each(said_of.get("asks"), f"{where}.asks", _plain)) or (ASKS[:1] if kind == "matrix" else ()),
        competitors=tuple(_each(said_of.get("competitors"), f"{where}.competitors", _option)),
        not_applicable=said_of.get("not_applicable") is True,
    )
    return replace(found, ends=_ends(said_of.get("ends"), where), show_if=_show_if(said_of.get("show_if"), where))


def _ends(body: object, where: str) -> tuple[Texts, Texts] | None:
    if not body:
        return None
    found = _each(body, f"{where}.ends", _texts)
    if len(found) != 2:
        raise SurveyError("not_a_survey", where=f"{where}.ends")
    return found[0], found[1]


def _show_if(body: object, where: str) -> ShowIf | None:
    if not body:
        return None
    rule = _object(body, f"{where}.show_if")
    op = _text(rule, "op", where=where)
    if op not in OPS:
        raise SurveyError("not_a_survey", where=f"{where}.show_if.op")
    return ShowIf(_text(rule, "question", where=where), op, str(rule.get("value", "")))


def _option(body: object, where: str) -> Option:
    said_of = _object(body, where)
    return Option(_text(said_of, "key", where=where), _texts(said_of.get("words"), f"{where}.words"))


def _each(body: object, where: str, read: Callable[[object, str], Read]) -> list[Read]:
    if body is None:
        return []
    if not isinstance(body, list | tuple):
        raise SurveyError("not_a_survey", where=where)
    return [read(one, f"{where}[{place}]") for place, one in enumerate(body)]


def _object(body: object, where: str) -> Mapping[str, object]:
    if not isinstance(body, Mapping):
        raise SurveyError("not_a_survey", where=where)
    return body


def _texts(body: object, where: str) -> Texts:
    if body is None:
        return {}
    found = _object(body, where)
    if not all(isinstance(language, str) and isinstance(words, str) for language, words in found.items()):
        raise SurveyError("not_a_survey", where=where)
    return {str(language): str(words) for language, words in found.items()}


def _plain(body: object, where: str) -> str:
    if not isinstance(body, str):
        raise SurveyError("not_a_survey", where=where)
    return body


def _text(body: Mapping[str, object], name: str, default: str | None = None, *, where: str = "") -> str:
    found = body.get(name, default)
    if not isinstance(found, str):
        raise SurveyError("not_a_survey", where=f"{where}.{name}".lstrip("."))
    return found


def _number(body: Mapping[str, object], name: str, default: int) -> int:
    found = body.get(name, default)
    if not isinstance(found, int) or isinstance(found, bool):
        raise SurveyError("not_a_survey", where=name)
    return found


def _day(body: object) -> date | None:
    if body is None or body == "":
        return None
    if isinstance(body, date):
        return body
    try:
        return date.fromisoformat(str(body))
    except ValueError:
        raise SurveyError("bad_date", found=repr(body)[:40]) from None
