"""Losses by month, the lost one by one, and what went before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import numpy as np

from regulars.measures.clv.groups import each_group
from regulars.measures.estimates import Floats, estimate_values
from regulars.measures.intervals import share_estimate
from regulars.measures.losses.customers import number
from regulars.measures.losses.differences import difference, p_value
from regulars.measures.losses.expressions import LAST, SEEN, around_days
from regulars.measures.losses.leaving import BY_SILENCE, Bools, Lives, dates_of, lives_of
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.scores.trends import holm_levels
from regulars.measures.splits import joined, month_starts, objects, splits

NOBODY_THERE = "There were no customers in the month."
DAY_UNKNOWN = "It is not known on which day they left, so there is no month to compare with."
NOBODY_LOST = "Nobody has left."
NOBODY_STAYED = "Nobody has stayed."
LOST = ("rank", "client_key", "left_on", "left_how", "first_on", "last_on", "orders", "value", "last_touch_on")
OF_TOUCH = ("last_kind", "last_touchpoint", "last_employee", "last_outcome")
ASSOCIATION = "It says what went before leaving, not what caused it."


@dataclass(frozen=True)
class Group:
    """One group's customers with their lives; ``lost`` are those who have left in the period."""

    customers: Columns
    lives: Lives
    lost: Bools


def monthly_losses(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per month with a customer in it (and ``by``); see results.py."""
    parts, notes = [], []
    for key, columns in splits(found["customers"], scope.by):
        group = _group(columns, scope)
        rows = _months(group, scope)
        if rows:
            parts.append((key, _month_columns(rows)))
        notes += [group.lives.note] if group.lives.note else []
    return Outcome(joined(parts, scope.by, list(_month_columns([]))), tuple(dict.fromkeys(notes)))


def lost_customers(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per lost customer, most worth first (and ``by``); see results.py."""
    parts = []
    for key, columns in splits(found["customers"], scope.by):
        group = _group(columns, scope)
        rows = np.flatnonzero(group.lost)
        worth = np.array([float(value or 0) for value in columns["worth"][rows].tolist()])
        rows = rows[np.lexsort((columns["client_key"][rows], -worth))]
        parts.append((key, _lost_columns(group, rows)))
    return Outcome(joined(parts, scope.by, (*LOST, *OF_TOUCH)))


def last_touches(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per touch, the largest difference first (and ``by``); see results.py."""
    parts = []
    for key, tables in each_group({name: found[name] for name in ("customers", "touches")}, scope.by):
        group = _group(tables["customers"], scope)
        parts.append((key, _compared(group, tables["touches"], scope)))
    names = list(_touch_columns([], 0, 0))
    notes = (ASSOCIATION,) if any(len(columns["touch"]) for _, columns in parts) else ()
    return Outcome(joined(parts, scope.by, names), notes)


def _group(customers: Columns, scope: Scope) -> Group:
    lives = lives_of(customers, scope.as_of, scope.settings)
    lost = lives.bought & lives.has_left
    if scope.from_on:
        lost &= lives.left >= number(scope.from_on)
    if scope.to_on:
        lost &= lives.left <= number(scope.to_on)
    return Group(customers, lives, lost)


def _months_of(days: Floats) -> Floats:
    """Months since January of year 0; NaN for missing days."""
    months = np.full(len(days), np.nan)
    known = ~np.isnan(days)
    months[known] = days[known].astype(np.int64).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months + 1970 * 12


def _months(group: Group, scope: Scope) -> list[dict[str, object]]:
    """Every month from the first in which anyone could be lost to the last of the period."""
    lives = group.lives
    # Of a contract without dates it is known that it is there, and not since when.
    came, gone = _months_of(lives.begun), _months_of(lives.left)
    counted = lives.bought & ~np.isnan(came) & ~(lives.has_left & np.isnan(gone))
    rows: list[dict[str, object]] = []
    total = _sum(group.customers["worth"][group.lost])
    unknown = group.lost & np.isnan(gone)
    if unknown.any():
        rows.append(_month(group, unknown, None, int(unknown.sum()), total) | {"complete": True})
    if not counted.any():
        return rows
    first = int(came[counted].min())
    begin = (scope.from_on.year * 12 + scope.from_on.month - 1) if scope.from_on else first
    tomorrow = scope.as_of + timedelta(days=1)
    end = scope.last_on.year * 12 + scope.last_on.month - 1
    for month in range(max(first, begin), end + 1):
        there = counted & (came <= month) & ~(gone < month)
        lost = group.lost & (gone == month)
        complete = month < tomorrow.year * 12 + tomorrow.month - 1
        rows.append(_month(group, lost, month, int(there.sum()), total) | {"complete": complete})
    return rows


def _month(group: Group, lost: Bools, month: int | None, there: int, total: Decimal) -> dict[str, object]:
    lives, customers = group.lives, group.customers
    known = (lives.left - lives.begun)[lost]
    worth = _sum(customers["worth"][lost])
    silent = int((lives.how[lost] == BY_SILENCE).sum())
    return {
        "month": month,
        "customers": there,
        "lost": int(lost.sum()),
        "value": worth,
        "value_share": float(worth / total) if total else float("nan"),
        "said_so": int(lost.sum()) - silent,
        "silent": silent,
        "median_days_known": float(np.nanmedian(known)) if (~np.isnan(known)).any() else float("nan"),
        "last_kind": _most_frequent(customers["last_kind"][lost]),
        "last_touchpoint": _most_frequent(customers["last_touchpoint"][lost]),
    }


def _month_columns(rows: list[dict[str, object]]) -> Columns:
    months = [row["month"] for row in rows]
    starts = objects(None if month is None else month_starts(np.array([month]))[0].item() for month in months)
    lost = np.array([row["lost"] for row in rows], dtype=np.int64)
    there = np.array([row["customers"] for row in rows], dtype=np.int64)
    dated = np.array([month is not None for month in months], dtype=bool)
    share = share_estimate(np.where(dated, lost, 0), np.where(dated, there, 0), nobody=NOBODY_THERE)
    share.reason[~dated] = DAY_UNKNOWN
    plain = ("complete", "said_so", "silent", "value", "last_kind", "last_touchpoint")
    return {
        "month_on": starts,
        "customers": there,
        "lost": lost,
        **estimate_values("lost_share", share),
        **{name: objects(row[name] for row in rows) for name in plain},
        **{
            name: np.array([row[name] for row in rows], dtype=np.float64)
            for name in ("value_share", "median_days_known")
        },
    }


def _lost_columns(group: Group, rows: np.ndarray) -> Columns:
    customers, lives = group.customers, group.lives
    return {
        "rank": np.arange(1, len(rows) + 1),
        "client_key": customers["client_key"][rows],
        "left_on": dates_of(lives.left[rows]),
        "left_how": lives.how[rows],
        "first_on": dates_of(lives.begun[rows]),
        "last_on": dates_of(lives.last[rows]),
        "orders": customers["orders"][rows].astype(np.int64),
        "value": objects(value or Decimal(0) for value in customers["worth"][rows].tolist()),
        "last_touch_on": customers["last_touch_on"][rows],
        **{name: customers[name][rows] for name in OF_TOUCH},
    }


def _compared(group: Group, touches: Columns, scope: Scope) -> Columns:
    """Each touch among the lost and among those who stayed, of those whose last order is old enough."""
    lives, keys = group.lives, group.customers["client_key"]
    old = (lives.first <= lives.as_of - around_days(scope)) | (np.isnan(lives.first) & lives.bought)
    lost, stayed = group.lost & old, lives.bought & ~lives.has_left & old
    order = np.argsort(keys, kind="stable")
    row = order[np.searchsorted(keys[order], touches["client_key"])] if len(keys) else np.array([], dtype=np.int64)
    counted = touches["is_last"] == 1 if SEEN.of(scope) == LAST else np.ones(len(row), dtype=bool)
    with_lost = Counter(touches["touch"][counted & lost[row]].tolist())
    with_stayed = Counter(touches["touch"][counted & stayed[row]].tolist())
    rows = [(touch, with_lost[touch], with_stayed[touch]) for touch in {**with_lost, **with_stayed}]
    return _touch_columns(rows, int(lost.sum()), int(stayed.sum()))


def _touch_columns(rows: list[tuple[str, int, int]], lost: int, stayed: int) -> Columns:
    found = [(*row, difference(row[1], lost, row[2], stayed), p_value(row[1], lost, row[2], stayed)) for row in rows]
    found.sort(key=lambda row: (-abs(row[3][0]) if row[3][0] == row[3][0] else 0.0, row[0]))
    hits = np.array([row[1] for row in found], dtype=np.int64), np.array([row[2] for row in found], dtype=np.int64)
    apart = np.array([row[3] for row in found], dtype=np.float64).reshape(-1, 3)
    chances = [row[4] for row in found]
    known = bool(lost and stayed)
    real = [p < level for p, level in zip(chances, holm_levels(chances), strict=True)] if known else None
    why = None if known else NOBODY_STAYED if lost else NOBODY_LOST
    ones = np.ones(len(found), dtype=np.int64)
    return {
        "rank": np.arange(1, len(found) + 1),
        "touch": objects(row[0] for row in found),
        "lost_with": hits[0],
        **estimate_values("lost_share", share_estimate(hits[0], ones * lost, nobody=NOBODY_LOST), prefixed=True),
        "stayed_with": hits[1],
        **estimate_values("stayed_share", share_estimate(hits[1], ones * stayed, nobody=NOBODY_STAYED), prefixed=True),
        "difference": apart[:, 0],
        "difference_low": apart[:, 1],
        "difference_high": apart[:, 2],
        "difference_reason": objects([why] * len(found)),
        "p_value": np.array(chances, dtype=np.float64),
        "real_difference": objects(real if real is not None else [None] * len(found)),
    }


def _sum(money: np.ndarray) -> Decimal:
    return sum((value for value in money.tolist() if value is not None), Decimal(0))


def _most_frequent(words: np.ndarray) -> str | None:
    """The most frequent word; of equally frequent ones the first in the alphabet."""
    counted = Counter(word for word in words.tolist() if word is not None)
    return min(counted, key=lambda word: (-counted[word], word)) if counted else None
