"""Whom a survey is sent to: a group, a view of the list, whoever was met lately, or all whom it is meant for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from regulars.base import open_base
from regulars.engines.connection import quoted
from regulars.groups.publishing import members
from regulars.log.search_index import matching_keys
from regulars.measures.scores.audience import CUSTOMERS, Audience
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.customers.filters import read_filters
from regulars_web.customers.groups import group_rule
from regulars_web.customers.models import SavedView
from regulars_web.shared.sentences import Refused
from regulars_web.voice.audiences import OF_BASE

GROUP, VIEW, TOUCH, EVERYBODY = "group", "view", "touch", "everybody"
KINDS = (TOUCH, GROUP, VIEW, EVERYBODY)
MOST_DAYS, MOST_PEOPLE = 3_650, 1_000_000


@dataclass(frozen=True)
class Who:
    """What somebody chose.

    most  a draw of so many at most; 0 is all
    seed  makes the draw the same again
    only  whoever is not asked by the survey is left out; else such a choice is refused
    """

    kind: str
    group: str = ""
    view: int = 0
    touchpoint: str = ""
    days: int = 14
    most: int = 0
    seed: str = ""
    only: bool = False

    @property
    def kept(self) -> dict[str, object]:
        """As it is written down: keys and counts only."""
        return asdict(self)


@dataclass(frozen=True)
class Person:
    """One customer who was chosen, and the touch the question is about where there is one."""

    customer_key: int
    met_at: datetime | None = None
    touchpoint: str = ""
    thread: str = ""
    employee: str = ""
    branch: str = ""


def read_who(sent: Mapping[str, str]) -> Who:
    """The choice as a form says it. Raises Refused for one that is not complete."""
    kind = sent.get("who", "")
    who = Who(
        kind=kind if kind in KINDS else "",
        group=sent.get("group", "")[:80],
        view=_whole(sent.get("view", ""), 0),
        touchpoint=sent.get("touchpoint", "")[:200],
        days=min(max(_whole(sent.get("days", ""), 14), 1), MOST_DAYS),
        most=min(_whole(sent.get("most", ""), 0), MOST_PEOPLE),
        seed=sent.get("seed", "")[:40],
        only=bool(sent.get("only")),
    )
    if not who.kind:
        raise Refused(_("Say whom to ask."))
    if (who.kind, who.group) == (GROUP, ""):
        raise Refused(_("Choose a group."))
    if (who.kind, who.view) == (VIEW, 0):
        raise Refused(_("Choose a view of the list."))
    if (who.kind, who.touchpoint) == (TOUCH, ""):
        raise Refused(_("Choose the touchpoint at which the customers were met."))
    return who


def chosen(
    workspace: Workspace, who: Who, by: User | None, *, now: datetime, audience: Audience = CUSTOMERS
) -> list[Person]:
    """The people, in the order of the draw. Raises GroupError for an ended group, Refused for a lost view.

    audience  whom the survey asks: everybody is everybody of them
    """
    if who.kind == TOUCH:
        found = _met(workspace, who.touchpoint, now - timedelta(days=who.days), now)
    else:
        found = [Person(key) for key in _keys(workspace, who, by, audience)]
    return sorted(found, key=lambda one: _place(who.seed, one.customer_key))


def views_of(by: User) -> list[SavedView]:
    """Views of the customer list that a colleague may choose."""
    return list(SavedView.objects.filter(Q(owner=by) | Q(shared=True)))


def _keys(workspace: Workspace, who: Who, by: User | None, audience: Audience) -> Sequence[int]:
    if who.kind == GROUP:
        return members(workspace, who.group)
    base = open_base(workspace)
    if who.kind == EVERYBODY:
        return [int(key) for kind in OF_BASE[audience] for key in base.keys(None, kind=kind)]
    view = SavedView.objects.filter(pk=who.view).filter(Q(owner=by) | Q(shared=True)).first()
    if view is None:
        raise Refused(_("This view is not there any more. Choose another one."))
    said = QueryDict(view.query)
    filters, wrong = read_filters(said.get("where", ""), workspace.settings.currency)
    if wrong:
        raise Refused(
            _("This view asks for something that is not known any more. Open it in the list and keep it anew.")
        )
    parts: list[object] = list(group_rule(workspace, said["group"])) if said.get("group") else []
    parts += [one.rule for one in filters]
    keys = {int(key) for key in base.keys({"all": parts} if parts else None)}
    if said.get("q"):
        keys &= set(matching_keys(workspace, said["q"]))
    return sorted(keys)


def _met(workspace: Workspace, touchpoint: str, since: datetime, until: datetime) -> list[Person]:
    """Who had a touch there, each with the newest one."""
    sql = f"""
        SELECT client_key, occurred_at, touchpoint, thread, employee, branch FROM interactions
        WHERE client_key IS NOT NULL AND touchpoint = {quoted(touchpoint)}
          AND occurred_at > {quoted(since.isoformat())}::TIMESTAMPTZ
          AND occurred_at <= {quoted(until.isoformat())}::TIMESTAMPTZ
          AND kind <> 'answer' AND coalesce(step, '') NOT IN ('invite', 'remind')
        QUALIFY row_number() OVER (PARTITION BY client_key ORDER BY occurred_at DESC, interaction_id) = 1"""  # noqa: S608
    with workspace.engine() as engine:
        rows = engine.run(sql).to_pylist()
    return [
        Person(
            customer_key=int(row["client_key"]),
            met_at=row["occurred_at"],
            touchpoint=row["touchpoint"] or "",
            thread=row["thread"] or "",
            employee=row["employee"] or "",
            branch=row["branch"] or "",
        )
        for row in rows
    ]


def _place(seed: str, key: int) -> bytes:
    """A customer's place in the draw: as if drawn by lot, and the same again for the same seed."""
    return hashlib.sha256(json.dumps([seed, key]).encode()).digest()


def _whole(text: str, otherwise: int) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else otherwise
