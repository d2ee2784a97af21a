"""Asking for work, taking it, doing it once.

A kind of work is a function registered by its app: ``(job, progress) -> told``. It must be safe to begin again:
a worker that is killed leaves its lease to run out, and the next one starts the work from the beginning.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from regulars.errors import RegularsError
from regulars_web.accounts.models import User
from regulars_web.jobs.models import Job, State

LEASE = timedelta(seconds=30)
BEAT_SECONDS = 8.0
MOST_ATTEMPTS = 3
Progress = Callable[[str, float], None]
Work = Callable[[Job, Progress], Mapping[str, Any]]

_works: dict[str, Work] = {}
_repeated: dict[str, timedelta] = {}


class Lost(Exception):
    """The lease went to another worker; whatever this one still does is not told."""


def register(kind: str, work: Work) -> None:
    """Say which function does a kind of work; apps do it in ``ready()``."""
    _works[kind] = work


def repeat(kind: str, every: timedelta) -> None:
    """Have a kind of work done again and again, by nobody's asking; apps say so in ``ready()``."""
    _repeated[kind] = every


def ask_what_is_due() -> int:
    """Ask for the repeated work whose last time is long enough ago; returns how many jobs wait now for it."""
    now, asked = timezone.now(), 0
    for kind, every in _repeated.items():
        if not Job.objects.filter(kind=kind).filter(Q(asked_at__gt=now - every) | Q(state=State.WAITING)).exists():
            ask(kind, {}, by=None)
            asked += 1
    return asked


def known(kind: str) -> bool:
    """Whether some app does this kind of work."""
    return kind in _works


def ask(kind: str, said: Mapping[str, Any], *, by: User | None) -> Job:
    """Put a job into the queue."""
    return Job.objects.create(kind=kind, said=dict(said), asked_by=by, asked_at=timezone.now())


def ask_once(kind: str, said: Mapping[str, Any], *, by: User | None) -> Job:
    """The same, unless just that waits already."""
    waiting = Job.objects.filter(kind=kind, state=State.WAITING, said=dict(said)).first()
    return waiting or ask(kind, said, by=by)


def cancel(job: Job) -> bool:
    """Take a job that has not begun out of the queue; False where it has."""
    changed = Job.objects.filter(pk=job.pk, state=State.WAITING).update(state=State.CANCELLED, ended_at=timezone.now())
    return bool(changed)


def take() -> Job | None:
    """The oldest job that waits, or whose worker died; leased to the caller."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, leased_until__lt=now)
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(free).order_by("asked_at", "pk").first()
        if job is None:
            return None
        if job.attempts >= MOST_ATTEMPTS:
            _end(job, State.FAILED, sentence="")
            return None
        lease = secrets.token_hex(16)
        job.attempts += 1
        job.state, job.lease, job.leased_until = State.RUNNING, lease, now + LEASE
        job.started_at = job.started_at or now
        job.save()
    return job


def do(job: Job) -> None:
    """Do a job that was taken, and tell what came of it."""
    stop = threading.Event()
    beat = threading.Thread(target=_hold, args=(job.pk, job.lease, stop), daemon=True)
    beat.start()
    try:
        told = _works[job.kind](job, _Reporter(job))
    except Lost:
        return
    except RegularsError as error:
        _finish(job, State.FAILED, sentence=str(error))
    else:
        _finish(job, State.DONE, told=dict(told))
    finally:
        stop.set()
        beat.join()


def do_all_waiting(limit: int = 100) -> int:
    """Do everything that waits (tests, and a worker's turn); returns how many."""
    for done in range(limit):
        job = take()
        if job is None:
            return done
        do(job)
    return limit


class _Reporter:
    """Writes progress down at most twice a second, and notices when the lease is lost."""

    def __init__(self, job: Job) -> None:
        self.job, self.last = job, 0.0

    def __call__(self, step: str, share: float) -> None:
        now = time.monotonic()
        if now - self.last < 0.5 and share < 1:
            return
        self.last = now
        kept = Job.objects.filter(pk=self.job.pk, lease=self.job.lease).update(step=step[:120], share=share)
        if not kept:
            raise Lost


def _hold(pk: int, lease: str, stop: threading.Event) -> None:
    while not stop.wait(BEAT_SECONDS):
        with suppress(DatabaseError):  # a database that is busy now will answer the next beat
            Job.objects.filter(pk=pk, lease=lease).update(leased_until=timezone.now() + LEASE)
        close_old_connections()
    close_old_connections()


def _finish(job: Job, state: State, *, told: dict[str, Any] | None = None, sentence: str = "") -> None:
    with transaction.atomic():
        mine = Job.objects.select_for_update().filter(pk=job.pk, lease=job.lease).first()
        if mine is not None:
            _end(mine, state, told=told, sentence=sentence)


def _end(job: Job, state: State, *, sentence: str, told: dict[str, Any] | None = None) -> None:
    job.state, job.sentence, job.ended_at, job.leased_until = state, sentence, timezone.now(), None
    job.told, job.share = told or {}, 1.0 if state == State.DONE else job.share
    job.save()
