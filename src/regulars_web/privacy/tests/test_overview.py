"""The pages that list what was done with personal data ask as little for many rows as for few."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars_web.jobs.models import Job, State
from regulars_web.privacy.works import ERASE
from regulars_web.shared import trail

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_personal_data_asks_the_database_as_often_for_twenty_erasures_as_for_one(client_as, colleague):
    client, owner = client_as("owner"), colleague("owner")
    erased = {"kind": ERASE, "state": State.DONE, "asked_by": owner, "asked_at": AT, "ended_at": AT}
    Job.objects.create(**erased)
    queries_of(client, "/privacy/")
    few = queries_of(client, "/privacy/")
    Job.objects.bulk_create(Job(**erased) for _ in range(19))
    assert queries_of(client, "/privacy/") == few


def test_the_trail_asks_the_database_as_often_for_many_events_as_for_few(client_as, colleague):
    client, owner = client_as("owner"), colleague("owner")
    queries_of(client, "/people/trail")
    few = queries_of(client, "/people/trail")
    for number in range(40):
        trail.note(owner, "exported", rows=number)
    assert queries_of(client, "/people/trail") == few
