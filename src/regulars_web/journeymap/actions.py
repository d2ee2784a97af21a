"""What people decide about the journey map and the four questions: permission, version, trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.fourquestions import publishing
from regulars.fourquestions.parts import Question, Said
from regulars.journeymap.parts import JourneyMap
from regulars.journeymap.publishing import Pen
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_JOURNEYS
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User


def draw(
    by: User,
    workspace: Workspace,
    group: str,
    event: str,
    change: Callable[[Pen], JourneyMap],
    *,
    now: datetime,
    request_id: str,
) -> JourneyMap:
    """Change the map of a group by one stroke; the same request changes it once.

    event  what the trail says of it: added to, taken off, …

    Raises JourneyMapError for what does not fit, and then nothing was changed.
    """
    require(by, CHANGE_JOURNEYS)
    pen = Pen(workspace, group, by=by.email, now=now, request_id=_once(by, request_id))
    drawn = change(pen)
    if drawn.decided_at == now:  # else the same request did it before
        trail.note(by, f"journey map {event}", group=group, version=drawn.version)
    return drawn


def answer(
    by: User, workspace: Workspace, question: Question, text: str, *, group: str, now: datetime, request_id: str
) -> Said:
    """Write down what the people of the company say to a question; earlier answers stay."""
    require(by, CHANGE_JOURNEYS)
    said = publishing.answer(
        workspace, question, text, group=group, by=by.email, now=now, request_id=_once(by, request_id)
    )
    if said.at == now:
        trail.note(by, "question answered", question=question, group=group, version=said.version)
    return said


def _once(by: User, request_id: str) -> str | None:
    return f"journey map {by.pk} {request_id}" if request_id else None
