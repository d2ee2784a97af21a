"""Key accounts with their keepers and visits, as the page of the service group shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from regulars.people import reading
from regulars.people.parts import KeyAccount, Visit
from regulars.workspace import Workspace
from regulars_web.staff import queries

Context = dict[str, Any]
SHOWN_DONE = 20


def accounts_and_visits(workspace: Workspace, accounts: Sequence[KeyAccount], *, today: date) -> Context:
    """Accounts with their last and next visit, visits to come (late ones first), and those made."""
    visits = reading.visits(workspace)
    keys = [one.client_key for one in accounts] + [one.client_key for one in visits]
    customers, names = queries.customer_names(workspace, keys), queries.everybodys_names(workspace)
    shown = [_visit(one, customers, names, today) for one in visits]
    return {
        "accounts": sorted(
            (_account(one, visits, customers, names) for one in accounts), key=lambda one: one["name"].casefold()
        ),
        "planned": [one for one in shown if not one["visit"].done_on],
        "done": [one for one in reversed(shown) if one["visit"].done_on][:SHOWN_DONE],
    }


def _account(one: KeyAccount, visits: Sequence[Visit], customers: Any, names: Any) -> Context:
    own = [visit for visit in visits if visit.client_key == one.client_key]
    done = [visit.done_on for visit in own if visit.done_on]
    planned = [visit.on for visit in own if not visit.done_on]
    return {
        "account": one,
        "name": customers[one.client_key],
        "keeper": names.get(one.keeper, one.keeper),
        "last": max(done, default=None),
        "next": min(planned, default=None),
    }


def _visit(one: Visit, customers: Any, names: Any, today: date) -> Context:
    return {
        "visit": one,
        "name": customers[one.client_key],
        "keeper": names.get(one.keeper, one.keeper),
        "late": not one.done_on and one.on < today,
    }
