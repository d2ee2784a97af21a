"""What losses read: every customer's dates with their worth and last touch, and the touches around the last order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.losses.customers import CONTRACT, DEPARTURE, YEAR_DAYS, joined_to, known_customers, written_date
from regulars.measures.purchases import days_between, interactions, purchases
from regulars.measures.registry import Choice, LogTables
from regulars.measures.scope import Scope

KIND, LATE = "kind", ", late"
TOUCH = Choice(
    "touch",
    "What touches are told apart by. Of kinds, what came later than promised is a kind of its own.",
    (KIND, "touchpoint", "step", "channel", "department", "employee", "branch", "outcome"),
    KIND,
)
AROUND, LAST = "around", "last"
SEEN = Choice(
    "seen",
    "Which touches count. around: those within 30 days (setting around_days) of the last order. last: the last of "
    "them alone.",
    (AROUND, LAST),
    AROUND,
)
AROUND_DAYS = 30.0
# Everybody has an order around the last order, and a good-bye is the loss itself.
_SAID_NOTHING = ("order", "adjustment", DEPARTURE)
_OF_LAST = {"last_kind": "kind", "last_touchpoint": "touchpoint", "last_employee": "employee"}
_OF_LAST |= {"last_outcome": "outcome"}


def customers(log: LogTables, scope: Scope) -> ir.Table:
    """Known customers as of as_of, with what the year up to the last order was worth, and their last touch.

    Grain    one row per customer (and ``by``)
    Columns  those of known_customers · worth money · last_touch_on date · last_kind, last_touchpoint,
             last_employee, last_outcome
    """
    whole = replace(scope, from_on=None, to_on=None)
    each = known_customers(log, whole)
    keys = [*scope.by, "client_key"]
    return joined_to(joined_to(each, _worth(log, whole), keys), _last_touch(log, whole), keys)


def touches_around(log: LogTables, scope: Scope) -> ir.Table:
    """What each customer went through around the last order that is old enough to see what came after it.

    Grain    one row per customer and touch, as the choice ``touch`` names it (and ``by``)
    Columns  the ``by`` columns · client_key · touch · is_last int: 1 for the last touch of these
    """
    whole = replace(scope, from_on=None, to_on=None)
    days = around_days(scope)
    keys = [*scope.by, "client_key"]
    rows = _telling(interactions(log, whole))
    rows = rows.mutate(touch=_named(rows, TOUCH.of(scope)))
    rows = rows.filter(rows.touch.notnull()).select(*keys, "occurred_on", "occurred_at", "interaction_id", "touch")
    rows = joined_to(rows, _anchors(log, whole, days), keys)
    rows = joined_to(rows, _contract_anchors(log, whole), ["client_key"])
    rows = rows.mutate(anchor=ibis.coalesce(rows.ordered_on, rows.contract_on))
    rows = rows.filter(days_between(rows.anchor, rows.occurred_on).abs() <= days)
    newest = _newest(rows, keys).select(*keys, last_of="touch")
    rows = joined_to(rows, newest, keys)
    is_last = (rows.touch == rows.last_of).cast("int64")
    return rows.group_by([*keys, "touch"]).aggregate(is_last=is_last.max())


def around_days(scope: Scope) -> int:
    """How many days before and after the last order a touch is looked for."""
    return int(scope.settings.get("around_days", AROUND_DAYS))


def _worth(log: LogTables, scope: Scope) -> ir.Table:
    rows = purchases(log, scope)
    keys = [*scope.by, "client_key"]
    last = rows.occurred_on.max(where=rows.kind == "order").over(ibis.window(group_by=keys))
    rows = rows.mutate(last_order_on=last)
    rows = rows.filter(days_between(rows.occurred_on, rows.last_order_on) < YEAR_DAYS)
    return rows.group_by(keys).aggregate(worth=rows.amount.sum())


def _last_touch(log: LogTables, scope: Scope) -> ir.Table:
    keys = [*scope.by, "client_key"]
    rows = interactions(log, scope)
    theirs = (rows.initiated_by.fill_null("client") != "company") | rows.thread.notnull()
    newest = _newest(rows.filter(theirs & (rows.kind != DEPARTURE)), keys)
    return newest.select(*keys, last_touch_on="occurred_on", **_OF_LAST)


def _newest(rows: ir.Table, keys: list[str]) -> ir.Table:
    """Each customer's newest row; of several at one instant the one with the greatest number."""
    mine = ibis.window(group_by=keys)
    newest = rows.mutate(newest_at=rows.occurred_at.max().over(mine))
    newest = newest.filter(newest.occurred_at == newest.newest_at)
    newest = newest.mutate(newest_id=newest.interaction_id.fill_null(0).max().over(mine))
    newest = newest.filter(newest.interaction_id.fill_null(0) == newest.newest_id)
    others = [name for name in newest.columns if name not in (*keys, "newest_at", "newest_id")]
    # Numbers are distinct in a log that Regulars wrote; where they are not, the greatest of each column is taken.
    return newest.group_by(keys).aggregate(**{name: newest[name].max() for name in others})


def _telling(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.kind.notin(_SAID_NOTHING))


def _named(rows: ir.Table, chosen: str) -> ir.StringValue:
    if chosen != KIND:
        named: ir.StringValue = rows[chosen]
        return named
    late = (rows.occurred_at > rows.due_at).fill_null(False)
    return rows.kind + late.ifelse(LATE, "")


def _anchors(log: LogTables, scope: Scope, days: int) -> ir.Table:
    """The last order of each customer that is at least so many days old: what came after it can be seen in full."""
    keys = [*scope.by, "client_key"]
    rows = interactions(log, scope)
    seen = rows.occurred_on <= ibis.literal(scope.as_of - timedelta(days=days))
    rows = rows.filter((rows.kind == "order") & seen)
    return rows.group_by(keys).aggregate(ordered_on=rows.occurred_on.max())


def _contract_anchors(log: LogTables, scope: Scope) -> ir.Table:
    """For those who never ordered: when their contract ended, or as_of where it goes on."""
    said = current_clients(log.clients, CONTRACT)
    told = said.filter(said.contract_from.notnull() | said.tenure_months.notnull())
    today = ibis.literal(scope.as_of)
    return told.select("client_key", contract_on=ibis.least(ibis.coalesce(written_date(told.left_on), today), today))
