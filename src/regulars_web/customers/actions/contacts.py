"""Log a contact with a customer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

from regulars.card import log_contact as keep_contact
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import LOG_CONTACTS
from regulars_web.customers.choices import Way
from regulars_web.shared import trail


def log_contact(
    by: User,
    workspace: Workspace,
    customer_key: int,
    way: Way,
    *,
    now: datetime,
    outcome: str,
    note: str,
    spoke_first: str,
    request_id: str,
) -> bool:
    """Keep the contact; False where this very form was sent before. Raises ContactError for what cannot be kept."""
    require(by, LOG_CONTACTS)
    first = cast(Literal["client", "company"], spoke_first) if spoke_first in ("client", "company") else None
    kept = keep_contact(
        workspace,
        customer_key,
        kind=way.kind,
        touchpoint=way.touchpoint,
        channel=way.channel,
        outcome=outcome,
        text=note,
        initiated_by=first,
        by=by.name or by.email,
        now=now,
        request_id=f"contact {by.pk} {request_id}" if request_id else None,
    )
    if kept:
        trail.note(by, "contact logged", customer=customer_key)
    return kept
