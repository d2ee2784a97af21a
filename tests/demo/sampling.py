"""How far an observed figure may lie from the planted one: four standard errors of the sample."""

from __future__ import annotations

from math import sqrt

DEVIATIONS = 4


def share_agrees(hits: float, asked: float, planted: float) -> bool:
    """Whether a share of so many is the planted one, as far as that many can tell."""
    return abs(hits / asked - planted) < DEVIATIONS * sqrt(planted * (1 - planted) / asked)


def difference_error(share: float, asked: float, other_share: float, other_asked: float) -> float:
    """Standard error of the difference of two shares."""
    return sqrt(share * (1 - share) / asked + other_share * (1 - other_share) / other_asked)
