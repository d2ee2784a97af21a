"""Amounts sorted into few bands with round ends, so that a long tail can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from regulars.report import headings as head
from regulars.report.formats import Notation

MOST_BANDS = 8
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Band:
    """Customers whose amount is at least ``low`` and under ``high``; no ``high`` for the last band."""

    low: float
    high: float | None
    customers: int
    money: float
    customers_share: float
    money_share: float

    def label(self, notation: Notation) -> str:
        """The band in words."""
        if self.high is None:
            return head.AND_OVER.format(amount=notation.about(self.low))
        if self.low <= 0:
            return head.UNDER.format(amount=notation.about(self.high))
        return head.BETWEEN.format(low=notation.about(self.low), high=notation.about(self.high))


def bands(amounts: Sequence[float]) -> list[Band]:
    """Bands of 1, 2, 5 steps that hold all amounts, empty ones inside too; none for no amounts."""
    if not amounts:
        return []
    total = sum(amounts)
    edges = _edges(amounts)
    found = []
    for place, low in enumerate(edges):
        high = edges[place + 1] if place + 1 < len(edges) else None
        inside = [amount for amount in amounts if (amount >= low or place == 0) and (high is None or amount < high)]
        money = sum(inside)
        share = money / total if total > 0 else 0.0
        found.append(Band(low, high, len(inside), money, len(inside) / len(amounts), max(share, 0.0)))
    return found


def _edges(amounts: Sequence[float]) -> list[float]:
    """Zero, then steps from where the lowest tenth ends to where the highest hundredth begins."""
    ordered = sorted(amounts)
    first, last = ordered[len(ordered) // 10], ordered[-1 - len(ordered) // 100]
    if last <= 0:
        return [0.0]
    lowest = max(first, last / 1e6)
    for digits in (_ROUND, (1, 3), (1,)):
        powers = range(floor(log10(lowest)), floor(log10(last)) + 1)
        steps = [digit * 10.0**power for power in powers for digit in digits]
        inside = [step for step in steps if lowest <= step <= last]
        if len(inside) < MOST_BANDS:
            break
    return [0.0, *inside[-(MOST_BANDS - 1) :]]
