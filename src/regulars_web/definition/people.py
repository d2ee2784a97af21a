"""Who reads the definition: colleagues with an account, and employees without one, each person once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from regulars.people.reading import employees
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.roles import CONFIRM_DEFINITION, allowed


@dataclass(frozen=True)
class Staff:
    """One person who works here.

    person      by whom the log knows who read: the e-mail of an account, else the employee's code
    name        as shown; the code where no name is known
    user        their account; None for an employee without one, whom a personal link reaches
    email       where a mail goes; empty where none is known
    client_key  under which the log knows them, where it does
    """

    person: str
    name: str
    user: User | None
    code: str = ""
    department: str = ""
    email: str = ""
    client_key: int | None = None


def staff(workspace: Workspace, today: date) -> list[Staff]:
    """Everybody who works here on a day and is asked to confirm, colleagues with an account first, by name.

    An employee whose e-mail is that of an account is that colleague.
    """
    users = [one for one in User.objects.filter(is_active=True) if allowed(one.role, CONFIRM_DEFINITION)]
    closed = {one.email.casefold() for one in User.objects.all()} - {one.email.casefold() for one in users}
    others = without_account(workspace, today)
    by_email = {one.email.casefold(): one for one in others if one.email}
    found = [_colleague(user, by_email.get(user.email.casefold())) for user in users]
    taken = {one.email.casefold() for one in found} | closed
    found += [one for one in others if one.email.casefold() not in taken]
    return sorted(found, key=lambda one: (one.user is None, one.name.casefold(), one.person))


def without_account(workspace: Workspace, today: date) -> list[Staff]:
    """Employees as the register and the log know them, names and addresses from the vault."""
    working = employees(workspace, on=today)
    details = workspace.vault.people([one.client_key for one in working if one.client_key is not None])
    return [
        Staff(
            person=one.code,
            name=details.get(one.client_key or 0, {}).get("name") or one.code,
            user=None,
            code=one.code,
            department=one.department,
            email=details.get(one.client_key or 0, {}).get("email", ""),
            client_key=one.client_key,
        )
        for one in working
    ]


def names(people: Iterable[Staff]) -> dict[str, str]:
    """Person -> name."""
    return {one.person: one.name for one in people}


def _colleague(user: User, employee: Staff | None) -> Staff:
    return Staff(
        person=user.email,
        name=user.name or user.email,
        user=user,
        code=employee.code if employee else "",
        department=employee.department if employee else "",
        email=user.email,
        client_key=employee.client_key if employee else None,
    )
