"""What is kept of asking customers: one row a sending, one row a letter of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars_web.accounts.models import User


class Sending(models.Model):
    """Customers chosen at one time to be asked by one survey.

    batch        names its invitations
    channel      e-mail, or link: a list of links that is sent by other means
    who          how the customers were chosen, as the form said it; keys only
    written      language -> subject and words of the mail
    base         where the pages are reached, e.g. https://regulars.example.com
    told         counts when it was made: chosen, asked, and left out by reason
    remind_days  after how many days those who did not answer get one reminder; null: none
    reminded_at  when the reminders were asked for
    stopped_at   when somebody stopped it; letters that have not left do not leave any more
    """

    survey = models.CharField(max_length=60, db_index=True)
    version = models.PositiveIntegerField()
    batch = models.CharField(max_length=32, unique=True)
    channel = models.CharField(max_length=20, default="e-mail")
    who = models.JSONField(default=dict)
    written = models.JSONField(default=dict)
    base = models.CharField(max_length=300, blank=True)
    told = models.JSONField(default=dict)
    remind_days = models.PositiveSmallIntegerField(null=True)
    reminded_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.survey} {self.pk}"


class Letter(models.Model):
    """One mail of a sending. It is taken, in a transaction of its own, before it is handed over; so none leaves twice.

    step    invite or remind
    reason  why it did not leave: left out (by whom it may reach) or failed (what the mail server said)
    """

    class State(models.TextChoices):
        """Where it stands. Unclear: the worker died between taking it and hearing that it had left."""

        WAITING = "waiting", _("waiting")
        TAKEN = "taken", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        LEFT_OUT = "left out", _("left out")
        UNCLEAR = "unclear", _("unclear")

    INVITE, REMIND = "invite", "remind"

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="letters")
    invitation = models.ForeignKey("voice.Invitation", on_delete=models.CASCADE, related_name="letters")
    step = models.CharField(max_length=8, default=INVITE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=32, blank=True)
    sent_at = models.DateTimeField(null=True)
    logged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["invitation", "step"], name="voice_one_letter_a_step"),
        ]
        indexes = (models.Index(fields=("sending", "state"), name="voice_letter_state"),)

    def __str__(self) -> str:
        return f"{self.step} {self.pk} {self.state}"
