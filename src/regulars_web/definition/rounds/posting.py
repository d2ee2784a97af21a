"""Letters of a round: whom the first one goes to, whom a reminder, and who everybody is by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_PROGRAMME
from regulars_web.definition.models import Invitation, Letter, Round
from regulars_web.shared import trail


def to_ask(round_: Round) -> QuerySet[Invitation]:
    """Those who have not written and got no letter yet."""
    return _silent(round_).exclude(letters__about=Letter.About.STATE)


def to_remind(round_: Round) -> QuerySet[Invitation]:
    """Those whose first letter left, who have not written and were not reminded."""
    left = _silent(round_).filter(letters__about=Letter.About.STATE, letters__state=Letter.State.SENT)
    return left.exclude(pk__in=Letter.objects.filter(about=Letter.About.STATE_AGAIN).values("invitation"))


def to_weigh(round_: Round) -> QuerySet[Invitation]:
    """Everybody who was not yet told that there are drafts."""
    if round_.state != Round.State.WEIGHING or not round_.drafts.filter(withdrawn_at=None).exists():
        return Invitation.objects.none()
    return round_.invitations.filter(revoked_at=None).exclude(letters__about=Letter.About.WEIGH)


def post(by: User, round_: Round, about: str, *, now: datetime) -> int:
    """Put letters of one kind into the post; returns how many are new."""
    require(by, CHANGE_PROGRAMME)
    chosen = {Letter.About.STATE: to_ask, Letter.About.STATE_AGAIN: to_remind, Letter.About.WEIGH: to_weigh}.get(about)
    if chosen is None:
        return 0
    wanted = list(chosen(round_))
    before = Letter.objects.count()
    Letter.objects.bulk_create(
        (Letter(invitation=one, about=about, made_at=now) for one in wanted), ignore_conflicts=True
    )
    made = Letter.objects.count() - before
    trail.note(by, "definition letters", round=round_.pk, about=about, letters=made)
    return made


def names_of(workspace: Workspace, invitations: Sequence[Invitation]) -> dict[int, str]:
    """Number of an invitation -> the person's name; a code or the source's reference where none is known."""
    customers = workspace.customers()
    records = {
        one.client_key: customers.records_of(customers.of(one.client_key)) if one.is_customer else (one.client_key,)
        for one in invitations
        if one.client_key is not None and one.user is None
    }
    details = workspace.vault.people([record for keys in records.values() for record in keys])
    references = workspace.references(list(records))
    found = {}
    for one in invitations:
        if one.user is not None:
            found[one.pk] = one.user.name or one.user.email
            continue
        key = one.client_key or 0
        known = (details.get(record, {}).get("name", "") for record in records.get(key, ()))
        found[one.pk] = next((name for name in known if name), "") or one.employee or references.get(key, str(key))
    return found


def _silent(round_: Round) -> QuerySet[Invitation]:
    if round_.state != Round.State.WRITING:
        return Invitation.objects.none()
    return round_.invitations.filter(revoked_at=None, stated_at=None)
