"""Decisions for customers on the spot, or after asking: at the complaint desk and in the shop.

Whoever had to ask at the complaint desk is whoever has an escalation in the log already; so customers who waited for
the boss are those whose answer took more than a day, and they come back less often, as planted for slow answers.
"""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.demo.colleagues import (
    DISCOUNT_LIMIT_EUR,
    EXCHANGE_LIMIT_EUR,
    GIFT_LIMIT_EUR,
    MANAGER_DISCOUNT_EUR,
    OWN_REFUND_LIMITS_EUR,
    REFUND_LIMIT_EUR,
    SHOWROOM_MANAGERS,
)
from regulars.demo.columns import HOUR, Bools, Floats, Ints, money, picks
from regulars.demo.frame import Frame
from regulars.demo.fulfilment import OrderTouches, happened
from regulars.demo.purchases import NEVER
from regulars.demo.sales import WEB
from regulars.demo.staff import employee_codes

OUTCOMES = ("granted", "refused", "asked")
_AT_DESK = ("refund", "exchange", "gift", "repair")
_DESK_SHARES = (0.40, 0.25, 0.20, 0.15)
_DESK_LIMITS: tuple[int | None, ...] = (REFUND_LIMIT_EUR, EXCHANGE_LIMIT_EUR, GIFT_LIMIT_EUR, None)
_DESK_MEDIANS = (45.0, 120.0, 8.0, 35.0)
AT_ONCE_SHARE = 0.5  # of the complaints answered without asking, in so many something was decided
OVER_SHARE = 0.03  # of decisions at once, above the limit
WAITED_S = HOUR  # from the complaint to the question to the boss, as in the escalations


def authority_rows(make: OrderTouches, contacts: list[pa.Table]) -> list[pa.Table]:
    """Rows of ``interactions`` of kind authority; ``contacts`` are complaints and escalations among others."""
    return [_at_desk(make, contacts), _in_shop(make)]


def _of_kind(contacts: list[pa.Table], kind: str) -> pa.Table:
    found = pa.concat_tables(contacts)
    return found.filter(pc.equal(found["kind"], kind))


def _at_desk(make: OrderTouches, contacts: list[pa.Table]) -> pa.Table:
    frame, orders = make.frame, make.orders
    complaints = _of_kind(contacts, "complaint")
    asked_threads = _of_kind(contacts, "escalation")["thread"].combine_chunks()
    complained = np.flatnonzero((orders.complained_s != NEVER) & happened(frame, orders.complained_s))
    asked = pc.is_in(complaints["thread"].combine_chunks(), value_set=asked_threads).to_numpy(zero_copy_only=False)
    decided = asked | (happened(frame, orders.answered_s[complained]) & frame.chance(len(asked), AT_ONCE_SHARE))
    places, asked = complained[decided], asked[decided]
    kept = complaints.filter(pa.array(decided))
    begun_s, answered_s = orders.complained_s[places], orders.answered_s[places]
    settled = happened(frame, answered_s)
    which = frame.rng.choice(len(_AT_DESK), len(places), p=_DESK_SHARES)
    amount = _amounts(frame, which, asked)
    outcome = _outcomes(frame, asked, settled)
    waited = asked & settled
    # A little before the answer itself; while it is still open, when the boss was asked.
    local_s = np.where(settled, answered_s - 60, begun_s + WAITED_S)
    return make.rows(
        "authority",
        places,
        local_s,
        source="crm",
        thread=kept["thread"].combine_chunks(),
        employee=kept["employee"].combine_chunks(),
        department="complaints",
        initiated_by="company",
        amount=money(amount, outcome == 0),
        outcome=picks(outcome, OUTCOMES),
        wait_seconds=pa.array(answered_s - begun_s - WAITED_S, mask=~waited),
        properties=_desk_properties(which, asked, kept["employee"].to_pylist()),
    )


def _amounts(frame: Frame, which: Ints, asked: Bools) -> Ints:
    """Cents: at once mostly within the limit; what had to be asked for costs more."""
    count = len(which)
    median = np.array(_DESK_MEDIANS)[which] * np.where(asked, 2.5, 1.0)
    drawn = median * np.exp(frame.rng.normal(0, 0.5, count))
    limit = np.array([np.inf if one is None else one for one in _DESK_LIMITS])[which]
    over = frame.chance(count, OVER_SHARE) & np.isfinite(limit)
    at_once = np.where(over, np.where(np.isfinite(limit), limit, 0) * 1.4, np.minimum(drawn, limit))
    return _cents(np.where(asked, drawn, at_once))


def _outcomes(frame: Frame, asked: Bools, settled: Bools) -> Ints:
    """Places in OUTCOMES: at once nearly all is granted, after asking a fifth is refused."""
    refused = frame.rng.random(len(asked)) < np.where(asked, 0.2, 0.03)
    return np.where(settled, refused.astype(np.int64), 2)


def _in_shop(make: OrderTouches) -> pa.Table:
    """A discount for a fault of ours, or a small gift, while the customer stands there; some wait for the boss."""
    frame, sales = make.frame, make.sales
    served = sales.channel[: len(make.orders)] != WEB
    places = np.flatnonzero(served & frame.chance(len(served), 0.04))
    codes = employee_codes("sales")
    seller = sales.seller[places]
    manager = np.isin(seller, [codes.index(code) for code in SHOWROOM_MANAGERS])
    which = (frame.rng.random(len(places)) < 0.4).astype(np.int64)
    limit = np.where(which == 1, GIFT_LIMIT_EUR, np.where(manager, MANAGER_DISCOUNT_EUR, DISCOUNT_LIMIT_EUR))
    asked = (which == 0) & ~manager & frame.chance(len(places), 0.4)
    spread = np.exp(frame.rng.normal(0, 0.5, len(places)))
    drawn = np.where(which == 1, 6.0, np.where(asked, 110.0, 30.0)) * spread
    amount = _cents(np.where(asked, drawn, np.minimum(drawn, limit)))
    refused = frame.chance(len(places), 0.25) & asked
    waited = np.rint(600 * np.exp(frame.rng.normal(0, 0.7, len(places)))).astype(np.int64)
    return make.rows(
        "authority",
        places,
        sales.ordered_s[places],
        source="till",
        employee=picks(seller, codes),
        department="sales",
        initiated_by="company",
        amount=money(amount, ~refused),
        outcome=picks(refused.astype(np.int64), OUTCOMES),
        wait_seconds=pa.array(waited, mask=~asked),
        properties=_shop_properties(which, asked, manager),
    )


def _cents(eur: Floats) -> Ints:
    return np.rint(eur * 100).astype(np.int64)


def _desk_properties(which: Ints, asked: Bools, employees: list[str]) -> pa.Array:
    """Refunds of those who have a limit of their own come after the limits of everybody."""
    own = list(OWN_REFUND_LIMITS_EUR)
    place = np.array([own.index(code) + 1 if code in own else 0 for code in employees], dtype=np.int64)
    kind = np.where((which == 0) & (place > 0), len(_AT_DESK) + place - 1, which)
    names = (*_AT_DESK, *("refund" for _ in own))
    return _properties(kind, asked, names, (*_DESK_LIMITS, *OWN_REFUND_LIMITS_EUR.values()))


def _properties(which: Ints, asked: Bools, names: tuple[str, ...], limits: tuple[int | None, ...]) -> pa.Array:
    bodies = [
        json.dumps({"decision": name, "asked": had_to, "limit": limit, "limit_known": True})
        for name, limit in zip(names, limits, strict=True)
        for had_to in (False, True)
    ]
    return picks(which * 2 + asked, bodies)


def _shop_properties(which: Ints, asked: Bools, manager: Bools) -> pa.Array:
    names = ("discount", "gift", "discount", "gift")
    limits = (DISCOUNT_LIMIT_EUR, GIFT_LIMIT_EUR, MANAGER_DISCOUNT_EUR, GIFT_LIMIT_EUR)
    return _properties(which + 2 * manager, asked, names, limits)
