"""Checks of coverage, each with a sentence a shop owner can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from regulars.measures.coverage.expressions import CHECKS
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, key_rows, objects

Row = dict[str, object]


@dataclass(frozen=True)
class Wording:
    """What is said when a check finds something, and when it finds nothing.

    ``of_documents``: the check is out of all documents, else out of orders. ``amounts``: its share of order value
    says something.
    """

    found: str
    nothing: str
    of_documents: bool = False
    amounts: bool = True


WORDINGS = {
    "guest_orders": Wording(
        "{n} of {total} orders ({share}), worth {amount}, name no customer; measures of customers leave them out.",
        "Every order names its customer.",
    ),
    "missing_cost": Wording(
        "{n} of {total} orders ({share}), worth {amount}, have no known cost, so their profit is unknown.",
        "The cost of every order is known.",
    ),
    "zero_orders": Wording(
        "{n} of {total} orders ({share}) have an amount of zero; they count as orders.",
        "No order has an amount of zero.",
        amounts=False,
    ),
    "negative_orders": Wording(
        "{n} of {total} orders ({share}) have an amount below zero, {amount} together; check whether they are refunds.",
        "No order has an amount below zero.",
    ),
    "refunds": Wording(
        "{n} of {total} documents ({share}) are refunds, {amount} together.", "There are no refunds.", of_documents=True
    ),
    "adjustments": Wording(
        "{n} of {total} documents ({share}) are adjustments such as bad debt, {amount} together.",
        "There are no adjustments such as bad debt.",
        of_documents=True,
    ),
    "no_touchpoint": Wording(
        "{n} of {total} orders ({share}), worth {amount}, do not say at which touchpoint they were made.",
        "Every order says at which touchpoint it was made.",
    ),
    "no_channel": Wording(
        "{n} of {total} orders ({share}), worth {amount}, do not say through which channel they came.",
        "Every order says through which channel it came.",
    ),
}


def coverage_checks(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per check (and ``by``); see results.py. No rows where there is no purchase."""
    customers = dict(_rows(found["customers"], scope))
    parts = [
        (key, _table(_checks(row, customers.get(key, {}), scope)))
        for key, row in _rows(found["documents"], scope)
        if _count(row, "documents")
    ]
    return Outcome(joined(parts, scope.by, ["name", "n", "total", "share", "amount", "amount_share", "sentence"]))


def _rows(columns: Columns, scope: Scope) -> list[tuple[Key, Row]]:
    values = {name: column.tolist() for name, column in columns.items()}
    keys = key_rows(columns, scope.by)
    return [(key, {name: column[place] for name, column in values.items()}) for place, key in enumerate(keys)]


def _table(rows: list[Row]) -> Columns:
    return {name: objects(row[name] for row in rows) for name in rows[0]}


def _checks(documents: Row, customers: Row, scope: Scope) -> list[Row]:
    return [
        *(_check(name, documents, scope) for name in CHECKS),
        _one_order_customers(_count(customers, "one_order_customers"), _count(customers, "customers")),
        _days("history_days", _count(documents, "history_days"), "The log holds {n} days of purchases."),
        _days(
            "days_since_newest",
            _count(documents, "days_since_newest"),
            "The newest purchase is {n} days before " + f"{scope.as_of:%Y-%m-%d}.",
        ),
    ]


def _check(name: str, documents: Row, scope: Scope) -> Row:
    wording = WORDINGS[name]
    n = _count(documents, f"{name}_n")
    total = _count(documents, "documents" if wording.of_documents else "orders")
    amount, value = _money(documents, f"{name}_amount"), _money(documents, "order_value")
    share = n / total if total else None
    sentence = wording.found if n else wording.nothing if total else "There are no orders."
    return {
        "name": name,
        "n": n,
        "total": total,
        "share": share,
        "amount": amount,
        "amount_share": float(amount / value) if wording.amounts and value > 0 else None,
        "sentence": sentence.format(
            n=f"{n:,}", total=f"{total:,}", share=f"{share or 0:.1%}", amount=f"{scope.currency} {amount:,.2f}"
        ),
    }


def _one_order_customers(n: int, total: int) -> Row:
    share = n / total if total else None
    sentence = f"{n:,} of {total:,} customers ({share or 0:.1%}) have a single order: nothing tells yet if they return."
    return {
        "name": "one_order_customers",
        "n": n,
        "total": total,
        "share": share,
        "amount": None,
        "amount_share": None,
        "sentence": sentence if total else "No order names its customer, so nothing can be said of customers.",
    }


def _days(name: str, n: int, sentence: str) -> Row:
    row: Row = dict.fromkeys(("total", "share", "amount", "amount_share"))
    return {"name": name, "n": n, **row, "sentence": sentence.format(n=f"{n:,}")}


def _count(row: Row, name: str) -> int:
    """A count; null, a sum over nothing, is 0."""
    value = row.get(name)
    return int(value) if isinstance(value, int | float) and not np.isnan(value) else 0


def _money(row: Row, name: str) -> Decimal:
    value = row.get(name)
    return value if isinstance(value, Decimal) else Decimal(0)
