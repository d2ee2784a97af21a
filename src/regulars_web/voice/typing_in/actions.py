"""Keep an answer that came on paper or by telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from regulars.surveys.answering import About, answer_id, entries
from regulars.surveys.definition import Survey
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import TYPE_ANSWERS
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User

PAPER, TELEPHONE = "paper", "telephone"
CHANNELS = (PAPER, TELEPHONE)
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
    """Put one filled-in questionnaire into the log; False where this very form was kept before."""
    require(by, TYPE_ANSWERS)
    request = f"typed answer {by.pk} {request_id}"
    about = About(
        occurred_at=instant_of(workspace, on, now),
        occurred_on=on,
        channel=channel if channel in CHANNELS else PAPER,
        client_key=customer_key,
        language=language,
        touchpoint=touchpoint,
    )
    kept = workspace.add(entries(survey, given, interaction_id=answer_id(request), about=about), request_id=request)
    if kept:
        trail.note(by, "answer typed in", survey=survey.key, customer=customer_key)
    return kept


def instant_of(workspace: Workspace, on: date, now: datetime) -> datetime:
    """The instant that stands for a day: now for today, else noon there."""
    zone = ZoneInfo(workspace.settings.time_zone)
    if now.astimezone(zone).date() == on:
        return now
    return datetime.combine(on, NOON, zone).astimezone(UTC)
