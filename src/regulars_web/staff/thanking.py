"""Thanks to a colleague, with a bonus from those who may give one."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from regulars.people import using
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_STAFF, SEE_STAFF
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User


def thank(
    by: User,
    workspace: Workspace,
    employee: str,
    text: str,
    *,
    bonus: Decimal | None,
    now: datetime,
    request_id: str,
) -> None:
    """Keep thanks to an employee; the same form keeps them once. Raises PeopleError for what cannot be kept."""
    require(by, CHANGE_STAFF if bonus is not None else SEE_STAFF)
    once = f"staff thanks {by.pk} {request_id}" if request_id else None
    using.thank(workspace, employee, text, by=by.email, now=now, bonus=bonus, request_id=once)
    trail.note(by, "colleague thanked", employee=employee, bonus=bonus is not None)
