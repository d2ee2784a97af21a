"""Questionnaires for own people and partners: those in use with their links, and those that lie ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from regulars.surveys import publishing, ready
from regulars.surveys.definition import Survey
from regulars.surveys.parts import said
from regulars.workspace import Workspace
from regulars_web.staff import links, words
from regulars_web.staff.models import Link
from regulars_web.voice import submitting
from regulars_web.voice.sentences import purpose_words

INSIDE = ("employees", "partners")
ENOUGH = 5


@dataclass(frozen=True)
class Way:
    """A link as the page shows it."""

    link: Link
    address: str
    department: str
    level: str


@dataclass(frozen=True)
class Asked:
    """A questionnaire in use.

    answered  how many were handed in by links; None while they are fewer than five
    """

    survey: Survey
    title: str
    answered: int | None
    ways: Sequence[Way]


@dataclass(frozen=True)
class Ready:
    """A questionnaire that lies ready and is not in use."""

    key: str
    title: str
    purpose: str
    minutes: int
    audience: str


def in_use(workspace: Workspace, base: str, called: dict[str, str]) -> list[Asked]:
    """Questionnaires for own people and partners that are in use, with their open links."""
    found = []
    for survey in publishing.surveys(workspace):
        if survey.audience not in INSIDE:
            continue
        open_links = Link.objects.filter(survey=survey.key, closed_at=None)
        ways = [
            Way(one, links.address_of(one, base), called.get(one.department, one.department), _level(one.level))
            for one in open_links
        ]
        count = submitting.answered(survey.key)
        found.append(Asked(survey, _title(survey), count if count >= ENOUGH else None, ways))
    return found


def lying_ready(workspace: Workspace) -> list[Ready]:
    """Ready questionnaires for own people and partners that are not in use."""
    there = {one.key for one in publishing.surveys(workspace)}
    return [
        Ready(one.key, _title(one), purpose_words(one.key), one.minutes, one.audience)
        for one in ready.ready()
        if one.audience in INSIDE and one.key not in there
    ]


def _title(survey: Survey) -> str:
    language = (get_language() or "en")[:2]
    return said(survey.title, language if language in survey.languages else survey.languages[0]) or survey.key


def _level(level: str) -> str:
    return words.level_words(level)
