"""What colleagues do to surveys: begin, change, publish, close and open them again, throw a draft away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.measures.scores.audience import CUSTOMERS
from regulars.surveys import publishing
from regulars.surveys.definition import Survey, read_draft, to_json
from regulars.surveys.errors import SurveyError
from regulars.surveys.parts import said
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_SURVEYS
from regulars_web.shared import numbers, trail
from regulars_web.shared.sentences import Refused
from regulars_web.voice import current
from regulars_web.voice.building.missing import missing
from regulars_web.voice.building.words import LANGUAGE_NAMES
from regulars_web.voice.models import Draft, Invitation, Submission

if TYPE_CHECKING:
    from regulars_web.accounts.models import User


def begin(by: User, workspace: Workspace, survey: Survey, *, now: datetime) -> Draft:
    """A new survey as a draft, under a key that is free."""
    require(by, CHANGE_SURVEYS)
    taken = Draft.objects.values_list("key", flat=True)
    key = publishing.free_key(workspace, said(survey.title, survey.languages[0]), list(taken))
    fresh = replace(survey, key=key, version=0, retired=False)
    return _made(by, fresh, based_on=0, now=now)


def begin_version(by: User, workspace: Workspace, key: str, *, now: datetime) -> Draft:
    """A draft of the next version of a published survey; the one that is there where somebody began it already."""
    require(by, CHANGE_SURVEYS)
    there = Draft.objects.filter(key=key).first()
    newest = publishing.history(workspace, key)[-1].survey
    return there or _made(by, replace(newest, retired=False), based_on=newest.version, now=now)


def keep(by: User, draft: Draft, survey: Survey, *, version: int, now: datetime) -> Draft:
    """Keep a changed draft. Raises Refused where somebody else changed it since ``version`` was shown."""
    require(by, CHANGE_SURVEYS)
    body = to_json(survey)
    if body == draft.body and draft.version == version:
        return draft
    mine = Draft.objects.filter(pk=draft.pk, version=version)
    if not mine.update(body=body, version=version + 1, changed_at=now, changed_by=by):
        raise Refused(
            _("Somebody changed this survey after you opened the page, so nothing was kept. Open the page again.")
        )
    draft.refresh_from_db()
    return draft


def publish(
    by: User,
    workspace: Workspace,
    draft: Draft,
    *,
    version: int,
    closes_on: date | None,
    quota: int | None,
    now: datetime,
    request_id: str,
) -> Survey:
    """Publish a draft: from now on new respondents get it. Answers stay with the version they were given to.

    Raises Refused for texts missing in a language of the survey, and for other people than those who were asked
    before and can still answer; SurveyError for what cannot be answered.
    """
    require(by, CHANGE_SURVEYS)
    if draft.version != version:
        raise Refused(_("Somebody changed this survey after you opened the page. Read it again, then publish."))
    ready = replace(read_draft(draft.body), key=draft.key, closes_on=closes_on, quota=quota)
    _refuse_holes(ready)
    _refuse_past(closes_on, now)
    _refuse_other_people(workspace, ready)
    made = publishing.publish(workspace, ready, by=by.email, now=now, request_id=_once(by, "publish", request_id))
    current.forget()
    trail.note(by, "survey published", survey=made.key, version=made.version)
    Draft.objects.filter(pk=draft.pk, version=version).delete()
    return made


def set_end(
    by: User,
    workspace: Workspace,
    key: str,
    *,
    closes_on: date | None,
    quota: int | None,
    now: datetime,
    request_id: str,
) -> Survey:
    """Say until when, or up to how many answers, a published survey is open; questions stay as they are."""
    require(by, CHANGE_SURVEYS)
    _refuse_past(closes_on, now)
    ready = replace(publishing.survey(workspace, key), closes_on=closes_on, quota=quota)
    made = publishing.publish(workspace, ready, by=by.email, now=now, request_id=_once(by, "end", request_id))
    current.forget()
    trail.note(by, "survey's end changed", survey=key, version=made.version)
    return made


def close(by: User, workspace: Workspace, key: str, *, now: datetime, request_id: str) -> Survey:
    """Close a survey: links stop taking answers at once. Closed twice, it is closed once."""
    require(by, CHANGE_SURVEYS)
    newest = publishing.history(workspace, key)[-1].survey
    if newest.retired:
        return newest
    closed = publishing.retire(workspace, key, by=by.email, now=now, request_id=_once(by, "close", request_id))
    current.forget()
    trail.note(by, "survey closed", survey=key, version=closed.version)
    return closed


def open_again(by: User, workspace: Workspace, key: str, *, now: datetime, request_id: str) -> Survey:
    """Open a survey that was closed or has ended, as it was; a close date that is past is taken out."""
    require(by, CHANGE_SURVEYS)
    newest = publishing.history(workspace, key)[-1].survey
    past = newest.closes_on is not None and newest.closes_on < now.date()
    ready = replace(newest, retired=False, closes_on=None if past else newest.closes_on)
    made = publishing.publish(workspace, ready, by=by.email, now=now, request_id=_once(by, "open", request_id))
    current.forget()
    trail.note(by, "survey opened again", survey=key, version=made.version)
    return made


def discard(by: User, draft: Draft) -> None:
    """Throw a draft away; what was published stays as it is."""
    require(by, CHANGE_SURVEYS)
    draft.delete()
    trail.note(by, "draft of a survey thrown away", survey=draft.key)


def _made(by: User, survey: Survey, *, based_on: int, now: datetime) -> Draft:
    content: Mapping[str, object] = {
        "body": to_json(survey),
        "based_on": based_on,
        "changed_at": now,
        "changed_by": by,
    }
    try:
        with transaction.atomic():
            draft = Draft.objects.create(key=survey.key, **content)
    except IntegrityError:
        return Draft.objects.get(key=survey.key)
    trail.note(by, "survey begun", survey=survey.key)
    return draft


def _refuse_holes(survey: Survey) -> None:
    for language, holes in missing(survey).items():
        if language == survey.languages[0] and not survey.questions:
            raise SurveyError("no_questions")
        names = {"language": LANGUAGE_NAMES[language], "count": len(holes), "first": holes[0].where}
        raise Refused(
            _("%(count)d texts are missing in %(language)s, first: %(first)s. Write them, or take the language out.")
            % names
        )


def _refuse_other_people(workspace: Workspace, survey: Survey) -> None:
    """Whoever was asked as a customer must not answer as a colleague, and what is on its way is not in the log yet."""
    before = next((one for one in publishing.surveys(workspace, retired=True) if one.key == survey.key), None)
    if before is None or before.audience == survey.audience:
        return
    asked = Invitation.objects.filter(survey=survey.key, answered_at=None, revoked_at=None).count()
    if asked:
        told = {"n": numbers.number(asked)}
        raise Refused(
            ngettext(
                "%(n)s person was asked by this survey before and can still answer. "
                "Take the link back first, or publish a new survey for other people.",
                "%(n)s people were asked by this survey before and can still answer. "
                "Take their links back first, or publish a new survey for other people.",
                asked,
            )
            % told
        )
    if before.audience != CUSTOMERS and Submission.objects.filter(survey=survey.key).exists():
        raise SurveyError("in_confidence", found=survey.key)


def _refuse_past(closes_on: date | None, now: datetime) -> None:
    if closes_on is not None and closes_on < now.date():
        raise Refused(_("The last day lies in the past. Choose today or later, or leave it empty."))


def _once(by: User, what: str, request_id: str) -> str | None:
    return f"survey {what} {by.pk} {request_id}" if request_id else None
