"""How each thing of the register is filled in: its form, what the form begins with, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from regulars.people import naming, reading
from regulars.people.errors import PeopleError
from regulars.people.parts import (
    Department,
    DepartmentPromise,
    Employee,
    KeyAccount,
    Limit,
    ServiceGroup,
    Visit,
)
from regulars.workspace import Workspace
from regulars_web.staff import forms, partnering, queries, words
from regulars_web.staff.editing_texts import TEXTS, Texts
from regulars_web.staff.forms import OfferedForm, level_choices, with_none
from regulars_web.staff.partnering import Partner

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Editor:
    """One kind of thing.

    back      the page it is shown on
    there     the thing under a key; raises PeopleError where there is none
    offered   what the fields of its form offer
    begins    what an empty or a filled form begins with; ``said`` is what the address brings along
    read      the thing that a valid form describes
    customer  whether a customer is chosen beside the form of a new one
    personal  what the form begins with of which the vault alone knows
    """

    form: type[OfferedForm]
    texts: Texts
    back: str
    there: Callable[[Workspace, str], Any]
    offered: Callable[[Workspace], dict[str, Any]]
    begins: Callable[[Any, Told], dict[str, Any]]
    read: Callable[[Told, Any], Any]
    customer: bool = False
    personal: Callable[[Workspace, Any], dict[str, Any]] | None = None


# Employees and departments ------------------------------------------------------------------------------------


def _offered_employee(workspace: Workspace) -> dict[str, Any]:
    return {
        "account": with_none(queries.account_choices()),
        "department": [key for key, _name in queries.department_choices(workspace)],
        "branch": queries.branches(workspace),
        "level": level_choices(),
        "role": queries.roles(workspace),
    }


def _begins_employee(there: Employee | None, said: Told) -> dict[str, Any]:
    if there is None:
        return {"department": said.get("department", "")}
    user = queries.account_of(there.code)
    names = ("department", "branch", "level", "role", "started_on", "left_on")
    return {"account": str(user.pk) if user else "", **{name: getattr(there, name) for name in names}}


def _personal(workspace: Workspace, there: Employee | Partner | None) -> dict[str, Any]:
    """Name and e-mail, of which the vault alone knows; for somebody new, a code to begin with."""
    if there is None:
        return {"code": naming.next_code(reading.employees(workspace, gone=True))}
    key = there.key if isinstance(there, Partner) else there.client_key
    return vars(naming.details_of(workspace, key))


def _read_employee(told: Told, there: Employee | None) -> Employee:
    names = ("department", "branch", "level", "role", "started_on", "left_on")
    said = {name: told[name] for name in names}
    return replace(there, **said, retired=False) if there else Employee(told["code"], **said)


def _offered_department(workspace: Workspace) -> dict[str, Any]:
    zones = with_none((key, str(found)) for key, found in words.ZONES.items())
    return {"zone": zones, "head": with_none(queries.person_choices(workspace))}


def _begins_department(there: Department | None, said: Told) -> dict[str, Any]:
    return {name: getattr(there, name) for name in ("name", "zone", "head")} if there else {}


def _read_department(told: Told, there: Department | None) -> Department:
    key = there.key if there else told["key"]
    return Department(key, told["name"], told["zone"], told["head"])


def _nothing_offered(workspace: Workspace) -> dict[str, Any]:
    return {}


def _begins_empty(there: Any, said: Told) -> dict[str, Any]:
    return {}


def _read_told(told: Told, there: Any) -> Any:
    """Who keeps a name reads the form alone."""
    return there


# Limits and promises -------------------------------------------------------------------------------------------


def _limit(workspace: Workspace, key: str) -> Limit:
    found = reading.LIMITS.newest(workspace, key)
    if found is None:
        raise PeopleError("unknown_limit", found=repr(key)[:80])
    return found


def _offered_limit(workspace: Workspace) -> dict[str, Any]:
    return {
        "decision": queries.decisions(workspace),
        "role": queries.roles(workspace),
        "employee": with_none(queries.person_choices(workspace)),
    }


def _begins_limit(there: Limit | None, said: Told) -> dict[str, Any]:
    names = ("decision", "role", "employee", "up_to", "note")
    if there is None:
        return {name: said.get(name, "") for name in ("decision", "role", "employee")}
    return {name: getattr(there, name) for name in names}


def _read_limit(told: Told, there: Limit | None) -> Limit:
    return Limit("", told["decision"], told["role"], told["employee"], told["up_to"], told["note"])


def _offered_promise(workspace: Workspace) -> dict[str, Any]:
    departments = [key for key, _name in queries.department_choices(workspace)]
    steps = queries.steps(workspace)
    units = [(key, str(found)) for key, (found, _size) in forms.UNITS.items()]
    return {"giver": departments, "taker": departments, "from_step": steps, "to_step": steps, "unit": units}


def _begins_promise(there: DepartmentPromise | None, said: Told) -> dict[str, Any]:
    if there is None:
        return {"unit": "d", "giver": said.get("giver", ""), "taker": said.get("taker", "")}
    within, unit = forms.as_typed(there.within_seconds)
    names = ("name", "giver", "taker", "from_step", "to_step")
    return {**{name: getattr(there, name) for name in names}, "within": within, "unit": unit}


def _read_promise(told: Told, there: DepartmentPromise | None) -> DepartmentPromise:
    names = ("giver", "taker", "name", "within_seconds", "from_step", "to_step")
    return DepartmentPromise(there.key if there else "", **{name: told[name] for name in names})


# The service group ---------------------------------------------------------------------------------------------


def _group(workspace: Workspace, key: str) -> ServiceGroup:
    return reading.service_group(workspace) or ServiceGroup()


def _offered_group(workspace: Workspace) -> dict[str, Any]:
    return {"links": queries.department_choices(workspace)}


def _begins_group(there: ServiceGroup, said: Told) -> dict[str, Any]:
    return {"purpose": there.purpose, "roles": "\n".join(there.roles), "links": list(there.links)}


def _read_group(told: Told, there: ServiceGroup) -> ServiceGroup:
    roles = tuple(line.strip() for line in told["roles"].splitlines() if line.strip())
    return ServiceGroup(told["purpose"], roles, tuple(told["links"]))


def _account(workspace: Workspace, key: str) -> KeyAccount:
    found = reading.key_account(workspace, int(key)) if key.isascii() and key.isdigit() and len(key) < 20 else None
    if found is None:
        raise PeopleError("unknown_account")
    return found


def _offered_account(workspace: Workspace) -> dict[str, Any]:
    return {"keeper": with_none(queries.person_choices(workspace))}


def _begins_account(there: KeyAccount | None, said: Told) -> dict[str, Any]:
    return {"keeper": there.keeper, "note": there.note} if there else {}


def _read_account(told: Told, there: KeyAccount | None) -> KeyAccount:
    return KeyAccount(there.client_key if there else told["customer"], told["keeper"], told["note"])


def _offered_visit(workspace: Workspace) -> dict[str, Any]:
    accounts = reading.key_accounts(workspace)
    names = queries.customer_names(workspace, [one.client_key for one in accounts])
    listed = sorted(((str(key), name) for key, name in names.items()), key=lambda one: one[1].casefold())
    return {"client_key": with_none(listed), "keeper": with_none(queries.person_choices(workspace))}


def _begins_visit(there: Visit | None, said: Told) -> dict[str, Any]:
    if there is None:
        return {"client_key": said.get("account", ""), "keeper": said.get("keeper", "")}
    told = {name: getattr(there, name) for name in ("on", "keeper", "about")}
    return {"client_key": str(there.client_key), **told}


def _read_visit(told: Told, there: Visit | None) -> Visit:
    key, done_on = (there.key, there.done_on) if there else ("", None)
    return Visit(key, int(told["client_key"]), told["on"], told["keeper"], told["about"], done_on)


EDITORS: Mapping[str, Editor] = {
    "employees": Editor(
        forms.EmployeeForm,
        TEXTS["employees"],
        "staff:overview",
        reading.employee,
        _offered_employee,
        _begins_employee,
        _read_employee,
        personal=_personal,
    ),
    "partners": Editor(
        forms.PartnerForm,
        TEXTS["partners"],
        "staff:partners",
        partnering.partner,
        _nothing_offered,
        _begins_empty,
        _read_told,
        personal=_personal,
    ),
    "departments": Editor(
        forms.DepartmentForm,
        TEXTS["departments"],
        "staff:overview",
        reading.department,
        _offered_department,
        _begins_department,
        _read_department,
    ),
    "limits": Editor(
        forms.LimitForm, TEXTS["limits"], "staff:authority", _limit, _offered_limit, _begins_limit, _read_limit
    ),
    "promises": Editor(
        forms.PromiseForm,
        TEXTS["promises"],
        "staff:promises",
        reading.department_promise,
        _offered_promise,
        _begins_promise,
        _read_promise,
    ),
    "group": Editor(
        forms.GroupForm, TEXTS["group"], "staff:service", _group, _offered_group, _begins_group, _read_group
    ),
    "accounts": Editor(
        forms.AccountForm,
        TEXTS["accounts"],
        "staff:service",
        _account,
        _offered_account,
        _begins_account,
        _read_account,
        customer=True,
    ),
    "visits": Editor(
        forms.VisitForm, TEXTS["visits"], "staff:service", reading.visit, _offered_visit, _begins_visit, _read_visit
    ),
}
