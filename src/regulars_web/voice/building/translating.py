"""Translations typed side by side, put back into the survey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from regulars.surveys.definition import Option, Question, Survey, Texts
from regulars.surveys.validity import LONGEST_INTRO, LONGEST_WORDS
from regulars_web.voice.building.missing import all_texts
from regulars_web.voice.building.question_forms import plain_text


def with_translations(survey: Survey, language: str, sent: Mapping[str, str]) -> Survey:
    """The survey with the words of one language as typed; inputs are ``text-0``, ``text-1``, ... with their names.

    Each input says which text it is (``name-0``), so words never land at another text when the survey was changed.
    """
    typed: dict[str, str] = {}
    for number, one in enumerate(all_texts(survey)):
        words = sent.get(f"text-{number}")
        if words is not None and sent.get(f"name-{number}") == one.name:
            typed[one.name] = plain_text(words, LONGEST_INTRO if one.long else LONGEST_WORDS)
    put = _Put(language, typed)
    around = replace(
        survey,
        title=put(survey.title, "title"),
        intro=put(survey.intro, "intro"),
        who_reads=put(survey.who_reads, "who_reads"),
        thanks=put(survey.thanks, "thanks"),
    )
    pages = tuple(
        replace(page, questions=tuple(_question(one, put) for one in page.questions)) for page in survey.pages
    )
    return replace(around, pages=pages)


class _Put:
    """Replaces the words of one language in a text that was typed; all others stay."""

    def __init__(self, language: str, typed: Mapping[str, str]) -> None:
        self._language, self._typed = language, typed

    def __call__(self, texts: Texts, name: str) -> Texts:
        if name not in self._typed:
            return texts
        changed = {**texts, self._language: self._typed[name]}
        return {language: words for language, words in changed.items() if words}


def _question(question: Question, put: _Put) -> Question:
    key = question.key
    ends = question.ends
    if ends is not None:
        ends = (put(ends[0], f"{key} end-low"), put(ends[1], f"{key} end-high"))
    steps = zip(question.steps, question.labels, strict=False)
    return replace(
        question,
        words=put(question.words, f"{key} words"),
        help=put(question.help, f"{key} help"),
        ends=ends,
        labels=tuple(put(texts, f"{key} label {step}") for step, texts in steps),
        options=_rows(question.options, f"{key} option", put),
        factors=_rows(question.factors, f"{key} factor", put),
        competitors=_rows(question.competitors, f"{key} competitor", put),
    )


def _rows(listed: Sequence[Option], name: str, put: _Put) -> tuple[Option, ...]:
    return tuple(replace(one, words=put(one.words, f"{name} {one.key}")) for one in listed)
