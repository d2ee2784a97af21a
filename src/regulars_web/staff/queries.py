"""What the pages about staff read beside measures: the register of people, their names, and what forms offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from regulars.people import reading
from regulars.people.parts import DECISIONS, Department, Employee
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.staff import words
from regulars_web.staff.models import Account

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_STEPS = 80
_STEPS = "SELECT step AS value FROM interactions WHERE step <> '' GROUP BY 1 ORDER BY count(*) DESC, value"


def employees(workspace: Workspace) -> list[Employee]:
    """Everybody who works here, by code."""
    return reading.employees(workspace)


def departments(workspace: Workspace) -> list[Department]:
    """Departments in use, by name."""
    return reading.departments(workspace)


def names_of(workspace: Workspace, people: Iterable[Employee]) -> dict[str, str]:
    """Code -> name: as a file of staff said, else as the account says, else the code."""
    listed = list(people)
    known = workspace.vault.people([one.client_key for one in listed if one.client_key is not None])
    accounts = {one.code: one.user for one in Account.objects.select_related("user")}
    found = {}
    for one in listed:
        said = known.get(one.client_key or 0, {}).get("name", "")
        user = accounts.get(one.code)
        found[one.code] = said or (user.name or user.email if user else "") or one.code
    return found


def everybodys_names(workspace: Workspace) -> dict[str, str]:
    """The same of all who ever worked here."""
    return names_of(workspace, reading.employees(workspace, gone=True))


def code_of(workspace: Workspace, user: User) -> str:
    """The employee who has an account; "" where nobody said, and no file of staff has that e-mail."""
    own = Account.objects.filter(user=user).first()
    if own is not None:
        return own.code
    people = reading.employees(workspace)
    known = workspace.vault.people([one.client_key for one in people if one.client_key is not None])
    mine = user.email.casefold()
    for one in people:
        if one.client_key and known.get(one.client_key, {}).get("email", "").casefold() == mine:
            return one.code
    return ""


def account_of(code: str) -> User | None:
    """The account of an employee, where one was named."""
    found = Account.objects.select_related("user").filter(code=code).first()
    return found.user if found else None


def person_choices(workspace: Workspace) -> list[tuple[str, str]]:
    """Employees to choose from, by name, with their department."""
    people = employees(workspace)
    names = names_of(workspace, people)
    called = {one.key: one.called for one in departments(workspace)}
    listed = sorted(people, key=lambda one: names[one.code].casefold())
    return [(one.code, _person_words(one, names[one.code], called)) for one in listed]


def department_choices(workspace: Workspace) -> list[tuple[str, str]]:
    """Departments to choose from."""
    return [(one.key, one.called) for one in departments(workspace)]


def account_choices() -> list[tuple[str, str]]:
    """Accounts to choose from."""
    people = User.objects.filter(is_active=True).order_by("name", "email")
    return [(str(one.pk), f"{one.name} ({one.email})" if one.name else one.email) for one in people]


def roles(workspace: Workspace) -> list[str]:
    """Roles that employees or limits have, to be offered."""
    said = {one.role for one in employees(workspace)} | {one.role for one in reading.limits(workspace)}
    group = reading.service_group(workspace)
    return sorted(({*said, *(group.roles if group else ())} | set(words.LEVEL_NAMES)) - {""})


def decisions(workspace: Workspace) -> list[str]:
    """Kinds of decision: those that limits name first, then the usual ones."""
    named = [one.decision for one in reading.limits(workspace)]
    return list(dict.fromkeys((*named, *DECISIONS)))


def branches(workspace: Workspace) -> list[str]:
    """Branches where somebody works."""
    return sorted({one.branch for one in employees(workspace)} - {""})


def steps(workspace: Workspace) -> list[str]:
    """Steps that touches have, most used first."""
    with workspace.engine() as engine:
        return [str(row["value"]) for row in engine.run(_STEPS).to_pylist()[:MOST_STEPS]]


def customer_names(workspace: Workspace, keys: Sequence[int]) -> Mapping[int, str]:
    """Customer -> name; their number where no name is known."""
    wanted = list(dict.fromkeys(keys))
    named, references = workspace.names(wanted), workspace.references(wanted)
    return {key: named.get(key) or references.get(key, "") or str(key) for key in wanted}


def _person_words(one: Employee, name: str, called: Mapping[str, str]) -> str:
    where = called.get(one.department, one.department)
    return f"{name} · {where}" if where else name
