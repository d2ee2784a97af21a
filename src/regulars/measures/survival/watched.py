"""For how long each customer was watched, and whether they left at the end: by contract or by silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from regulars.measures.estimates import Floats
from regulars.measures.losses.customers import number
from regulars.measures.losses.leaving import MONTH_DAYS, Bools, Contracts, Lives, contract_lives, lives_of
from regulars.measures.registry import Choice, Columns
from regulars.measures.scope import Scope
from regulars.measures.survival.expressions import CLOCKS

AUTOMATIC, CONTRACT, SILENCE, PROBABILITY = CLOCKS
Unit = Literal["months", "days"]
CLOCK = Choice(
    "clock",
    "What tells that a customer has left. contract: what the list of customers says of contracts. silence: no order "
    "for longer than the customer's own habit allows. probability: no order for so long that a model of purchases "
    "gives less than one chance in twenty that the customer is still one. automatic: contract where the list of "
    "customers says anything of contracts, else silence.",
    CLOCKS,
    AUTOMATIC,
)
NOTHING_OF_CONTRACTS = (
    "The list of customers says nothing of contracts. Import one with the columns contract_from and left_on, or "
    "tenure_months and left: regulars import customers.csv --as customers"
)


STEEP_SHARE = 0.1  # of all customers, lost after one and the same time


@dataclass(frozen=True)
class Watched:
    """Each customer's time, one element a row of the table; ``counted`` are those of whom it is known.

    of_interest  whose time should be known: those with a contract, or with an order
    """

    times: Floats
    left: Bools
    counted: Bools
    of_interest: Bools
    unit: Unit
    clock: str
    notes: tuple[str, ...] = ()

    def part(self, rows: Bools) -> Watched:
        """Some customers alone."""
        return Watched(
            self.times[rows],
            self.left[rows],
            self.counted[rows],
            self.of_interest[rows],
            self.unit,
            self.clock,
            self.notes,
        )


def watched(customers: Columns, scope: Scope) -> Watched:
    """Everybody's time, by the clock that the scope chooses; the period takes those who began in it."""
    clock = CLOCK.of(scope)
    contracts = contract_lives(customers, number(scope.as_of))
    if clock == AUTOMATIC:
        clock = CONTRACT if contracts.known.any() else SILENCE
    if clock == CONTRACT:
        return _by_contract(contracts, scope)
    lives = lives_of(customers, scope.as_of, scope.settings, by_probability=clock == PROBABILITY)
    return _by_silence(lives, contracts, scope, clock)


def _by_contract(contracts: Contracts, scope: Scope) -> Watched:
    dated = ~np.isnan(contracts.begun)
    end = np.where(contracts.has_left, contracts.left, number(scope.as_of))
    days = end - contracts.begun
    unit: Unit = "days" if dated.any() else "months"
    told = np.round(contracts.months * MONTH_DAYS) if dated.any() else contracts.months
    # A day of leaving before the contract began is a mistake of the list: nothing is known of that customer.
    times = np.where(dated & ~np.isnan(end), days, told)
    counted = contracts.known & (times >= 0)
    chosen = counted & _begun_in_period(contracts.begun, scope)
    notes = () if contracts.known.any() else (NOTHING_OF_CONTRACTS,)
    return Watched(times, contracts.has_left, chosen, contracts.known, unit, CONTRACT, notes)


def _by_silence(lives: Lives, contracts: Contracts, scope: Scope, clock: str) -> Watched:
    ordered = ~np.isnan(lives.first) & ~contracts.known
    end = np.where(lives.has_left, lives.left, lives.as_of)
    times = end - lives.first
    chosen = ordered & _begun_in_period(lives.first, scope)
    notes = tuple(filter(None, (lives.note, _step(times[chosen & lives.has_left], int(chosen.sum())))))
    return Watched(times, lives.has_left, chosen, ordered, "days", clock, notes)


def _step(left: Floats, n: int) -> str:
    """What to say where many are taken for lost after just the same time: those who bought once and never again."""
    if not n or not len(left):
        return ""
    days, counts = np.unique(left, return_counts=True)
    place = int(counts.argmax())
    share = counts[place] / n
    if share < STEEP_SHARE:
        return ""
    return (
        f"The curve falls in one step after {days[place]:.0f} days: {share:.0%} of customers bought once and are taken "
        "for lost when their silence has lasted that long. How many of them were lost earlier, nobody can tell."
    )


def _begun_in_period(begun: Floats, scope: Scope) -> Bools:
    """Those who began in the period; without one everybody, also those of whom the day is not known."""
    inside = np.ones(len(begun), dtype=bool)
    if scope.from_on:
        inside &= begun >= number(scope.from_on)
    if scope.to_on:
        inside &= begun <= number(scope.to_on)
    return inside
