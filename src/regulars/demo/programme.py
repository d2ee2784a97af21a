"""What was decided and what was learned: promises, groups, touchpoints, index weights; facts of every age."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa

from regulars.demo.colleagues import people_decisions
from regulars.demo.columns import DAY, HOUR, Ints, picks
from regulars.demo.definition import definition_decisions
from regulars.demo.frame import Frame
from regulars.demo.journey_map import JOURNEY_DECISIONS
from regulars.demo.people import People
from regulars.demo.phrases import NOTE_SOURCES, NOTES
from regulars.demo.plan import plan_decisions
from regulars.demo.planted import Planted
from regulars.demo.register import REGISTER
from regulars.demo.staff import employee_codes
from regulars.log.tables import DECISIONS, FACTS

_RESELLER = {"field": "customer_type", "op": "is", "value": "reseller"}
_END_USER = {"field": "customer_type", "op": "is", "value": "end user"}

# key, body of the groups; see regulars.groups.
_GROUPS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "designers-and-small-hotels",
        {
            "name": "Designers and small hotels in Bulgaria",
            "rule": {"all": [_RESELLER, {"field": "country", "op": "is", "value": "BG"}]},
            "stance": "target",
            "needs": [],
            "note": "A trial in one country.",
        },
    ),
    (
        "designers-and-small-hotels",
        {
            "name": "Designers and small hotels",
            "rule": {"all": [_RESELLER]},
            "stance": "target",
            "needs": ["delivery on the day the room must be ready", "the same wood again two years later"],
            "note": "They come back without being asked and bring their own clients.",
        },
    ),
    (
        "recommended-households",
        {
            "name": "Households that were recommended",
            "rule": {"all": [_END_USER, {"field": "acquired_by", "op": "is", "value": "recommendation"}]},
            "stance": "target",
            "needs": ["to see a finished piece in somebody's home"],
            "note": "Somebody has vouched for us with them.",
        },
    ),
    (
        "households-nearby",
        {
            "name": "Households that fetch their furniture",
            "rule": {"all": [_END_USER, {"field": "region", "op": "is", "value": "pick-up area"}]},
            "stance": "neutral",
            "needs": ["help with loading"],
            "note": "",
        },
    ),
    (
        "trade-fair-visitors",
        {
            "name": "Households met at trade fairs",
            "rule": {"all": [_END_USER, {"field": "acquired_by", "op": "is", "value": "trade fair"}]},
            "stance": "non-target",
            "needs": [],
            "note": "Served well like everybody; no stand is paid for their sake.",
        },
    ),
)

# noun, key, body; two of the same noun and key are two versions, the later one counts.
_DECISIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "definition",
        "customer focus",
        {"text": "We make what the customer's room needs, deliver it on the day we said, and mend what fails."},
    ),
    *(("group", key, body) for key, body in _GROUPS),
    (
        "promise",
        "answer calls",
        {"touchpoint": "call centre", "kind": "call", "column": "wait_seconds", "at_most": 30},
    ),
    (
        "promise",
        "deliver on the due day",
        {"touchpoint": "delivery", "kind": "delivery", "column": "late_days", "at_most": 0},
    ),
    (
        "promise",
        "answer complaints within a day",
        {"touchpoint": "complaint desk", "kind": "complaint", "column": "duration_seconds", "at_most": DAY},
    ),
    (
        "promise",
        "answer chat within an hour",
        {"touchpoint": "chat", "kind": "message", "step": "reply", "column": "wait_seconds", "at_most": HOUR},
    ),
    ("index", "weights", {"understanding": 0.3, "valuing": 0.3, "creating value": 0.4}),
)


# Planted: what resellers need and nobody else does; two in three of the notes on them are one of these.
RESELLER_NEEDS = ("an invoice on the day of the order", "delivery before opening hours", "two spare chairs of each set")


def decision_rows(frame: Frame) -> pa.Table:
    """Rows of ``decisions``, from the first day of the log on: one a month, then register and maps, one a week.

    What was decided on people and on the programme follows, each on its own day before the end of the log.
    """
    decided = [*((*decision, "owner") for decision in _DECISIONS), *REGISTER, *JOURNEY_DECISIONS]
    days = np.cumsum([0, *(30 for _ in _DECISIONS), *(7 for _ in decided[len(_DECISIONS) :])])[: len(decided)]
    end_day = frame.calendar.end_s // DAY - 1
    before_end = end_day - frame.calendar.first_day - days
    old = [Planted(*one, int(day)) for one, day in zip(decided, before_end, strict=True)]
    return planted_rows(frame, [*old, *_later(frame)])


def planted_rows(frame: Frame, planted: list[Planted]) -> pa.Table:
    """Rows of ``decisions``; those of one noun and key are its versions in the order in which they are given."""
    versions: dict[tuple[str, str], int] = {}
    numbers = []
    for one in planted:
        versions[one.noun, one.key] = versions.get((one.noun, one.key), 0) + 1
        numbers.append(versions[one.noun, one.key])
    end_day = frame.calendar.end_s // DAY - 1
    days = end_day - np.array([one.days_before_end for one in planted], dtype=np.int64)
    columns = [
        pa.array([one.noun for one in planted], pa.string()),
        pa.array([one.key for one in planted], pa.string()),
        pa.array(numbers, pa.int64()),
        pa.array(np.full(len(planted), frame.import_id)),
        frame.calendar.instants(days * DAY + 11 * HOUR),
        pa.array([one.by for one in planted], pa.string()),
        pa.array([json.dumps(one.body) for one in planted], pa.string()),
    ]
    return pa.Table.from_arrays(columns, schema=DECISIONS)


def _later(frame: Frame) -> list[Planted]:
    end = frame.calendar.until
    return [*definition_decisions(), *people_decisions(end), *plan_decisions(end, frame.calendar.ahead_from)]


def fact_rows(frame: Frame, people: People) -> pa.Table:
    """Rows of ``facts``: needs, fears, preferences and dates of some customers.

    A fact was confirmed on the day it was learned, and perhaps again since. ``stale_fact_share`` of them were
    last confirmed more than a year before the log's end (as far as the customer has been one so long).
    """
    rng, last = frame.rng, frame.calendar.end_s // DAY - 1
    person = np.repeat(np.arange(len(people)), rng.poisson(0.7, len(people)))
    # Only of customers of more than 400 days, so that a fact of theirs can be stale or fresh alike.
    age = last - people.first_t[person].astype(np.int64)
    person, age = person[age > 400], age[age > 400]
    count = len(person)
    stale = frame.chance(count, frame.truths.stale_fact_share)
    confirmed_age = np.where(stale, rng.integers(366, age + 1), rng.integers(0, 366, count))
    known_age = rng.integers(confirmed_age, age + 1)
    names = [name for name, values in NOTES.items() for _ in values]
    values = [value for values in NOTES.values() for value in values]
    which = rng.integers(0, len(values), count)
    which = _needs_of_resellers(people, person, which, first=len(values))
    names, values = [*names, *("need" for _ in RESELLER_NEEDS)], [*values, *RESELLER_NEEDS]
    agents = [*employee_codes("sales"), *employee_codes("call centre")]
    second = rng.integers(9 * HOUR, 18 * HOUR, count)
    columns = [
        pa.array(people.key[person]),
        pa.array(np.full(count, frame.import_id)),
        picks(which, names),
        picks(which, values),
        picks(rng.integers(0, len(NOTE_SOURCES), count), NOTE_SOURCES),
        frame.calendar.instants((last - known_age) * DAY + second),
        frame.calendar.instants((last - confirmed_age) * DAY + second),
        picks(rng.integers(0, len(agents), count), agents),
        pa.nulls(count, pa.int64()),
        pa.nulls(count, pa.string()),
    ]
    return pa.Table.from_arrays(columns, schema=FACTS)


def _needs_of_resellers(people: People, person: Ints, which: Ints, *, first: int) -> Ints:
    """Places of the notes, those of resellers' needs from ``first`` on; by customer number, so nothing is drawn."""
    number = people.number[person]
    theirs = people.reseller[person] & (number % 3 > 0)
    return np.where(theirs, first + number // 3 % len(RESELLER_NEEDS), which)
