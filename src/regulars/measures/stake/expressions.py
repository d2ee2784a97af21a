"""What money at stake reads: touches that went well or badly, what was known before each, and what came after.

``where``, ``by`` and the period choose touches. What came before and after them is all that the customer bought, up
to ``as_of``: whoever comes back by another channel has come back.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.local_times import EPOCH, day_number, seconds_of
from regulars.measures.purchases import PURCHASE_KINDS, in_period, interactions
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import with_clients
from regulars.measures.stake.rules import BAD, COMPLAINT_DAYS, RULES, UNKNOWN, judged

INSIDE = ("employee", "department", "partner")
OF_CLIENTS = ("customer_type", "region", "country", "acquired_by")
OF_TOUCHES = ("branch", "channel")
WORDED = (*OF_CLIENTS, *OF_TOUCHES)
YEAR_DAYS = 365
# Shorter horizons for short logs.
FALLBACK_DAYS = (180, 90, 30)
# What a touch is judged and split by, of the columns of interactions.
_READ = (
    *("interaction_id", "client_key", "occurred_at", "occurred_on", "due_at", "kind", "touchpoint", "step", "thread"),
    *("properties", "wait_seconds", "duration_seconds", "initiated_by", "outcome"),
)
_KNOWN = ("orders", "last_at", "first_at", "spend")
_WORD = "its_"
_SEEN = ("profile", "client_key", "at", "due", "day", *RULES, "is_order", "amount")


def horizons(scope: Scope) -> tuple[int, ...]:
    """Days that may count as coming back, longest first."""
    longest = max(1, int(scope.settings.get("return_days", YEAR_DAYS)))
    return (longest, *(days for days in FALLBACK_DAYS if days < longest))


def touches(log: LogTables, scope: Scope) -> ir.Table:
    """Every touch of a customer at a touchpoint, with what was known before and what came after.

    Grain    one row per touch in the period that some rule judges, old enough for the shortest horizon
    Columns  touchpoint and the ``by`` columns and WORDED, coded as one number: profile, see :func:`profiles` ·
             client_key · day: days since 1970 · one column a rule, see rules.py · at: seconds since 1970 of the
             moment before which things were known: the touch's, or when it was due where that was earlier · due: when
             it was due, else at. So nothing of a delay is taken for a difference between customers ·
             orders, last_at, first_at, spend: of the customer's orders before that moment, times NaN for none ·
             next_day: of the first order from the next day on; late_next_day: from the 31st day on; NaN for none ·
             spend_<days>, late_spend_<days> float: net spend in so many days from then on
    Empty    no touches, no rows
    """
    rows = _profiled(_judged(log, scope), scope)
    some = ibis.or_(*(rows[rule] > UNKNOWN for rule in RULES))
    rows = rows.filter(some & (rows.day + min(horizons(scope)) <= (scope.as_of - EPOCH).days))
    both = _bought(log, scope).union(_narrow(rows))
    found = _seen_around(both, scope)
    found = found.filter(found.profile.notnull())
    return found.select("profile", "client_key", "at", "due", "day", *RULES, *_KNOWN, *outcome_names(scope))


def profiles(log: LogTables, scope: Scope) -> ir.Table:
    """What a touch's profile stands for.

    Grain    one row per touchpoint, ``by`` and words that occur together
    Columns  profile int · touchpoint · the ``by`` columns · those of WORDED, "" for missing
    Empty    no touches, no rows
    """
    named = _profiles(_judged(log, scope), scope)
    words = {name: named[f"{_WORD}{name}"] for name in WORDED if name not in scope.by}
    return named.select("profile", "touchpoint", *scope.by, **words)


def happened(log: LogTables, scope: Scope) -> ir.Table:
    """How often each thing went badly at each touchpoint.

    Grain    one row per touchpoint (and ``by``)
    Columns  wait_limit float · per rule: <rule>_known, <rule>_unknown, <rule>_year, <rule>_customers int: touches
             that are judged, those of which nobody knows, bad ones in the last 365 days of the period, their customers
    """
    rows = _judged(log, scope)
    last = ibis.literal(scope.last_on)
    this_year = rows.occurred_on > last - ibis.interval(days=YEAR_DAYS)
    counts: dict[str, ir.Value] = {"wait_limit": rows.wait_limit.max()}
    for rule in RULES:
        bad = (rows[rule] == BAD) & this_year
        counts[f"{rule}_known"] = (rows[rule] > UNKNOWN).sum()
        counts[f"{rule}_unknown"] = (rows[rule] == UNKNOWN).sum()
        counts[f"{rule}_year"] = bad.sum()
        counts[f"{rule}_customers"] = rows.client_key.nunique(where=bad)
    return rows.group_by([*scope.by, "touchpoint"]).aggregate(**counts)


def span(log: LogTables, scope: Scope) -> ir.Table:
    """The log's first day that is seen: one row, days since 1970."""
    rows = log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.as_of))
    return rows.aggregate(first_day=day_number(rows.occurred_on).min())


def outcome_names(scope: Scope) -> list[str]:
    """Columns of :func:`touches` that say what came after."""
    spends = [f"{late}spend_{days}" for late in ("", "late_") for days in horizons(scope)]
    return ["next_day", "late_next_day", *spends]


# Inside ----------------------------------------------------------------------------------------------------


def _judged(log: LogTables, scope: Scope) -> ir.Table:
    """Customers' touches of the period with every rule's verdict; words for what was known are never null."""
    rows = in_period(interactions(log, scope), scope)
    rows = rows.filter(rows.touchpoint.notnull() & (rows.touchpoint != ""))
    missing = [name for name in OF_CLIENTS if name not in rows.columns]
    rows = with_clients(rows, log, scope, missing)
    rows = rows.filter(~rows.client_kind.fill_null("").isin(INSIDE))
    words = {f"{_WORD}{name}": rows[name].fill_null("") for name in WORDED}
    kept = [name for name in (*_READ, *scope.by) if name in rows.columns]
    at, day = seconds_of(rows.occurred_at), day_number(rows.occurred_on)
    narrow = rows.select(list(dict.fromkeys(kept)), at=at, day=day, **words)
    return judged(narrow, log, scope)


def _profiles(rows: ir.Table, scope: Scope) -> ir.Table:
    words = [f"{_WORD}{name}" for name in WORDED]
    each = rows.group_by([*scope.by, "touchpoint", *words]).aggregate(touches=rows.count())
    order = [each[name].asc(nulls_first=True) for name in (*scope.by, "touchpoint", *words)]
    return each.mutate(profile=ibis.row_number().over(ibis.window(order_by=order)).cast("int64"))


def _profiled(rows: ir.Table, scope: Scope) -> ir.Table:
    """``rows`` with the number of their profile."""
    keys = [*scope.by, "touchpoint", *(f"{_WORD}{name}" for name in WORDED)]
    each = _profiles(rows, scope).rename({f"{name}_of_each": name for name in keys})
    # Only columns of ``by`` can be missing; plain equality is faster.
    same = [
        rows[name].identical_to(each[f"{name}_of_each"]) if name in scope.by else rows[name] == each[f"{name}_of_each"]
        for name in keys
    ]
    return rows.join(each, same).select(*rows.columns, "profile")


def _narrow(rows: ir.Table) -> ir.Table:
    """Touches with nothing bought, at the moment before which things were known of the customer."""
    due = ibis.coalesce(seconds_of(rows.due_at), rows.at)
    return rows.select(
        "profile",
        "client_key",
        "day",
        *RULES,
        at=ibis.least(rows.at, due),
        due=due,
        is_order=ibis.literal(0, type="int8"),
        amount=ibis.literal(0).cast("decimal(18, 4)"),
    ).select(*_SEEN)


def _bought(log: LogTables, scope: Scope) -> ir.Table:
    """All purchases up to ``as_of`` in the shape of touches, with nothing to judge."""
    rows = log.interactions
    known = rows.client_key.notnull() & (rows.occurred_on <= ibis.literal(scope.as_of))
    rows = rows.filter(known & rows.kind.isin(PURCHASE_KINDS))
    return rows.select(
        "client_key",
        profile=ibis.null("int64"),
        at=seconds_of(rows.occurred_at),
        due=ibis.null("int64"),
        day=day_number(rows.occurred_on),
        **{rule: ibis.null("int8") for rule in RULES},
        is_order=(rows.kind == "order").cast("int8"),
        amount=rows.amount.fill_null(0).cast("decimal(18, 4)"),
    ).select(*_SEEN)


def _seen_around(rows: ir.Table, scope: Scope) -> ir.Table:
    """What the same customer bought before and after each row."""
    ordered = rows.is_order == 1
    # The order that a touch is about is known before it; a purchase at the very same second is not.
    before = ibis.window(group_by="client_key", order_by="at", range=(None, -1))
    seen: dict[str, ir.Value] = {
        "orders": rows.is_order.sum().over(before).fill_null(0).cast("int64"),
        "last_at": rows.at.max(where=ordered).over(before),
        "first_at": rows.at.min(where=ordered).over(before),
        "spend": rows.amount.sum().over(before).fill_null(0).cast("float64"),
    }
    for late, first in (("", 1), ("late_", 1 + COMPLAINT_DAYS)):
        later = ibis.window(group_by="client_key", order_by="day", range=(first, None))
        seen[f"{late}next_day"] = rows.day.min(where=ordered).over(later)
        for days in horizons(scope):
            within = ibis.window(group_by="client_key", order_by="day", range=(first, first + days - 1))
            seen[f"{late}spend_{days}"] = rows.amount.sum().over(within).fill_null(0).cast("float64")
    return rows.mutate(**seen)
