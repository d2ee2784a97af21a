"""What customers and company say to each other: complaints, calls, messages, visits, offers, gestures, referrals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR, Bools, Ints, either, joined, money, picks
from regulars.demo.frame import Frame, touches
from regulars.demo.fulfilment import OrderTouches, happened
from regulars.demo.names import BRANCHES, LANGUAGES
from regulars.demo.people import People
from regulars.demo.phrases import ANGER, LATENESS, PHRASES_EACH, QUESTIONS
from regulars.demo.purchases import NEVER
from regulars.demo.sales import WEB

Phrases = Mapping[str, Sequence[str]]


def spoken(frame: Frame, language: Ints, phrases: Phrases) -> pa.Array:
    """A random phrase in each language given."""
    words = [phrase for code in LANGUAGES for phrase in phrases[code]]
    return picks(language * PHRASES_EACH + frame.rng.integers(0, PHRASES_EACH, len(language)), words)


def _about(make: OrderTouches, places: Ints) -> pa.Array:
    """Properties that name the order a case is about."""
    return joined('{"order": "', make.thread.take(pa.array(places)), '"}')


def complaint_rows(make: OrderTouches) -> list[pa.Table]:
    """Complaints about deliveries, each a thread of its own: complain, perhaps ask the boss, answer.

    ``duration_seconds`` of a complaint is the time to the answer; null while there is none.
    """
    frame, orders = make.frame, make.orders
    places = np.flatnonzero((orders.complained_s != NEVER) & happened(frame, orders.complained_s))
    complained_s, answered_s, slow = orders.complained_s[places], orders.answered_s[places], orders.slow[places]
    answered = happened(frame, answered_s)
    thread = joined("C", make.thread.take(pa.array(places)))
    text = either(
        orders.late[places] & frame.chance(len(places), 0.6),
        spoken(frame, make.branch[places], LATENESS),
        spoken(frame, make.branch[places], ANGER),
    )
    common = {"source": "crm", "touchpoint": "complaint desk", "department": "complaints", "thread": thread}
    about, agent = _about(make, places), make.staff(places, "complaints")
    complaints = make.rows(
        "complaint",
        places,
        complained_s,
        **common,
        step="complain",
        channel="phone",
        employee=agent,
        initiated_by="client",
        outcome=picks(answered.astype(np.int64), ("open", "resolved")),
        duration_seconds=pa.array(answered_s - complained_s, mask=~answered),
        text=text,
        properties=about,
    )
    answers = make.rows(
        "message",
        places,
        answered_s,
        **common,
        step="answer complaint",
        channel="phone",
        employee=agent,
        initiated_by="company",
        outcome="resolved",
        properties=about,
    )
    asked = slow & frame.chance(len(places), 0.7)
    boss = make.rows(
        "escalation",
        places[asked],
        complained_s[asked] + HOUR,
        **{**common, "thread": thread.filter(pa.array(asked))},
        step="ask the boss",
        employee=agent.filter(pa.array(asked)),
        initiated_by="company",
    )
    return [complaints, answers, boss]


def _call_seconds(frame: Frame, day: Ints, outside: Bools) -> Ints:
    """Time of a call: in working hours 9 to 18, or else in the early morning or the evening."""
    rng, count = frame.rng, len(day)
    inside_s = rng.integers(9 * HOUR, 18 * HOUR, count)
    early_s, evening_s = rng.integers(7 * HOUR, 9 * HOUR, count), rng.integers(18 * HOUR, 22 * HOUR, count)
    return day * DAY + np.where(outside, np.where(rng.random(count) < 0.3, early_s, evening_s), inside_s)


def call_rows(make: OrderTouches) -> list[pa.Table]:
    """Calls about orders: answered after a wait in working hours, missed outside them, some of these called back."""
    frame, truths = make.frame, make.frame.truths
    rng = frame.rng
    places = np.repeat(np.arange(len(make.orders)), rng.poisson(0.6, len(make.orders)))
    outside = frame.chance(len(places), truths.out_of_hours_call_share)
    day = make.orders.ordered_s[places] // DAY + rng.integers(1, 30, len(places))
    call_s = _call_seconds(frame, day, outside)
    hour = call_s % DAY // HOUR
    slow = make.branch[places] == BRANCHES.index(truths.slow_branch)
    slow &= (hour >= truths.slow_hours[0]) & (hour < truths.slow_hours[1])
    median = np.where(slow, truths.slow_wait_median_seconds, truths.wait_median_seconds)
    wait = np.rint(median * np.exp(rng.normal(0, 0.8, len(places)))).astype(np.int64)
    common = {"source": "call centre", "touchpoint": "call centre", "channel": "phone", "department": "call centre"}
    inside = ~outside
    calls = make.rows(
        "call",
        places[inside],
        call_s[inside],
        **common,
        step="call",
        employee=make.staff(places[inside], "call centre"),
        initiated_by="client",
        wait_seconds=wait[inside],
        duration_seconds=rng.integers(40, 700, int(inside.sum())),
        outcome="answered",
    )
    missed = make.rows(
        "missed_call",
        places[outside],
        call_s[outside],
        **common,
        step="call",
        initiated_by="client",
        outcome="out of hours",
    )
    back = outside & frame.chance(len(places), truths.called_back_share)
    returned = make.rows(
        "call",
        places[back],
        (day[back] + 1) * DAY + rng.integers(9 * HOUR, 17 * HOUR, int(back.sum())),
        **common,
        step="call back",
        employee=make.staff(places[back], "call centre"),
        initiated_by="company",
        duration_seconds=rng.integers(40, 400, int(back.sum())),
        outcome="called back",
    )
    return [calls, missed, returned]


def message_rows(make: OrderTouches) -> list[pa.Table]:
    """Written questions about orders and the company's replies, in the order's thread."""
    frame, rng = make.frame, make.frame.rng
    places = np.flatnonzero(frame.chance(len(make.orders), 0.2))
    asked_s = make.orders.ordered_s[places] // DAY * DAY + DAY + rng.integers(8 * HOUR, 18 * HOUR, len(places))
    waited = np.rint(1800 * np.exp(rng.normal(0, 0.7, len(places)))).astype(np.int64).clip(60, 4 * HOUR)
    common = {"source": "crm", "touchpoint": "chat", "channel": "chat", "department": "call centre"}
    question = make.rows(
        "message",
        places,
        asked_s,
        **common,
        step="ask",
        initiated_by="client",
        text=spoken(frame, make.branch[places], QUESTIONS),
    )
    reply = make.rows(
        "message",
        places,
        asked_s + waited,
        **common,
        step="reply",
        employee=make.staff(places, "call centre"),
        initiated_by="company",
        wait_seconds=waited,
    )
    return [question, reply]


def visit_rows(make: OrderTouches) -> pa.Table:
    """Visits to the web shop in the fortnight before a web order."""
    rng = make.frame.rng
    web = make.sales.channel[: len(make.orders)] == WEB
    places = np.repeat(np.arange(len(make.orders)), np.where(web, rng.poisson(1.2, len(web)), 0))
    day = make.orders.ordered_s[places] // DAY - rng.integers(1, 15, len(places))
    return make.rows(
        "visit",
        places,
        day * DAY + rng.integers(7 * HOUR, 22 * HOUR, len(places)),
        source="shop",
        touchpoint="web shop",
        step="visit",
        channel="web",
        initiated_by="client",
        duration_seconds=rng.integers(20, 1500, len(places)),
    )


def gesture_rows(make: OrderTouches) -> pa.Table:
    """A small unexpected present with every twenty-fifth order; it changes nothing later, by design."""
    frame, rng = make.frame, make.frame.rng
    places = np.flatnonzero(frame.chance(len(make.orders), 0.04))
    things = ("bar of chocolate", "handwritten card", "bottle of care oil")
    return make.rows(
        "gesture",
        places,
        make.orders.handed_s[places],
        source="crm",
        touchpoint="delivery",
        department="delivery",
        initiated_by="company",
        outcome=picks(rng.integers(0, len(things), len(places)), things),
        cost=money(np.full(len(places), 180)),
    )


def departure_rows(make: OrderTouches) -> pa.Table:
    """One customer in eight who leaves says so, twenty days later."""
    frame = make.frame
    left_s = make.orders.left_s
    told = (left_s != NEVER) & frame.chance(len(left_s), 0.125)
    places = np.flatnonzero(told & happened(frame, np.where(told, left_s, 0)))
    because = np.where(make.orders.late[places], 0, np.where(make.orders.slow[places], 1, 2))
    return make.rows(
        "departure",
        places,
        (left_s[places] // DAY + 20) * DAY + 12 * HOUR,
        source="crm",
        touchpoint="call centre",
        department="call centre",
        initiated_by="client",
        outcome=picks(because, ("late delivery", "slow answer", "no need any more")),
    )


def offer_rows(frame: Frame, people: People) -> pa.Table:
    """A newsletter each April and October to customers who agreed to it."""
    first, last = frame.calendar.first_day, frame.calendar.end_s // DAY
    days = np.arange(first, last).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    begins = (days == months) & np.isin(months.astype(np.int64) % 12, (3, 9))
    tables = [_newsletter(frame, people, int(day)) for day in days[begins].astype(np.int64)]
    return pa.concat_tables(tables)


def _newsletter(frame: Frame, people: People, day: int) -> pa.Table:
    """One newsletter: a row for each customer by then who agreed to it."""
    chosen = people.mailable & (people.first_t < day)
    return touches(
        frame,
        "offer",
        np.full(int(chosen.sum()), day * DAY + 10 * HOUR),
        source="crm",
        client_key=people.key[chosen],
        touchpoint="newsletter",
        channel="e-mail",
        department="sales",
        initiated_by="company",
    )


def referral_rows(make: OrderTouches, people: People) -> pa.Table:
    """Who recommended us, where known: a row of the recommender, in the thread of the newcomer's first order."""
    frame, rng = make.frame, make.frame.rng
    by_time = np.argsort(people.first_t, kind="stable")
    rank = np.empty(len(people), np.int64)
    rank[by_time] = np.arange(len(people))
    known = people.recommended & (rank > 0) & frame.chance(len(people), frame.truths.recommender_known_share)
    newcomer = np.flatnonzero(known)
    recommender = by_time[(rng.random(len(newcomer)) * rank[newcomer]).astype(np.int64)]
    places = np.flatnonzero(make.orders.first)[newcomer]
    # The evening before, or the recommender's own first order where that is later.
    said_s = np.minimum(make.orders.ordered_s[places] // DAY * DAY - 4 * HOUR, make.orders.ordered_s[places])
    met_s = make.orders.ordered_s[np.flatnonzero(make.orders.first)[recommender]]
    return make.rows(
        "referral",
        places,
        np.maximum(said_s, met_s),
        client_key=people.key[recommender],
        source="crm",
        touchpoint="recommendation",
        initiated_by="client",
        outcome="new customer",
    )


def contact_rows(make: OrderTouches, people: People) -> list[pa.Table]:
    """Every row of ``interactions`` of this module."""
    return [
        *complaint_rows(make),
        *call_rows(make),
        *message_rows(make),
        visit_rows(make),
        gesture_rows(make),
        departure_rows(make),
        offer_rows(make.frame, people),
        referral_rows(make, people),
    ]
