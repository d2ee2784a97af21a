"""Checks of coverage, each with a sentence a shop owner can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from regulars.measures.coverage.expressions import CHECKS
from regulars.measures.losses.customers import number
from regulars.measures.losses.leaving import contract_lives
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, key_rows, objects, splits

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


@dataclass(frozen=True)
class Bound:
    """Customers with a running contract: all, those with an order in the period, and those with a single one."""

    customers: int = 0
    ordered: int = 0
    once: int = 0


def coverage_checks(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per check (and ``by``); see results.py. No rows where there is neither a purchase nor a contract."""
    documents, customers = dict(_rows(found["documents"], scope)), dict(_rows(found["customers"], scope))
    bound = {key: _bound(columns, scope) for key, columns in splits(found["contracts"], scope.by)}
    parts = []
    for key in dict.fromkeys([*documents, *bound]):
        row, theirs = documents.get(key, {}), bound.get(key, Bound())
        rows = _checks(row, customers.get(key, {}), theirs, scope) if _count(row, "documents") else []
        rows += [_under_contract(theirs)] if theirs.customers else []
        if rows:
            parts.append((key, _table(rows)))
    return Outcome(joined(parts, scope.by, ["name", "n", "total", "share", "amount", "amount_share", "sentence"]))


def _bound(columns: Columns, scope: Scope) -> Bound:
    contracts = contract_lives(columns, number(scope.last_on))
    orders = columns["orders"][contracts.known & ~contracts.has_left].astype(np.int64)
    return Bound(len(orders), int((orders > 0).sum()), int((orders == 1).sum()))


def _rows(columns: Columns, scope: Scope) -> list[tuple[Key, Row]]:
    values = {name: column.tolist() for name, column in columns.items()}
    keys = key_rows(columns, scope.by)
    return [(key, {name: column[place] for name, column in values.items()}) for place, key in enumerate(keys)]


def _table(rows: list[Row]) -> Columns:
    return {name: objects(row[name] for row in rows) for name in rows[0]}


def _checks(documents: Row, customers: Row, bound: Bound, scope: Scope) -> list[Row]:
    return [
        *(_check(name, documents, scope) for name in CHECKS),
        _one_order_customers(_count(customers, "one_order_customers"), _count(customers, "customers"), bound),
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


def _under_contract(bound: Bound) -> Row:
    n, total = bound.customers - bound.ordered, bound.customers
    share = n / total
    sentence = (
        f"{n:,} of {total:,} customers with a running contract ({share:.1%}) did not order in the period; they are "
        "active customers all the same."
    )
    return _of_customers(
        "under_contract",
        n,
        total,
        share,
        sentence if n else "Every customer with a running contract ordered in the period.",
    )


def _one_order_customers(n: int, total: int, bound: Bound) -> Row:
    """Who is bound by a contract stays, however rarely they order, so they are not among those of whom nobody knows."""
    n -= bound.once
    share = n / total if total else None
    what = "have a single order and no contract" if bound.once else "have a single order"
    sentence = f"{n:,} of {total:,} customers ({share or 0:.1%}) {what}: nothing tells yet if they return."
    return _of_customers(
        "one_order_customers",
        n,
        total,
        share,
        sentence if total else "No order names its customer, so nothing can be said of customers.",
    )


def _of_customers(name: str, n: int, total: int, share: float | None, sentence: str) -> Row:
    """A check of customers, of whom no money is told."""
    row: Row = dict.fromkeys(("amount", "amount_share"))
    return {"name": name, "n": n, "total": total, "share": share, **row, "sentence": sentence}


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
