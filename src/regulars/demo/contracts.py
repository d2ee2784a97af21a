"""Contracts of resellers on their way through the house: sales hands them over, the accounts answer."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from regulars.demo.colleagues import ACCOUNTS, ANSWERED, HAND_OVER
from regulars.demo.columns import DAY, HOUR, numbered, picks
from regulars.demo.frame import touches
from regulars.demo.fulfilment import OrderTouches
from regulars.demo.names import BRANCHES
from regulars.demo.people import People
from regulars.demo.staff import SALES_EACH, employee_codes

_YEAR = 365


def contract_rows(make: OrderTouches, people: People) -> list[pa.Table]:
    """A contract for every second reseller, renewed each year; ``contract_within_share`` are answered in two days."""
    frame = make.frame
    last = frame.calendar.end_s // DAY
    theirs = np.flatnonzero(people.reseller & (people.number % 2 == 0))
    begun = people.first_t[theirs].astype(np.int64) + 14
    years = np.maximum((last - begun - 1) // _YEAR + 1, 0)
    who, first = np.repeat(theirs, years), np.repeat(begun, years)
    which = np.concatenate([np.arange(count) for count in years]) if len(years) else np.array([], np.int64)
    asked_day = first + which.astype(np.int64) * _YEAR
    count = len(who)
    handed_s = asked_day * DAY + frame.rng.integers(9 * HOUR, 15 * HOUR, count)
    quick = frame.chance(count, frame.truths.contract_within_share)
    days = np.where(quick, frame.rng.integers(0, 2, count), frame.rng.integers(3, 10, count))
    answered_s = handed_s + days * DAY + frame.rng.integers(HOUR // 2, 5 * HOUR, count)
    branch = people.country[who]
    common = {
        "source": "crm",
        "client_key": people.key[who],
        "branch": picks(branch, BRANCHES),
        "thread": numbered("V", people.number[who] * 10 + which.astype(np.int64)),
        "initiated_by": "company",
    }
    seller = branch * SALES_EACH + frame.rng.integers(0, SALES_EACH, count)
    clerk = frame.rng.integers(0, len(ACCOUNTS), count)
    handed = touches(
        frame,
        "contract",
        handed_s,
        **common,
        step=HAND_OVER,
        department="sales",
        employee=picks(seller, employee_codes("sales")),
    )
    answered = touches(
        frame,
        "message",
        answered_s,
        **common,
        step=ANSWERED,
        department="accounts",
        employee=picks(clerk, ACCOUNTS),
        outcome="signed",
    )
    return [handed, answered]
