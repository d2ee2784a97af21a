"""What lifetime value reads from the log: every customer's few whole numbers, and what orders cost and return.

The period (``from_on``) chooses customers by their first order, because a history that begins in the middle
would make old customers look new; their orders count up to ``scope.last_on``.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.purchases import days_between, order_days, purchases
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

HISTORY = ("repeat_orders", "age_at_last_order_days", "customer_age_days")


def days_of_new_customers(log: LogTables, scope: Scope) -> ir.Table:
    """The order days of customers whose first order lies in the period.

    Grain    one row per customer and day with an order (and ``by``)
    Columns  the ``by`` columns · client_key · occurred_on · orders int · amount money or null
    Empty    no orders, no rows
    """
    days = order_days(log, scope)
    if scope.from_on is None:
        return days
    first = days.occurred_on.min().over(ibis.window(group_by=[*scope.by, "client_key"]))
    known = days.mutate(first_on=first)
    return known.filter(known.first_on >= ibis.literal(scope.from_on)).drop("first_on")


def customer_histories(log: LogTables, scope: Scope) -> ir.Table:
    """Each customer's purchase history in the numbers that the models need.

    Grain    one row per customer (and ``by``)
    Columns  the ``by`` columns · client_key · first_on, last_on date · repeat_orders int: order days after the
             first · age_at_last_order_days, customer_age_days int: days from the first order to the last one
             and to ``scope.last_on`` · priced_repeats int: repeat order days whose amount is known ·
             repeat_spend float: their amounts together
    Empty    nobody ordered, no rows
    """
    days = days_of_new_customers(log, scope)
    # Exact decimals up to the end: sums of floats depend on the order in which an engine adds.
    nothing = ibis.literal(0).cast(days.amount.type())
    priced = days.amount.notnull().cast("int64")
    each = days.group_by([*scope.by, "client_key"]).aggregate(
        first_on=days.occurred_on.min(),
        last_on=days.occurred_on.max(),
        visits=days.count(),
        priced=priced.sum(),
        first_priced=priced.argmin(days.occurred_on),
        spend=ibis.coalesce(days.amount.sum(), nothing),
        # Days are unique within a customer, so the least of them decides alike on every engine.
        first_spend=ibis.coalesce(days.amount, nothing).argmin(days.occurred_on),
    )
    return each.select(
        *scope.by,
        "client_key",
        "first_on",
        "last_on",
        repeat_orders=each.visits - 1,
        age_at_last_order_days=days_between(each.first_on, each.last_on),
        customer_age_days=days_between(each.first_on, ibis.literal(scope.last_on)),
        priced_repeats=each.priced - each.first_priced,
        repeat_spend=(each.spend - each.first_spend).cast("float64"),
    )


def history_counts(log: LogTables, scope: Scope) -> ir.Table:
    """Customers with the same history, counted.

    Grain    one row per distinct history (and ``by``)
    Columns  the ``by`` columns · repeat_orders, age_at_last_order_days, customer_age_days, customers int
    Empty    nobody ordered, no rows
    """
    each = customer_histories(log, scope)
    return each.group_by([*scope.by, *HISTORY]).aggregate(customers=each.count())


def repeat_spends(log: LogTables, scope: Scope) -> ir.Table:
    """What those who came back spent on repeat orders.

    Grain    one row per customer with a repeat order of known amount (and ``by``)
    Columns  the ``by`` columns · priced_repeats int · repeat_spend float
    Empty    nobody came back, no rows
    """
    each = customer_histories(log, scope)
    return each.filter(each.priced_repeats > 0).select(*scope.by, "priced_repeats", "repeat_spend")


def spend_totals(log: LogTables, scope: Scope) -> ir.Table:
    """What known customers' orders brought, cost and returned, up to ``scope.last_on``.

    Grain    one row (one per value of ``by``)
    Columns  the ``by`` columns · order_value float · costed_value float: of the orders whose cost is known ·
             cost float: theirs · refund_value float: of refunds, negative
    Empty    without ``by`` one row of nulls; with it no rows
    """
    rows = purchases(log, scope)
    is_order = rows.kind == "order"
    costed = is_order & rows.cost.notnull()
    totals = {
        "order_value": rows.amount.sum(where=is_order),
        "costed_value": rows.amount.sum(where=costed),
        "cost": rows.cost.sum(where=costed),
        "refund_value": rows.amount.sum(where=rows.kind == "refund"),
    }
    floats = {name: value.cast("float64") for name, value in totals.items()}
    return rows.group_by(list(scope.by)).aggregate(**floats) if scope.by else rows.aggregate(**floats)
