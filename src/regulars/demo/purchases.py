"""The orders: when each customer buys, what for, what befalls the order, and when the customer leaves.

Repeat orders come as a Poisson process at the customer's own rate. After each repeat order the customer may
leave (BG/NBD); a late delivery and a slowly answered complaint are further reasons, effective when they happen.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from regulars.demo.columns import DAY, HOUR, Bools, Floats, Ints
from regulars.demo.frame import Frame
from regulars.demo.people import People, local_seconds

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Orders:
    """Equally long arrays, one place an order, by customer and time. Seconds are local; NEVER: did not happen."""

    person: Ints  # place in People
    first: Bools  # the customer's first order
    ordered_s: Ints
    handed_s: Ints  # delivered, or collected
    due_s: Ints
    delivered: Bools  # by our own van, not collected
    late: Bools
    complained_s: Ints
    answered_s: Ints
    slow: Bools  # the complaint was answered after more than a day
    left_s: Ints  # when this order made the customer leave

    def __len__(self) -> int:
        return len(self.person)

    def where(self, chosen: Bools) -> Orders:
        """Only the chosen orders."""
        return replace(self, **{field.name: getattr(self, field.name)[chosen] for field in fields(self)})


def _wishes(frame: Frame, people: People) -> tuple[Ints, Bools, Ints]:
    """Customer, whether it is the first, and time of all orders that would come if nobody ever left."""
    end = frame.calendar.end_s / DAY
    left_days = end - people.first_t
    repeats = frame.rng.poisson(people.rate * left_days)
    again = np.repeat(np.arange(len(people)), repeats)
    times = people.first_t[again] + frame.rng.random(len(again)) * left_days[again]
    person = np.concatenate([np.arange(len(people)), again])
    t = np.concatenate([people.first_t, times])
    order = np.lexsort((t, person))
    person = person[order]
    first = np.concatenate([[True], person[1:] != person[:-1]])
    return person, first, local_seconds(np.minimum(t[order], end - 1e-9))


def _late_shares(frame: Frame, far: Bools) -> Floats:
    """The chance of each order to be delivered late."""
    truth = frame.truths.far_away
    if truth is None:
        return np.full(len(far), frame.truths.late_share)
    return np.where(far, truth.late_share, truth.near_late_share)


def _handed_over(frame: Frame, ordered_s: Ints, delivered: Bools, late: Bools) -> tuple[Ints, Ints]:
    """When the goods reached the customer, and by when they should have."""
    count, rng = len(ordered_s), frame.rng
    day = ordered_s // DAY
    due_day = day + rng.integers(8, 28, count)
    delivery_day = np.where(late, due_day + rng.integers(1, 15, count), due_day - rng.integers(0, 5, count))
    collection_day = day + rng.integers(2, 12, count)
    second = rng.integers(8 * HOUR, 19 * HOUR, count)
    handed_s = np.where(delivered, delivery_day, collection_day) * DAY + second
    return handed_s, np.where(delivered, due_day * DAY + 20 * HOUR, NEVER)


def _complaints(frame: Frame, handed_s: Ints, delivered: Bools) -> tuple[Ints, Ints, Bools]:
    """When the customer complained, when we answered, and whether that took more than a day."""
    count, rng = len(handed_s), frame.rng
    complains = frame.chance(count, frame.truths.complaint_share) & delivered
    slow = complains & ~frame.chance(count, frame.truths.answered_within_day_share)
    # Noon, so that an answer some hours or whole days later is never given at night.
    complained_s = (handed_s // DAY + rng.integers(1, 11, count)) * DAY + rng.integers(9, 16, count) * HOUR
    quick_s = rng.integers(10 * 60, 6 * HOUR, count)
    slow_s = rng.integers(2, 10, count) * DAY + rng.integers(-2, 3, count) * HOUR + rng.integers(0, 3500, count)
    answered_s = complained_s + np.where(slow, slow_s, quick_s)
    return np.where(complains, complained_s, NEVER), np.where(complains, answered_s, NEVER), slow


def _departures(frame: Frame, people: People, orders: Orders) -> Ints:
    """When each order makes the customer leave, if it does."""
    truths, person, count = frame.truths, orders.person, len(orders)
    kind = people.reseller[person]

    def by_type(values: dict[str, float]) -> np.ndarray:
        return np.where(kind, values["reseller"], values["end user"])

    plainly = ~orders.first & (frame.rng.random(count) < people.leaving[person])
    late_departure = by_type(dict(truths.late_departure))
    if truths.far_away is not None:
        at_home = np.where(people.far[person], truths.far_away.late_departure, truths.far_away.near_late_departure)
        late_departure = np.where(kind, late_departure, at_home)
    by_lateness = orders.late & (frame.rng.random(count) < late_departure)
    by_slowness = orders.slow & (frame.rng.random(count) < by_type(dict(truths.slow_departure)))
    left_s = np.where(plainly, orders.ordered_s, NEVER)
    left_s = np.minimum(left_s, np.where(by_lateness, orders.handed_s, NEVER))
    return np.minimum(left_s, np.where(by_slowness, orders.answered_s, NEVER))


def make_orders(frame: Frame, people: People) -> Orders:
    """Every order of these customers up to the end of the log; each customer has at least the first one."""
    person, first, ordered_s = _wishes(frame, people)
    delivered = ~people.collects[person]
    late = delivered & (frame.rng.random(len(person)) < _late_shares(frame, people.far[person]))
    handed_s, due_s = _handed_over(frame, ordered_s, delivered, late)
    complained_s, answered_s, slow = _complaints(frame, handed_s, delivered)
    wished = Orders(
        person=person,
        first=first,
        ordered_s=ordered_s,
        handed_s=handed_s,
        due_s=due_s,
        delivered=delivered,
        late=late,
        complained_s=complained_s,
        answered_s=answered_s,
        slow=slow,
        left_s=np.full(len(person), NEVER),
    )
    orders = replace(wished, left_s=_departures(frame, people, wished))
    # A reason to leave given by an order that is itself never made lies after that order, so it changes nothing.
    end_s = np.minimum.reduceat(orders.left_s, np.flatnonzero(first))
    return orders.where(ordered_s <= end_s[person])
