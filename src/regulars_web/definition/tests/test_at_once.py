"""Two people open a round at the same moment: one round goes on, and the other person reads why theirs does not."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, connections

from regulars_web.definition import queries
from regulars_web.definition.models import Criterion, Invitation, Round
from regulars_web.definition.rounds import actions, criteria

FORM = {"colleagues": "yes", "closes_on": "2099-01-01", "criterion": ["short"]}
OPEN_ALREADY = "A round is open already. Finish it or end it first."
PATIENCE = 60.0  # seconds; more than any machine needs, so that a test that waits for nothing ends


def _somebody_waits() -> bool:
    """Whether a writer of this PostgreSQL waits for another one's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


@pytest.fixture
def nobody_looked(monkeypatch):
    """Both have looked whether a round is open, and seen none, before either of them has opened one."""
    looked = threading.Barrier(2, timeout=PATIENCE)
    threads = connection.vendor == "postgresql"

    def look():
        if threads:
            looked.wait()

    monkeypatch.setattr(queries, "open_round", look)
    return threads


@pytest.fixture
def held_open(monkeypatch, nobody_looked):
    """Whoever comes first has written the round, and stays in the transaction until the other one waits for it."""
    make = criteria.make

    def wait_for_the_other(*args):
        make(*args)
        until = time.monotonic() + PATIENCE
        while nobody_looked and not _somebody_waits():
            assert time.monotonic() < until, "nobody came second"
            time.sleep(0.01)

    monkeypatch.setattr(actions.known_criteria, "make", wait_for_the_other)


def press(clients, at_once):
    """Everybody presses the button; the answers, in the order in which they came."""
    answers = []

    def one(client, number):
        try:
            answers.append(client.post("/definition/rounds/new", {**FORM, "request_id": f"of {number}"}))
        finally:
            if at_once:
                connections.close_all()

    if not at_once:  # SQLite lets one writer in after the other
        for number, client in enumerate(clients):
            one(client, number)
        return answers
    threads = [threading.Thread(target=one, args=told) for told in zip(clients, range(len(clients)), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_a_round_at_once_one_does_and_the_other_reads_why_not(client_as, nobody_looked, held_open):
    clients = [client_as("owner"), client_as("manager")]
    answers = press(clients, nobody_looked)
    assert sorted(one.status_code for one in answers) == [302, 422]
    refused = next(one for one in answers if one.status_code == 422)
    assert OPEN_ALREADY in refused.content.decode()
    made = Round.objects.get()
    assert made.open
    assert set(Invitation.objects.values_list("round", flat=True)) == {made.pk}
    assert set(Criterion.objects.values_list("round", flat=True)) == {made.pk}


@pytest.mark.django_db
def test_a_round_that_has_ended_makes_room_for_the_next(client_as):
    owner = client_as("owner")
    for number in range(2):
        Round.objects.update(state=Round.State.ENDED)
        owner.post("/definition/rounds/new", {**FORM, "request_id": f"{number}"})
    assert sorted(one.open for one in Round.objects.all()) == [False, True]
