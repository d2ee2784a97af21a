"""What came last before customers left, by the one rule of leaving: that of the measure losses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from regulars.measures.clv.groups import each_group
from regulars.measures.estimates import Floats
from regulars.measures.journeys.choosing import VIEW
from regulars.measures.journeys.naming import Names, labels, names_of
from regulars.measures.journeys.touches import in_turn, touches
from regulars.measures.losses.customers import DEPARTURE, day_number, known_customers, number
from regulars.measures.losses.leaving import Bools, Lives, lives_of
from regulars.measures.registry import Columns, LogTables
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, objects

KEPT = {"kind": "kind", "occurred_on": "occurred_on", "initiated_by": "initiated_by"}


def of_customers(scope: Scope) -> Scope:
    """The scope with customers' journeys, whatever it chooses."""
    return replace(scope, choices={**scope.choices, VIEW.name: "customer"})


def own_touches(log: LogTables, scope: Scope) -> ir.Table:
    """Touches of customers, without those that the company began; deliveries are awaited, so they stay."""
    rows = touches(log, of_customers(scope), KEPT)
    own = rows.initiated_by.isnull() | (rows.initiated_by != "company") | (rows.kind == "delivery")
    return rows.filter(own)


def touched_days(log: LogTables, scope: Scope) -> ir.Table:
    """What customers went through, day by day, up to as_of; after a good-bye only orders of that day.

    Grain    one row per customer, day and step (and ``by``)
    Columns  client_key · code int · day int: since 1970 · touches int · closes int: 1 for the last step of the day
    """
    rows = own_touches(log, _whole(scope))
    rows = rows.mutate(day=day_number(rows.occurred_on).cast("int32"))
    mine = ibis.window(group_by=[*scope.by, "journey", "day"])
    rows = rows.mutate(departed_at=rows.micros.max(where=rows.kind == DEPARTURE).over(mine))
    before = rows.departed_at.isnull() | (rows.micros <= rows.departed_at) | (rows.kind == "order")
    rows = rows.filter((rows.kind != DEPARTURE) & before)
    next_day = rows.day.lead().over(in_turn(scope))
    rows = rows.mutate(closes=(next_day.isnull() | (next_day != rows.day)).cast("int8"), client_key=rows.journey)
    return rows.group_by([*scope.by, "client_key", "code", "day"]).aggregate(
        touches=rows.count(), closes=rows.closes.max()
    )


def leaving_customers(log: LogTables, scope: Scope) -> ir.Table:
    """Every known customer's dates as of as_of, as :func:`known_customers`."""
    return known_customers(log, _whole(scope))


@dataclass(frozen=True)
class Told:
    """Touches of one group of which it can be told whether leaving followed; equally long arrays.

    days     from the touch to leaving, NaN where leaving did not follow
    touches  how many
    """

    code: NDArray[np.int64]
    days: Floats
    touches: NDArray[np.int64]


def before_leaving(found: Mapping[str, Columns], scope: Scope) -> tuple[list[tuple[Key, Columns]], tuple[str, ...]]:
    """Steps, days to leaving and touches of each group; and a note on those whose day of leaving is not known."""
    named = names_of(found["names"])
    parts, undated = [], 0
    for key, tables in each_group({"customers": found["customers"], "last": found["last"]}, scope.by):
        lives = lives_of(tables["customers"], scope.as_of, scope.settings)
        told = _told(tables["customers"]["client_key"], lives, tables["last"], scope)
        if len(told.code):
            parts.append((key, _named(told, named)))
        undated += int((lives.bought & lives.has_left & np.isnan(lives.left)).sum())
    if not undated:
        return parts, ()
    return parts, (f"Customers who left on a day that is not known are left out: {undated:,}.",)


def _told(keys: NDArray[np.int64], lives: Lives, rows: Columns, scope: Scope) -> Told:
    owner, theirs = _owners(keys, rows["client_key"])
    day = rows["day"].astype(np.int64)
    told = theirs & (day <= _told_until(lives)[owner])
    last = _last_ones(owner, day, told & (rows["closes"] == 1) & lives.has_left[owner])
    days = np.full(len(day), np.nan)
    days[last] = lives.left[owner[last]] - day[last]
    told &= day <= number(scope.last_on)
    told &= day >= number(scope.from_on) if scope.from_on else True
    # Of a step that a customer took several times on the last day, one touch was the last.
    others = told & ((rows["touches"] > 1) | np.isnan(days))
    last = last[told[last]]
    return Told(
        np.concatenate([rows["code"][last], rows["code"][others]]),
        np.concatenate([days[last], np.full(int(others.sum()), np.nan)]),
        np.concatenate([np.ones(len(last), dtype=np.int64), (rows["touches"] - ~np.isnan(days))[others]]),
    )


def _owners(keys: NDArray[np.int64], clients: NDArray[np.int64]) -> tuple[NDArray[np.int64], Bools]:
    """The place in ``keys`` of each client, and whether it is there at all: staff is not."""
    if not len(keys):
        return np.zeros(len(clients), dtype=np.int64), np.zeros(len(clients), dtype=bool)
    order = np.argsort(keys, kind="stable")
    place = order[np.minimum(np.searchsorted(keys[order], clients), len(keys) - 1)]
    return place, keys[place] == clients


def _told_until(lives: Lives) -> Floats:
    """The last day on which it can be told of a touch whether leaving followed; -inf for who was never a customer.

    Who left is followed up to that day. Of who stays, the silence that would follow must have had the time to become
    leaving, or all touches that were soon followed by silence would be missing. A contract tells at once.
    """
    stays = np.where(np.isnan(lives.limit), np.inf, lives.as_of - lives.limit - 1)
    until = np.where(lives.has_left, lives.left, stays)
    return np.where(lives.bought & ~np.isnan(until), until, -np.inf)


def _last_ones(owner: NDArray[np.int64], day: NDArray[np.int64], among: Bools) -> NDArray[np.int64]:
    """The rows that are the last of their owner, one an owner."""
    rows = np.flatnonzero(among)
    rows = rows[np.lexsort((day[rows], owner[rows]))]
    mine = owner[rows]
    ends: NDArray[np.int64] = rows[np.append(mine[1:] != mine[:-1], [True] * min(len(mine), 1)).astype(bool)]
    return ends


def _named(told: Told, named: Names) -> Columns:
    """One row per step and days, with the names of steps."""
    codes, place = np.unique(told.code, return_inverse=True)
    pairs = np.stack([place.astype(np.float64), np.nan_to_num(told.days, nan=-1.0)])
    each, where = np.unique(pairs, axis=1, return_inverse=True)
    texts = labels(codes, named)
    return {
        "step": objects(texts[int(code)] for code in each[0]),
        "days": np.where(each[1] < 0, np.nan, each[1]),
        "touches": np.bincount(where.ravel(), weights=told.touches, minlength=each.shape[1]).astype(np.int64),
    }


def _whole(scope: Scope) -> Scope:
    """Without the period: who has left is judged as of as_of."""
    return replace(scope, from_on=None, to_on=None)
