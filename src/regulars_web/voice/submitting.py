"""Answers on their way: begun, saved page by page, handed in, and put into the log exactly once.

A page is on the disk before the next one is shown. Handing in is one change of a row (whoever comes second finds it
done), then one request to the log, named so that it counts once. Where the log is busy or the process dies between
the two, the answers wait, finished, and the worker hands them over; thanks are true in any case.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from regulars.errors import LogError
from regulars.surveys import answering
from regulars.surveys.definition import Page, Survey
from regulars_web.shared.company import company
from regulars_web.voice import current, limits
from regulars_web.voice.models import Invitation, Submission

INCOMPLETE_AFTER = timedelta(hours=24)
MOST_A_TURN = 1_000  # submissions that the worker hands over in one go

Given = Mapping[str, Sequence[str]]


def local_day(instant: datetime) -> date:
    """The company's day at an instant."""
    return instant.astimezone(ZoneInfo(company().settings.time_zone)).date()


def begin_invited(invitation: Invitation, survey: Survey, *, language: str, now: datetime) -> Submission:
    """The submission of a personal link: the one that is there, or a new one."""
    begun, _ = Submission.objects.get_or_create(
        invitation=invitation,
        defaults={**_fresh(survey, language, now), "channel": invitation.channel, "branch": invitation.branch},
    )
    return begun


def begin_open(
    survey: Survey, digest: str, *, language: str, channel: str, branch: str, mark: str, now: datetime
) -> Submission:
    """The submission under a digest: the one that is there (a double click), or a new one."""
    begun, _ = Submission.objects.get_or_create(
        digest=digest,
        defaults={**_fresh(survey, language, now), "channel": channel, "branch": branch, "mark": mark},
    )
    return begun


def begin_nameless(
    survey: Survey, digest: str, *, language: str, channel: str, department: str, level: str, now: datetime
) -> Submission:
    """The same for a colleague or partner who answers without a name: nothing is kept that tells devices apart."""
    begun, _ = Submission.objects.get_or_create(
        digest=digest,
        defaults={**_fresh(survey, language, now), "channel": channel, "department": department, "level": level},
    )
    return begun


def save(submission: Submission, page: Page, given: Given, *, language: str, now: datetime) -> bool:
    """Put a page's answers in the place of earlier ones to it; False where all was handed in before."""
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if held.finished_at or held.kept_at:
            return False
        own = {name for question in page.questions for name in answering.fields(question)}
        rest = {name: values for name, values in held.given.items() if name not in own}
        held.given = {**rest, **{name: list(values) for name, values in given.items() if name in own}}
        held.language, held.saved_at = language, now
        held.save(update_fields=["given", "language", "saved_at"])
    submission.given, submission.language = held.given, held.language
    return True


def reach(submission: Submission, number: int) -> None:
    """Note the furthest page that was shown."""
    if number > submission.reached:
        Submission.objects.filter(pk=submission.pk, reached__lt=number).update(reached=number)
        submission.reached = number


def finish(submission: Submission, *, now: datetime) -> None:
    """Hand in: on the disk when this returns, and in the log where it is not busy. Harmless when repeated."""
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if not held.finished_at and not held.kept_at:
            held.finished_at, held.complete = now, True
            held.duplicate = limits.is_repeated(held)
            held.save(update_fields=["finished_at", "complete", "duplicate"])
            if held.invitation_id:
                Invitation.objects.filter(pk=held.invitation_id, answered_at=None).update(answered_at=now)
    with suppress(LogError):  # the worker tries again until it is in the log
        hand_over(held)


def hand_over(submission: Submission) -> bool:
    """Put a submission into the log, once; False where it is there, or the person was erased meanwhile.

    Raises LogError where the log cannot take it now; then it goes on waiting.
    """
    survey = current.version(submission.survey, submission.version)
    if submission.kept_at or survey is None:
        return False
    shop = company()
    shop.pages_import()  # made before anything is held, since making it excludes everybody
    with shop.writing():  # nobody is erased between the look and the writing
        held = Submission.objects.select_related("invitation").filter(pk=submission.pk, kept_at=None).first()
        if held is None:
            return False
        request = f"survey answer {held.request_id}"
        number = answering.answer_id(held.request_id)
        rows = answering.entries(survey, held.given, interaction_id=number, about=_about(held, survey))
        added = shop.add(rows, request_id=request)
        # From here on the answers are the log's, and are erased there; nothing of them stays beside it.
        Submission.objects.filter(pk=held.pk).update(
            kept_at=held.finished_at or held.saved_at, given={}, department="", level=""
        )
    return added


def hand_over_waiting(now: datetime) -> dict[str, int]:
    """Hand over what waits: finished ones at once, unfinished ones after a day, as incomplete. What is empty goes.

    Returns counts: complete, incomplete, empty. Raises LogError where the log cannot take them now.
    """
    told = {"complete": 0, "incomplete": 0, "empty": 0}
    waiting = Submission.objects.filter(kept_at=None)
    for submission in waiting.exclude(finished_at=None).order_by("pk")[:MOST_A_TURN]:
        told["complete"] += hand_over(submission)
    for submission in waiting.filter(finished_at=None, saved_at__lt=now - INCOMPLETE_AFTER).order_by("pk")[
        :MOST_A_TURN
    ]:
        if submission.given:
            told["incomplete"] += hand_over(submission)
        else:
            told["empty"] += submission.delete()[0]
    return told


def answered(survey: str) -> int:
    """How many finished answers a survey has taken by its links."""
    return Submission.objects.filter(survey=survey, complete=True).count()


def _about(held: Submission, survey: Survey) -> answering.About:
    at = held.finished_at or held.saved_at
    invitation = held.invitation
    if survey.audience != "customers":
        at = _beginning(local_day(at))  # the hour would tell who was at work
    return answering.About(
        occurred_at=at,
        occurred_on=local_day(at),
        channel=held.channel,
        client_key=invitation.client_key if invitation else None,
        language=held.language,
        touchpoint=invitation.touchpoint if invitation else "",
        employee=invitation.employee if invitation else "",
        branch=held.branch,
        department=held.department,
        level=held.level,
        thread=invitation.thread if invitation else "",
        complete=held.complete,
        duplicate=held.duplicate,
    )


def _beginning(day: date) -> datetime:
    """The first instant of the company's day."""
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(company().settings.time_zone))


def _fresh(survey: Survey, language: str, now: datetime) -> dict[str, object]:
    return {
        "request_id": secrets.token_hex(16),
        "survey": survey.key,
        "version": survey.version,
        "language": language,
        "started_at": now,
        "saved_at": now,
    }
