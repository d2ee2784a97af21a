"""Mails about the definition: each leaves once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """One mail to one invited person.

    about     what it asks; one letter of each kind a person and version
    version   of the definition, for letters that ask to read it; else 0
    taken_by  lease of the worker that took it; a worker that died leaves a letter of which nobody can know
    """

    class About(models.TextChoices):
        """What a letter asks for."""

        STATE = "state", _("write a statement")
        STATE_AGAIN = "state again", _("write a statement, reminder")
        WEIGH = "weigh", _("look at the drafts")
        READ = "read", _("read the definition")
        READ_AGAIN = "read again", _("read the definition, reminder")

    class State(models.TextChoices):
        """What became of a letter."""

        WAITING = "waiting", _("waiting")
        TAKEN = "taken", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("refused by the mail server")
        LEFT_OUT = "left out", _("left out")
        UNCLEAR = "unclear", _("nobody knows whether it left")

    invitation = models.ForeignKey("definition.Invitation", on_delete=models.CASCADE, related_name="letters")
    about = models.CharField(max_length=12, choices=About.choices)
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    taken_by = models.CharField(max_length=32, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("invitation", "about", "version"), name="definition_letter_once"),
        )

    def __str__(self) -> str:
        return f"{self.about} {self.pk}"
