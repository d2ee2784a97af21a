"""Differences between two periods, with their 95% intervals. Numbers in, frozen values out."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from regulars.measures.intervals import Z, share_estimate


@dataclass(frozen=True)
class Difference:
    """A difference and its interval, in the unit of what was compared."""

    value: float
    low: float
    high: float

    @property
    def is_real(self) -> bool:
        """Whether the interval is clear of zero."""
        return self.low > 0 or self.high < 0


def share_difference(hits: int, n: int, hits_before: int, n_before: int) -> Difference | None:
    """Difference of two independent shares, now less before; None where either rests on nobody.

    Source  Newcombe (1998), Statistics in Medicine 17(8), method 10 (from Wilson's intervals)
    """
    if not n or not n_before:
        return None
    both = share_estimate([hits, hits_before], [n, n_before], nobody="")
    now, before = (float(value) for value in both.value)
    below, above = both.value - both.low, both.high - both.value
    value = now - before
    return Difference(
        value,
        value - sqrt(float(below[0] ** 2 + above[1] ** 2)),
        value + sqrt(float(above[0] ** 2 + below[1] ** 2)),
    )


def count_difference(now: int, before: int) -> Difference:
    """Difference of two counts of events that come at random, as Poisson counts do (normal approximation)."""
    half = Z * sqrt(now + before)
    return Difference(now - before, now - before - half, now - before + half)


def estimate_difference(now: tuple[float, float, float], before: tuple[float, float, float]) -> Difference:
    """Difference of two estimates given as (value, low, high), from the widths of their intervals.

    The two are taken as independent; where the same customers stand in both, the true interval is narrower.
    """
    value = now[0] - before[0]
    return Difference(
        value,
        value - sqrt((now[0] - now[1]) ** 2 + (before[2] - before[0]) ** 2),
        value + sqrt((now[2] - now[0]) ** 2 + (before[0] - before[1]) ** 2),
    )
