"""Work behind the pages: done once, begun again after a death, told honestly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from regulars.errors import RegularsError
from regulars_web.jobs import actions
from regulars_web.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(monkeypatch):
    """A kind of work that only counts how often it was done."""
    done: list[int] = []

    def work(job, progress):
        progress("Counting", 0.5)
        done.append(job.pk)
        return {"times": len(done)}

    monkeypatch.setitem(actions._works, "count", work)
    return done


def test_a_job_is_done_once_and_says_what_came_of_it(counted):
    job = actions.ask("count", {}, by=None)
    assert actions.do_all_waiting() == 1
    assert actions.do_all_waiting() == 0
    job.refresh_from_db()
    assert (job.state, job.told, counted) == ("done", {"times": 1}, [job.pk])


def test_the_job_of_a_dead_worker_is_begun_again_when_its_lease_is_over(counted):
    job = actions.ask("count", {}, by=None)
    assert actions.take().pk == job.pk, "and then the worker died"
    assert actions.take() is None, "while the lease holds nobody else takes it"
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert actions.do_all_waiting() == 1
    assert counted == [job.pk]


def test_a_worker_that_lost_its_lease_tells_nothing(counted):
    actions.ask("count", {}, by=None)
    slow = actions.take()
    Job.objects.filter(pk=slow.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    actions.do(actions.take())
    actions.do(slow)
    job = Job.objects.get()
    assert (job.state, job.told) == ("done", {"times": 1}), "the second worker's word stands"


def test_a_job_that_kills_every_worker_is_given_up(counted):
    job = actions.ask("count", {}, by=None)
    for _ in range(actions.MOST_ATTEMPTS):
        assert actions.take() is not None
        Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert actions.take() is None
    job.refresh_from_db()
    assert job.state == "failed"


def test_what_the_library_refuses_is_told_in_its_own_sentence(monkeypatch):
    def work(job, progress):
        raise RegularsError("The file has no column with dates. Map one: --map occurred='Order date'.")

    monkeypatch.setitem(actions._works, "refuse", work)
    job = actions.ask("refuse", {}, by=None)
    actions.do_all_waiting()
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.sentence.startswith("The file has no column with dates.")


def test_the_same_refresh_waits_only_once(counted):
    first = actions.ask_once("count", {"of": "home"}, by=None)
    assert actions.ask_once("count", {"of": "home"}, by=None).pk == first.pk
    assert actions.ask_once("count", {"of": "groups"}, by=None).pk != first.pk


def test_a_colleague_sees_their_own_jobs_only(client_as, colleague, counted):
    job = actions.ask("count", {}, by=colleague("analyst"))
    assert client_as("analyst").get(f"/jobs/{job.pk}").status_code == 200
    assert client_as("owner").get(f"/jobs/{job.pk}").status_code == 200
    assert client_as("manager").get(f"/jobs/{job.pk}").status_code == 403
