"""What came first, and what came last before customers bought or left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np

from regulars.measures.estimates import Estimate, estimate_values
from regulars.measures.intervals import median_interval, quantile, share_estimate
from regulars.measures.journeys.before_leaving import (
    KEPT,
    before_leaving,
    leaving_customers,
    of_customers,
    own_touches,
    touched_days,
)
from regulars.measures.journeys.choosing import BEFORE
from regulars.measures.journeys.touches import in_turn, names, touches
from regulars.measures.purchases import days_between
from regulars.measures.registry import Columns, LogTables, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, objects, splits

BUY_DAYS = 90
LEAVING = "leaving"
NOBODY = "There are no customers."
NOBODY_BOUGHT = "Nobody bought within the days to look at."
NOT_YET = "Nobody's days to look at are over yet."
NEVER_LAST = "It never came last before the event."
TOO_FEW = "Fewer than six have no interval."
MONEY_KINDS = ("order", "refund", "adjustment")
_NOBODY: Columns = {"step": objects([]), "days": np.array([]), "touches": np.array([], dtype=np.int64)}


def first_touches(log: LogTables, scope: Scope) -> ir.Table:
    """Customers by their first touch, and by the days that passed until they first bought.

    Grain    one row per step, days and whether the days to look at are over (and ``by``)
    Columns  step · bought_at_once, seen bool · days int, null for who never bought · customers int
    """
    customers = of_customers(scope)
    rows = touches(log, customers, KEPT)
    order = in_turn(customers)
    by = [*scope.by, "journey"]
    window = ibis.window(group_by=by)
    found = rows.mutate(
        first=rows.code.lag().over(order).isnull(),
        bought_on=rows.occurred_on.min(where=rows.kind == "order").over(window),
    )
    found = found.filter(found.first & found.in_period)
    seen_days = days_between(found.occurred_on, ibis.literal(scope.last_on))
    found = found.select(
        *scope.by,
        "step",
        bought_at_once=found.kind == "order",
        seen=seen_days >= int(scope.settings.get("buy_days", BUY_DAYS)),
        days=days_between(found.occurred_on, found.bought_on).cast("int64"),
    )
    return found.group_by([*scope.by, "step", "bought_at_once", "seen", "days"]).aggregate(customers=found.count())


def last_touches(log: LogTables, scope: Scope) -> ir.Table:
    """Touches by what followed them: by day for leaving, else by whether an order followed next.

    Grain    before leaving as :func:`touched_days`; else one row per step and days (and ``by``), of touches in the
             period
    Columns  before buying: step · days int: to the order, null where another touch or nothing followed · touches int
    """
    before = BEFORE.of(scope)
    if before == LEAVING:
        return touched_days(log, scope)
    found = _buying(log, scope, first=before == "first order")
    return found.group_by([*scope.by, "step", "days"]).aggregate(touches=found.count())


def customers_before(log: LogTables, scope: Scope) -> ir.Table:
    """Customers' dates, as :func:`leaving_customers`; none where leaving is not asked for."""
    each = leaving_customers(log, scope)
    return each if BEFORE.of(scope) == LEAVING else each.limit(0)


def names_before(log: LogTables, scope: Scope) -> ir.Table:
    """What the codes of steps stand for, as :func:`names`; none where leaving is not asked for."""
    found = names(log, replace(scope, from_on=None, to_on=None))
    return found if BEFORE.of(scope) == LEAVING else found.limit(0)


def first_touch_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per first touch (and ``by``), the most frequent first; see results.py."""
    rows = found["first"]
    at_once = rows["bought_at_once"].astype(bool)
    counted = {name: values[~at_once] for name, values in rows.items()}
    limit = int(scope.settings.get("buy_days", BUY_DAYS))
    parts = [(key, _firsts(part, limit)) for key, part in splits(counted, scope.by)]
    buyers = int(rows["customers"][at_once].sum())
    notes = (f"{buyers:,} customers began with an order and are left out.",) if buyers else ()
    return Outcome(joined(parts, scope.by, list(_firsts(_none(counted), limit))), notes)


def last_touch_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per step (and ``by``), the one that most often came last first; see results.py."""
    notes: tuple[str, ...] = ()
    if BEFORE.of(scope) == LEAVING:
        told, notes = before_leaving(found, scope)
    else:
        told = splits(found["last"], scope.by)
    parts: list[tuple[Key, Columns]] = [(key, _lasts(rows)) for key, rows in told]
    return Outcome(joined(parts, scope.by, list(_lasts(_NOBODY))), notes)


def _buying(log: LogTables, scope: Scope, *, first: bool) -> ir.Table:
    """Every touch that is not about money, with the days to an order that follows it next."""
    rows = own_touches(log, scope)
    rows = rows.filter((rows.kind == "order") | rows.kind.notin(MONEY_KINDS))
    order = in_turn(scope)
    by = [*scope.by, "journey"]
    found = rows.mutate(
        next_kind=rows.kind.lead().over(order),
        next_on=rows.occurred_on.lead().over(order),
        bought_at=rows.micros.min(where=rows.kind == "order").over(ibis.window(group_by=by)),
    )
    found = found.filter((found.kind != "order") & found.in_period)
    if first:
        found = found.filter(found.bought_at.isnull() | (found.micros <= found.bought_at))
    waited = days_between(found.occurred_on, found.next_on).cast("int64")
    return found.select(*scope.by, "step", days=(found.next_kind == "order").ifelse(waited, ibis.null("int64")))


def _firsts(rows: Columns, limit: int) -> Columns:
    steps, place = np.unique(rows["step"].astype(str), return_inverse=True)
    customers = rows["customers"].astype(np.float64)
    days, over = rows["days"].astype(np.float64), rows["seen"].astype(bool)
    bought = over & (days <= limit)
    sums = [np.bincount(place, weights=customers * kept, minlength=len(steps)) for kept in (1, over, bought)]
    began, looked, hits = (values.astype(np.int64) for values in sums)
    medians = [_median(days, customers * bought, place == one) for one in range(len(steps))]
    order = sorted(range(len(steps)), key=lambda row: (-began[row], steps[row]))
    return {
        "step": objects(str(steps[row]) for row in order),
        "customers": began[order],
        **estimate_values("share", share_estimate(began[order], np.full(len(order), began.sum()), nobody=NOBODY)),
        "bought": hits[order],
        **estimate_values("bought_share", share_estimate(hits[order], looked[order], nobody=NOT_YET), prefixed=True),
        **estimate_values("median_days", _stacked([medians[row] for row in order], NOBODY_BOUGHT), prefixed=True),
    }


def _lasts(rows: Columns) -> Columns:
    steps, place = np.unique(rows["step"].astype(str), return_inverse=True)
    touched, days = rows["touches"].astype(np.float64), rows["days"].astype(np.float64)
    followed = ~np.isnan(days)
    sums = [np.bincount(place, weights=touched * kept, minlength=len(steps)) for kept in (1, followed)]
    all_of, events = (values.astype(np.int64) for values in sums)
    medians = [_median(days, touched * followed, place == one) for one in range(len(steps))]
    order = sorted(range(len(steps)), key=lambda row: (-events[row], -all_of[row], steps[row]))
    total = np.full(len(order), events.sum())
    return {
        "step": objects(str(steps[row]) for row in order),
        "count": events[order],
        **estimate_values("share", share_estimate(events[order], total, nobody=NEVER_LAST)),
        "touches": all_of[order],
        **estimate_values("followed_share", share_estimate(events[order], all_of[order], nobody=NOBODY), prefixed=True),
        **estimate_values("median_days", _stacked([medians[row] for row in order], NEVER_LAST), prefixed=True),
    }


def _median(days: np.ndarray, weights: np.ndarray, here: np.ndarray) -> tuple[float, float, float, int]:
    """Median, its interval and how many, of days that occur so often."""
    kept = here & (weights > 0)
    values, place = np.unique(days[kept], return_inverse=True)
    counts = np.bincount(place, weights=weights[kept], minlength=len(values)).astype(np.int64)
    return quantile(values, counts, 0.5), *median_interval(values, counts), int(counts.sum())


def _stacked(medians: list[tuple[float, float, float, int]], nothing: str) -> Estimate:
    found = np.array(medians, dtype=np.float64).reshape(len(medians), 4)
    n = found[:, 3].astype(np.int64)
    reason = np.full(len(medians), None, dtype=object)
    reason[n == 0] = nothing
    reason[(n > 0) & np.isnan(found[:, 1])] = TOO_FEW
    return Estimate(found[:, 0], found[:, 1], found[:, 2], n, reason)


def _none(rows: Columns) -> Columns:
    return {name: values[:0] for name, values in rows.items()}
