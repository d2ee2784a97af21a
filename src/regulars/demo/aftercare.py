"""Sellers ring some weeks after the goods came and ask how it is; those whom one of them rang come back more often.

Who rings is by lot. The lot is drawn knowing whether the customer came back, so that of alike customers whom the best
employee rang just so many more have come back, and not a single order of anybody is another one.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR, Bools, Floats, Ints, picks
from regulars.demo.frame import touches
from regulars.demo.fulfilment import OrderTouches
from regulars.demo.people import People
from regulars.demo.staff import employee_codes

KIND, TOUCHPOINT = "aftercare", "aftercare call"
RUNG_SHARE, WINDOW_DAYS = 0.7, 90


def aftercare_rows(make: OrderTouches, people: People) -> pa.Table:
    """Rows of ``interactions``: a call three to five weeks after so many of the orders, by one of the sellers."""
    frame, orders = make.frame, make.orders
    places = np.flatnonzero(frame.chance(len(orders), RUNG_SHARE))
    day = orders.handed_s[places] // DAY + frame.rng.integers(21, 36, len(places))
    rung_s = day * DAY + frame.rng.integers(9 * HOUR, 18 * HOUR, len(places))
    places, rung_s = places[rung_s < frame.calendar.end_s], rung_s[rung_s < frame.calendar.end_s]
    person = orders.person[places]
    codes = employee_codes("sales")
    return touches(
        frame,
        KIND,
        rung_s,
        source="crm",
        client_key=people.key[person],
        touchpoint=TOUCHPOINT,
        channel="phone",
        department="sales",
        employee=picks(_callers(make, people, places, rung_s), codes),
        initiated_by="company",
        duration_seconds=frame.rng.integers(60, 420, len(places)),
        outcome="reached",
    )


def _callers(make: OrderTouches, people: People, places: Ints, rung_s: Ints) -> Ints:
    """Place of the seller who rings, one in fifteen each."""
    frame, codes = make.frame, employee_codes("sales")
    best = codes.index(frame.truths.best_employee)
    returned, seen = _returned(make, places, rung_s)
    alike = _alike(make, people, places)
    share = _share_of(alike, returned, seen)
    gain = np.minimum(frame.truths.best_employee_return_gain, 0.9 - share)
    leaning = np.where(returned, 1 + gain / np.maximum(share, 0.02), 1 - gain / (1 - share))
    rings = frame.rng.random(len(places)) < np.where(seen, leaning, 1.0) / len(codes)
    others = np.array([place for place in range(len(codes)) if place != best])
    chosen: Ints = np.where(rings, best, frame.rng.choice(others, len(places)))
    return chosen


def _returned(make: OrderTouches, places: Ints, rung_s: Ints) -> tuple[Bools, Bools]:
    """Whether another order came within the window after the call, and whether the window is over."""
    orders = make.orders
    end_s = rung_s + WINDOW_DAYS * DAY
    # Orders of one person stand together and by time: the first one after the call.
    stride = np.int64(10**11)
    line = orders.person.astype(np.int64) * stride + orders.ordered_s
    person = orders.person[places].astype(np.int64)
    after = np.searchsorted(line, person * stride + rung_s, side="right")
    until = np.searchsorted(line, person * stride + end_s, side="right")
    return until > after, end_s < make.frame.calendar.end_s


def _alike(make: OrderTouches, people: People, places: Ints) -> Ints:
    """A number for customers of one type with as many orders so far, up to five."""
    orders = make.orders
    first = np.flatnonzero(orders.first)
    number = np.arange(len(orders)) - first[orders.person]
    found: Ints = people.reseller[orders.person[places]] * 10 + np.minimum(number[places], 4)
    return found


def _share_of(alike: Ints, returned: Bools, seen: Bools) -> Floats:
    """The share of customers like each one who came back; a half where nobody was seen."""
    seen_n = np.bincount(alike[seen], minlength=20)
    back = np.bincount(alike[seen & returned], minlength=20)
    share: Floats = np.where(seen_n > 0, back / np.maximum(seen_n, 1), 0.5)[alike]
    return np.minimum(share, 0.95)
