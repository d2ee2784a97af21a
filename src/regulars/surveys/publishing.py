"""Surveys as decisions: published by a named person, kept in every version, closed rather than deleted.

An answer stays with the version it was given to, so a wording that changes is a new version.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.engines.connection import quoted
from regulars.groups.decisions import Decision, decide, versions
from regulars.names import keys
from regulars.names.folding import fold
from regulars.surveys.definition import from_json, to_json
from regulars.surveys.errors import SurveyError
from regulars.surveys.parts import Audience, Survey, said
from regulars.surveys.validity import check_survey

if TYPE_CHECKING:
    from regulars.workspace import Workspace

NOUN = "survey"


@dataclass(frozen=True)
class Published:
    """One version of a survey and who published it when."""

    survey: Survey
    decided_at: datetime | None
    decided_by: str


def publish(workspace: Workspace, survey: Survey, *, by: str, now: datetime, request_id: str | None = None) -> Survey:
    """Publish a survey under its key: a new one, or a new version; publishing a closed one opens it again.

    request_id  names the request, so that a double click publishes once

    Returns the survey with its version. Raises SurveyError for one that respondents could not answer, and for one that
    would ask other people than those who answered it in confidence.
    """
    checked = replace(check_survey(survey), retired=False)
    if answered_in_confidence(workspace, checked.key, checked.audience):
        raise SurveyError("in_confidence", found=checked.key)
    return _decide(workspace, checked, by=by, now=now, request_id=request_id)


def answered_in_confidence(workspace: Workspace, key: str, audience: Audience) -> bool:
    """Whether a survey was answered in confidence by others than this audience; never where it asked customers."""
    decided = _published(workspace).get(key, [])
    asked = decided[-1].survey.audience if decided else "customers"
    if asked in ("customers", audience):
        return False
    with workspace.engine() as engine:
        found = engine.run(f"SELECT 1 FROM answers WHERE survey = {quoted(key)} LIMIT 1")  # noqa: S608  quoted
    return bool(found.num_rows)


def retire(workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None) -> Survey:
    """Close a survey for good; its versions and answers stay. Raises SurveyError where there is none in force."""
    return _decide(workspace, replace(survey(workspace, key), retired=True), by=by, now=now, request_id=request_id)


def surveys(workspace: Workspace, *, retired: bool = False) -> list[Survey]:
    """The newest version of every survey in force, by title; ``retired`` adds those that were closed."""
    newest = [found[-1].survey for found in _published(workspace).values()]
    wanted = [one for one in newest if retired or not one.retired]
    return sorted(wanted, key=lambda one: (fold(said(one.title, one.languages[0])), one.key))


def survey(workspace: Workspace, key: str, version: int | None = None) -> Survey:
    """The survey in force under a key, or one of its versions, closed or not.

    Raises SurveyError where there is none, it was closed, or there is no such version.
    """
    found = history(workspace, key)
    if version is not None:
        for one in reversed(found):
            if one.survey.version == version:
                return one.survey
        raise SurveyError("unknown_version", found=key, version=version)
    if found[-1].survey.retired:
        raise SurveyError("retired_survey", found=key)
    return found[-1].survey


def history(workspace: Workspace, key: str) -> list[Published]:
    """All versions of a survey, oldest first; those that cannot be read are left out.

    Raises SurveyError where there never was one.
    """
    decided = versions(workspace, NOUN)
    if key not in decided:
        listed = f"There are: {', '.join(sorted(decided))}." if decided else "No survey was published yet."
        raise SurveyError("unknown_survey", found=repr(key)[:80], known=listed)
    found = [one for decision in decided[key] if (one := _read(decision)) is not None]
    if not found:
        raise SurveyError("unreadable_survey", found=key)
    return found


def free_key(workspace: Workspace, title: str, taken: Collection[str] = ()) -> str:
    """A key for a new survey, made of its title, that neither a published survey nor ``taken`` has."""
    return keys.free_key(slug(title), {*versions(workspace, NOUN), *taken})


def slug(title: str) -> str:
    """A title as a key: Latin small letters, digits and single hyphens; "survey" where nothing is left."""
    return keys.slug(title, empty=NOUN)


def _decide(workspace: Workspace, checked: Survey, *, by: str, now: datetime, request_id: str | None) -> Survey:
    before = versions(workspace, NOUN).get(checked.key, [])
    numbered = replace(checked, version=max((one.version for one in before), default=0) + 1)
    decision = Decision(numbered.key, numbered.version, to_json(numbered), now, by)
    if not decide(workspace, NOUN, decision, request_id=request_id):
        return history(workspace, checked.key)[-1].survey
    return numbered


def _published(workspace: Workspace) -> Mapping[str, list[Published]]:
    """Every survey with at least one version that can be read."""
    read = {
        key: [one for decision in decided if (one := _read(decision)) is not None]
        for key, decided in versions(workspace, NOUN).items()
    }
    return {key: found for key, found in read.items() if found}


def _read(decision: Decision) -> Published | None:
    try:
        found = from_json({**decision.body, "key": decision.key, "version": decision.version})
    except SurveyError:
        return None
    return Published(found, decision.decided_at, decision.decided_by)
