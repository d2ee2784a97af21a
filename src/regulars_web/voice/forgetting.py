"""Invitations and answers on their way that tell of a person: they go when that person is erased."""

from __future__ import annotations

from django.db import connection

from regulars.privacy.person import Person, Traces
from regulars.workspace import Workspace
from regulars_web.voice.models import Invitation, Submission

NAME = "survey invitations"
PART = "invitations"
PART_ABOUT = "one row an invitation to a survey, with what was answered under it and is not counted yet"


def forget_invited(workspace: Workspace, person: Person, traces: Traces) -> int:
    """Delete the person's invitations with their links and what was saved under them, and every other answer on its
    way that names the person; returns how many. Harmless when repeated.
    """
    if not _made():
        return 0
    gone = Invitation.objects.filter(client_key__in=person.keys).delete()[1].get("voice.Invitation", 0)
    waiting = Submission.objects.filter(kept_at=None).iterator()
    told = [one.pk for one in waiting if traces.told_in(text for texts in one.given.values() for text in texts)]
    Submission.objects.filter(pk__in=told).delete()
    return gone + len(told)


def told_of(person: Person) -> list[dict[str, object]]:
    """One row an invitation of the person, with what was saved under it and is not in the log yet."""
    if not _made():
        return []
    found = Invitation.objects.filter(client_key__in=person.keys).select_related("submission").order_by("made_at")
    return [_row(one) for one in found]


def _made() -> bool:
    """Whether there are such tables yet: the pages may not have been opened since this version came."""
    return Invitation._meta.db_table in connection.introspection.table_names()


def _row(invitation: Invitation) -> dict[str, object]:
    begun: Submission | None = getattr(invitation, "submission", None)
    names = ("survey", "version", "client_key", "channel", "language", "thread", "touchpoint", "employee", "branch")
    moments = ("made_at", "sent_at", "reminded_at", "answered_at", "revoked_at")
    told: dict[str, object] = {name: getattr(invitation, name) for name in (*names, *moments)}
    return told | {"saved_answers": begun.given if begun and begun.given else None}
