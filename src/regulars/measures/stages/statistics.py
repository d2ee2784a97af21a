"""Customers at each stage, how they move, and how long they stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Floats, estimate_values
from regulars.measures.intervals import share_estimate
from regulars.measures.losses.leaving import Lives, dates_of, lives_of
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects, splits
from regulars.measures.stages.placing import Placed, figures_of, placed, stages_of
from regulars.measures.stages.rules import Stage

NOBODY = "Nobody is known."
NOBODY_THERE = "Nobody was at the stage."
NEW, NO_STAGE = "new", "no stage"
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Day:
    """Everybody on one day."""

    customers: Columns
    lives: Lives
    placed: Placed


def on_day(customers: Columns, day: date, rules: Columns, scope: Scope) -> Day:
    """Everybody's life and stage on a day, out of the table of known_customers of that day."""
    lives = lives_of(customers, day, scope.settings)
    return Day(customers, lives, placed(stages_of(rules), figures_of(customers, lives)))


def stage_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per stage (and ``by``); see results.py."""
    today = on_day(found["customers"], scope.last_on, found["rules"], scope)
    columns = {**found["customers"], "at": today.placed.at, "since": today.placed.since}
    stages = today.placed.stages
    parts = [(key, _stage_columns(rows, stages, today.lives.as_of)) for key, rows in splits(columns, scope.by)]
    nobody = {name: values[:0] for name, values in columns.items()}
    return Outcome(joined(parts, scope.by, list(_stage_columns(nobody, stages, 0))), (today.lives.note,) * 0)


def stage_of_customers(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per customer (and ``by``); see results.py."""
    today = on_day(found["customers"], scope.last_on, found["rules"], scope)
    customers, lives, stages, at = found["customers"], today.lives, today.placed.stages, today.placed.at
    return Outcome(
        {name: objects(customers[name].tolist()) for name in scope.by}
        | {
            "client_key": customers["client_key"],
            **stage_names("", stages, at),
            "since_on": dates_of(today.placed.since),
            "first_on": dates_of(lives.begun),
            "last_on": dates_of(lives.last),
            "last_touch_on": dates_of(customers["touched_day"].astype(np.float64)),
            "orders": customers["orders"].astype(np.int64),
            "value": customers["value"],
            "usual_gap_days": lives.usual_gap,
            "leaves_on": dates_of(np.where(lives.has_left, np.nan, lives.leaves)),
            "left_on": dates_of(lives.left),
            "left_how": lives.how,
        }
    )


def stage_names(prefix: str, stages: tuple[Stage, ...], at: Ints, *, nowhere: str = NO_STAGE) -> Columns:
    """Place, key and name of stages; place 0, no key and ``nowhere`` for -1."""
    places = np.array([stage.place for stage in stages] + [0], dtype=np.int64)
    keys = objects([*(stage.key for stage in stages), None])
    names = objects([*(stage.name for stage in stages), nowhere])
    return {f"{prefix}place": places[at], f"{prefix}stage": keys[at], f"{prefix}name": names[at]}


def _stage_columns(rows: Columns, stages: tuple[Stage, ...], as_of: int) -> Columns:
    # Those at no stage have a row where there is anyone.
    at = rows["at"]
    listed = np.array([*([-1] if (at == -1).any() else []), *range(len(stages))] if len(at) else [], dtype=np.int64)
    theirs = [at == place for place in listed]
    counts = np.array([int(mine.sum()) for mine in theirs], dtype=np.int64)
    money = [_sum(rows["value"][mine]) for mine in theirs]
    total = sum(money, Decimal(0))
    waited = [as_of - rows["since"][mine] for mine in theirs]
    in_words = objects([*(stage.in_words() for stage in stages), None])
    return {
        **stage_names("", stages, listed),
        "rule": in_words[listed],
        "customers": counts,
        **estimate_values("share", share_estimate(counts, np.full(len(listed), len(at)), nobody=NOBODY)),
        "value": objects(money),
        "value_share": np.array([float(part / total) if total else np.nan for part in money]),
        "median_days": np.array([_median(days) for days in waited]),
    }


def _median(days: Floats) -> float:
    known = days[~np.isnan(days)]
    return float(np.median(known)) if len(known) else float("nan")


def _sum(money: np.ndarray) -> Decimal:
    return sum((value for value in money.tolist() if value is not None), Decimal(0))
