"""The register of people as decisions: published by a named person, kept in every version, retired not deleted."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.groups.decisions import Decision, decide, versions
from regulars.names import keys
from regulars.people.errors import PeopleError
from regulars.people.parts import (
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
from regulars.people.reading import (
    ACCOUNTS,
    DEPARTMENTS,
    EMPLOYEES,
    GROUP,
    GROUP_KEY,
    LIMITS,
    PROMISES,
    RATED_NOUN,
    TRAININGS,
    VISITS,
    department_promise,
    limit_key,
    training,
    visit,
)
from regulars.people.validity import (
    check_account,
    check_department,
    check_employee,
    check_group,
    check_limit,
    check_promise,
    check_rating,
    check_training,
    check_visit,
)

if TYPE_CHECKING:
    from regulars.workspace import Workspace


# Who works here --------------------------------------------------------------------------------------------


def publish_employee(
    workspace: Workspace, one: Employee, *, by: str, now: datetime, request_id: str | None = None
) -> Employee:
    """Publish what is known of somebody under their code; names and addresses go to the vault and never here.

    request_id  names the request, so that a double click publishes once

    Returns it with its version. Raises PeopleError for what cannot stand as it is.
    """
    body = check_employee(replace(one, code=one.code.strip()))
    return EMPLOYEES.publish(
        workspace, lambda version: replace(body, version=version), body.code, by=by, now=now, request_id=request_id
    )


def publish_department(
    workspace: Workspace, one: Department, *, by: str, now: datetime, request_id: str | None = None
) -> Department:
    """Publish a department under its key. Raises PeopleError for one that cannot stand as it is."""
    body = check_department(replace(one, key=one.key.strip()))
    return DEPARTMENTS.publish(
        workspace, lambda version: replace(body, version=version), body.key, by=by, now=now, request_id=request_id
    )


# Limits of authority ---------------------------------------------------------------------------------------


def publish_limit(workspace: Workspace, one: Limit, *, by: str, now: datetime, request_id: str | None = None) -> Limit:
    """Publish what a role or a person may decide; the key is made of both. Raises PeopleError as it cannot stand."""
    said = replace(one, role=one.role.strip(), employee=one.employee.strip(), decision=one.decision.strip())
    body = check_limit(replace(said, key=limit_key(said)))
    return LIMITS.publish(
        workspace, lambda version: replace(body, version=version), body.key, by=by, now=now, request_id=request_id
    )


def retire_limit(workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None) -> Limit:
    """Take a limit back: from now on nobody knows what may be decided. Raises PeopleError where there is none."""
    found = LIMITS.newest(workspace, key)
    if found is None or found.retired:
        raise PeopleError("unknown_limit", found=repr(key)[:80])
    body = replace(found, retired=True)
    return LIMITS.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


# Trainings -------------------------------------------------------------------------------------------------


def publish_training(
    workspace: Workspace, one: Training, *, by: str, now: datetime, request_id: str | None = None
) -> Training:
    """Publish a training; one without a key gets one made of its name. Raises PeopleError as it cannot stand."""
    key = one.key or new_key(workspace, TRAININGS.noun, one.name, request_id)
    body = check_training(replace(one, key=key, name=one.name.strip()))
    return TRAININGS.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


def answer_training(
    workspace: Workspace,
    key: str,
    code: str,
    *,
    by: str,
    now: datetime,
    understood: bool | None = None,
    used: bool | None = None,
    request_id: str | None = None,
) -> Training:
    """Whether somebody understood a training, or uses it; None leaves what is known.

    Raises PeopleError for a training that there is not, or somebody who was not there.
    """
    found = training(workspace, key)
    said = dict(found.understood) | ({} if understood is None else {code: "yes" if understood else "no"})
    seen = dict(found.used) | ({} if used is None else {code: used})
    one = replace(found, understood=said, used=seen)
    return publish_training(workspace, one, by=by, now=now, request_id=request_id)


# Promises between departments ------------------------------------------------------------------------------


def publish_department_promise(
    workspace: Workspace, one: DepartmentPromise, *, by: str, now: datetime, request_id: str | None = None
) -> DepartmentPromise:
    """Publish what a department promises another; one without a key gets one made of its name.

    Raises PeopleError for one that cannot be kept or broken.
    """
    key = one.key or new_key(workspace, PROMISES.noun, one.name, request_id)
    body = check_promise(replace(one, key=key, retired=False))
    return PROMISES.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


def retire_department_promise(
    workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None
) -> DepartmentPromise:
    """Take a promise back: it is measured no longer. Raises PeopleError where there is none."""
    body = replace(department_promise(workspace, key), retired=True)
    return PROMISES.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


def rate_department_promise(
    workspace: Workspace,
    key: str,
    *,
    person: str,
    side: str,
    score: int,
    now: datetime,
    request_id: str | None = None,
) -> Rating:
    """How one person of one side finds a promise kept, from 1 (never) to 5 (always); rating again replaces it.

    Shown only together with those of at least four others of the same side.
    Raises PeopleError for a promise that there is not, or a rating that is none.
    """
    found = check_rating(Rating(department_promise(workspace, key).key, person.strip(), side, score, now))
    noted = f"{found.promise}:{found.person}"
    number = max((one.version for one in versions(workspace, RATED_NOUN).get(noted, [])), default=0) + 1
    body = {"side": side, "score": score}
    decide(workspace, RATED_NOUN, Decision(noted, number, body, now, found.person), request_id=request_id)
    return found


# The service group -----------------------------------------------------------------------------------------


def publish_service_group(
    workspace: Workspace, one: ServiceGroup, *, by: str, now: datetime, request_id: str | None = None
) -> ServiceGroup:
    """Publish the customer service group. Raises PeopleError where it has no purpose."""
    body = check_group(one)
    return GROUP.publish(
        workspace, lambda version: replace(body, version=version), GROUP_KEY, by=by, now=now, request_id=request_id
    )


def publish_key_account(
    workspace: Workspace, one: KeyAccount, *, by: str, now: datetime, request_id: str | None = None
) -> KeyAccount:
    """Give a customer to a keeper; ``retired`` makes them a key account no longer. Raises PeopleError without one."""
    client_key = workspace.customer_of(one.client_key)
    body = check_account(replace(one, client_key=client_key))
    key = str(client_key)
    return ACCOUNTS.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


def plan_visit(workspace: Workspace, one: Visit, *, by: str, now: datetime, request_id: str | None = None) -> Visit:
    """Plan a visit to a customer, or change one; ``retired`` calls it off. Raises PeopleError as it cannot stand."""
    key = one.key or new_key(workspace, VISITS.noun, f"visit {one.on.isoformat()}", request_id)
    body = check_visit(replace(one, key=key, client_key=workspace.customer_of(one.client_key)))
    return VISITS.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


def call_off_visit(workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None) -> Visit:
    """Call a planned visit off. Raises PeopleError for a visit that there is not."""
    return plan_visit(workspace, replace(visit(workspace, key), retired=True), by=by, now=now, request_id=request_id)


def new_key(workspace: Workspace, noun: str, name: str, request_id: str | None) -> str:
    """A key for something new of a noun, made of its name; the same request always gets the same one."""
    start = keys.slug(name, empty=keys.slug(noun, empty="one"))
    if request_id:
        mark = hashlib.sha256(request_id.encode()).hexdigest()[:8]
        return f"{start[: keys.LONGEST_KEY - 9].rstrip('-')}-{mark}"
    return keys.free_key(start, versions(workspace, noun))
