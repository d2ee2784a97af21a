"""Partners: who they are, what they expect of us, and when we last met."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from regulars import facts
from regulars.facts import Fact
from regulars.people.errors import PeopleError
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_FACTS
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User

EXPECTATION = "expectation"
SHOWN_FACTS = ("expectation", "need", "fear", "preference")
_PARTNERS = """
    SELECT c.client_key, any_value(c.attributes) AS attributes, count(i.interaction_id) AS touches,
        max(i.occurred_on) AS newest
    FROM (SELECT client_key, max_by(attributes, asserted_at) AS attributes FROM clients
          WHERE kind = 'partner' GROUP BY client_key) c
        LEFT JOIN interactions i USING (client_key)
    GROUP BY c.client_key"""


@dataclass(frozen=True)
class Partner:
    """A partner and what is known of them.

    touches  how many touches the log has with them; newest: the day of the last one
    known    what they expect, need and fear
    """

    key: int
    name: str
    touches: int
    newest: date | None
    known: tuple[Fact, ...] = ()


def partners(workspace: Workspace, *, now: datetime) -> list[Partner]:
    """Everybody whom files call a partner, by name."""
    with workspace.engine() as engine:
        rows = engine.run(_PARTNERS).to_pylist()
    keys = [int(row["client_key"]) for row in rows]
    named, references = workspace.names(keys), workspace.references(keys)
    found = []
    for row in rows:
        key = int(row["client_key"])
        name = named.get(key) or _said(row["attributes"]) or references.get(key) or str(key)
        known = [one for one in facts.facts_of(workspace, key, now=now) if one.name in SHOWN_FACTS]
        found.append(Partner(key, name, int(row["touches"]), row["newest"], tuple(known)))
    return sorted(found, key=lambda one: one.name.casefold())


def partner(workspace: Workspace, key: str) -> Partner:
    """One of them. Raises PeopleError for a number that is no partner's."""
    for one in partners(workspace, now=timezone.now()):
        if str(one.key) == key:
            return one
    raise PeopleError("unknown_partner", found=repr(key)[:80])


def learn(by: User, workspace: Workspace, key: int, text: str, *, now: datetime, request_id: str) -> bool:
    """Keep what a partner expects; False where this very form was sent before. Raises FactError."""
    require(by, CHANGE_FACTS)
    once = f"staff expectation {by.pk} {request_id}" if request_id else None
    kept = facts.learn(workspace, key, name=EXPECTATION, value=text, by=by.name or by.email, now=now, request_id=once)
    if kept:
        trail.note(by, "fact learned", customer=key)
    return kept


def _said(attributes: str | None) -> str:
    try:
        said = json.loads(attributes or "")
    except ValueError:
        return ""
    name = said.get("name") if isinstance(said, Mapping) else None
    return name if isinstance(name, str) else ""
