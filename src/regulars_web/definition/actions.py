"""What people do about the definition: publish it, confirm it, say what is unclear, ask those who have not read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from regulars.programme.parts import Definition, DefinitionRead
from regulars.programme.publishing import confirm_definition, publish_definition
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_PROGRAMME, CONFIRM_DEFINITION
from regulars_web.definition import tokens
from regulars_web.definition.models import Asking, Doubt, Invitation, Letter, Round
from regulars_web.definition.people import Staff
from regulars_web.definition.rounds.inviting import of_staff
from regulars_web.shared import trail

LONGEST_OWN, LONGEST_DOUBT = 1_000, 1_000


def publish(
    by: User,
    workspace: Workspace,
    definition: Definition,
    *,
    round_: Round | None,
    now: datetime,
    request_id: str,
) -> Definition:
    """Publish a version of the definition; everybody is asked to read it. The same request publishes once.

    round_  the round that it comes of, which ends with it

    Raises ProgrammeError for a definition that says nothing, and then nothing was decided.
    """
    require(by, CHANGE_PROGRAMME)
    once = f"definition {by.pk} {request_id}" if request_id else None
    made = publish_definition(workspace, definition, by=by.email, now=now, request_id=once)
    if round_ is not None:
        decided = Round.objects.filter(pk=round_.pk, state=Round.State.DECIDED)
        decided.update(state=Round.State.PUBLISHED, version=made.version, ended_at=now)
    trail.note(by, "definition published", version=made.version, round=round_.pk if round_ else 0)
    return made


def confirm(by: User, workspace: Workspace, version: int, own_words: str, *, now: datetime) -> DefinitionRead:
    """A colleague has read and understood this version; said twice, it is kept once."""
    require(by, CONFIRM_DEFINITION)
    read = confirm_person(workspace, by.email, version, own_words, now=now)
    trail.note(by, "definition read", version=version)
    return read


def confirm_person(workspace: Workspace, person: str, version: int, own_words: str, *, now: datetime) -> DefinitionRead:
    """The same for whoever comes by a personal link; what was unclear to them is cleared with it."""
    read = confirm_definition(workspace, person=person, version=version, own_words=own_words[:LONGEST_OWN], now=now)
    Doubt.objects.filter(person=person, version=version, cleared_at=None).update(cleared_at=now)
    return read


def doubt(person: str, version: int, text: str, *, now: datetime) -> None:
    """Keep what is not clear to somebody, so that a manager can talk with them; said again, the newer words count."""
    told = {"text": text[:LONGEST_DOUBT], "said_at": now, "cleared_at": None, "cleared_by": None}
    Doubt.objects.update_or_create(person=person, version=version, defaults=told)


def clear_doubt(by: User, found: Doubt, *, now: datetime) -> None:
    """A manager has talked about it; whether it is understood, the person confirms themselves."""
    require(by, CHANGE_PROGRAMME)
    Doubt.objects.filter(pk=found.pk, cleared_at=None).update(cleared_at=now, cleared_by=by)
    trail.note(by, "definition: doubt talked about", doubt=found.pk)


def ask_automatically(by: User, on: bool, *, now: datetime) -> None:
    """Say whether mails to those who have not confirmed leave by themselves."""
    require(by, CHANGE_PROGRAMME)
    Asking.objects.update_or_create(pk=1, defaults={"on": on, "changed_at": now, "changed_by": by})
    trail.note(by, "definition reminders", on=on)


def asks_automatically() -> bool:
    """Whether such mails leave by themselves."""
    found = Asking.objects.filter(pk=1).first()
    return bool(found and found.on)


def readers_links(by: User | None, people: Sequence[Staff], language: str, *, now: datetime) -> list[Invitation]:
    """Invitations to read, one a person; those that are there already are taken again."""
    found = []
    with transaction.atomic():
        for one, asked in zip(people, of_staff(people, language), strict=True):
            mine = {"user": one.user} if one.user else {"employee": one.code}
            told = {"sort": asked.sort, "client_key": one.client_key, "language": asked.language}
            made, _new = Invitation.objects.get_or_create(
                round=None, **mine, defaults={**told, "made_at": now, "made_by": by}
            )
            found.append(made)
    return found


def paper_links(by: User, people: Sequence[Staff], language: str, *, now: datetime) -> list[tuple[Staff, str]]:
    """Fresh links to read and confirm, to be printed for those without an account; kept nowhere."""
    require(by, CHANGE_PROGRAMME)
    made = readers_links(by, people, language, now=now)
    links = [(one, tokens.issue(invitation, now)) for one, invitation in zip(people, made, strict=True)]
    trail.note(by, "definition links printed", links=len(links))
    return links


def ask_to_read(by: User | None, people: Sequence[Staff], version: int, language: str, *, now: datetime) -> int:
    """Put a letter into the post for each who has an address: the first time an invitation, later a reminder.

    Returns how many letters are new; nobody gets more than two about one version.
    """
    if by is not None:
        require(by, CHANGE_PROGRAMME)
    reached = [one for one in people if one.email]
    made = 0
    for invitation in readers_links(by, reached, language, now=now):
        asked = list(Letter.objects.filter(invitation=invitation, version=version))
        if any(one.state in (Letter.State.WAITING, Letter.State.TAKEN) for one in asked):
            continue  # the first one has not left yet
        about = Letter.About.READ_AGAIN if asked else Letter.About.READ
        _letter, new = Letter.objects.get_or_create(
            invitation=invitation, about=about, version=version, defaults={"made_at": now}
        )
        made += new
    if by is not None:
        trail.note(by, "definition: asked to read", version=version, letters=made)
    return made
