"""At which stage each customer is on a day, and since when: rules applied to figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Floats
from regulars.measures.losses.leaving import Bools, Lives
from regulars.measures.registry import Columns
from regulars.measures.stages.rules import Limit, Stage, in_force, stage_from

# Days since which a figure of this name is counted.
SINCE = {
    "days_since_first": "begun",
    "days_since_order": "last",
    "days_since_touch": "touched",
    "days_since_offer": "offered",
    "days_since_recommending": "recommended",
}


@dataclass(frozen=True)
class Figures:
    """Each customer's figures that rules speak of, and the days (since 1970) that they come from; NaN: not there."""

    as_of: int
    values: Mapping[str, Floats]
    days: Mapping[str, Floats]
    usual_gap: Floats


@dataclass(frozen=True)
class Placed:
    """One element a customer: the stage's place in ``stages``, -1 for none, and since which day; NaN unknown."""

    stages: tuple[Stage, ...]
    at: NDArray[np.int64]
    since: Floats


def stages_of(rules: Columns) -> tuple[Stage, ...]:
    """The life cycle that was published, else the usual one."""
    decided = [
        stage_from(str(key), int(version), _object(body))
        for key, version, body in zip(
            rules["key"].tolist(), rules["version"].tolist(), rules["body"].tolist(), strict=True
        )
    ]
    return in_force([stage for stage in decided if stage is not None])


def figures_of(customers: Columns, lives: Lives) -> Figures:
    """The figures out of the table of known_customers."""
    days = {
        "begun": lives.begun,
        "first": lives.first,
        "second": customers["second_day"].astype(np.float64),
        "last": lives.last,
        "touched": customers["touched_day"].astype(np.float64),
        "offered": customers["offered_day"].astype(np.float64),
        "recommended": customers["recommended_day"].astype(np.float64),
        "left": lives.left,
    }
    values = {name: lives.as_of - days[since] for name, since in SINCE.items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        silence = lives.silent / lives.usual_gap
    # Who is bound by a contract is not silent by not ordering.
    values["silence"] = np.where(np.isnan(lives.limit), np.nan, silence)
    values["orders"] = customers["orders"].astype(np.float64)
    values["bought"] = lives.bought.astype(np.float64)
    values["left"] = lives.has_left.astype(np.float64)
    values["value"] = customers["value"].astype(np.float64)
    return Figures(lives.as_of, values, days, lives.usual_gap)


def placed(stages: Sequence[Stage], figures: Figures) -> Placed:
    """The furthest stage of each customer whose rule holds."""
    ordered = tuple(stages)
    rows = len(figures.usual_gap)
    holds = [_all_hold(stage.limits, figures, rows) for stage in ordered]
    at = np.full(rows, -1, dtype=np.int64)
    for place, held in enumerate(holds):
        at[held] = place
    since = np.full(rows, np.nan)
    for place, stage in enumerate(ordered):
        mine = at == place
        begun = _began(stage, figures, rows)
        for further in ordered[place + 1 :]:
            begun = np.fmax(begun, _ended(further, figures, rows))
        since[mine] = begun[mine]
    return Placed(ordered, at, np.where(np.isinf(since), np.nan, np.minimum(since, figures.as_of)))


def _holds(limit: Limit, figures: Figures) -> Bools:
    value = figures.values[limit.figure]
    held = ~np.isnan(value)
    if limit.at_least is not None:
        held &= value >= limit.at_least
    if limit.at_most is not None:
        held &= value <= limit.at_most
    return held


def _all_hold(limits: Sequence[Limit], figures: Figures, rows: int) -> Bools:
    held = np.ones(rows, dtype=bool)
    for limit in limits:
        held &= _holds(limit, figures)
    return held


def _began(stage: Stage, figures: Figures, rows: int) -> Floats:
    """When the last of the stage's limits came to hold; -inf where none tells, NaN where one cannot be told."""
    begun = np.full(rows, -np.inf)
    for limit in stage.limits:
        begun = np.maximum(begun, _limit_began(limit, figures, rows))
    return begun


def _limit_began(limit: Limit, figures: Figures, rows: int) -> Floats:
    days, untold = figures.days, np.full(rows, np.nan)
    if limit.figure in SINCE:
        day = days[SINCE[limit.figure]]
        return day + limit.at_least if limit.at_least is not None else day
    if limit.figure == "silence":
        return days["last"] + np.ceil((limit.at_least or 0) * figures.usual_gap)
    if limit.at_least is None:
        return np.full(rows, -np.inf) if limit.figure in ("bought", "left") else untold
    started = {
        ("bought", True): days["begun"],
        ("left", True): days["left"],
        ("orders", limit.at_least <= 1): days["first"],
        ("orders", 1 < limit.at_least <= 2): days["second"],
    }
    return started.get((limit.figure, True), untold)


def _ended(stage: Stage, figures: Figures, rows: int) -> Floats:
    """When a stage whose limits held but for the upper ones that time passes by came to an end; NaN elsewhere."""
    timed = [limit for limit in stage.limits if limit.figure in SINCE and limit.at_most is not None]
    others = [limit for limit in stage.limits if limit not in timed]
    if not timed:
        return np.full(rows, np.nan)
    ended = np.full(rows, np.inf)
    for limit in timed:
        day = figures.days[SINCE[limit.figure]] + float(limit.at_most or 0) + 1
        ended = np.fmin(ended, np.where(day <= figures.as_of, day, np.inf))
    known = np.ones(rows, dtype=bool)
    for limit in timed:
        known &= ~np.isnan(figures.days[SINCE[limit.figure]])
    return np.where(known & np.isfinite(ended) & _all_hold(others, figures, rows), ended, np.nan)


def _object(text: object) -> Mapping[str, object]:
    try:
        body = json.loads(str(text))
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
