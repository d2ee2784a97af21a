"""The register of people as it stands: what was decided, and beside it what the log shows of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from regulars.decided import Decided, Kept
from regulars.groups.decisions import versions
from regulars.names.folding import fold
from regulars.people.definition import (
    account_from,
    account_json,
    department_from,
    department_json,
    employee_from,
    employee_json,
    group_from,
    group_json,
    limit_from,
    limit_json,
    promise_from,
    promise_json,
    training_from,
    training_json,
    visit_from,
    visit_json,
)
from regulars.people.errors import PeopleError
from regulars.people.parts import (
    LEVELS,
    Department,
    DepartmentPromise,
    Employee,
    KeyAccount,
    Limit,
    Rating,
    ServiceGroup,
    Training,
    Visit,
)

if TYPE_CHECKING:
    from regulars.workspace import Workspace


def _unreadable(key: str) -> PeopleError:
    return PeopleError("unreadable", found=key)


EMPLOYEES: Final = Kept("employee", employee_from, employee_json, _unreadable)
DEPARTMENTS: Final = Kept("department", department_from, department_json, _unreadable)
LIMITS: Final = Kept("limit", limit_from, limit_json, _unreadable)
TRAININGS: Final = Kept("training", training_from, training_json, _unreadable)
PROMISES: Final = Kept("department promise", promise_from, promise_json, _unreadable)
GROUP: Final = Kept("service group", group_from, group_json, _unreadable)
ACCOUNTS: Final = Kept("key account", account_from, account_json, _unreadable)
VISITS: Final = Kept("visit planned", visit_from, visit_json, _unreadable)
RATED_NOUN, GROUP_KEY = "department promise rated", "service group"

_STATED = """
    SELECT client_key, attributes FROM clients WHERE kind = 'employee' AND attributes IS NOT NULL
    ORDER BY asserted_at NULLS FIRST, import_id"""
_WORKING = """
    SELECT employee, max_by(department, occurred_at) FILTER (department IS NOT NULL) AS department,
        max_by(branch, occurred_at) FILTER (branch IS NOT NULL) AS branch
    FROM interactions WHERE employee <> '' AND kind <> 'answer' GROUP BY employee"""
_SEEN_DEPARTMENTS = "SELECT DISTINCT department FROM interactions WHERE department <> ''"


# Who works here --------------------------------------------------------------------------------------------


def employees(workspace: Workspace, *, gone: bool = False, on: date | None = None) -> list[Employee]:
    """Everybody who works here, by code: those whom files named as employees or as having served somebody, and those
    whom people entered; what people decided holds.

    gone  also those who were retired or have left by the day ``on``
    on    the day; None: whether they have left is not asked of dates

    Empty  a log that names nobody gives none. Names are in the vault alone.
    """
    found = _seen_employees(workspace)
    for code, decided in EMPLOYEES.all(workspace).items():
        newest, seen = decided[-1].body, found.get(code)
        found[code] = newest if seen is None else _filled(newest, seen)
    wanted = [one for one in found.values() if gone or _here(one, on)]
    return sorted(wanted, key=lambda one: (fold(one.code), one.code))


def _here(one: Employee, on: date | None) -> bool:
    return not one.retired and (one.works_on(on) if on else True)


def employee(workspace: Workspace, code: str) -> Employee:
    """One of them, whether they still work here or not. Raises PeopleError for a code that nobody has."""
    for one in employees(workspace, gone=True):
        if one.code == code:
            return one
    raise PeopleError("unknown_employee", found=repr(code)[:80])


def employee_history(workspace: Workspace, code: str) -> list[Decided[Employee]]:
    """All versions of what was decided of somebody, oldest first; empty where all is known from the log."""
    return EMPLOYEES.history(workspace, code)


def _seen_employees(workspace: Workspace) -> dict[str, Employee]:
    with workspace.engine() as engine:
        stated, working = engine.run(_STATED).to_pylist(), engine.run(_WORKING).to_pylist()
    found = {
        str(row["employee"]): Employee(str(row["employee"]), row["department"] or "", row["branch"] or "")
        for row in working
    }
    for row in stated:
        said = _read(row["attributes"])
        code = str(said.get("code") or "")
        if not code:
            continue
        known = found.get(code, Employee(code))
        level = str(said.get("level") or "")
        found[code] = replace(
            known,
            department=str(said.get("department") or known.department),
            branch=str(said.get("branch") or known.branch),
            level=level if level in LEVELS else known.level,
            client_key=row["client_key"],
        )
    return found


def _filled(decided: Employee, seen: Employee) -> Employee:
    """What was decided, and where it is silent, what the log shows."""
    return replace(
        decided,
        department=decided.department or seen.department,
        branch=decided.branch or seen.branch,
        level=decided.level or seen.level,
        client_key=seen.client_key,
    )


def departments(workspace: Workspace, *, retired: bool = False) -> list[Department]:
    """Departments by name: those that people entered, and those that employees and interactions name.

    The zone of one that was only seen is unknown. Empty: a log that names none gives none.
    """
    with workspace.engine() as engine:
        seen = {str(row["department"]) for row in engine.run(_SEEN_DEPARTMENTS).to_pylist()}
    seen |= {one.department for one in employees(workspace, gone=True) if one.department}
    found = {key: Department(key) for key in seen}
    found |= {key: decided[-1].body for key, decided in DEPARTMENTS.all(workspace).items()}
    wanted = [one for one in found.values() if retired or not one.retired]
    return sorted(wanted, key=lambda one: (fold(one.called), one.key))


def department(workspace: Workspace, key: str) -> Department:
    """One of them, in use or not. Raises PeopleError for a department that there is not."""
    for one in departments(workspace, retired=True):
        if one.key == key:
            return one
    raise PeopleError("unknown_department", found=repr(key)[:80])


# Limits of authority ---------------------------------------------------------------------------------------


def limits(workspace: Workspace, *, retired: bool = False) -> list[Limit]:
    """Limits of authority in force, those of roles first, by role or code and kind of decision."""
    newest = [found[-1].body for found in LIMITS.all(workspace).values()]
    wanted = [one for one in newest if retired or not one.retired]
    return sorted(wanted, key=lambda one: (bool(one.employee), fold(one.role or one.employee), fold(one.decision)))


def limit_key(one: Limit) -> str:
    """The key under which a limit is kept: whom it is given to, and for which kind of decision."""
    whom = f"employee {one.employee}" if one.employee else f"role {one.role}"
    return f"{whom}: {one.decision}"


def limit_of(workspace: Workspace, employee: str, decision: str) -> Limit | None:
    """What somebody may decide on the spot; None where nothing was said, so nobody knows.

    employee  a code

    A person's own limit goes before that of their role, and the role before their level (management, front line,
    support), which counts as a role where a limit is given to it.
    """
    given = [one for one in limits(workspace) if fold(one.decision) == fold(decision)]
    own = [one for one in given if one.employee == employee]
    if own or not given:
        return own[0] if own else None
    person = next((one for one in employees(workspace, gone=True) if one.code == employee), Employee(employee))
    for role in (person.role, person.level):
        found = [one for one in given if role and fold(one.role) == fold(role)]
        if found:
            return found[0]
    return None


# Trainings, promises, the service group --------------------------------------------------------------------


def trainings(workspace: Workspace, *, retired: bool = False) -> list[Training]:
    """Trainings, newest first."""
    newest = [found[-1].body for found in TRAININGS.all(workspace).values()]
    wanted = [one for one in newest if retired or not one.retired]
    return sorted(wanted, key=lambda one: (one.held_on, one.key), reverse=True)


def training(workspace: Workspace, key: str) -> Training:
    """One of them. Raises PeopleError for a training that there is not."""
    found = TRAININGS.newest(workspace, key)
    if found is None:
        raise PeopleError("unknown_training", found=repr(key)[:80])
    return found


def department_promises(workspace: Workspace, *, retired: bool = False) -> list[DepartmentPromise]:
    """What departments promise each other, by the one that promises and the name."""
    newest = [found[-1].body for found in PROMISES.all(workspace).values()]
    wanted = [one for one in newest if retired or not one.retired]
    return sorted(wanted, key=lambda one: (fold(one.giver), fold(one.name), one.key))


def department_promise(workspace: Workspace, key: str) -> DepartmentPromise:
    """One of them, in force or not. Raises PeopleError for a promise that there is not."""
    found = PROMISES.newest(workspace, key)
    if found is None:
        raise PeopleError("unknown_promise", found=repr(key)[:80])
    return found


def own_ratings(workspace: Workspace, person: str) -> list[Rating]:
    """What one person has rated, newest of each promise. Nobody's ratings are ever listed beside those of others."""
    found = []
    for key, decided in versions(workspace, RATED_NOUN).items():
        promise, _, rater = key.rpartition(":")
        side, score = decided[-1].body.get("side"), decided[-1].body.get("score")
        if rater == person and isinstance(side, str) and isinstance(score, int):
            found.append(Rating(promise, person, side, score, decided[-1].decided_at))
    return sorted(found, key=lambda one: one.promise)


def service_group(workspace: Workspace) -> ServiceGroup | None:
    """The customer service group; None where there is none."""
    found = GROUP.newest(workspace, GROUP_KEY)
    return None if found is None or found.retired else found


def key_accounts(workspace: Workspace, *, keeper: str = "") -> list[KeyAccount]:
    """Key accounts by their keeper; all, or those of one."""
    newest = [found[-1].body for found in ACCOUNTS.all(workspace).values()]
    wanted = [one for one in newest if not one.retired and keeper in ("", one.keeper)]
    return sorted(wanted, key=lambda one: (fold(one.keeper), one.client_key))


def key_account(workspace: Workspace, client_key: int) -> KeyAccount | None:
    """The key account of a customer; None where they are none."""
    found = ACCOUNTS.newest(workspace, str(client_key))
    return None if found is None or found.retired else found


def visits(workspace: Workspace, *, client_key: int | None = None, keeper: str = "") -> list[Visit]:
    """Visits planned and done, by day, the earliest first."""
    newest = [found[-1].body for found in VISITS.all(workspace).values()]
    wanted = [
        one for one in newest if not one.retired and client_key in (None, one.client_key) and keeper in ("", one.keeper)
    ]
    return sorted(wanted, key=lambda one: (one.on, one.key))


def visit(workspace: Workspace, key: str) -> Visit:
    """One of them. Raises PeopleError for a visit that there is not."""
    found = VISITS.newest(workspace, key)
    if found is None or found.retired:
        raise PeopleError("unknown_visit", found=repr(key)[:80])
    return found


def _read(body: str | None) -> Mapping[str, object]:
    try:
        said = json.loads(body or "")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
