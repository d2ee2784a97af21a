"""From order to finished table: confirmation, production with its loops, delivery, assembly, collection."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR, Bools, Ints, picks
from regulars.demo.frame import Frame, touches
from regulars.demo.names import BRANCHES
from regulars.demo.purchases import Orders
from regulars.demo.sales import Sales
from regulars.demo.staff import employee_codes


class OrderTouches:
    """Makes rows about chosen orders: client, thread and branch are the order's."""

    def __init__(self, frame: Frame, orders: Orders, sales: Sales) -> None:
        self.frame, self.orders, self.sales = frame, orders, sales
        self.key = sales.key.slice(0, len(orders))
        self.thread = sales.thread.slice(0, len(orders))
        self.branch = sales.branch[: len(orders)]

    def rows(self, kind: str, places: Ints, local_s: Ints, **columns: pa.Array | np.ndarray | str) -> pa.Table:
        """Rows of ``interactions`` for the orders at these places (one may come twice)."""
        own = {
            "client_key": self.key.take(pa.array(places)),
            "thread": self.thread.take(pa.array(places)),
            "branch": picks(self.branch[places], BRANCHES),
        }
        return touches(self.frame, kind, local_s, **{**own, **columns})

    def staff(self, places: Ints, department: str) -> pa.Array:
        """An employee of that department in the order's branch, drawn for each row."""
        codes = employee_codes(department)
        each = len(codes) // len(BRANCHES)
        drawn = self.frame.rng.integers(0, each, len(places))
        return picks(self.branch[places] * each + drawn, codes)


def _between(orders: Orders, places: Ints, part: float) -> Ints:
    """A moment between the order's day and the day of handing over, so far on the way, in hours of work."""
    first, last = orders.ordered_s[places] // DAY + 1, orders.handed_s[places] // DAY
    t = first + (last - first) * part
    # The whole day is squeezed into 8 to 18 o'clock, which keeps the order of steps.
    local_s: Ints = (np.floor(t) * DAY + (8 + 10 * (t % 1)) * HOUR).astype(np.int64)
    return local_s


def _workshop(make: OrderTouches, places: Ints, part: float, **columns: pa.Array | str) -> pa.Table:
    return make.rows(
        "production",
        places,
        _between(make.orders, places, part),
        **columns,
        source="production",
        touchpoint="workshop",
        department="production",
        employee=make.staff(places, "production"),
        initiated_by="company",
    )


def _production(make: OrderTouches, places: Ints) -> list[pa.Table]:
    """Produce and check; what fails the check is produced and checked again, at most five times."""
    tables = []
    for begin in (0.15, 0.27, 0.39, 0.51, 0.63):
        failed = make.frame.chance(len(places), make.frame.truths.rework_share) & (begin < 0.6)
        outcome = picks(failed.astype(np.int64), ("passed", "failed"))
        tables.append(_workshop(make, places, begin, step="produce", outcome="done"))
        tables.append(_workshop(make, places, begin + 0.06, step="check", outcome=outcome))
        places = places[failed]
    return tables


def _deliveries(make: OrderTouches, places: Ints) -> list[pa.Table]:
    """The delivery itself, and for some a first attempt the day before that found nobody at home."""
    frame, orders = make.frame, make.orders
    missed = places[frame.chance(len(places), frame.truths.failed_delivery_share)]
    common = {
        "source": "delivery",
        "touchpoint": "delivery",
        "step": "deliver",
        "channel": "van",
        "department": "delivery",
        "initiated_by": "company",
    }
    delivered = make.rows(
        "delivery",
        places,
        orders.handed_s[places],
        **common,
        due_at=frame.calendar.instants(orders.due_s[places]),
        employee=make.staff(places, "delivery"),
        outcome="delivered",
        duration_seconds=frame.rng.integers(300, 2400, len(places)),
    )
    attempts = make.rows(
        "delivery_attempt",
        missed,
        np.maximum(orders.handed_s[missed] - DAY, orders.ordered_s[missed] + HOUR),
        **common,
        employee=make.staff(missed, "delivery"),
        outcome="nobody at home",
    )
    return [delivered, attempts]


def _assemblies(make: OrderTouches, places: Ints) -> pa.Table:
    """Assembly visits one to five days after some deliveries."""
    frame = make.frame
    chosen = places[frame.chance(len(places), frame.truths.assembly_share)]
    day = make.orders.handed_s[chosen] // DAY + frame.rng.integers(1, 6, len(chosen))
    return make.rows(
        "assembly",
        chosen,
        day * DAY + frame.rng.integers(9 * HOUR, 18 * HOUR, len(chosen)),
        source="delivery",
        touchpoint="assembly",
        step="assemble",
        channel="home",
        department="assembly",
        employee=make.staff(chosen, "assembly"),
        initiated_by="company",
        outcome="finished",
        duration_seconds=frame.rng.integers(1800, 4 * HOUR, len(chosen)),
    )


def fulfilment_rows(make: OrderTouches) -> list[pa.Table]:
    """Rows of ``interactions`` from the confirmation to the assembly of every customer's order.

    Steps confirm, produce, check (back to produce when it failed), deliver, assemble; where the customer
    collects: confirm, produce, check, ready, collect. What would happen after the log's end is left out.
    """
    frame, orders = make.frame, make.orders
    every = np.arange(len(orders))
    delivered = every[orders.delivered]
    collected = every[~orders.delivered]
    confirmed_s = orders.ordered_s + frame.rng.integers(120, HOUR, len(orders))
    confirm = make.rows(
        "message",
        every,
        confirmed_s,
        source="shop",
        touchpoint="order confirmation",
        step="confirm",
        channel="e-mail",
        department="sales",
        initiated_by="company",
    )
    told_s = np.maximum(orders.handed_s - 2 * HOUR, confirmed_s + 60)
    ready = make.rows(
        "message",
        collected,
        told_s[collected],
        source="production",
        touchpoint="pick-up note",
        step="ready",
        channel="e-mail",
        department="sales",
        initiated_by="company",
    )
    collect = make.rows(
        "collection",
        collected,
        orders.handed_s[collected],
        source="till",
        touchpoint="pick-up point",
        step="collect",
        channel="showroom",
        department="sales",
        initiated_by="client",
        outcome="collected",
    )
    tables = [confirm, *_production(make, every), ready, collect]
    return [*tables, *_deliveries(make, delivered), _assemblies(make, delivered)]


def happened(frame: Frame, local_s: Ints) -> Bools:
    """Whether a time lies within the log."""
    return local_s < frame.calendar.end_s
