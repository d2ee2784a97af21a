"""Follow-up marks on a person's answers: they go when that person is erased."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from regulars.privacy.person import Person, Traces
from regulars.workspace import Workspace
from regulars_web.voice.models_reading import FollowUp

NAME = "follow-up marks"


def forget_follow_ups(workspace: Workspace, person: Person, traces: Traces) -> int:
    """Delete the marks on the person's answers, and others whose note names them; returns how many."""
    if FollowUp._meta.db_table not in connection.introspection.table_names():
        return 0  # the pages may not have been opened since this version came
    named = [mark.pk for mark in FollowUp.objects.exclude(note="").iterator() if traces.named_in(mark.note)]
    gone = FollowUp.objects.filter(Q(client_key__in=person.keys) | Q(pk__in=named))
    found = gone.count()
    gone.delete()
    return found
