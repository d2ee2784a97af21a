"""What an invited person does by their link: one statement, their votes, what they say about drafts.

Everything is written under a lock on the invitation, so a form that is sent twice at once is kept once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from regulars_web.definition.models import Comment, Draft, Invitation, Round, Stand, Statement, Vote

LONGEST_STATEMENT, LONGEST_COMMENT, LONGEST_SUGGESTION = 1_000, 1_000, 200


@dataclass(frozen=True)
class Opinion:
    """What somebody says about one draft; ``stands`` None: they did not say."""

    text: str
    stands: bool | None


def save_statement(
    invitation: Invitation,
    text: str,
    *,
    criteria: Collection[int],
    suggested: str,
    language: str,
    now: datetime,
    today: date,
) -> bool:
    """Write or change the person's one statement and their votes; False where the round takes none any more."""
    with transaction.atomic():
        held = Invitation.objects.select_for_update().get(pk=invitation.pk)
        round_ = Round.objects.select_for_update().get(pk=held.round_id)
        if held.revoked_at or not round_.takes_statements(today):
            return False
        told = {"text": text, "suggested": suggested, "language": language, "changed_at": now, "hidden_at": None}
        Statement.objects.update_or_create(invitation=held, defaults=told, create_defaults={**told, "written_at": now})
        Vote.objects.filter(invitation=held).delete()
        chosen = round_.criteria.filter(pk__in=criteria)
        Vote.objects.bulk_create(Vote(invitation=held, criterion=one) for one in chosen)
        if held.stated_at is None:
            Invitation.objects.filter(pk=held.pk).update(stated_at=now)
    return True


def save_opinions(invitation: Invitation, opinions: Mapping[int, Opinion], *, language: str, now: datetime) -> bool:
    """Keep what the person says about each draft, by its number; False where drafts are not weighed (any more)."""
    with transaction.atomic():
        held = Invitation.objects.select_for_update().get(pk=invitation.pk)
        round_ = Round.objects.select_for_update().get(pk=held.round_id)
        if held.revoked_at or round_.state != Round.State.WEIGHING:
            return False
        for draft in round_.drafts.filter(pk__in=opinions, withdrawn_at=None):
            _keep(held, draft, opinions[draft.pk], language, now)
    return True


def _keep(invitation: Invitation, draft: Draft, opinion: Opinion, language: str, now: datetime) -> None:
    mine = Comment.objects.filter(draft=draft, invitation=invitation)
    if not opinion.text:
        mine.delete()
    elif not mine.filter(text=opinion.text).exists():
        told = {"text": opinion.text, "language": language, "changed_at": now, "hidden_at": None}
        Comment.objects.update_or_create(draft=draft, invitation=invitation, defaults=told)
    if opinion.stands is None:
        Stand.objects.filter(draft=draft, invitation=invitation).delete()
    else:
        Stand.objects.update_or_create(draft=draft, invitation=invitation, defaults={"stands": opinion.stands})
