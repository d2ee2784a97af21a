"""What a rule gives at once: how many customers, and how much of the value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from regulars.groups.conditions import Rule
from regulars.groups.shares import Figure, part_of_total, share_figure, unknown_figure
from regulars.groups.snapshot import Bools, Snapshot

NO_REVENUE = "The customer base does not say what customers brought."
NO_PROFIT = "Costs are known for too few orders to speak of profit."


@dataclass(frozen=True)
class Live:
    """Members of a rule on the snapshot's date.

    customers          how many belong, of ``total``
    share              their share of customers
    revenue, profit    what they brought in the period of the base; None where unknown
    share_of_revenue, share_of_profit   their part of the total
    """

    customers: int
    total: int
    share: Figure
    revenue: float | None
    share_of_revenue: Figure
    profit: float | None
    share_of_profit: Figure


def evaluate(snapshot: Snapshot, rule: Rule | Mapping[str, object]) -> Live:
    """Count a rule's members and their value; RuleError for a rule that cannot be read."""
    return value_of(snapshot, snapshot.members(rule))


def value_of(snapshot: Snapshot, members: Bools) -> Live:
    """The same for customers who are already marked."""
    revenue, share_of_revenue = _part(snapshot.revenue, members, NO_REVENUE)
    profit, share_of_profit = _part(snapshot.profit, members, NO_PROFIT)
    count, total = int(members.sum()), len(snapshot)
    return Live(count, total, share_figure(count, total), revenue, share_of_revenue, profit, share_of_profit)


def _part(amounts: object, members: Bools, without: str) -> tuple[float | None, Figure]:
    if amounts is None:
        return None, unknown_figure(without)
    each = np.asarray(amounts, dtype=np.float64)
    return round(float(np.nansum(each[members])), 4), part_of_total(each, members)
