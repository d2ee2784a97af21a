"""What is done about an answer: a mark for a colleague, a reply, the end of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.log.inbox import Entry
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import FOLLOW_UP
from regulars_web.shared import trail
from regulars_web.shared.sentences import Refused
from regulars_web.voice.models_reading import FollowUp
from regulars_web.voice.reading.answers import Answer

STEP = "reply to answer"
LONGEST_REPLY, LONGEST_NOTE = 5_000, 500
CHANNELS: Mapping[str, Any] = {
    "telephone": gettext_lazy("telephone"),
    "e-mail": gettext_lazy("e-mail"),
    "in person": gettext_lazy("in person"),
    "letter": gettext_lazy("letter"),
    "chat": gettext_lazy("chat"),
}


def open_follow_up(by: User, answer: Answer, *, person: User | None, note: str, now: datetime) -> FollowUp:
    """Mark an answer for somebody to take up; marked again, it goes to that person."""
    require(by, FOLLOW_UP)
    if person is not None and not person.is_active:
        raise Refused(_("This colleague may no longer sign in. Choose another one."))
    with transaction.atomic():
        found = _mark(by, answer, now)
        found.person, found.note, found.state = person, note.strip()[:LONGEST_NOTE], FollowUp.State.OPEN
        found.done_at, found.done_by = None, None
        found.save()
    trail.note(by, "follow-up opened", answer=answer.key, customer=answer.client_key)
    return found


def end_follow_up(by: User, answer: Answer, *, now: datetime) -> FollowUp:
    """Close the mark. Raises Refused where there is none."""
    require(by, FOLLOW_UP)
    with transaction.atomic():
        found = FollowUp.objects.select_for_update().filter(answer=answer.key).first()
        if found is None:
            raise Refused(_("This answer has no follow-up. Open one first."))
        if found.state == FollowUp.State.OPEN:
            found.state, found.done_at, found.done_by = FollowUp.State.DONE, now, by
            found.save()
    trail.note(by, "follow-up done", answer=answer.key, customer=answer.client_key)
    return found


def reply(
    by: User, workspace: Workspace, answer: Answer, *, text: str, channel: str, now: datetime, request_id: str
) -> bool:
    """Log what the customer was told, as a message of the company; False where this form was sent before.

    Raises Refused for a reply without words, or to somebody who is not known.
    """
    require(by, FOLLOW_UP)
    said = text.strip()
    if not said:
        raise Refused(_("Write what you told the customer."))
    if len(said) > LONGEST_REPLY:
        raise Refused(_("The reply is too long. Keep it under 5,000 characters."))
    if answer.client_key is None:
        raise Refused(_("It is not known who gave this answer, so nobody can be told."))
    row = _row(by, workspace, answer, said, channel if channel in CHANNELS else "", now)
    kept = workspace.add([Entry("interactions", row)], request_id=f"reply {by.pk} {request_id}" if request_id else None)
    with transaction.atomic():
        found = _mark(by, answer, now)
        found.replied_at = found.replied_at or now
        found.save()
    if kept:
        trail.note(by, "answer replied to", answer=answer.key, customer=answer.client_key)
    return kept


def _row(by: User, workspace: Workspace, answer: Answer, said: str, channel: str, now: datetime) -> dict[str, object]:
    local = now.astimezone(ZoneInfo(workspace.settings.time_zone))
    return {
        "client_key": answer.client_key,
        "source": "pages",
        "kind": "message",
        "step": STEP,
        "occurred_at": now.astimezone(UTC),
        "occurred_on": local.date(),
        "touchpoint": answer.touchpoint or None,
        "channel": channel or None,
        "employee": by.name or by.email,
        "initiated_by": "company",
        "thread": answer.thread or None,
        "text": said,
        "properties": json.dumps({"answer": answer.key, "survey": answer.survey}),
    }


def _mark(by: User, answer: Answer, now: datetime) -> FollowUp:
    given = {
        "client_key": answer.client_key,
        "survey": answer.survey[:200],
        "answered_at": answer.at,
        "opened_at": now,
        "opened_by": by,
        "person": by,
    }
    found, _made = FollowUp.objects.select_for_update().get_or_create(answer=answer.key, defaults=given)
    return found
