"""Changes to a survey that is being built, as pure steps: a survey in, a survey out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from regulars.surveys.definition import CHOSEN, SCALED, Kind, Option, Page, Question, Survey
from regulars.surveys.parts import LIKERT, SCALES

Listed = TypeVar("Listed")
Step = Literal[-1, 1]

FIRST_OPTIONS = 3


def add_question(survey: Survey, place: int, kind: Kind, *, taken: Collection[str] = ()) -> tuple[Survey, str]:
    """A new question at the end of a page (counted from 0), and its key.

    taken  keys of earlier versions: answers to a question that is gone must not become those of another
    """
    key = free_key("q", {*(one.key for one in survey.questions), *taken})
    pages = list(survey.pages) or [Page(())]
    at = min(max(place, 0), len(pages) - 1)
    pages[at] = Page((*pages[at].questions, new_question(key, kind)))
    return replace(survey, pages=tuple(pages)), key


def new_question(key: str, kind: Kind) -> Question:
    """An empty question of a kind, with the scale that kind usually has."""
    low, high = SCALES.get(kind, LIKERT if kind in ("scale", "matrix") else (0, 0))
    asks = ("satisfaction",) if kind == "matrix" else ()
    empty = tuple(Option(f"o{number}", {}) for number in range(1, FIRST_OPTIONS + 1)) if kind in CHOSEN else ()
    factors = tuple(Option(f"f{number}", {}) for number in range(1, FIRST_OPTIONS + 1)) if kind == "matrix" else ()
    return Question(key, kind, {}, low=low, high=high, asks=asks, options=empty, factors=factors)


def of_kind(question: Question, kind: Kind) -> Question:
    """The same question as another kind: its words stay, and what fits of the rest."""
    fresh = new_question(question.key, kind)
    kept = replace(
        fresh, words=question.words, help=question.help, required=question.required, show_if=question.show_if
    )
    if kind in CHOSEN and question.options:
        kept = replace(kept, options=question.options)
    scaled = (*SCALED, "matrix")
    same_scale = (fresh.low, fresh.high) == (question.low, question.high)
    if kind in scaled and question.kind in scaled and (same_scale or kind != "nps"):
        kept = replace(kept, low=question.low, high=question.high, ends=question.ends, labels=question.labels)
    return kept


def set_question(survey: Survey, question: Question) -> Survey:
    """The survey with a question as it is now; unchanged where the question is gone."""
    return _each_question(survey, lambda one: question if one.key == question.key else one)


def move_question(survey: Survey, key: str, step: Step) -> Survey:
    """One place up or down; from the edge of a page to the next page."""
    for number, page in enumerate(survey.pages):
        keys = [one.key for one in page.questions]
        if key not in keys:
            continue
        here = keys.index(key)
        if 0 <= here + step < len(keys):
            questions = _swapped(page.questions, here, here + step)
            return _with_page(survey, number, replace(page, questions=tuple(questions)))
        other = number + step
        if not 0 <= other < len(survey.pages):
            return survey
        moved = page.questions[here]
        target = survey.pages[other].questions
        left = tuple(one for one in page.questions if one.key != key)
        changed = _with_page(survey, number, replace(page, questions=left))
        joined = (*target, moved) if step < 0 else (moved, *target)
        return _with_page(changed, other, Page(joined))
    return survey


def remove_question(survey: Survey, key: str) -> Survey:
    """Without the question, and without conditions that ask for its answer."""
    pages = tuple(Page(tuple(one for one in page.questions if one.key != key)) for page in survey.pages)
    return _each_question(
        replace(survey, pages=pages),
        lambda one: replace(one, show_if=None) if one.show_if and one.show_if.question == key else one,
    )


def add_page(survey: Survey, place: int) -> Survey:
    """An empty page after the one at a place (counted from 0)."""
    at = min(max(place + 1, 0), len(survey.pages))
    return replace(survey, pages=(*survey.pages[:at], Page(()), *survey.pages[at:]))


def move_page(survey: Survey, place: int, step: Step) -> Survey:
    """A page one place up or down."""
    other = place + step
    if not (0 <= place < len(survey.pages) and 0 <= other < len(survey.pages)):
        return survey
    return replace(survey, pages=tuple(_swapped(survey.pages, place, other)))


def remove_page(survey: Survey, place: int) -> Survey:
    """Without a page; its questions go to the page before, of the first to the one after."""
    if not 0 <= place < len(survey.pages):
        return survey
    gone = survey.pages[place].questions
    left = [page for number, page in enumerate(survey.pages) if number != place]
    if gone and not left:
        return survey
    if gone and place:
        left[place - 1] = Page((*left[place - 1].questions, *gone))
    elif gone:
        left[0] = Page((*gone, *left[0].questions))
    return replace(survey, pages=tuple(left))


def with_languages(survey: Survey, languages: Sequence[str]) -> Survey:
    """The survey in these languages, the first one spoken where a text is missing; texts of others are kept."""
    return replace(survey, languages=tuple(dict.fromkeys(languages)))


def moved_row(listed: Sequence[Listed], place: int, step: Step) -> list[Listed]:
    """A row of a list one place up or down."""
    if not (0 <= place < len(listed) and 0 <= place + step < len(listed)):
        return list(listed)
    return _swapped(listed, place, place + step)


def free_key(letter: str, taken: Iterable[str]) -> str:
    """The first of q1, q2, ... that nobody has."""
    known, number = set(taken), 1
    while f"{letter}{number}" in known:
        number += 1
    return f"{letter}{number}"


def _each_question(survey: Survey, change: Callable[[Question], Question]) -> Survey:
    return replace(
        survey,
        pages=tuple(Page(tuple(change(one) for one in page.questions)) for page in survey.pages),
    )


def _with_page(survey: Survey, number: int, page: Page) -> Survey:
    return replace(survey, pages=(*survey.pages[:number], page, *survey.pages[number + 1 :]))


def _swapped(listed: Sequence[Listed], one: int, other: int) -> list[Listed]:
    found = list(listed)
    found[one], found[other] = found[other], found[one]
    return found
