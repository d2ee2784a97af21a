"""What is kept of reading answers: follow-up marks, and who asked for the weekly mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars_web.accounts.models import User


class FollowUp(models.Model):
    """One answer that somebody is to do something about. A reply or closing ends the customer's waiting.

    answer      number of the interaction in the log
    client_key  who answered; null for open links
    note        what is to be done, in the colleague's words
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("open")
        DONE = "done", _("done")

    answer = models.BigIntegerField(unique=True)
    client_key = models.BigIntegerField(null=True, db_index=True)
    survey = models.CharField(max_length=200)
    answered_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN, db_index=True)
    note = models.CharField(max_length=500, blank=True)
    replied_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-opened_at", "-pk")

    def __str__(self) -> str:
        return f"{self.survey} {self.answer}"

    @property
    def ended_at(self) -> datetime | None:
        """When the customer first heard from us, or the mark was closed, whichever came first."""
        known = [when for when in (self.replied_at, self.done_at) if when is not None]
        return min(known) if known else None

    @property
    def waited(self) -> timedelta | None:
        """From the answer until then; None while nothing has happened."""
        return self.ended_at - self.answered_at if self.ended_at else None


class DigestWish(models.Model):
    """One colleague who asked for the weekly mail. ``sent_at`` is set before a mail leaves, so none leaves twice."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="voice_digest")
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user)
