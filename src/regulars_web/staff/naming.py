"""Names typed by hand: of somebody who works here, beside what is known of their work, and of partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from regulars.people import naming
from regulars.people.naming import Details
from regulars.people.parts import Employee
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_STAFF
from regulars_web.shared import trail
from regulars_web.staff import actions
from regulars_web.staff.partnering import Partner

Told = Mapping[str, Any]


def publish_employee(
    by: User, workspace: Workspace, one: Employee, there: Employee | None, told: Told, *, now: datetime, request_id: str
) -> Employee:
    """Keep somebody who works here, with account, name and e-mail; what is as it was makes no new version.

    Raises PeopleError, and then kept nothing.
    """
    require(by, CHANGE_STAFF)
    details = Details(told["name"], told["email"])
    naming.check_employee_details(workspace, one.code.strip(), details, fresh=there is None)
    made = there
    if there is None or replace(one, version=there.version) != there:
        made = actions.publish(by, workspace, "employees", one, now=now, request_id=request_id)
    assert made is not None  # noqa: S101  it was there, or was published
    actions.keep_account(by, made.code, told["account"])
    if naming.name_employee(workspace, made.code, details, by=by.email, now=now, fresh=there is None):
        trail.note(by, "staff: name kept", key=made.code)
    return made


def publish_partner(
    by: User, workspace: Workspace, there: Partner | None, told: Told, *, now: datetime, request_id: str
) -> None:
    """Keep the name and the e-mail of a partner, or of a new one. Raises PeopleError, and then kept nothing."""
    require(by, CHANGE_STAFF)
    details = Details(told["name"], told["email"])
    once = f"staff partner {by.pk} {request_id}" if request_id else None
    key = there.key if there else None
    if naming.name_partner(workspace, key, details, by=by.email, now=now, request_id=once):
        trail.note(by, "staff: partner kept", **({"customer": key} if key else {}))
