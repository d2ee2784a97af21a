"""What coverage reads: one pass over all purchases, and customers by number of orders."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.losses.customers import Looks, contracts, number, without_touches
from regulars.measures.purchases import PURCHASE_KINDS, days_between, in_period, interactions, orders
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

CHECKS = (
    "guest_orders",
    "missing_cost",
    "zero_orders",
    "negative_orders",
    "refunds",
    "adjustments",
    "no_touchpoint",
    "no_channel",
)


def documents(log: LogTables, scope: Scope) -> ir.Table:
    """Counts and amounts of what each check finds among purchases, guests included.

    Grain    one row (per ``by``)
    Columns  documents, orders int · order_value money · <check>_n int and <check>_amount money for each of
             CHECKS · history_days, days_since_newest int
    """
    rows = interactions(log, scope, guests=True)
    rows = in_period(rows.filter(rows.kind.isin(PURCHASE_KINDS)), scope)
    is_order = rows.kind == "order"
    found = {
        "guest_orders": is_order & rows.client_key.isnull(),
        "missing_cost": is_order & rows.cost.isnull(),
        "zero_orders": is_order & (rows.amount == 0),
        "negative_orders": is_order & (rows.amount < 0),
        "refunds": rows.kind == "refund",
        "adjustments": rows.kind == "adjustment",
        "no_touchpoint": is_order & rows.touchpoint.isnull(),
        "no_channel": is_order & rows.channel.isnull(),
    }
    oldest, newest = rows.occurred_on.min(), rows.occurred_on.max()
    return rows.aggregate(
        by=list(scope.by),
        documents=rows.count(),
        orders=is_order.sum(),
        order_value=rows.amount.sum(where=is_order),
        **{f"{name}_n": found[name].sum() for name in CHECKS},
        **{f"{name}_amount": rows.amount.sum(where=found[name]) for name in CHECKS},
        history_days=days_between(oldest, newest) + 1,
        days_since_newest=days_between(newest, ibis.literal(scope.as_of)),
    )


def order_counts(log: LogTables, scope: Scope) -> ir.Table:
    """Known customers with an order in the period, and those with a single one: one row (per ``by``)."""
    rows = in_period(orders(log, scope), scope)
    each = rows.group_by([*scope.by, "client_key"]).aggregate(orders=rows.count())
    return each.aggregate(by=list(scope.by), customers=each.count(), one_order_customers=(each.orders == 1).sum())


def contract_customers(log: LogTables, scope: Scope) -> ir.Table:
    """Customers of whom the list of customers tells a contract, and how often they ordered in the period.

    Grain    one row per customer (and ``by``)
    Columns  the ``by`` columns · client_key · contract_day, contract_left_day int: days since 1970 · contract_left
             boolean · tenure_months float · orders int
    """
    told = contracts(log)
    told = told.filter(
        ibis.or_(*(told[name].notnull() for name in ("contract_day", "contract_left_day", "tenure_months")))
        | told.contract_left.fill_null(False)
    )
    rows = interactions(log, scope).semi_join(told, "client_key")
    begins = ibis.literal(scope.from_on) if scope.from_on else rows.occurred_on
    ordered = (rows.kind == "order") & (rows.occurred_on >= begins)
    each = rows.group_by([*scope.by, "client_key"]).aggregate(orders=ordered.cast("int64").sum().fill_null(0))
    each = each.mutate(on_day=ibis.literal(number(scope.last_on), "int64"))
    each = each.union(without_touches(log, scope, each, Looks((scope.last_on,))))
    right = told.rename(of_client="client_key")
    return each.join(right, each.client_key == right.of_client).drop("of_client", "on_day")
