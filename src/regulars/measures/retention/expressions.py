"""What retention reads: customers of each cohort active in each month."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from regulars.measures.purchases import month_index, purchases, same_customer
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope


def months(log: LogTables, scope: Scope) -> ir.Table:
    """Customers by cohort and month; cohorts begin in the period and are followed up to as_of.

    Grain    one row per cohort and month, not before the cohort's, with a purchase (and ``by``)
    Columns  cohort, month int: months since January of year 0 · active int: customers with an order · revenue money
    """
    rows = purchases(log, replace(scope, to_on=None))
    is_order = rows.kind == "order"
    keys = [*scope.by, "client_key"]
    monthly = rows.group_by([*keys, month_index(rows.occurred_on).cast("int64").name("month")]).aggregate(
        first_on=rows.occurred_on.min(where=is_order), revenue=rows.amount.sum()
    )
    firsts = monthly.group_by(keys).aggregate(cohort_on=monthly.first_on.min())
    firsts = firsts.filter(firsts.cohort_on <= ibis.literal(scope.last_on))
    if scope.from_on:
        firsts = firsts.filter(firsts.cohort_on >= ibis.literal(scope.from_on))
    firsts = firsts.select(*keys, cohort=month_index(firsts.cohort_on).cast("int64"))
    both = same_customer(monthly, firsts, scope)
    both = both.filter(both.month >= both.cohort)
    return both.group_by([*scope.by, "cohort", "month"]).aggregate(
        active=both.first_on.count(), revenue=both.revenue.sum()
    )
