"""A score re-weighted to the customer base: what all customers would say if those alike thought alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from regulars.measures.estimates import Floats
from regulars.measures.scores.effects import UNKNOWN, Score, scored

# A cell with fewer customers who answered says too little and is joined to its neighbour.
FEWEST_IN_CELL = 5

NO_BASE = "No customer has ordered in the 365 days before, so there is no customer base to re-weight to."
NOBODY_OF_BASE = "Nobody who answered is known to have ordered in the 365 days before."
TOO_FEW = "Too few of the customers of the last 365 days answered."

# Type and fifth of spend of a customer of the base.
Cell = tuple[object, int]


@dataclass
class Voices:
    """Customers of one cell who answered: each counts once, by the mean of what they said."""

    parts: list[Floats] = field(default_factory=list)  # shares of good, middling, bad answers of a customer
    customers: list[float] = field(default_factory=list)  # how many customers have them

    @property
    def n(self) -> float:
        """Customers who answered."""
        return sum(self.customers)

    def joined(self, other: Voices) -> Voices:
        """Both together."""
        return Voices(self.parts + other.parts, self.customers + other.customers)


@dataclass(frozen=True)
class Rebased:
    """The re-weighted score, how many customers it rests on, and why it is unknown."""

    score: Score
    customers: int
    reason: str | None


def rebased(base: Mapping[Cell, float], said: Mapping[Cell, Voices], counts: Sequence[float]) -> Rebased:
    """Post-stratification: each cell's score counts as much as the cell has customers in the base.

    Neighbouring fifths of a type are joined until each has five customers who answered; a type of customers of whom
    fewer answered makes the result unknown, rather than be spoken for by others.

    Source  Holt and Smith (1979), Journal of the Royal Statistical Society A 142(1)
    """
    people = round(sum(voices.n for cell, voices in said.items() if cell in base))
    if not base:
        return Rebased(UNKNOWN, people, NO_BASE)
    if not people:
        return Rebased(UNKNOWN, 0, NOBODY_OF_BASE)
    strata: list[tuple[float, Voices]] = []
    for type_ in dict.fromkeys(type_ for type_, _ in base):
        strata += _strata(type_, base, said)
    missing = [size for size, voices in strata if voices.n < FEWEST_IN_CELL]
    if missing:
        return Rebased(UNKNOWN, people, _why(base, said))
    return Rebased(_weighed(strata, people, counts), people, None)


def _strata(type_: object, base: Mapping[Cell, float], said: Mapping[Cell, Voices]) -> list[tuple[float, Voices]]:
    """Fifths of a type, least spend first, joined upwards until each has enough voices; the rest joins the last."""
    found: list[tuple[float, Voices]] = []
    size, voices = 0.0, Voices()
    for fifth in sorted(fifth for other, fifth in base if other == type_):
        size += base[(type_, fifth)]
        voices = voices.joined(said.get((type_, fifth), Voices()))
        if voices.n >= FEWEST_IN_CELL:
            found.append((size, voices))
            size, voices = 0.0, Voices()
    if size and found:
        last_size, last = found.pop()
        size, voices = size + last_size, voices.joined(last)
    return [*found, (size, voices)] if size else found


def _why(base: Mapping[Cell, float], said: Mapping[Cell, Voices]) -> str:
    """Names the type of customer of whom too few answered."""
    everybody = sum(base.values())
    for type_ in dict.fromkeys(type_ for type_, _ in base):
        n = sum(voices.n for (other, fifth), voices in said.items() if other == type_ and (other, fifth) in base)
        if n < FEWEST_IN_CELL:
            share = sum(size for (other, _), size in base.items() if other == type_) / everybody
            called = "no known type" if type_ is None else f"type {type_}"
            return f"Of the customers of {called}, {share:.0%} of all, only {n:.0f} answered; it takes five."
    return TOO_FEW


def _weighed(strata: Sequence[tuple[float, Voices]], people: int, counts: Sequence[float]) -> Score:
    worth, everybody = np.asarray(counts), sum(size for size, _ in strata)
    parts, variance = np.zeros(3), 0.0
    for size, voices in strata:
        shares, n = np.array(voices.parts), np.array(voices.customers)
        mean = n @ shares / n.sum()
        scores = shares @ worth
        spread = float(n @ (scores - mean @ worth) ** 2) / max(n.sum() - 1, 1)
        parts += size / everybody * mean
        variance += (size / everybody) ** 2 * spread / n.sum()
    alone = float(parts @ (worth - parts @ worth) ** 2)
    # What the sample is worth: so many answers drawn at random would leave the same doubt.
    n_worth = alone / variance if variance > 0 and alone > 0 else float(people)
    return scored(parts.tolist(), n_worth, counts)
