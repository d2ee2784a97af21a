"""What an address of a respondent leads to, and whether it takes answers now.

Whoever has begun may finish, also when the survey closes or fills up meanwhile; a link that was taken back stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from regulars.surveys.definition import Survey
from regulars_web.voice import current, submitting
from regulars_web.voice.invitations import digest, find
from regulars_web.voice.models import Invitation, OpenLink, Submission


@dataclass(frozen=True)
class Standing:
    """Where a respondent stands.

    closed      why no answer is taken: a key of ``words.CLOSED``; empty where one is
    survey      the version that is, or would be, answered; None where there is none
    token       the secret in the address; empty on the first page of an open link
    submission  None before the first page was saved
    """

    closed: str
    survey: Survey | None = None
    token: str = ""
    link: OpenLink | None = None
    invitation: Invitation | None = None
    submission: Submission | None = None


def personal(token: str, now: datetime) -> Standing:
    """Where the holder of a personal link stands."""
    invitation = find(token)
    if invitation is None:
        return Standing("unknown")
    submission = Submission.objects.filter(invitation=invitation).first()
    answered_to = current.version(submission.survey, submission.version) if submission else None
    survey = answered_to if submission else current.newest(invitation.survey)
    found = Standing("", survey, token, None, invitation, submission)
    if survey is None:
        return Standing("unknown")
    if invitation.answered_at or (submission and (submission.finished_at or submission.kept_at)):
        return _closed(found, "answered")
    if invitation.revoked_at:
        return _closed(found, "revoked")
    return found if submission else _closed(found, _no_beginning(survey, now))


def open_link(key: str, now: datetime) -> Standing:
    """Where somebody stands who comes by an open link."""
    link = OpenLink.objects.filter(survey=key).first()
    survey = current.newest(key) if link else None
    if link is None or survey is None:
        return Standing("unknown")
    found = Standing("", survey, "", link)
    return _closed(found, _no_beginning(survey, now) if link.open else "closed")


def begun(key: str, token: str) -> Standing:
    """Where somebody stands who has begun by an open link."""
    submission = Submission.objects.filter(digest=digest(token), survey=key).first()
    survey = current.version(key, submission.version) if submission else None
    if submission is None or survey is None:
        return Standing("unknown")
    link = OpenLink.objects.filter(survey=key).first()
    found = Standing("", survey, token, link, None, submission)
    return _closed(found, "answered" if submission.finished_at or submission.kept_at else "")


def _no_beginning(survey: Survey, now: datetime) -> str:
    if survey.retired or (survey.closes_on and submitting.local_day(now) > survey.closes_on):
        return "closed"
    if survey.quota is not None and submitting.answered(survey.key) >= survey.quota:
        return "full"
    return ""


def _closed(found: Standing, why: str) -> Standing:
    return Standing(why, found.survey, found.token, found.link, found.invitation, found.submission)
