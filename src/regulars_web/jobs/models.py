"""Work that takes longer than a page may: an import, a joining run, a refresh of what pages show."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars_web.accounts.models import User


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Job(models.Model):
    """One piece of work. A worker holds it by a lease; when the worker dies the lease ends and another takes it.

    kind      which registered work it is
    said      what it was asked, plain JSON; no personal data
    told      what it found, plain JSON; empty until it is done
    sentence  why it failed, for the person who asked
    """

    kind = models.CharField(max_length=40)
    said = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING, db_index=True)
    step = models.CharField(max_length=120, blank=True)
    share = models.FloatField(default=0.0)
    sentence = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")

    @property
    def open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (State.WAITING, State.RUNNING)
