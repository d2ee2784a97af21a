"""Keep what was heard in an interview, a focus group or on a mystery visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import TYPE_ANSWERS
from regulars_web.shared import trail
from regulars_web.shared.sentences import Refused
from regulars_web.voice.listening.notes import VISIT, Session, entries

if TYPE_CHECKING:
    from regulars_web.accounts.models import User

EVENTS = {"interview": "interview kept", "focus group": "focus group kept", "mystery visit": "mystery visit kept"}


def keep(by: User, workspace: Workspace, session: Session, *, request_id: str) -> bool:
    """Put a session into the log; False where this form was kept before. Raises Refused for one that says nothing."""
    require(by, TYPE_ANSWERS)
    if session.kind == VISIT and not session.items:
        raise Refused(_("A visit needs at least one point of the check-list with a mark."))
    if session.kind == VISIT and not session.touchpoint:
        raise Refused(_("Say which touchpoint was visited."))
    if session.kind != VISIT and not (session.note or session.quotes):
        raise Refused(_("Write a note or at least one quote."))
    request = f"{session.kind} {by.pk} {request_id}"
    kept = workspace.add(entries(session, request), request_id=request)
    if kept:
        quotes, items = len(session.quotes), len(session.items)
        trail.note(by, EVENTS[session.kind], customer=session.customer_key, quotes=quotes, items=items)
    return kept
