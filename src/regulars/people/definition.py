"""Employees, departments, limits and trainings as JSON, read and written. The JSON is the contract with measures."""

from __future__ import annotations

from regulars.people.bodies import (
    Json,
    day,
    iso,
    money,
    needed_day,
    object_of,
    plain_money,
    said_only,
    text,
    whole,
    words,
)
from regulars.people.bodies import version as version_of
from regulars.people.errors import PeopleError
from regulars.people.parts import (
    Department,
    DepartmentPromise,
    Employee,
    KeyAccount,
    Limit,
    ServiceGroup,
    Training,
    Visit,
)
from regulars.people.validity import (
    check_account,
    check_department,
    check_employee,
    check_group,
    check_limit,
    check_promise,
    check_training,
    check_visit,
)


def employee_from(body: Json) -> Employee:
    """The employee that a JSON object describes. Raises PeopleError with the first thing to be mended."""
    return check_employee(
        Employee(
            code=text(body, "key"),
            department=text(body, "department"),
            branch=text(body, "branch"),
            level=text(body, "level"),
            role=text(body, "role"),
            started_on=day(body, "started_on"),
            left_on=day(body, "left_on"),
            version=version_of(body),
            retired=body.get("retired") is True,
        )
    )


def employee_json(one: Employee) -> dict[str, object]:
    """An employee as a JSON object; what stands at its default is left out, and there is never a name or address."""
    return said_only(
        {
            "department": one.department,
            "branch": one.branch,
            "level": one.level,
            "role": one.role,
            "started_on": iso(one.started_on),
            "left_on": iso(one.left_on),
            "retired": one.retired,
        }
    )


def department_from(body: Json) -> Department:
    """The department that a JSON object describes. Raises PeopleError with the first thing to be mended."""
    return check_department(
        Department(
            key=text(body, "key"),
            name=text(body, "name"),
            zone=text(body, "zone"),
            head=text(body, "head"),
            version=version_of(body),
            retired=body.get("retired") is True,
        )
    )


def department_json(one: Department) -> dict[str, object]:
    """A department as a JSON object; what stands at its default is left out."""
    return said_only({"name": one.name, "zone": one.zone, "head": one.head, "retired": one.retired})


def limit_from(body: Json) -> Limit:
    """The limit that a JSON object describes. Raises PeopleError with the first thing to be mended."""
    whom = object_of(body, "whom")
    return check_limit(
        Limit(
            key=text(body, "key"),
            decision=text(body, "decision"),
            role=text(whom, "role"),
            employee=text(whom, "employee"),
            up_to=money(body, "up_to"),
            note=text(body, "note"),
            version=version_of(body),
            retired=body.get("retired") is True,
        )
    )


def limit_json(one: Limit) -> dict[str, object]:
    """A limit as a JSON object; ``up_to`` is always there, null where there is no limit in money."""
    full = said_only({"decision": one.decision, "note": one.note, "retired": one.retired})
    whom = {"employee": one.employee} if one.employee else {"role": one.role}
    return full | {"whom": whom, "up_to": plain_money(one.up_to)}


def training_from(body: Json) -> Training:
    """The training that a JSON object describes. Raises PeopleError with the first thing to be mended."""
    understood, used = object_of(body, "understood"), object_of(body, "used")
    if not all(isinstance(one, bool) for one in used.values()):
        raise PeopleError("not_readable", where="used")
    return check_training(
        Training(
            key=text(body, "key"),
            name=text(body, "name"),
            held_on=needed_day(body, "held_on"),
            employees=words(body, "employees"),
            understood={code: text(understood, code) for code in understood},
            used={code: one is True for code, one in used.items()},
            note=text(body, "note"),
            version=version_of(body),
            retired=body.get("retired") is True,
        )
    )


def training_json(one: Training) -> dict[str, object]:
    """A training as a JSON object; what stands at its default is left out."""
    return said_only(
        {
            "name": one.name,
            "held_on": iso(one.held_on),
            "employees": list(one.employees),
            "understood": dict(one.understood),
            "used": dict(one.used),
            "note": one.note,
            "retired": one.retired,
        }
    )


def promise_from(body: Json) -> DepartmentPromise:
    """The promise between departments that a JSON object describes. Raises PeopleError with the first thing wrong."""
    return check_promise(
        DepartmentPromise(
            key=text(body, "key"),
            giver=text(body, "from"),
            taker=text(body, "to"),
            name=text(body, "name"),
            within_seconds=whole(body, "within_seconds") or 0,
            from_step=text(body, "from_step"),
            to_step=text(body, "to_step"),
            version=version_of(body),
            retired=body.get("retired") is True,
        )
    )


def promise_json(one: DepartmentPromise) -> dict[str, object]:
    """A promise between departments as a JSON object; what stands at its default is left out."""
    return said_only(
        {
            "from": one.giver,
            "to": one.taker,
            "name": one.name,
            "within_seconds": one.within_seconds,
            "from_step": one.from_step,
            "to_step": one.to_step,
            "retired": one.retired,
        }
    )


def group_from(body: Json) -> ServiceGroup:
    """The service group that a JSON object describes. Raises PeopleError with the first thing to be mended."""
    return check_group(
        ServiceGroup(
            text(body, "purpose"),
            words(body, "roles"),
            words(body, "links"),
            version_of(body),
            body.get("retired") is True,
        )
    )


def group_json(one: ServiceGroup) -> dict[str, object]:
    """The service group as a JSON object; what stands at its default is left out."""
    full = {"purpose": one.purpose, "roles": list(one.roles), "links": list(one.links), "retired": one.retired}
    return said_only(full)


def account_from(body: Json) -> KeyAccount:
    """The key account that a JSON object describes. Raises PeopleError with the first thing to be mended."""
    try:
        client_key = int(text(body, "key"))
    except ValueError:
        raise PeopleError("not_readable", where="key") from None
    retired = body.get("retired") is True
    return check_account(KeyAccount(client_key, text(body, "keeper"), text(body, "note"), version_of(body), retired))


def account_json(one: KeyAccount) -> dict[str, object]:
    """A key account as a JSON object; what stands at its default is left out."""
    return said_only({"keeper": one.keeper, "note": one.note, "retired": one.retired})


def visit_from(body: Json) -> Visit:
    """The planned visit that a JSON object describes. Raises PeopleError with the first thing to be mended."""
    client_key = body.get("client_key")
    if isinstance(client_key, str) and client_key.lstrip("-").isdigit():
        client_key = int(client_key)
    if not isinstance(client_key, int) or isinstance(client_key, bool):
        raise PeopleError("not_readable", where="client_key")
    return check_visit(
        Visit(
            key=text(body, "key"),
            client_key=client_key,
            on=needed_day(body, "on"),
            keeper=text(body, "keeper"),
            about=text(body, "about"),
            done_on=day(body, "done_on"),
            version=version_of(body),
            retired=body.get("retired") is True,
        )
    )


def visit_json(one: Visit) -> dict[str, object]:
    """A planned visit as a JSON object; what stands at its default is left out."""
    return said_only(
        {
            "client_key": one.client_key,
            "on": iso(one.on),
            "keeper": one.keeper,
            "about": one.about,
            "done_on": iso(one.done_on),
            "retired": one.retired,
        }
    )
