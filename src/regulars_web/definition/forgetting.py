"""What the definition's pages keep of persons: invitations with what was written under them."""

from __future__ import annotations

from django.db import connection

from regulars.privacy.person import Person, Traces
from regulars.workspace import Workspace
from regulars_web.definition.models import Comment, Doubt, Invitation, Statement

NAME = "definition rounds"
PART = "definition rounds"
PART_ABOUT = "one row an invitation to say what customer focus means, with what was written under it"


def forget_invited(workspace: Workspace, person: Person, traces: Traces) -> int:
    """Delete the person's invitations with links, statement, votes and comments, and what others wrote that names the
    person; returns how many. Harmless when repeated.
    """
    if not _made():
        return 0
    mine = Invitation.objects.filter(client_key__in=person.keys)
    codes = set(mine.exclude(employee="").values_list("employee", flat=True))
    gone = Doubt.objects.filter(person__in=codes).delete()[0]
    gone += mine.delete()[1].get("definition.Invitation", 0)
    for model in (Statement, Comment, Doubt):
        told = [one.pk for one in model.objects.iterator() if traces.told_in(_texts(one))]
        gone += model.objects.filter(pk__in=told).delete()[0]
    return gone


def told_of(person: Person) -> list[dict[str, object]]:
    """One row an invitation of the person, with the statement and comments written under it."""
    if not _made():
        return []
    found = Invitation.objects.filter(client_key__in=person.keys).select_related("statement", "round")
    return [_row(one) for one in found.prefetch_related("comments").order_by("made_at")]


def _row(invitation: Invitation) -> dict[str, object]:
    statement: Statement | None = getattr(invitation, "statement", None)
    names = ("sort", "client_key", "employee", "language", "made_at", "opened_at", "stated_at", "revoked_at")
    return {name: getattr(invitation, name) for name in names} | {
        "round": str(invitation.round) if invitation.round else None,
        "statement": statement.text if statement else None,
        "suggested": (statement.suggested or None) if statement else None,
        "comments": [one.text for one in invitation.comments.all()],
    }


def _texts(one: Statement | Comment | Doubt) -> list[str]:
    return [one.text, one.suggested] if isinstance(one, Statement) else [one.text]


def _made() -> bool:
    """Whether there are such tables yet: the pages may not have been opened since this version came."""
    return Invitation._meta.db_table in connection.introspection.table_names()
