"""One reminder for those who were asked by mail and did not answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from regulars_web.voice.models import Invitation, Letter, Sending


def add_reminders(sending: Sending, *, now: datetime) -> int:
    """The letters of a reminder, for those who did not answer; returns how many are new."""
    with transaction.atomic():
        Sending.objects.select_for_update().get(pk=sending.pk)
        letters = [
            Letter(sending=sending, invitation_id=number, step=Letter.REMIND)
            for number in silent(sending).values_list("pk", flat=True)
        ]
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        Sending.objects.filter(pk=sending.pk).update(reminded_at=now)
    return len(letters)


def silent(sending: Sending) -> QuerySet[Invitation]:
    """Invitations of a sending that left, were not answered or taken back, and were not reminded of."""
    return Invitation.objects.filter(
        batch=sending.batch, sent_at__isnull=False, answered_at=None, revoked_at=None
    ).exclude(letters__step=Letter.REMIND)
