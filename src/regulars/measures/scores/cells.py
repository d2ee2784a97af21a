"""The customer base in cells of value and type: what a score of those who answered is re-weighted to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import ibis
import ibis.expr.types as ir
import sqlglot
from sqlglot import exp

from regulars.measures.clients import attached
from regulars.measures.conditions import column_names, parse_condition
from regulars.measures.purchases import customers
from regulars.measures.registry import LogTables
from regulars.measures.rfm.expressions import CUT_DIGITS, FIFTHS
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import OF_ANSWERS, client_columns

BASE_DAYS = 365


def base_scope(scope: Scope) -> Scope:
    """The year up to the last day that counts, unsplit and unfiltered."""
    begins = scope.last_on - timedelta(days=BASE_DAYS - 1)
    return replace(scope, by=(), where=None, from_on=begins)


def base_customers(log: LogTables, scope: Scope) -> ir.Table:
    """Customers who ordered in the year up to the last day that counts, by what they spent and of which type.

    The parts of ``where`` that speak of clients alone narrow the base too; parts about answers do not.

    Grain    one row per customer
    Columns  client_key · base_fifth int, 1 (least spend) to 5 · base_type · spend money · the columns of clients
             that ``by`` names
    """
    each = customers(log, base_scope(scope)).select("client_key", "spend")
    conditions = _client_conditions(log, scope)
    named = [name for text in conditions for name in column_names(text, log.clients.columns)]
    wanted = list(dict.fromkeys(["customer_type", *client_columns(log, scope.by), *client_columns(log, named)]))
    each = attached(each, log.clients, wanted)
    for text in conditions:
        each = each.filter(parse_condition(text, each))
    each = _with_fifth(each)
    return each.mutate(base_type=each.customer_type)


def base_cells(log: LogTables, scope: Scope) -> ir.Table:
    """How many customers each cell of the base has.

    Grain    one row per fifth and type (and the columns of clients that ``by`` names)
    Columns  those columns · base_fifth · base_type · customers int
    """
    each = base_customers(log, scope)
    keys = [*client_columns(log, scope.by), "base_fifth", "base_type"]
    return each.group_by(keys).aggregate(customers=each.count())


def _with_fifth(each: ir.Table) -> ir.Table:
    """Number of cut points of spend passed, plus one, so that equal spends share a fifth."""
    spend = each.spend.cast("float64")
    cuts = each.aggregate(
        **{f"cut{place}": spend.quantile(share).round(CUT_DIGITS) for place, share in enumerate(FIFTHS)}
    )
    both = each.cross_join(cuts)
    passed = [(both.spend.cast("float64") > both[f"cut{place}"]).cast("int64") for place in range(len(FIFTHS))]
    return both.select(*each.columns, base_fifth=sum(passed, start=ibis.literal(1, "int64")))


def _client_conditions(log: LogTables, scope: Scope) -> list[str]:
    """The parts of ``where``, joined by AND, that name columns of clients and no others."""
    if not scope.where:
        return []
    tree = sqlglot.parse_one(scope.where)
    tree = tree.unnest()
    parts = list(tree.flatten()) if isinstance(tree, exp.And) else [tree]
    known = list(dict.fromkeys([*log.interactions.columns, *OF_ANSWERS, *log.clients.columns]))
    texts = [part.sql() for part in parts]
    named = {text: column_names(text, known) for text in texts}
    return [text for text in texts if named[text] and named[text] == client_columns(log, named[text])]
