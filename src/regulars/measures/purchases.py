"""Purchases, seen through a scope: the expressions that the value measures share.

``where`` and ``by`` narrow and split the log before anything is counted. So under ``where="channel = 'web'"``,
or split by channel, a customer's first order is the first one seen there.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.errors import MeasureError
from regulars.measures.clients import attached
from regulars.measures.conditions import column_names, parse_condition, unknown_column
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

PURCHASE_KINDS = ("order", "refund", "adjustment")

# Columns that every purchase row carries besides those it is split by.
PURCHASE_COLUMNS = ("client_key", "occurred_on", "kind", "amount", "cost")

# Profit is shown only where the cost of at least this share of the orders' value is known.
COST_KNOWN_SHARE = 0.9


def interactions(log: LogTables, scope: Scope, *, guests: bool = False) -> ir.Table:
    """All interactions up to ``scope.last_on`` that meet ``where``, with the ``by`` columns attached.

    Grain    one row per interaction; ``from_on`` is not applied yet, see :func:`in_period`
    Columns  those of the log, and columns of clients named in ``by`` or ``where`` (null for guests)
    Empty    no interactions, no rows
    Raises   MeasureError for an unknown column or a condition that cannot be read
    """
    named = named_columns(log, scope)
    rows = log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.last_on))
    if not guests:
        rows = rows.filter(rows.client_key.notnull())
    of_clients = [name for name in named if name not in log.interactions.columns]
    if of_clients:
        rows = attached(rows, log.clients, of_clients)
    return rows.filter(parse_condition(scope.where, rows)) if scope.where else rows


def purchases(log: LogTables, scope: Scope, *, guests: bool = False) -> ir.Table:
    """Orders, refunds and adjustments up to ``scope.last_on``: what spend is made of.

    Grain    one row per document; orders of zero amount stay
    Columns  the ``by`` columns · client_key · occurred_on · kind · amount money · cost money or null
    Empty    no purchases, no rows
    """
    rows = interactions(log, scope, guests=guests)
    rows = rows.filter(rows.kind.isin(PURCHASE_KINDS))
    return rows.select(list(dict.fromkeys((*scope.by, *PURCHASE_COLUMNS))))


def orders(log: LogTables, scope: Scope, *, guests: bool = False) -> ir.Table:
    """Orders alone, otherwise as :func:`purchases`."""
    rows = interactions(log, scope, guests=guests)
    rows = rows.filter(rows.kind == "order")
    return rows.select(list(dict.fromkeys((*scope.by, *PURCHASE_COLUMNS))))


def in_period(rows: ir.Table, scope: Scope) -> ir.Table:
    """Rows on or after ``scope.from_on``; all of them where no beginning is asked for."""
    return rows.filter(rows.occurred_on >= ibis.literal(scope.from_on)) if scope.from_on else rows


def order_days(log: LogTables, scope: Scope) -> ir.Table:
    """The days on which each customer ordered; two orders on one day are one visit.

    Grain    one row per customer and day with an order (and ``by``)
    Columns  the ``by`` columns · client_key · occurred_on · orders int · amount money, of the orders alone
    Empty    no orders, no rows
    """
    rows = orders(log, scope)
    return rows.group_by([*scope.by, "client_key", "occurred_on"]).aggregate(
        orders=rows.count(), amount=rows.amount.sum()
    )


def customers(log: LogTables, scope: Scope) -> ir.Table:
    """Customers with an order in the period, and what they spent in it.

    Grain    one row per customer (and ``by``)
    Columns  the ``by`` columns · client_key · first_on, last_on: of the orders in the period · orders int ·
             spend money: orders, refunds and adjustments together
    Empty    nobody ordered, no rows
    """
    rows = in_period(purchases(log, scope), scope)
    is_order = rows.kind == "order"
    each = rows.group_by([*scope.by, "client_key"]).aggregate(
        first_on=rows.occurred_on.min(where=is_order),
        last_on=rows.occurred_on.max(where=is_order),
        orders=is_order.sum(),
        spend=rows.amount.sum(),
    )
    return each.filter(each.orders > 0)


def same_customer(rows: ir.Table, each: ir.Table, scope: Scope) -> ir.Table:
    """``rows`` joined to one row per customer (and ``by``); a missing value of ``by`` matches a missing one."""
    keys = (*scope.by, "client_key")
    right = each.rename({f"{name}_of_each": name for name in keys})
    same = [rows[name].identical_to(right[f"{name}_of_each"]) for name in scope.by]
    joined = rows.join(right, [*same, rows.client_key == right.client_key_of_each])
    return joined.select(*rows.columns, *(name for name in each.columns if name not in keys))


def days_between(earlier: ir.Value, later: ir.Value) -> ir.IntegerValue:
    """Whole days from one local date to another."""
    return later.delta(earlier, unit="day")


def month_index(day: ir.DateValue) -> ir.IntegerValue:
    """Months since January of year 0: the same integers on every engine, unlike truncated dates."""
    return day.year() * 12 + (day.month() - 1)


def with_known_cost(rows: ir.Table) -> ir.BooleanValue:
    """Rows that enter profit: those of known cost, and refunds and adjustments, which count in full."""
    return rows.cost.notnull() | (rows.kind != "order")


def named_columns(log: LogTables, scope: Scope) -> list[str]:
    """Columns that ``by`` and ``where`` name, each checked to exist and to be fit for splitting."""
    known = [*log.interactions.columns, *(c for c in log.clients.columns if c not in log.interactions.columns)]
    known += [name for name in scope.attributes if name not in known]
    for name in scope.by:
        if name not in known:
            raise unknown_column(name, known)
        if name == "client_key":
            raise MeasureError("A result cannot be split by client_key: take the measure rfm for single customers.")
    return list(dict.fromkeys([*scope.by, *(column_names(scope.where, known) if scope.where else ())]))
