"""What repeat shares read: first and second order days."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from regulars.measures.purchases import days_between, orders, same_customer
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

WINDOWS_DAYS = (30, 90, 180, 365)


def repeats(log: LogTables, scope: Scope) -> ir.Table:
    """Customers whose first order lies in the period, and how many came back; followed up to as_of.

    Grain    one row (per ``by``)
    Columns  customers, repeat_customers int, and customers_30, repeat_customers_30, ... for each window, of those
             seen for all of it
    """
    each = _first_and_second(log, scope)
    seen_days = days_between(each.first_on, ibis.literal(scope.as_of))
    until_second = days_between(each.first_on, each.second_on)
    counts = {"customers": each.count(), "repeat_customers": each.second_on.count()}
    for days in WINDOWS_DAYS:
        counts[f"customers_{days}"] = (seen_days >= days).sum()
        counts[f"repeat_customers_{days}"] = ((seen_days >= days) & (until_second <= days)).sum()
    return each.aggregate(by=list(scope.by), **counts)


def _first_and_second(log: LogTables, scope: Scope) -> ir.Table:
    """One row per customer (and ``by``): first_on, and second_on, the next later day with an order, or null."""
    rows = orders(log, replace(scope, to_on=None))
    keys = [*scope.by, "client_key"]
    firsts = rows.group_by(keys).aggregate(first_on=rows.occurred_on.min())
    firsts = firsts.filter(firsts.first_on <= ibis.literal(scope.last_on))
    if scope.from_on:
        firsts = firsts.filter(firsts.first_on >= ibis.literal(scope.from_on))
    both = same_customer(rows.select(*keys, "occurred_on"), firsts, scope)
    return both.group_by([*keys, "first_on"]).aggregate(
        second_on=both.occurred_on.min(where=both.occurred_on > both.first_on)
    )
