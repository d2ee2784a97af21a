"""The log split in two at a day: histories as they were then, and what came after.

Everything is counted in whole days before ``scope.last_on``, because the day of the split depends on the first
order and arithmetic with integers is the same on every engine.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.clv.expressions import HISTORY, days_of_new_customers
from regulars.measures.purchases import days_between
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

LONGEST_HOLDOUT_DAYS = 364


def split_days(log: LogTables, scope: Scope) -> ir.Table:
    """Order days, told apart by the split: the later half of the log's days, at most 364, is held out.

    Grain    one row per customer and day with an order (and ``by``)
    Columns  the ``by`` columns · client_key · back_days int: days before ``scope.last_on`` · holdout_days int:
             the same everywhere · held_out boolean: the order came after the split
    Empty    no orders, no rows
    """
    days = days_of_new_customers(log, scope)
    back = days.select(*scope.by, "client_key", back_days=days_between(days.occurred_on, ibis.literal(scope.last_on)))
    length = back.aggregate(history_days=back.back_days.max() + 1)
    half = length.select(holdout_days=ibis.least((length.history_days / 2).floor().cast("int64"), LONGEST_HOLDOUT_DAYS))
    both = back.cross_join(half)
    return both.mutate(held_out=both.back_days < both.holdout_days)


def histories_with_future(log: LogTables, scope: Scope) -> ir.Table:
    """Customers known at the split with the same history before it and the same number of orders after it.

    Grain    one row per distinct history and number of held-out orders (and ``by``)
    Columns  the ``by`` columns · repeat_orders, age_at_last_order_days, customer_age_days int: at the split ·
             holdout_orders int · holdout_days int · customers int
    Empty    no orders, no rows
    """
    days = split_days(log, scope)
    before = ~days.held_out
    each = days.group_by([*scope.by, "client_key", "holdout_days"]).aggregate(
        visits=before.sum(),
        first_back=days.back_days.max(where=before),
        last_back=days.back_days.min(where=before),
        holdout_orders=days.held_out.sum(),
    )
    known = each.filter(each.visits > 0)
    known = known.select(
        *scope.by,
        "holdout_orders",
        "holdout_days",
        repeat_orders=known.visits - 1,
        age_at_last_order_days=known.first_back - known.last_back,
        customer_age_days=known.first_back - known.holdout_days,
    )
    return known.group_by([*scope.by, *HISTORY, "holdout_orders", "holdout_days"]).aggregate(customers=known.count())


def held_out_weeks(log: LogTables, scope: Scope) -> ir.Table:
    """Orders after the split, week by week, of customers known at the split.

    Grain    one row per week after the split with an order (and ``by``)
    Columns  the ``by`` columns · week int: from 1 · orders int
    Empty    nobody came back, no rows
    """
    days = split_days(log, scope)
    first = days.back_days.max().over(ibis.window(group_by=[*scope.by, "client_key"]))
    seen = days.mutate(first_back=first)
    later = seen.filter(seen.held_out & (seen.first_back >= seen.holdout_days))
    since = later.holdout_days - later.back_days
    weeks = later.mutate(week=((since + 6) / 7).floor().cast("int64"))
    return weeks.group_by([*scope.by, "week"]).aggregate(orders=weeks.count())
