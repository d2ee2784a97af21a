"""What customers bought: one by one over three years, product by product, with fees, with presents."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.local_times import seconds_of
from regulars.measures.programme.windows import windows
from regulars.measures.purchases import PURCHASE_KINDS, interactions, with_known_cost
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import ANSWER
from regulars.measures.touchpoints.units import came_back

FEE: Final = r"(^|[^a-z])(fee|fees|surcharge|handling charge)([^a-z]|$)|такса|сбор|poplatek|ücret|доплата"
# A fee is large from this share of what was bought with it on.
LARGE_FEE = 0.1
GONE: Final = ("dropped", "taken back")

# Counts of each customer, and sums as floats; over the time looked at unless the name says else.
COUNTS: Final = ("orders", "orders_before", "orders_earlier", "staffed", "complaints", "answers")
SUMS: Final = (
    "spend",
    "spend_before",
    "value",
    "known_value",
    "profit",
    "value_before",
    "known_before",
    "profit_before",
)


def each(log: LogTables, scope: Scope) -> ir.Table:
    """Customers with an order in the year or the two before it.

    Grain    one row per customer (and ``by``)
    Columns  client_key · COUNTS int: staffed are touches with an employee, answers those of questionnaires · SUMS
             float: value is of orders, known_value of those of known cost · new int: the first order lies in the year
             · acquired, has_facts int: whether it is known how they came, and whether a fact is known
    """
    window = windows(scope)
    rows = interactions(log, scope)
    now, before = window.is_now(rows.occurred_on), window.is_before(rows.occurred_on)
    is_order, is_purchase = rows.kind == "order", rows.kind.isin(PURCHASE_KINDS)
    flags = {
        "orders": is_order & now,
        "orders_before": is_order & before,
        "orders_earlier": is_order & window.is_earlier(rows.occurred_on),
        "staffed": now & rows.employee.notnull() & (rows.kind != ANSWER),
        "complaints": now & (rows.kind == "complaint"),
        "answers": now & (rows.kind == ANSWER),
    }
    amount, profit = rows.amount.cast("float64"), (rows.amount - rows.cost.fill_null(0)).cast("float64")
    known = is_order & rows.cost.notnull()
    sums = {
        "spend": amount.sum(where=now & is_purchase),
        "spend_before": amount.sum(where=before & is_purchase),
        "value": amount.sum(where=now & is_order),
        "known_value": amount.sum(where=now & known),
        "profit": profit.sum(where=now & is_purchase & with_known_cost(rows)),
        "value_before": amount.sum(where=before & is_order),
        "known_before": amount.sum(where=before & known),
        "profit_before": profit.sum(where=before & is_purchase & with_known_cost(rows)),
    }
    found = rows.group_by([*scope.by, "client_key"]).aggregate(
        **{name: flags[name].fill_null(False).cast("int64").sum() for name in COUNTS},
        **{name: sums[name].fill_null(0.0) for name in SUMS},
        first_on=rows.occurred_on.min(where=is_order),
    )
    found = found.filter(found.orders + found.orders_before + found.orders_earlier > 0)
    found = found.mutate(new=(found.first_on >= ibis.literal(window.now)).cast("int64")).drop("first_on")
    return _known_of(found, log, scope)


def _known_of(found: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    came = current_clients(log.clients, ["acquired_by"]).rename(came_key="client_key", came_by="acquired_by")
    found = found.left_join(came, found.client_key == came.came_key).drop("came_key")
    with_facts = newest_facts(log, scope).select(fact_key="client_key").distinct()
    found = found.left_join(with_facts, found.client_key == with_facts.fact_key)
    return found.mutate(
        acquired=found.came_by.notnull().cast("int64"), has_facts=found.fact_key.notnull().cast("int64")
    ).drop("came_by", "fact_key")


def newest_facts(log: LogTables, scope: Scope) -> ir.Table:
    """Facts that held at the end of the last day, each once.

    Grain    one row per fact: of an own number, else per customer, name and value
    Columns  client_key · held_s: when it was last learned or confirmed, in seconds since 1970
    """
    rows = log.facts.filter(log.facts.client_key.notnull())
    held = ibis.greatest(
        ibis.coalesce(rows.confirmed_at, rows.known_at), ibis.coalesce(rows.known_at, rows.confirmed_at)
    )
    rows = rows.mutate(
        held_s=seconds_of(held),
        fact=ibis.coalesce(rows.fact_id.cast("string"), rows.name.fill_null("") + ": " + rows.value.fill_null("")),
    )
    rows = rows.filter(rows.held_s < _second_after(scope))
    ended = rows.status.isin(GONE).fill_null(False)
    each_fact = rows.group_by(["client_key", "fact"]).aggregate(
        held_s=rows.held_s.max(where=~ended), ended_s=rows.held_s.max(where=ended)
    )
    gone = (each_fact.ended_s >= each_fact.held_s).fill_null(False)
    return each_fact.filter(each_fact.held_s.notnull() & ~gone).select("client_key", "held_s")


def facts(log: LogTables, scope: Scope) -> ir.Table:
    """Facts about customers with an order in the year: one row (per ``by``): facts, fresh int."""
    window = windows(scope)
    rows = interactions(log, scope)
    active = rows.filter(window.is_now(rows.occurred_on) & (rows.kind == "order"))
    active = active.select(*scope.by, "client_key").distinct()
    held = newest_facts(log, scope).rename(held_key="client_key")
    both = active.join(held, active.client_key == held.held_key)
    fresh = both.held_s >= int(datetime.combine(window.now, time(), UTC).timestamp())
    return both.aggregate(by=list(scope.by), facts=both.count(), fresh=fresh.cast("int64").sum())


def products(log: LogTables, scope: Scope) -> ir.Table:
    """What was sold of each product in the year and in the one before; lines of unknown quantity are left out.

    Grain    one row per product (and ``by``)
    Columns  product · amount, quantity, amount_before, quantity_before float
    """
    window = windows(scope)
    lines = _lines(log, scope)
    lines = lines.filter(lines.product.notnull() & (lines.line_quantity > 0) & lines.line_amount.notnull())
    now, before = window.is_now(lines.occurred_on), window.is_before(lines.occurred_on)
    lines = lines.filter(now | before)
    return lines.group_by([*scope.by, "product"]).aggregate(
        amount=lines.line_amount.sum(where=now).fill_null(0.0),
        quantity=lines.line_quantity.sum(where=now).fill_null(0.0),
        amount_before=lines.line_amount.sum(where=before).fill_null(0.0),
        quantity_before=lines.line_quantity.sum(where=before).fill_null(0.0),
    )


def fees(log: LogTables, scope: Scope) -> ir.Table:
    """Orders of the year with lines: one row (per ``by``).

    Columns  orders, with_fee, large_fee int: fees of LARGE_FEE or more of the rest of the order
    """
    lines = _lines(log, scope)
    lines = lines.filter(windows(scope).is_now(lines.occurred_on))
    named = lines.category.fill_null("") + " " + lines.product_name.fill_null("") + " " + lines.product.fill_null("")
    lines = lines.mutate(is_fee=named.lower().re_search(FEE))
    orders = lines.group_by([*scope.by, "interaction_id"]).aggregate(
        fee=lines.line_amount.sum(where=lines.is_fee).fill_null(0.0),
        rest=lines.line_amount.sum(where=~lines.is_fee).fill_null(0.0),
    )
    return orders.aggregate(
        by=list(scope.by),
        orders=orders.count(),
        with_fee=(orders.fee > 0).cast("int64").sum(),
        large_fee=((orders.fee > 0) & (orders.fee >= LARGE_FEE * orders.rest)).cast("int64").sum(),
    )


def gifts(log: LogTables, scope: Scope) -> ir.Table:
    """Days with an order, with and without a present in the thread of the order, and who came back.

    Grain    one row per gifted 0 or 1 (and ``by``)
    Columns  gifted · days int: with so many days behind them that one may have come back · returned int
    """
    rows = interactions(log, scope)
    rows = rows.filter(rows.occurred_on >= ibis.literal(windows(scope).earlier))
    given = rows.filter((rows.kind == "gesture") & rows.thread.notnull())
    given = given.select(given_in="thread").distinct()
    bought = rows.filter((rows.kind == "order") & rows.thread.notnull())
    both = bought.left_join(given, bought.thread == given.given_in)
    day = both.group_by([*scope.by, "client_key", "occurred_on"]).aggregate(
        gifted=both.given_in.notnull().cast("int64").max()
    )
    told = came_back(day, log, scope)
    told = told.filter(told.seen)
    return told.group_by([*scope.by, "gifted"]).aggregate(days=told.count(), returned=told.returned.cast("int64").sum())


def _lines(log: LogTables, scope: Scope) -> ir.Table:
    """Lines of orders with their order's ``by`` columns and day."""
    rows = interactions(log, scope, guests=True)
    rows = rows.filter(rows.kind == "order").select(*scope.by, "interaction_id", "occurred_on")
    items = log.items.select(
        "product",
        "product_name",
        "category",
        order_id="interaction_id",
        line_amount=log.items.amount.cast("float64"),
        line_quantity=log.items.quantity.cast("float64"),
    )
    return rows.join(items, rows.interaction_id == items.order_id)


def _second_after(scope: Scope) -> int:
    return int(datetime.combine(scope.last_on + timedelta(days=1), time(), UTC).timestamp())
