"""Keep an answer that came on paper or by telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from regulars.surveys import taking_back
from regulars.surveys.answering import TYPED_CHANNELS, About, answer_id, entries
from regulars.surveys.definition import Survey
from regulars.surveys.taking_back import Typed, typed_answer
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import holds, require
from regulars_web.accounts.roles import TYPE_ANSWERS, Role
from regulars_web.shared import trail
from regulars_web.shared.sentences import Refused
from regulars_web.voice.audiences import refuse_named
from regulars_web.voice.models_reading import FollowUp

if TYPE_CHECKING:
    from regulars_web.accounts.models import User

PAPER, TELEPHONE = "paper", "telephone"
CHANNELS = TYPED_CHANNELS
NOON = time(12)


def type_in(
    by: User,
    workspace: Workspace,
    survey: Survey,
    given: Mapping[str, Sequence[str]],
    *,
    channel: str,
    on: date,
    customer_key: int | None,
    language: str,
    touchpoint: str,
    now: datetime,
    request_id: str,
) -> bool:
    """Put one filled-in questionnaire into the log; False where this very form was kept before.

    Raises Refused where the person named is not one of those whom the survey asks.
    """
    require(by, TYPE_ANSWERS)
    refuse_named(workspace, survey, customer_key)
    request = request_of(by, request_id)
    about = About(
        occurred_at=instant_of(workspace, on, now),
        occurred_on=on,
        channel=channel if channel in CHANNELS else PAPER,
        client_key=customer_key,
        language=language,
        touchpoint=touchpoint,
        typed_by=str(by.pk),
    )
    kept = workspace.add(entries(survey, given, interaction_id=answer_id(request), about=about), request_id=request)
    if kept:
        trail.note(by, "answer typed in", survey=survey.key, customer=customer_key)
    return kept


def request_of(by: User, request_id: str) -> str:
    """What names the keeping of one form, however often it is sent."""
    return f"typed answer {by.pk} {request_id}"


def may_take_back(by: User, typed: Typed | None) -> bool:
    """Whether somebody may take a typed-in answer back: whoever typed it, a manager, an owner."""
    if typed is None or typed.taken_back or not holds(by, TYPE_ANSWERS):
        return False
    return typed.typed_by == str(by.pk) or by.role in (Role.OWNER, Role.MANAGER)


def take_back(by: User, workspace: Workspace, number: int, *, now: datetime) -> Typed:
    """Leave a typed-in answer out of all that is counted. Raises Refused for somebody else's."""
    require(by, TYPE_ANSWERS)
    found = typed_answer(workspace, number)
    if found is None:
        raise Refused(_("This answer was not typed in here, so it cannot be taken back."))
    if not found.taken_back and not may_take_back(by, found):
        raise Refused(_("Only whoever typed this answer in, a manager or an owner can take it back."))
    if taking_back.take_back(workspace, number, by=by.email, now=now):
        FollowUp.objects.filter(answer=number).delete()
        trail.note(by, "answer taken back", answer=number, survey=found.survey)
    return found


def instant_of(workspace: Workspace, on: date, now: datetime) -> datetime:
    """The instant that stands for a day: now for today, else noon there."""
    zone = ZoneInfo(workspace.settings.time_zone)
    if now.astimezone(zone).date() == on:
        return now
    return datetime.combine(on, NOON, zone).astimezone(UTC)
