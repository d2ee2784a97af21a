"""Who has left, when, and how we know: by contract, by a good-bye, or by a silence that is too long for them.

Silence is judged by the customer's own habit. The limit is ``left_gaps`` usual gaps, at least ``left_days`` days; or
(rule "probability") the days after which the BG/NBD model gives less than ``left_probability`` that the customer is
still one. Days are whole local days, counted from 1970 where they are numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from regulars.measures.clv.fitting import Fit, FitError
from regulars.measures.clv.histories import count_histories
from regulars.measures.clv.statistics import fit_bgnbd
from regulars.measures.estimates import Floats
from regulars.measures.losses.customers import number
from regulars.measures.registry import Columns

LEFT_GAPS, LEFT_DAYS, LEFT_PROBABILITY = 3.0, 180.0, 0.05
BY_CONTRACT, BY_DEPARTURE, BY_SILENCE = "contract", "departure", "silence"
MONTH_DAYS = 30.4375
LONGEST_DAYS = 36_500.0
NO_MODEL = "The model of purchases could not be fitted ({reason}), so silence is judged by customers' own gaps."
FEWEST_REPEATS = 50

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Lives:
    """Each customer's life as a customer, one element a customer; NaN where unknown or not there.

    first, last, begun, left   days since 1970: first and last order, first order or contract, leaving
    usual_gap, limit           days: the usual gap, and the silence that is not leaving yet
    has_left                   whether the customer has left; ``left`` may still be unknown
    how                        contract, departure or silence; None for who has not left
    """

    as_of: int
    first: Floats
    last: Floats
    begun: Floats
    usual_gap: Floats
    limit: Floats
    has_left: Bools
    left: Floats
    how: NDArray[np.object_]
    bought: Bools
    note: str = ""

    @property
    def silent(self) -> Floats:
        """Days since the last order."""
        return self.as_of - self.last

    @property
    def leaves(self) -> Floats:
        """The day on which silence is or was leaving, without anything else happening."""
        return self.last + self.limit + 1


def lives_of(customers: Columns, as_of: date, settings: Mapping[str, float], *, by_probability: bool = False) -> Lives:
    """Everybody's life on ``as_of``, out of the table of known_customers."""
    day = number(as_of)
    first, last = _days(customers, "first_day"), _days(customers, "last_day")
    orders = customers["orders"].astype(np.float64)
    contract = contract_lives(customers, day)
    usual = usual_gaps(first, last, orders)
    limit, note = silence_limits(first, last, orders, usual, day, settings, by_probability=by_probability)
    departed = _days(customers, "departed_day")
    said = (departed >= last) & ~contract.known
    silent = ~contract.known & ~said & (day - last > limit)
    left = np.where(contract.known, contract.left, np.where(said, departed, np.where(silent, last + limit + 1, np.nan)))
    how = np.full(len(first), None, dtype=object)
    for rows, word in ((contract.has_left, BY_CONTRACT), (said, BY_DEPARTURE), (silent, BY_SILENCE)):
        how[rows] = word
    begun = np.fmin(first, contract.begun)
    return Lives(
        as_of=day,
        first=first,
        last=last,
        begun=begun,
        usual_gap=usual,
        limit=np.where(contract.known, np.nan, limit),
        has_left=contract.has_left | said | silent,
        left=left,
        how=how,
        bought=~np.isnan(first) | contract.known,
        note=note,
    )


@dataclass(frozen=True)
class Contracts:
    """What the list of customers says of contracts, one element a customer.

    known     a contract that has begun by the day
    begun     its first day, as far as it is known
    has_left  whether it has ended by the day; ``left`` may still be unknown
    months    how many months the customer stayed or has stayed, where no first day is known
    """

    known: Bools
    begun: Floats
    has_left: Bools
    left: Floats
    months: Floats


def contract_lives(customers: Columns, day: int) -> Contracts:
    """Contracts as they were on a day; a first day that is not told is not guessed from months."""
    begun, left = _days(customers, "contract_day"), _days(customers, "contract_left_day")
    months = customers["tenure_months"].astype(np.float64)
    said = customers["contract_left"].astype(object)
    gone, stays = np.asarray(said == True), np.asarray(said == False)  # noqa: E712  None is neither
    told = ~np.isnan(begun) | ~np.isnan(months) | ~np.isnan(left) | gone
    known = told & ~(begun > day)
    # Whose last day lies in the future is still a customer. A newer list may say of somebody who had left that they
    # are a customer again; then the old day is history.
    has_left = known & ~stays & np.where(np.isnan(left), gone, left <= day)
    return Contracts(known, np.where(known, begun, np.nan), has_left, np.where(has_left, left, np.nan), months)


def usual_gaps(first: Floats, last: Floats, orders: Floats) -> Floats:
    """Each customer's usual days between orders: their own gaps and one typical gap of the company together.

    Who ordered once has the typical gap; NaN for who never ordered, and for all where nobody has come back.
    """
    again = orders > 1
    if not again.any():
        return np.full(len(first), np.nan)
    typical = float(np.median((last - first)[again] / (orders[again] - 1)))
    return np.where(orders > 0, (last - first + typical) / np.maximum(orders, 1), np.nan)


def silence_limits(
    first: Floats,
    last: Floats,
    orders: Floats,
    usual: Floats,
    day: int,
    settings: Mapping[str, float],
    *,
    by_probability: bool,
) -> tuple[Floats, str]:
    """Days of silence that are not leaving yet, whole; NaN for who never ordered. And a note, mostly empty."""
    fewest = settings.get("left_days", LEFT_DAYS)
    own = np.fmax(np.floor(settings.get("left_gaps", LEFT_GAPS) * usual), fewest)
    own = np.where(np.isnan(last), np.nan, own)
    if not by_probability:
        return own, ""
    again = orders > 1
    if int(again.sum()) < FEWEST_REPEATS:
        return own, NO_MODEL.format(reason=f"fewer than {FEWEST_REPEATS} customers have come back")
    bought = orders > 0
    repeats, until, age = orders[bought] - 1, (last - first)[bought], day - first[bought]
    try:
        fit = fit_bgnbd(count_histories(repeats, until, age)[0])
    except FitError as error:
        return own, NO_MODEL.format(reason=str(error).rstrip("."))
    least = settings.get("left_probability", LEFT_PROBABILITY)
    limit = own.copy()
    limit[again] = probability_limits(fit, orders[again] - 1, (last - first)[again], least)
    return limit, ""


def probability_limits(fit: Fit, repeats: Floats, age_at_last: Floats, least: float) -> Floats:
    """Whole days of silence after which BG/NBD's probability of being a customer falls below ``least``.

    With x repeat orders the probability after a silence s is 1 / (1 + a/(b+x-1) ((alpha+t_x+s)/(alpha+t_x))^(r+x)),
    which is solved for s.
    Source  Fader, Hardie and Lee (2005), Marketing Science 24(2); probability: Fader, Hardie and Lee (2008),
            Computing P(alive) using the BG/NBD model
    """
    r, alpha, a, b = (float(value) for value in fit.values)
    at_last = alpha + age_at_last / 7
    logarithm = np.log((1 / least - 1) * (b + repeats - 1) / a) / (r + repeats)
    weeks = at_last * np.expm1(np.minimum(logarithm, 50.0))
    return np.clip(np.floor(weeks * 7), 0.0, LONGEST_DAYS)


def _days(customers: Columns, name: str) -> Floats:
    return customers[name].astype(np.float64)


def dates_of(numbers: Floats) -> NDArray[np.datetime64]:
    """Dates of days since 1970; NaT for NaN."""
    known = ~np.isnan(numbers)
    days = np.full(len(numbers), np.datetime64("NaT"), dtype="datetime64[D]")
    days[known] = numbers[known].astype(np.int64).astype("datetime64[D]")
    return days
