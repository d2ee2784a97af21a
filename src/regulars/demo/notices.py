"""Bad news told early: messages that a delivery will come late, before the day it was due.

Everything here is drawn from a generator of its own, so all the rest of the company stays as it was.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR
from regulars.demo.frame import Frame, Numbering
from regulars.demo.fulfilment import OrderTouches

STEP = "announce delay"
# Row numbers from here on are of this file; no company has so many rows before.
FIRST_NUMBER = 10**15


def own_frame(frame: Frame, seed: int, part: int) -> Frame:
    """The same company with a generator and row numbers of its own."""
    rng = np.random.default_rng([seed, part, 0x4E6F7465])
    return replace(frame, rng=rng, numbering=Numbering(frame.numbering.salt, FIRST_NUMBER * (part + 1)))


def notice_rows(make: OrderTouches) -> pa.Table:
    """One message for ``announced_share`` of the late deliveries, one to three days before the due day."""
    frame, orders = make.frame, make.orders
    places = np.flatnonzero(orders.late & frame.chance(len(orders), frame.truths.announced_share))
    day = orders.due_s[places] // DAY - frame.rng.integers(1, 4, len(places))
    return make.rows(
        "message",
        places,
        day * DAY + frame.rng.integers(9 * HOUR, 17 * HOUR, len(places)),
        source="delivery",
        touchpoint="delivery",
        step=STEP,
        channel="phone",
        department="delivery",
        employee=make.staff(places, "delivery"),
        initiated_by="company",
    )
