"""Who must not come back: what a person could come back by, and what to do where a backup brought them back."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from regulars import audit
from regulars.log.vault import details, records
from regulars.names.phones import digits
from regulars.privacy.opening import is_anybody_listed
from regulars.privacy.person import Person
from regulars.privacy.suppression import Identifiers, Suppression

if TYPE_CHECKING:
    from regulars.workspace import Workspace

BY_ITSELF = "regulars"
ENDING = 9  # last digits of a phone number, which all its spellings share


def suppression_of(workspace: Workspace) -> Suppression:
    """The list of erased people of this company."""
    return Suppression.of(workspace.folder, workspace.settings, workspace.log.folder)


def shared_with(workspace: Workspace, person: Person) -> dict[str, set[int]]:
    """E-mails (lower case) and ends of phone numbers that other customers state too -> their records."""
    emails = {email.lower() for email in (*person.said("email"), *person.marked("email:"))}
    ends = {_ending(phone) for phone in (*person.said("phone"), *person.marked("phone:"))} - {""}
    if not emails | ends:
        return {}
    email: sa.ColumnElement[str] = sa.func.lower(sa.func.trim(details.c.email))
    phone: sa.ColumnElement[str] = details.c.phone
    for sign in " -/().+":
        phone = sa.func.replace(phone, sign, "")
    same = sa.or_(email.in_(sorted(emails)), *(phone.like(f"%{end}") for end in sorted(ends)))
    stranger = details.c.client_key.not_in(sorted(person.keys))
    query = sa.select(details.c.client_key, email.label("email"), phone.label("phone")).where(same, stranger)
    found: dict[str, set[int]] = {}
    with workspace.vault.engine.connect() as connection:
        for row in connection.execute(query):
            held = {row.email} & emails | {end for end in ends if row.phone and row.phone.endswith(end)}
            for value in held:
                found.setdefault(value, set()).add(int(row.client_key))
    return found


def identifiers_of(person: Person, shared: Mapping[str, Collection[int]]) -> Identifiers:
    """What the person could come back by. An e-mail or phone that other customers use too is not among it."""
    emails = {email.lower() for email in (*person.said("email"), *person.marked("email:"))}
    phones = {*person.said("phone"), *person.marked("phone:")}
    births = {(str(row["name"]), str(row["birthday"])) for row in person.details if row["name"] and row["birthday"]}
    return Identifiers(
        references=person.references,
        emails=emails - set(shared),
        phones={phone for phone in phones if _ending(phone) not in shared},
        births=births | {(name, day) for name in person.said("name") for day in person.said("birthday")},
        clients=person.keys,
    )


def look_alikes(workspace: Workspace, shared: Mapping[str, Collection[int]]) -> list[int]:
    """Other customers with the same e-mail or phone: perhaps the same person, whose records nobody joined."""
    return sorted({workspace.customer_of(key) for keys in shared.values() for key in keys})


def is_suppressed(
    workspace: Workspace,
    *,
    references: Collection[tuple[str, str]] = (),
    emails: Collection[str] = (),
    phones: Collection[str] = (),
    births: Collection[tuple[str, str]] = (),
) -> bool:
    """Whether somebody with one of these asked to be erased; a page asks before it makes a new customer.

    references  (source, reference); births: (name, birthday as 2026-06-30)
    """
    return suppression_of(workspace).holds(Identifiers(references, emails, phones, births))


def allow_again(
    workspace: Workspace,
    *,
    by: str,
    now: datetime,
    references: Collection[tuple[str, str]] = (),
    emails: Collection[str] = (),
    phones: Collection[str] = (),
    births: Collection[tuple[str, str]] = (),
) -> int:
    """Let a person in again who asks for it, by anything they were erased with; returns how many people that were.

    What was erased stays erased. Files imported before do not come again by themselves.
    """
    let_in = suppression_of(workspace).allow(Identifiers(references, emails, phones, births), now=now)
    if let_in:
        audit.record(workspace.folder, "person allowed again", by=by, now=now, people=let_in)
    return let_in


def keep_suppressed_out(workspace: Workspace, *, now: datetime | None = None, thorough: bool = False) -> int:
    """Erase again whoever a restored backup brought back, and finish what was cut off; returns how many records.

    Costs nothing where the workspace was compared with the list before; ``thorough`` compares it all the same.
    """
    from regulars.privacy.erasing import erase_records, finish  # noqa: PLC0415

    if not os.access(workspace.folder, os.W_OK):
        return 0
    at = now or datetime.now(UTC)
    finish(workspace, now=at)
    if not is_anybody_listed(workspace.folder, workspace.settings):
        return 0
    kept_out = suppression_of(workspace)
    if kept_out.is_checked() and not thorough:
        return 0
    kept_out.mirror()
    back = _came_back(workspace, kept_out)
    for keep_amounts, keys in back.items():
        erase_records(
            workspace,
            keys,
            by=BY_ITSELF,
            now=at,
            reason="on the list of erased people",
            keep_amounts=keep_amounts,
            search_files=True,
        )
    kept_out.note_checked()
    return sum(map(len, back.values()))


def _came_back(workspace: Workspace, kept_out: Suppression) -> dict[bool, set[int]]:
    """Client keys of erased people that are in the vault, by whether their sales stay as a guest's.

    By key and reference alone: an e-mail or phone may belong to somebody else by now, and this erases.
    """
    back: dict[bool, set[int]] = {}
    with workspace.vault.engine.connect() as connection:
        for row in connection.execute(sa.select(records)):
            same = Identifiers(references=[(row.source, row.reference)], clients=[row.client_key])
            found = kept_out.found(same)
            if found is not None:
                back.setdefault(found, set()).add(int(row.client_key))
    return back


def _ending(phone: str) -> str:
    return digits(phone)[-ENDING:]
