"""What came first, and what came last before customers bought or left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np

from regulars.measures.estimates import Estimate, estimate_values
from regulars.measures.intervals import median_interval, quantile, share_estimate
from regulars.measures.journeys.choosing import BEFORE, VIEW
from regulars.measures.journeys.touches import in_turn, touches
from regulars.measures.purchases import days_between
from regulars.measures.registry import Columns, LogTables, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, objects, splits

BUY_DAYS, SILENCE_DAYS, SILENCE_GAPS = 90, 180, 3
NOBODY = "There are no customers."
NOBODY_BOUGHT = "Nobody bought within the days to look at."
NOT_YET = "Nobody's days to look at are over yet."
NEVER_LAST = "It never came last before the event."
TOO_FEW = "Fewer than six have no interval."
MONEY_KINDS = ("order", "refund", "adjustment")
_KEPT = {"kind": "kind", "occurred_on": "occurred_on", "initiated_by": "initiated_by"}


def first_touches(log: LogTables, scope: Scope) -> ir.Table:
    """Customers by their first touch, and by the days that passed until they first bought.

    Grain    one row per step, days and whether the days to look at are over (and ``by``)
    Columns  step · bought_at_once, seen bool · days int, null for who never bought · customers int
    """
    customers = _of_customers(scope)
    rows = touches(log, customers, _KEPT)
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
    """Touches by whether the event followed next, and after how many days.

    Grain    one row per step and days (and ``by``), of touches of which it can be told
    Columns  step · days int: to the event, null where another touch or nothing followed · touches int
    """
    before = BEFORE.of(scope)
    found = _leaving(log, scope) if before == "leaving" else _buying(log, scope, first=before == "first order")
    return found.group_by([*scope.by, "step", "days"]).aggregate(touches=found.count())


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
    rows = found["last"]
    parts: list[tuple[Key, Columns]] = [(key, _lasts(part)) for key, part in splits(rows, scope.by)]
    return Outcome(joined(parts, scope.by, list(_lasts(_none(rows)))))


def _of_customers(scope: Scope) -> Scope:
    return replace(scope, choices={**scope.choices, VIEW.name: "customer"})


def _own_touches(log: LogTables, scope: Scope) -> ir.Table:
    """Touches of customers, without those that the company began; deliveries are awaited, so they stay."""
    rows = touches(log, _of_customers(scope), _KEPT)
    own = rows.initiated_by.isnull() | (rows.initiated_by != "company") | (rows.kind == "delivery")
    return rows.filter(own)


def _buying(log: LogTables, scope: Scope, *, first: bool) -> ir.Table:
    """Every touch that is not about money, with the days to an order that follows it next."""
    rows = _own_touches(log, scope)
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


def _leaving(log: LogTables, scope: Scope) -> ir.Table:
    """Every touch of which it can be told, with the days to leaving where it was the last one before."""
    rows = _own_touches(log, scope)
    by = [*scope.by, "journey"]
    told = rows.mutate(departed_at=rows.micros.min(where=rows.kind == "departure").over(ibis.window(group_by=by)))
    told = told.filter((told.kind != "departure") & (told.departed_at.isnull() | (told.micros <= told.departed_at)))
    each = told.group_by(by).aggregate(
        first_on=told.occurred_on.min(), last_on=told.occurred_on.max(), days=told.occurred_on.nunique()
    )
    usual = days_between(each.first_on, each.last_on) / (each.days - 1).nullif(0)
    gaps, least = (float(scope.settings.get(*one)) for one in _SILENCE)
    each = each.select(*by, patience=ibis.greatest(ibis.coalesce(usual * gaps, 0.0), least))
    right = each.rename({f"{name}_of_each": name for name in by})
    same = [told[name].identical_to(right[f"{name}_of_each"]) for name in by]
    found = told.mutate(last=told.code.lead().over(in_turn(scope)).isnull()).join(right, same)
    quiet = days_between(found.occurred_on, ibis.literal(scope.last_on))
    gone = found.last & (found.departed_at.notnull() | (quiet > found.patience))
    over = found.departed_at.notnull() | (quiet > found.patience)
    found = found.filter(over & found.in_period)
    days = found.departed_at.notnull().ifelse(_days_to(found), found.patience.ceil().cast("int64"))
    return found.select(*scope.by, "step", days=gone.ifelse(days, ibis.null("int64")))


_SILENCE = (("silence_gaps", SILENCE_GAPS), ("silence_days", SILENCE_DAYS))
_DAY_MICROS = 86_400_000_000


def _days_to(found: ir.Table) -> ir.IntegerColumn:
    return ((found.departed_at - found.micros) / _DAY_MICROS).floor().cast("int64")


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
