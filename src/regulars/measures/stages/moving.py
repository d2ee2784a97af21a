"""Customers between stages: who moved where, how stages grew, and how long customers stayed at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Estimate, Floats, estimate_values
from regulars.measures.intervals import share_estimate
from regulars.measures.losses.customers import number
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, objects, splits
from regulars.measures.stages.expressions import SPAN, days_of_moves, ends_of
from regulars.measures.stages.placing import stages_of
from regulars.measures.stages.rules import LEFT, Stage
from regulars.measures.stages.statistics import NEW, NOBODY, NOBODY_THERE, on_day, stage_names
from regulars.measures.survival.kaplan_meier import Curve, kaplan_meier, median_time

NOT_HALF = "Fewer than half have moved on."
NO_UPPER_END = "The interval has no upper end: too few have moved on."
NOT_KNOWN = "It is not known since when customers were at the stage."
NOBODY_MOVED = "Nobody has moved on from the stage."
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Followed:
    """One group's customers on several days, one element a customer and day, by customer and then day.

    day    place of the day among ``days``
    at     place of the stage, -1 for none; ``since`` in days since 1970, NaN unknown
    """

    days: tuple[int, ...]
    client: Ints
    day: Ints
    at: Ints
    since: Floats

    @property
    def same_customer(self) -> NDArray[np.bool_]:
        """Whether an element is of the same customer as the one before it."""
        return np.append(False, self.client[1:] == self.client[:-1]) if len(self.client) else np.array([], dtype=bool)


def moves_between(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per span and pair of stages (and ``by``); see results.py."""
    stages = stages_of(found["rules"])
    parts = [(key, _moves(group, stages)) for key, group in _followed(found, days_of_moves(scope), scope)]
    return Outcome(joined(parts, scope.by, list(_moves(_nobody(), stages))))


def stage_trends(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per day and stage (and ``by``); see results.py."""
    stages = stages_of(found["rules"])
    parts = [(key, _trend(group, stages)) for key, group in _followed(found, _ends(scope), scope)]
    return Outcome(joined(parts, scope.by, list(_trend(_nobody(), stages))))


def times_in_stages(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per stage that anyone was at (and ``by``); see results.py."""
    stages = stages_of(found["rules"])
    parts = [(key, _times(group, stages)) for key, group in _followed(found, _ends(scope), scope)]
    return Outcome(joined(parts, scope.by, list(_times(_nobody(), stages))))


def _ends(scope: Scope) -> list[date]:
    return ends_of(scope, SPAN.of(scope))


def _followed(found: Mapping[str, Columns], days: list[date], scope: Scope) -> list[tuple[Key, Followed]]:
    """Every group's customers, placed on each day as the log stood then."""
    customers = found["customers"]
    numbers = [number(day) for day in days]
    on = customers["on_day"].astype(np.int64)
    at, since = np.full(len(on), -1, dtype=np.int64), np.full(len(on), np.nan)
    for one, day in zip(numbers, days, strict=True):
        rows = np.flatnonzero(on == one)
        then = on_day({name: values[rows] for name, values in customers.items()}, day, found["rules"], scope)
        at[rows], since[rows] = then.placed.at, then.placed.since
    kept = {name: customers[name] for name in (*scope.by, "client_key")}
    kept |= {"day": np.searchsorted(numbers, on), "at": at, "since": since}
    return [(key, _in_order(rows, tuple(numbers))) for key, rows in splits(kept, scope.by)]


def _in_order(rows: Columns, days: tuple[int, ...]) -> Followed:
    order = np.lexsort((rows["day"], rows["client_key"]))
    return Followed(days, *(rows[name][order] for name in ("client_key", "day", "at", "since")))


def _nobody() -> Followed:
    none = np.array([], dtype=np.int64)
    return Followed((), none, none, none, np.array([]))


def _moves(group: Followed, stages: tuple[Stage, ...]) -> Columns:
    """Pairs of stages between neighbouring days; -2 stands for those not known before."""
    later = group.day > 0
    before = np.where(group.same_customer, np.roll(group.at, 1), -2)[later]
    spans, after = group.day[later], group.at[later]
    size = len(stages) + 2
    codes = (spans * size + before + 2) * size + after + 2
    found, counts = np.unique(codes, return_counts=True)
    span, was, now = found // (size * size), found // size % size - 2, found % size - 2
    start, place = np.unique(span * size + was + 2, return_inverse=True)
    totals = np.bincount(place.reshape(-1), weights=counts, minlength=len(start)).astype(np.int64)[place.reshape(-1)]
    days = np.array(group.days, dtype=np.int64)
    first = stage_names("from_", stages, np.maximum(was, -1))
    first["from_name"] = np.where(was == -2, NEW, first["from_name"])
    share = share_estimate(counts, totals, nobody=NOBODY_THERE)
    return {
        "from_on": days[span - 1].astype("datetime64[D]") if len(days) else np.array([], dtype="datetime64[D]"),
        "to_on": days[span].astype("datetime64[D]") if len(days) else np.array([], dtype="datetime64[D]"),
        **first,
        **stage_names("to_", stages, now),
        "customers": counts.astype(np.int64),
        **estimate_values("share", share),
    }


def _trend(group: Followed, stages: tuple[Stage, ...]) -> Columns:
    listed = [*([-1] if (group.at == -1).any() else []), *range(len(stages))]
    counts = np.array(
        [[int(((group.day == day) & (group.at == place)).sum()) for place in listed] for day in range(len(group.days))],
        dtype=np.int64,
    ).reshape(len(group.days), len(listed))
    at = np.tile(np.array(listed, dtype=np.int64), len(group.days))
    everybody = np.repeat(counts.sum(axis=1), len(listed))
    return {
        "on_day": np.repeat(np.array(group.days, dtype=np.int64), len(listed)).astype("datetime64[D]"),
        **stage_names("", stages, at),
        "customers": counts.reshape(-1),
        **estimate_values("share", share_estimate(counts.reshape(-1), everybody, nobody=NOBODY)),
    }


@dataclass(frozen=True)
class Stays:
    """Stays of customers at stages, one element a stay; days since 1970, NaN where a beginning is not known.

    next_at  the stage gone to; -2 for a stay that goes on
    """

    at: Ints
    begun: Floats
    ended: Floats
    next_at: Ints


def stays(group: Followed) -> Stays:
    """Stays out of days that are looked at: a new one begins where the stage differs from the day before.

    Its first day is the stage's since_on where that lies after the last look, else it is not known for the stay that
    was there at the first look, and the day of the look for others.
    """
    again = group.same_customer & (group.at == np.roll(group.at, 1))
    first = np.flatnonzero(~again)
    looked = np.array(group.days, dtype=np.float64)[group.day[first]] if len(first) else np.array([])
    known_before = group.same_customer[first]
    last_look = np.array(group.days, dtype=np.float64)[np.maximum(group.day[first] - 1, 0)] if len(first) else looked
    since = group.since[first]
    after_look = since > last_look
    begun = np.where(known_before & ~after_look, looked, since)
    goes_on = np.append(~known_before[1:], True) if len(first) else known_before
    ended = np.append(begun[1:], np.nan) if len(first) else begun
    end = float(group.days[-1]) if group.days else np.nan
    next_at = np.append(group.at[first][1:], -2) if len(first) else group.at[first]
    return Stays(
        at=group.at[first],
        begun=begun,
        ended=np.where(goes_on, end, ended),
        next_at=np.where(goes_on, -2, next_at),
    )


def _times(group: Followed, stages: tuple[Stage, ...]) -> Columns:
    found = stays(group)
    listed = np.unique(found.at[found.at >= 0])
    left = next((place for place, stage in enumerate(stages) if stage.key == LEFT), -3)
    rows = [_time(found, place, group, left) for place in listed.tolist()]
    names = objects([*(stage.key for stage in stages), None])
    to_left = share_estimate([row.to_left for row in rows], [row.moved for row in rows], nobody=NOBODY_MOVED)
    return {
        **stage_names("", stages, listed.astype(np.int64)),
        "customers": np.array([row.customers for row in rows], dtype=np.int64),
        "moved_on": np.array([row.moved for row in rows], dtype=np.int64),
        **estimate_values("median_days", _medians([row.curve for row in rows], [row.n for row in rows]), prefixed=True),
        **estimate_values("left_share", to_left, prefixed=True),
        "next_stage": names[np.array([row.next_at for row in rows], dtype=np.int64)],
        "next_share": np.array([row.next_count / row.moved if row.moved else np.nan for row in rows]),
    }


@dataclass(frozen=True)
class Time:
    """What one stage's stays come down to."""

    customers: int
    moved: int
    to_left: int
    next_at: int
    next_count: int
    curve: Curve
    n: int


def _time(found: Stays, place: int, group: Followed, left: int) -> Time:
    mine = found.at == place
    moved = mine & (found.next_at != -2)
    gone_to, counts = np.unique(found.next_at[moved], return_counts=True)
    most = int(np.argmax(counts)) if len(counts) else -1
    days = found.ended - found.begun
    # Before the period nobody was looked at, so a stay counts from its beginning on.
    entry = group.days[0] - found.begun
    counted = mine & ~np.isnan(days) & (days >= 0) & (days > entry)
    late = np.where(entry > 0, entry, -1.0)
    return Time(
        customers=len(np.unique(group.client[group.at == place])),
        moved=int(moved.sum()),
        to_left=int((found.next_at[moved] == left).sum()),
        next_at=int(gone_to[most]) if len(counts) else -1,
        next_count=int(counts[most]) if len(counts) else 0,
        curve=kaplan_meier(days[counted], moved[counted], late[counted]),
        n=int(counted.sum()),
    )


def _medians(curves: list[Curve], counts: list[int]) -> Estimate:
    found = np.array([median_time(curve) for curve in curves], dtype=np.float64).reshape(-1, 3)
    why = [
        NOT_KNOWN if not n else NOT_HALF if np.isnan(row[0]) else NO_UPPER_END if np.isnan(row[2]) else None
        for row, n in zip(found, counts, strict=True)
    ]
    return Estimate(found[:, 0], found[:, 1], found[:, 2], np.array(counts, dtype=np.int64), objects(why))
