"""What owners and managers do with a round: open it, invite, weigh drafts, decide, end it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_PROGRAMME
from regulars_web.definition import tokens
from regulars_web.definition.models import Comment, Criterion, Draft, Invitation, Round, Statement
from regulars_web.definition.rounds import criteria as known_criteria
from regulars_web.definition.rounds.inviting import Asked, invite_all
from regulars_web.shared import trail
from regulars_web.shared.sentences import Refused

LONGEST_DRAFT, LONGEST_WHY = 1_000, 1_000


def open_round(
    by: User,
    asked: Sequence[Asked],
    *,
    question: str,
    closes_on: date,
    criteria: Sequence[str],
    own: Sequence[str],
    now: datetime,
    today: date,
    request_id: str,
) -> Round:
    """Open a round and invite people to it; the same request opens it once.

    criteria  keys of offered criteria; own: further ones in the company's words

    Raises Refused where a round is open already or it would close before it begins.
    """
    require(by, CHANGE_PROGRAMME)
    if closes_on < today:
        raise Refused(_("The last day for statements lies in the past. Choose a later one."))
    once = f"{by.pk} {request_id}"[:120]
    if before := Round.objects.filter(request_id=once).first():
        return before
    try:
        with transaction.atomic():
            made = Round.objects.create(
                question=question, closes_on=closes_on, opened_at=now, opened_by=by, request_id=once
            )
            known_criteria.make(made, criteria, own)
            invite_all(made, asked, by=by, now=now)
    except IntegrityError:
        if before := Round.objects.filter(request_id=once).first():
            return before
        raise Refused(_("A round is open already. Finish it or end it first.")) from None
    trail.note(by, "definition round opened", round=made.pk, invited=len(asked))
    return made


def invite(by: User, round_: Round, asked: Sequence[Asked], *, now: datetime) -> int:
    """Invite more people while the round is open; whoever is invited already stays so. Returns how many are new."""
    require(by, CHANGE_PROGRAMME)
    with transaction.atomic():
        _held(round_, Round.State.WRITING, Round.State.WEIGHING)
        made = invite_all(round_, asked, by=by, now=now)
    trail.note(by, "definition round: invited", round=round_.pk, invited=made)
    return made


def take_back(by: User, invitation: Invitation, *, now: datetime) -> None:
    """Make a personal link stop working; what was written under it stays."""
    require(by, CHANGE_PROGRAMME)
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=now):
        trail.note(by, "definition link taken back", invitation=invitation.pk)


def own_link(by: User, round_: Round, *, now: datetime) -> str:
    """A fresh personal link of a colleague who is signed in. Raises Refused for somebody who is not invited."""
    found = Invitation.objects.filter(round=round_, user=by, revoked_at=None).first()
    if found is None:
        raise Refused(_("You are not among those invited to this round. Whoever opened it can invite you."))
    return tokens.issue(found, now)


def add_criterion(by: User, round_: Round, words: str) -> None:
    """Put a further criterion to the vote, such as one that somebody suggested."""
    require(by, CHANGE_PROGRAMME)
    told = " ".join(words.split())
    if not told or len(told) > known_criteria.LONGEST:
        raise Refused(_("Write the criterion in one sentence of up to 200 characters."))
    with transaction.atomic():
        _held(round_, Round.State.WRITING)
        there = list(round_.criteria.all())
        if len(there) >= known_criteria.MOST:
            raise Refused(_("There are 15 criteria already. Fewer are easier to agree on."))
        if all(one.words != told for one in there):
            place = max((one.place for one in there), default=-1) + 1
            Criterion.objects.create(round=round_, place=place, words=told)
    trail.note(by, "definition criterion added", round=round_.pk)


def weigh(by: User, round_: Round, *, now: datetime) -> None:
    """No more statements: from now on drafts are put up and commented on."""
    require(by, CHANGE_PROGRAMME)
    with transaction.atomic():
        held = _held(round_, Round.State.WRITING)
        held.state, held.weighing_at = Round.State.WEIGHING, now
        held.save(update_fields=["state", "weighing_at"])
    trail.note(by, "definition round: drafts weighed", round=round_.pk)


def write_again(by: User, round_: Round, *, closes_on: date, today: date) -> None:
    """Take statements again until a day; drafts and comments stay."""
    require(by, CHANGE_PROGRAMME)
    if closes_on < today:
        raise Refused(_("The last day for statements lies in the past. Choose a later one."))
    with transaction.atomic():
        held = _held(round_, Round.State.WRITING, Round.State.WEIGHING)
        held.state, held.closes_on = Round.State.WRITING, closes_on
        held.save(update_fields=["state", "closes_on"])
    trail.note(by, "definition round: statements taken", round=round_.pk)


def put_draft(by: User, round_: Round, text: str, *, language: str, meets: Collection[int], now: datetime) -> Draft:
    """Put a wording up for comments. Raises Refused for an empty or too long one, or at the wrong time."""
    require(by, CHANGE_PROGRAMME)
    told = text.replace("\r\n", "\n").strip()
    if not told or len(told) > LONGEST_DRAFT:
        raise Refused(_("A draft needs words, up to 1,000 characters. A definition that is longer is not remembered."))
    with transaction.atomic():
        held = _held(round_, Round.State.WEIGHING)
        kept = [one.pk for one in held.criteria.filter(pk__in=meets)]
        made, _made = Draft.objects.get_or_create(
            round=held,
            text=told,
            withdrawn_at=None,
            defaults={"language": language, "meets": kept, "made_at": now, "made_by": by},
        )
    trail.note(by, "definition draft put up", round=round_.pk, draft=made.pk)
    return made


def withdraw(by: User, draft: Draft, *, now: datetime) -> None:
    """Take a draft back; its comments stay beside it."""
    require(by, CHANGE_PROGRAMME)
    with transaction.atomic():
        _held(draft.round, Round.State.WEIGHING)
        Draft.objects.filter(pk=draft.pk, withdrawn_at=None).update(withdrawn_at=now)
    trail.note(by, "definition draft withdrawn", draft=draft.pk)


def decide(by: User, draft: Draft, why: str, *, now: datetime) -> None:
    """Decide for a draft and say why; it is published in a further step, where its other parts are written."""
    require(by, CHANGE_PROGRAMME)
    reason = why.replace("\r\n", "\n").strip()
    if not reason or len(reason) > LONGEST_WHY:
        raise Refused(_("Say in a sentence or two why this draft, so that those who wrote another see it."))
    with transaction.atomic():
        held = _held(draft.round, Round.State.WEIGHING)
        if not held.drafts.filter(pk=draft.pk, withdrawn_at=None).exists():
            raise Refused(_("This draft was taken back. Decide for one that still stands."))
        held.state, held.draft, held.why = Round.State.DECIDED, draft, reason
        held.decided_at, held.decided_by = now, by
        held.save(update_fields=["state", "draft", "why", "decided_at", "decided_by"])
    trail.note(by, "definition decided", round=draft.round_id, draft=draft.pk)


def weigh_again(by: User, round_: Round) -> None:
    """Take a decision back before it is published: drafts are weighed again."""
    require(by, CHANGE_PROGRAMME)
    with transaction.atomic():
        held = _held(round_, Round.State.DECIDED)
        held.state, held.draft, held.why, held.decided_at, held.decided_by = Round.State.WEIGHING, None, "", None, None
        held.save(update_fields=["state", "draft", "why", "decided_at", "decided_by"])
    trail.note(by, "definition decision taken back", round=round_.pk)


def end(by: User, round_: Round, *, now: datetime) -> None:
    """End a round that leads to no decision; what was written stays to be read."""
    require(by, CHANGE_PROGRAMME)
    with transaction.atomic():
        held = _held(round_, Round.State.WRITING, Round.State.WEIGHING, Round.State.DECIDED)
        held.state, held.ended_at = Round.State.ENDED, now
        held.save(update_fields=["state", "ended_at"])
    trail.note(by, "definition round ended", round=round_.pk)


def hide(by: User, said: Statement | Comment, *, now: datetime, hidden: bool = True) -> None:
    """Take a statement or comment out of sight, or show it again: one that names or insults somebody."""
    require(by, CHANGE_PROGRAMME)
    type(said).objects.filter(pk=said.pk).update(hidden_at=now if hidden else None)
    what = "statement" if isinstance(said, Statement) else "comment"
    trail.note(by, f"definition {what} {'hidden' if hidden else 'shown again'}", **{what: said.pk})


def _held(round_: Round, *states: str) -> Round:
    """The round, locked, in one of these states. Raises Refused where somebody moved it on meanwhile."""
    held = Round.objects.select_for_update().get(pk=round_.pk)
    if held.state not in states:
        raise Refused(_("The round has moved on meanwhile. Reload the page to see where it is."))
    return held
