"""What kept or loyal reads: who came back, what is told of their terms, and what they last said."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from regulars.measures.local_times import EPOCH, local_day_number
from regulars.measures.purchases import purchases
from regulars.measures.registry import Choice, LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import is_duplicate

UNTOLD = Choice(
    "untold",
    "What customers count as of whom no terms are told: unknown, or free to go",
    ("unknown", "free"),
    "unknown",
)
TERMS = ("contract until", "no alternative", "switching cost")
HEARD_DAYS = 730
YEAR_DAYS = 365


def year_begins(scope: Scope) -> date:
    """First of the 365 days up to the last day that counts."""
    return scope.last_on - timedelta(days=YEAR_DAYS - 1)


def returned(log: LogTables, scope: Scope) -> ir.Table:
    """Customers who came back: with an order in the period on a later day than their first.

    Grain    one row per customer (and ``by``); the period is the last 365 days where no beginning is asked for
    Columns  the ``by`` columns · client_key · revenue money: of the 365 days up to the last day, null for none
    Empty    nobody came back, no rows
    """
    rows = purchases(log, scope)
    is_order = rows.kind == "order"
    each = rows.group_by([*scope.by, "client_key"]).aggregate(
        first_on=rows.occurred_on.min(where=is_order),
        last_on=rows.occurred_on.max(where=is_order),
        revenue=rows.amount.sum(where=rows.occurred_on >= ibis.literal(year_begins(scope))),
    )
    begins = ibis.literal(scope.from_on or year_begins(scope))
    each = each.filter((each.last_on > each.first_on) & (each.last_on >= begins))
    return each.select(*scope.by, "client_key", "revenue")


def told_facts(log: LogTables, scope: Scope) -> ir.Table:
    """Facts about customers' terms, every row of their histories, and which rows were said only after the day.

    Grain    one row a row of facts
    Columns  client_key · term · value · status · known_at, confirmed_at · import_id · later bool: said after as_of, so
             it must not count; a row that does not say when counts for every day
    """
    rows = log.facts.mutate(term=log.facts.name.strip().lower())
    rows = rows.filter(rows.term.isin(TERMS) & rows.client_key.notnull())
    said_at = ibis.greatest(
        ibis.coalesce(rows.confirmed_at, rows.known_at), ibis.coalesce(rows.known_at, rows.confirmed_at)
    )
    return rows.select(
        "client_key", "term", "value", "status", "known_at", "confirmed_at", "import_id", later=_later(said_at, scope)
    )


def told_answers(log: LogTables, scope: Scope) -> ir.Table:
    """Answers to questions about terms: those called no-alternative, terms.no-alternative and so on.

    Grain    one row an answer of a known customer, up to the last day; likely repeats are left out
    Columns  client_key · question · choice · text · score, scale_min, scale_max · occurred_at · interaction_id
    """
    given = log.answers
    asked = given.question.lower().replace("_", "-")
    names = [term.replace(" ", "-") for term in TERMS]
    about = asked.isin(names)
    for name in names:
        about = about | asked.endswith(f".{name}")
    wanted = given.filter(about).select(
        "interaction_id", "choice", "text", "score", "scale_min", "scale_max", question=asked
    )
    rows = _touched(log, scope).join(wanted, "interaction_id")
    return rows.select(
        "client_key", "question", "choice", "text", "score", "scale_min", "scale_max", "occurred_at", "interaction_id"
    )


def told_attributes(log: LogTables, scope: Scope) -> ir.Table:
    """What customer files say of terms: the rows of clients whose attributes may name one.

    Grain    one row a row of clients
    Columns  client_key · attributes, a JSON object · asserted_at · later bool: stated after as_of
    """
    rows = log.clients
    told = rows.attributes.lower()
    about = told.contains("contract") | told.contains("alternative") | told.contains("switching")
    return rows.filter(about & rows.client_key.notnull()).select(
        "client_key", "attributes", "asserted_at", later=_later(rows.asserted_at, scope)
    )


def feelings(log: LogTables, scope: Scope) -> ir.Table:
    """Recommendations and satisfactions of known customers in the last ``heard_days``.

    Grain    one row an answer; likely repeats are left out
    Columns  client_key · question · answer_kind: nps or csat · score, scale_min, scale_max · occurred_on ·
             interaction_id
    """
    days = int(scope.settings.get("heard_days", HEARD_DAYS))
    begins = scope.last_on - timedelta(days=days - 1)
    touched = _touched(log, scope)
    touched = touched.filter(touched.occurred_on >= ibis.literal(begins))
    given = log.answers
    given = given.filter(given.kind.isin(["nps", "csat"]) & given.score.notnull())
    wanted = given.select("interaction_id", "question", "score", "scale_min", "scale_max", answer_kind=given.kind)
    rows = touched.join(wanted, "interaction_id")
    return rows.select(
        "client_key", "question", "answer_kind", "score", "scale_min", "scale_max", "occurred_on", "interaction_id"
    )


def _later(said_at: ir.TimestampValue, scope: Scope) -> ir.BooleanValue:
    """Whether something was said after as_of, by the company's clocks; not where nobody knows when."""
    last = (scope.as_of - EPOCH).days
    return (local_day_number(said_at, scope) > ibis.literal(last)).fill_null(False)


def _touched(log: LogTables, scope: Scope) -> ir.Table:
    rows = log.interactions
    rows = rows.filter((rows.occurred_on <= ibis.literal(scope.last_on)) & rows.client_key.notnull())
    rows = rows.filter(~is_duplicate(rows))
    return rows.select("client_key", "interaction_id", "occurred_on", "occurred_at")
