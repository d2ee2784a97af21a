"""Purchase histories: customers with the same three whole numbers are one row and a count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regulars.errors import MeasureError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

DAYS_PER_WEEK = 7.0


@dataclass(frozen=True)
class Histories:
    """Distinct purchase histories, each with the number of customers who share it.

    Shape  four equally long integer arrays; one row is one distinct history
    Units  repeat_orders: order days after the first (x in the papers) · age_at_last_order_days: first order to
           last (t_x) · customer_age_days: first order to the end of observation (T) · customers: a count
    """

    repeat_orders: IntArray
    age_at_last_order_days: IntArray
    customer_age_days: IntArray
    customers: IntArray

    @property
    def total_customers(self) -> int:
        """How many customers there are in all."""
        return int(self.customers.sum())

    @property
    def repeat_customers(self) -> int:
        """How many of them came back at least once."""
        return int(self.customers[self.repeat_orders > 0].sum())

    @property
    def longest_days(self) -> int:
        """Days for which the oldest customer has been watched; 0 where there is none."""
        return int(self.customer_age_days.max()) if len(self.customer_age_days) else 0

    @property
    def last_weeks(self) -> FloatArray:
        """t_x in weeks."""
        return self.age_at_last_order_days / DAYS_PER_WEEK

    @property
    def age_weeks(self) -> FloatArray:
        """T in weeks."""
        return self.customer_age_days / DAYS_PER_WEEK


def count_histories(
    repeat_orders: npt.ArrayLike,
    age_at_last_order_days: npt.ArrayLike,
    customer_age_days: npt.ArrayLike,
    customers: npt.ArrayLike | None = None,
) -> tuple[Histories, IntArray]:
    """Merge equal histories.

    Returns  the distinct histories, and for every row of the input the place of its history among them
    Empty    no customers, no rows
    Raises   MeasureError where an order lies after the end of observation or before the first order
    """
    x = np.asarray(repeat_orders, dtype=np.int64)
    last = np.asarray(age_at_last_order_days, dtype=np.int64)
    age = np.asarray(customer_age_days, dtype=np.int64)
    counts = np.ones(len(x), dtype=np.int64) if customers is None else np.asarray(customers, dtype=np.int64)
    _refuse_impossible(x, last, age)
    span = int(age.max()) + 1 if len(age) else 1
    keys, place = _distinct((x * span + last) * span + age, span)
    distinct = Histories(
        repeat_orders=keys // (span * span),
        age_at_last_order_days=keys // span % span,
        customer_age_days=keys % span,
        customers=np.bincount(place, weights=counts, minlength=len(keys)).astype(np.int64),
    )
    return distinct, place


def _distinct(keys: IntArray, span: int) -> tuple[IntArray, IntArray]:
    """Sorted distinct keys, and the place of each key among them.

    Customers without a repeat order (mostly the larger part) have keys below ``span``: they need no sorting.
    """
    small = keys < span
    present = np.bincount(keys[small], minlength=span) > 0
    large, place_of_large = np.unique(keys[~small], return_inverse=True)
    first = np.flatnonzero(present)
    place = np.empty(len(keys), dtype=np.int64)
    place[small] = (np.cumsum(present) - 1)[keys[small]]
    place[~small] = len(first) + place_of_large
    return np.concatenate([first, large]), place


def _refuse_impossible(x: IntArray, last: IntArray, age: IntArray) -> None:
    wrong = (x < 0) | (last < 0) | (last > age) | ((x == 0) != (last == 0))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise MeasureError(
            f"{int(wrong.sum())} purchase histories are impossible. The first has {x[row]} repeat orders, the "
            f"last of them on day {last[row]} of {age[row]}: a last order lies between the first order and "
            "the last day observed, and only customers with a repeat order have one after day 0."
        )


@dataclass(frozen=True)
class Pairs:
    """Distinct (repeat orders, time) pairs of some rows, and where each row finds its pair.

    Whatever depends on these two alone is computed once a pair instead of once a row.
    """

    repeat_orders: FloatArray
    weeks: FloatArray
    place: IntArray


def distinct_pairs(repeat_orders: IntArray, days: IntArray) -> Pairs:
    """The distinct pairs of two equally long arrays; time comes back in weeks."""
    span = int(days.max()) + 1 if len(days) else 1
    keys, place = np.unique(repeat_orders * span + days, return_inverse=True)
    return Pairs((keys // span).astype(np.float64), keys % span / DAYS_PER_WEEK, place.astype(np.int64))
