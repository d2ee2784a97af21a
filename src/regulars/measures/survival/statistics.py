"""Survival curves of each group, what they come down to, and whether groups differ."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regulars.measures.estimates import Estimate, estimate_values, reasons
from regulars.measures.intervals import Z
from regulars.measures.losses.leaving import MONTH_DAYS
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, key_rows, objects
from regulars.measures.survival.kaplan_meier import Curve, LogRank, kaplan_meier, log_rank, mean_within, median_time
from regulars.measures.survival.watched import Watched, watched

NOBODY_LEFT = "Nobody has left by then, so there is no interval."
ALL_LEFT = "Everybody watched for so long has left, so there is no interval."
NOT_HALF = "Fewer than half have left."
NO_UPPER_END = "The interval has no upper end: too few have left."
NOT_SO_LONG = "Nobody was watched for so long."
ONE_GROUP = "There is one group only. Split the customers to compare groups."
NOBODY_LEFT_AT_ALL = "Nobody has left in any group, so there is nothing to compare."
CURVE_COLUMNS = (
    "time",
    "unit",
    "time_days",
    "at_risk",
    "left",
    "censored",
    "survival",
    "survival_low",
    "survival_high",
    "n",
    "survival_reason",
    "small_sample",
    "clock",
)


def survival_curves(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per time of each group; see results.py. Empty where nobody's time is known."""
    everybody = watched(found["customers"], scope)
    parts = [
        (key, _curve_columns(kaplan_meier(group.times, group.left), group))
        for key, group, _ in _groups(found["customers"], everybody, scope)
    ]
    return Outcome(joined(parts, scope.by, CURVE_COLUMNS), everybody.notes)


def survival_summaries(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per group; see results.py."""
    everybody = watched(found["customers"], scope)
    groups = list(_groups(found["customers"], everybody, scope))
    curves = [kaplan_meier(group.times, group.left) for _, group, _ in groups]
    if not curves:
        names = list(_summary(Curve(*[np.array([])] * 8), everybody, 0, 0.0, None, 0))
        return Outcome(joined([], scope.by, names), everybody.notes)
    within = min(float(curve.times[-1]) for curve in curves)
    test = log_rank(curves) if len(curves) > 1 else None
    parts = [
        (key, _summary(curve, group, unknown, within, test, place))
        for place, ((key, group, unknown), curve) in enumerate(zip(groups, curves, strict=True))
    ]
    return Outcome(joined(parts, scope.by, list(parts[0][1])), everybody.notes)


def _groups(customers: Columns, everybody: Watched, scope: Scope) -> list[tuple[Key, Watched, int]]:
    """Each group with a customer whose time is known: who they are, and how many are not known."""
    keys = key_rows(customers, scope.by)
    places: dict[Key, list[int]] = {}
    for row, key in enumerate(keys):
        places.setdefault(key, []).append(row)
    groups = []
    for key, rows in sorted(places.items(), key=lambda item: tuple(str(value) for value in item[0])):
        mine = np.zeros(len(keys), dtype=bool)
        mine[rows] = True
        known = mine & everybody.counted
        if known.any():
            groups.append((key, everybody.part(known), int((mine & everybody.of_interest & ~known).sum())))
    return groups


def _curve_columns(curve: Curve, group: Watched) -> Columns:
    rows = len(curve.times)
    month = group.unit == "months"
    n = np.full(rows, len(group.times))
    return {
        "time": curve.times,
        "unit": objects([group.unit] * rows),
        "time_days": curve.times * MONTH_DAYS if month else curve.times,
        "at_risk": curve.at_risk,
        "left": curve.left,
        "censored": curve.censored,
        **estimate_values("survival", _survival(curve, n)),
        "clock": objects([group.clock] * rows),
    }


def _survival(curve: Curve, n: np.ndarray) -> Estimate:
    why = reasons(curve.survival == 1, NOBODY_LEFT)
    why[curve.survival == 0] = ALL_LEFT
    return Estimate(curve.survival, curve.low, curve.high, n, why)


def _summary(curve: Curve, group: Watched, unknown: int, within: float, test: LogRank | None, place: int) -> Columns:
    year = 12.0 if group.unit == "months" else 365.0
    n = np.array([len(group.times)])
    compared = test is not None and test.degrees > 0
    return {
        "customers": n,
        "left": np.array([int(group.left.sum())]),
        "unknown": np.array([unknown]),
        "unit": objects([group.unit]),
        **estimate_values("median", _median(curve, n), prefixed=True),
        **estimate_values("survival_1_year", _at(curve, year, n), prefixed=True),
        **estimate_values("survival_2_years", _at(curve, 2 * year, n), prefixed=True),
        **estimate_values("mean_within", _mean(curve, within, n), prefixed=True),
        "within": np.array([within]),
        "expected_left": np.array([test.expected[place] if test else float("nan")]),
        "chi_square": np.array([test.chi_square if test else float("nan")]),
        "degrees": objects([test.degrees if test and compared else None]),
        "p_value": np.array([test.p_value if test else float("nan")]),
        "p_reason": objects([None if compared else NOBODY_LEFT_AT_ALL if test else ONE_GROUP]),
        "clock": objects([group.clock]),
    }


def _median(curve: Curve, n: np.ndarray) -> Estimate:
    middle, low, high = median_time(curve) if len(curve.times) else (float("nan"),) * 3
    why = NOT_HALF if np.isnan(middle) else NO_UPPER_END if np.isnan(high) else None
    return Estimate(np.array([middle]), np.array([low]), np.array([high]), n, objects([why]))


def _at(curve: Curve, time: float, n: np.ndarray) -> Estimate:
    """Survival after a time that somebody was watched for, or that everybody had left before."""
    known = len(curve.times) > 0 and (curve.times[-1] >= time or curve.survival[-1] == 0)
    if not known:
        nothing = np.array([np.nan])
        return Estimate(nothing, nothing, nothing, n, objects([NOT_SO_LONG]))
    row = slice(curve.at(time), curve.at(time) + 1)
    survival = curve.survival[row]
    why = NOBODY_LEFT if survival[0] == 1 else ALL_LEFT if survival[0] == 0 else None
    return Estimate(survival, curve.low[row], curve.high[row], n, objects([why]))


def _mean(curve: Curve, within: float, n: np.ndarray) -> Estimate:
    if not len(curve.times) or within <= 0:
        nothing = np.array([np.nan])
        return Estimate(nothing, nothing, nothing, n, objects([NOT_SO_LONG]))
    mean, error = mean_within(curve, within)
    if error == 0:
        nothing = np.array([np.nan])
        return Estimate(np.array([mean]), nothing, nothing, n, objects([NOBODY_LEFT]))
    ends = np.clip(np.array([mean - Z * error, mean + Z * error]), 0.0, within)
    return Estimate(np.array([mean]), ends[:1], ends[1:], n, objects([None]))
