"""Learn, confirm, correct and drop what is known of a customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _

from regulars import facts
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_FACTS
from regulars_web.shared import trail

Said = Literal["confirm", "unconfirm", "drop", "correct", "restore"]
EVENTS: dict[str, str] = {
    "confirm": "fact confirmed",
    "unconfirm": "fact confirmation taken back",
    "drop": "fact dropped",
    "correct": "fact corrected",
    "restore": "fact restored",
}


def learn(
    by: User, workspace: Workspace, customer_key: int, *, name: str, value: str, now: datetime, request_id: str
) -> bool:
    """Keep a new fact; False where this very form was sent before. Raises FactError for what cannot be kept."""
    require(by, CHANGE_FACTS)
    kept = facts.learn(
        workspace,
        customer_key,
        name=name,
        value=value,
        by=_name(by),
        now=now,
        request_id=f"fact {by.pk} {request_id}" if request_id else None,
    )
    if kept:
        trail.note(by, "fact learned", customer=customer_key)
    return kept


def answer(
    by: User, workspace: Workspace, customer_key: int, fact_id: str, said: Said, *, value: str, now: datetime
) -> bool:
    """Confirm one fact or take that back, drop, correct or restore it. Raises FactError for one that is gone."""
    require(by, CHANGE_FACTS)
    told: dict[str, Any] = {"by": _name(by), "now": now}
    steps: dict[str, Callable[[], bool]] = {
        "confirm": lambda: facts.confirm(workspace, customer_key, fact_id, **told),
        "unconfirm": lambda: facts.take_back(workspace, customer_key, fact_id, **told),
        "drop": lambda: facts.drop(workspace, customer_key, fact_id, **told),
        "correct": lambda: facts.correct(workspace, customer_key, fact_id, value=value, **told),
        "restore": lambda: _restore(workspace, customer_key, fact_id, **told),
    }
    kept = steps[said]()
    if kept:
        trail.note(by, EVENTS[said], customer=customer_key)
    return kept


def _restore(workspace: Workspace, customer_key: int, fact_id: str, *, by: str, now: datetime) -> bool:
    """Learn a dropped fact again, from the source that once said it; the dropped one stays history."""
    dropped = facts.facts_of(workspace, customer_key, now=now, dropped=True)
    fact = next((one for one in dropped if one.fact_id == fact_id), None)
    if fact is None:
        raise facts.FactError(_("This fact was not dropped, so there is nothing to take back."))
    return facts.learn(workspace, customer_key, name=fact.name, value=fact.value, source=fact.source, by=by, now=now)


def _name(by: User) -> str:
    return by.name or by.email
