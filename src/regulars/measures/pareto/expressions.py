"""What concentration reads: how many customers brought each amount."""

from __future__ import annotations

import ibis.expr.types as ir

from regulars.measures.purchases import in_period, purchases, with_known_cost
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope


def values(log: LogTables, scope: Scope) -> ir.Table:
    """Customers by what they brought, counted once for each distinct amount: small enough for memory.

    Grain    one row per distinct pair of revenue and profit of a known customer with a purchase (and ``by``)
    Columns  revenue, profit float · customers int · order_value, known_value float: of orders, and of those of
             known cost
    """
    rows = in_period(purchases(log, scope), scope)
    is_order = rows.kind == "order"
    each = rows.group_by([*scope.by, "client_key"]).aggregate(
        revenue=rows.amount.sum(),
        profit=(rows.amount - rows.cost.fill_null(0)).sum(where=with_known_cost(rows)),
        order_value=rows.amount.sum(where=is_order),
        known_value=rows.amount.sum(where=is_order & rows.cost.notnull()),
    )
    each = each.mutate(**{name: each[name].fill_null(0).cast("float64") for name in each.columns[-4:]})
    return each.group_by([*scope.by, "revenue", "profit"]).aggregate(
        customers=each.count(), order_value=each.order_value.sum(), known_value=each.known_value.sum()
    )
