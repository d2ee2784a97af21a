"""What revenue over time reads: amounts, distinct customers and first orders, period by period."""

from __future__ import annotations

import ibis.expr.types as ir

from regulars.errors import MeasureError
from regulars.measures.purchases import in_period, month_index, orders, purchases, with_known_cost
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

PERIODS = (1, 3, 12)


def period_months(scope: Scope) -> int:
    """Length of a period in months, from the setting of that name; MeasureError for any but 1, 3, 12."""
    months = int(scope.settings.get("period_months", 1))
    if months not in PERIODS:
        raise MeasureError("period_months must be 1 (months), 3 (quarters) or 12 (years).")
    return months


def periods(log: LogTables, scope: Scope) -> ir.Table:
    """Counts and sums of all purchases, guests included.

    Grain    one row per period with a purchase (and ``by``); period counts periods since January of year 0
    Columns  orders, refunds, guest_orders, amounts int · revenue, orders_amount, refunds_amount, guest_revenue,
             cost, known_amount, profit money · deviation float, of order amounts
    """
    rows = _with_period(in_period(purchases(log, scope, guests=True), scope), scope)
    is_order, is_refund, is_guest = rows.kind == "order", rows.kind == "refund", rows.client_key.isnull()
    return rows.group_by([*scope.by, "period"]).aggregate(
        orders=is_order.sum(),
        refunds=is_refund.sum(),
        guest_orders=(is_order & is_guest).sum(),
        amounts=rows.amount.count(where=is_order),
        revenue=rows.amount.sum(),
        orders_amount=rows.amount.sum(where=is_order),
        refunds_amount=rows.amount.sum(where=is_refund),
        guest_revenue=rows.amount.sum(where=is_guest),
        cost=rows.cost.sum(),
        known_amount=rows.amount.sum(where=is_order & rows.cost.notnull()),
        profit=(rows.amount - rows.cost.fill_null(0)).sum(where=with_known_cost(rows)),
        deviation=rows.amount.cast("float64").std(where=is_order, how="sample"),
    )


def customers_by_period(log: LogTables, scope: Scope) -> ir.Table:
    """Known customers with an order in each period: one row per period with one (and ``by``)."""
    rows = _with_period(in_period(orders(log, scope), scope), scope)
    each = rows.select(*scope.by, "period", "client_key").distinct()
    return each.group_by([*scope.by, "period"]).aggregate(customers=each.count())


def first_orders(log: LogTables, scope: Scope) -> ir.Table:
    """Customers by the period of their first order ever: one row per period with one (and ``by``)."""
    rows = orders(log, scope)
    firsts = rows.group_by([*scope.by, "client_key"]).aggregate(occurred_on=rows.occurred_on.min())
    firsts = _with_period(in_period(firsts, scope), scope)
    return firsts.group_by([*scope.by, "period"]).aggregate(new_customers=firsts.count())


def _with_period(rows: ir.Table, scope: Scope) -> ir.Table:
    return rows.mutate(period=(month_index(rows.occurred_on) // period_months(scope)).cast("int64"))
