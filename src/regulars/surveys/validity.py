"""Whether a survey can be answered: every question has words, a scale that makes sense, and something to refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from regulars.names.keys import LONGEST_KEY
from regulars.surveys.errors import SurveyError
from regulars.surveys.parts import (
    ASKS,
    AUDIENCES,
    CHOSEN,
    KANO,
    KINDS,
    LANGUAGES,
    SCALED,
    Option,
    Question,
    ShowIf,
    Survey,
    Texts,
)

LONGEST_TITLE, LONGEST_WORDS, LONGEST_INTRO = 120, 500, 2_000
MOST_PAGES, MOST_QUESTIONS, MOST_OPTIONS, MOST_COMPETITORS, MOST_STEPS = 40, 60, 40, 8, 11
NOT_APPLICABLE = "n-a"  # what a form says for "does not apply to me"
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_survey(survey: Survey) -> Survey:
    """The survey itself. Raises SurveyError with the first thing that has to be mended."""
    check_key(survey.key)
    _check_languages(survey)
    if not any(words.strip() for words in survey.title.values()):
        raise SurveyError("no_title")
    _fits(survey.title, "the title", LONGEST_TITLE)
    for where, texts in (("the introduction", survey.intro), ("the thanks", survey.thanks)):
        _fits(texts, where, LONGEST_INTRO)
    _fits(survey.who_reads, "who reads it", LONGEST_WORDS)
    _fits({"": survey.about}, "what it is about", LONGEST_TITLE)
    if survey.audience not in AUDIENCES:
        raise SurveyError("unknown_audience", found=repr(survey.audience)[:40], known=", ".join(AUDIENCES))
    if not 1 <= survey.minutes <= 60:
        raise SurveyError("bad_minutes", found=survey.minutes)
    if survey.quota is not None and survey.quota < 1:
        raise SurveyError("bad_quota", found=survey.quota)
    _check_pages(survey)
    before: list[Question] = []
    for question in survey.questions:
        _check_question(question, survey.languages)
        _check_show_if(question, before)
        before.append(question)
    return survey


def check_key(key: str) -> str:
    """The key itself. Raises SurveyError where it could not stand in an address."""
    if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY or key == NOT_APPLICABLE:
        raise SurveyError("no_key", found=repr(key)[:80], limit=LONGEST_KEY)
    return key


def _check_languages(survey: Survey) -> None:
    if not survey.languages:
        raise SurveyError("no_languages")
    for language in survey.languages:
        if language not in LANGUAGES:
            raise SurveyError("unknown_language", found=repr(language)[:20], known=", ".join(LANGUAGES))
    _unique(survey.languages, "languages")


def _check_pages(survey: Survey) -> None:
    if not survey.questions:
        raise SurveyError("no_questions")
    for number, page in enumerate(survey.pages, 1):
        if not page.questions:
            raise SurveyError("empty_page", number=number)
    _at_most(survey.pages, "pages", MOST_PAGES)
    _at_most(survey.questions, "questions", MOST_QUESTIONS)
    _unique((question.key for question in survey.questions), "questions")


def _check_question(question: Question, languages: Sequence[str]) -> None:
    check_key(question.key)
    if question.kind not in KINDS:
        raise SurveyError("unknown_kind", found=repr(question.kind)[:40], known=", ".join(KINDS))
    if not question.words.get(languages[0], "").strip():
        raise SurveyError("no_words", question=question.key, language=languages[0])
    for texts in (question.words, question.help, *question.labels, *(question.ends or ())):
        _fits(texts, f"the question {question.key}", LONGEST_WORDS)
    for listed, what in (
        (question.options, "options"),
        (question.factors, "factors"),
        (question.competitors, "competitors"),
    ):
        _check_listed(question, listed, what, languages)
    if question.kind in CHOSEN and len(question.options) < 2:
        raise SurveyError("too_few_options", question=question.key, limit=2)
    if question.kind in (*SCALED, "matrix"):
        _check_scale(question)
    if question.kind == "matrix":
        _check_table(question)


def _check_listed(question: Question, listed: Sequence[Option], what: str, languages: Sequence[str]) -> None:
    _at_most(listed, what, MOST_COMPETITORS if what == "competitors" else MOST_OPTIONS)
    _unique((one.key for one in listed), what)
    for one in listed:
        check_key(one.key)
        if not any(words.strip() for words in one.words.values()):
            raise SurveyError("no_words", question=f"{question.key}/{one.key}", language=languages[0])
        _fits(one.words, f"the question {question.key}", LONGEST_WORDS)


def _check_scale(question: Question) -> None:
    if not 0 <= question.low < question.high or len(question.steps) > MOST_STEPS:
        raise SurveyError("bad_scale", question=question.key, low=question.low, high=question.high, limit=MOST_STEPS)
    if question.kind == "nps" and (question.low, question.high) != (0, 10):
        raise SurveyError("bad_scale", question=question.key, low=question.low, high=question.high, limit=11)
    if question.labels and len(question.labels) != len(question.steps):
        raise SurveyError("wrong_labels", question=question.key, found=len(question.labels), steps=len(question.steps))


def _check_table(question: Question) -> None:
    if not question.factors:
        raise SurveyError("no_factors", question=question.key)
    if not question.asks or not set(question.asks) <= set(ASKS) or len(set(question.asks)) != len(question.asks):
        raise SurveyError("bad_asks", question=question.key)


def _check_show_if(question: Question, before: Sequence[Question]) -> None:
    rule = question.show_if
    if rule is None:
        return
    asked = next((one for one in before if one.key == rule.question), None)
    if asked is None or not _can_hold(rule, asked):
        raise SurveyError("bad_show_if", question=question.key)


def _can_hold(rule: ShowIf, asked: Question) -> bool:
    if asked.kind in SCALED:
        return rule.op in ("at most", "at least", "is", "is not") and rule.value in map(str, asked.steps)
    if asked.kind in ("single", "multiple"):
        fits = rule.op in (("is", "is not") if asked.kind == "single" else ("includes",))
        return fits and rule.value in {option.key for option in asked.options}
    return asked.kind == "kano" and rule.op in ("is", "is not") and rule.value in KANO


def _fits(texts: Texts, where: str, limit: int) -> None:
    for words in texts.values():
        if len(words) > limit:
            raise SurveyError("text_too_long", where=where, limit=limit)
        if any((ord(letter) < 32 and letter not in "\n\t\r") or 0xD800 <= ord(letter) <= 0xDFFF for letter in words):
            raise SurveyError("unprintable", where=where)


def _at_most(listed: Sequence[object], what: str, limit: int) -> None:
    if len(listed) > limit:
        raise SurveyError("too_much", found=len(listed), what=what, limit=limit)


def _unique(keys: Iterable[str], what: str) -> None:
    met: set[str] = set()
    for key in keys:
        if key in met:
            raise SurveyError("same_key", what=what, found=key)
        met.add(key)
