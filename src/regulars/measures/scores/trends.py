"""Scores over time, with a change marked only where it is real."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from scipy import stats

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import LEVEL
from regulars.measures.registry import Columns, Outcome, Statistics
from regulars.measures.revenue.expressions import period_months
from regulars.measures.scope import Scope
from regulars.measures.scores.effects import moved, scored
from regulars.measures.scores.statistics import COUNTS, Row, Wanted
from regulars.measures.splits import Key, joined, month_starts, objects, splits

CALLED = {1: "month", 3: "quarter", 12: "year"}
NO_CHANGE = {
    1: "No change from one month to the next is larger than chance may bring.",
    3: "No change from one quarter to the next is larger than chance may bring.",
    12: "No change from one year to the next is larger than chance may bring.",
}
ERRS = round(1 - LEVEL, 9)  # 1 - 0.95 is a hair more than 0.05
FIRST_PERIOD = "There is no earlier period with answers."


@dataclass(frozen=True)
class Period:
    """One period's answers: good, middling and bad."""

    index: int  # periods since January of year 0
    answers: tuple[float, float, float]

    @property
    def n(self) -> float:
        """All of them."""
        return sum(self.answers)


@dataclass(frozen=True)
class Change:
    """The difference from the period before, with an interval wide enough for all comparisons together."""

    value: float
    low: float
    high: float
    p_value: float
    real: bool


def trends(wanted: Wanted) -> Statistics:
    """The statistics of a score over time: one row per period with an answer (and ``by``); see results.py."""

    def statistics(found: Mapping[str, Columns], scope: Scope) -> Outcome:
        columns = found["months"]
        months = _length(columns, scope)
        parts: list[tuple[Key, Columns]] = []
        real = 0
        for key, rows in splits(columns, scope.by):
            periods = _periods(rows, months)
            changed = changes(periods, wanted.counts)
            real += sum(change is not None and change.real for change in changed)
            listed = [_row(wanted, *both, months, scope) for both in zip(periods, changed, strict=True)]
            parts.append((key, {name: objects(row[name] for row in listed) for name in listed[0]}))
        empty = _row(wanted, Period(24_000, (1.0, 0.0, 0.0)), None, 1, scope)
        return Outcome(joined(parts, scope.by, list(empty)), _notes(months, real, bool(parts)))

    return statistics


def changes(periods: Sequence[Period], counts: Sequence[float]) -> list[Change | None]:
    """Each period against the one before it; None for the first.

    A change is real where its interval leaves out 0 after Holm's correction over all comparisons: the clearest change
    is judged by the strictest level, the next by the next, and after the first that fails none is real.

    Source  Holm (1979), Scandinavian Journal of Statistics 6(2); for the intervals see effects.moved
    """
    found = [_difference(before, after, counts) for before, after in itertools.pairwise(periods)]
    levels = holm_levels([p_value for _, _, _, p_value in found])
    changed: list[Change | None] = [None] if periods else []
    for (value, centre, error, p_value), level in zip(found, levels, strict=True):
        margin = float(stats.norm.ppf(1 - level / 2)) * error
        low, high = centre - margin, centre + margin
        changed.append(Change(value, low, high, p_value, low > 0 or high < 0))
    return changed


def holm_levels(p_values: Sequence[float]) -> list[float]:
    """The level at which each of several tests is judged so that all together err in 5% of cases at most."""
    order = np.argsort(p_values, kind="stable")
    levels, failed = [0.0] * len(p_values), 0.0
    for place, row in enumerate(order):
        level = failed or ERRS / (len(p_values) - place)
        if not failed and p_values[row] >= level:
            failed = level
        levels[row] = level
    return levels


def _difference(before: Period, after: Period, counts: Sequence[float]) -> tuple[float, float, float, float]:
    values = [float(np.dot(one.answers, counts)) / one.n for one in (before, after)]
    (centre, variance), (other, other_variance) = (moved(one.answers, counts) for one in (before, after))
    error = float(np.sqrt(variance + other_variance))
    p_value = float(2 * stats.norm.sf(abs(other - centre) / error))
    return values[1] - values[0], other - centre, error, p_value


def _length(columns: Columns, scope: Scope) -> int:
    """Months of a period: as asked for, else one where half of all months have 30 answers, else three."""
    if "period_months" in scope.settings:
        return period_months(scope)
    each = np.column_stack([columns[name] for name in COUNTS]).astype(np.float64).sum(axis=1)
    return 1 if len(each) and float(np.median(each)) >= SMALL_SAMPLE else 3


def _periods(rows: Columns, months: int) -> list[Period]:
    index = rows["month"].astype(np.int64) // months
    answers = np.column_stack([rows[name] for name in COUNTS]).astype(np.float64)
    sums = [(int(one), answers[index == one].sum(axis=0)) for one in np.unique(index)]
    return [Period(one, (float(good), float(middling), float(bad))) for one, (good, middling, bad) in sums]


def _row(wanted: Wanted, period: Period, change: Change | None, months: int, scope: Scope) -> Row:
    name, factor = wanted.name, wanted.factor
    score = scored([one / period.n for one in period.answers], period.n, wanted.counts).times(factor)
    begins, ends = month_starts(np.array([period.index * months, (period.index + 1) * months])).tolist()
    begun = scope.from_on is None or scope.from_on <= begins
    return {
        "period_on": begins,
        "period": CALLED[months],
        "complete": begun and ends - timedelta(days=1) <= scope.last_on,
        **{level: int(n) for level, n in zip(wanted.levels, period.answers, strict=True)},
        name: score.value,
        f"{name}_low": score.low,
        f"{name}_high": score.high,
        "n": int(period.n),
        f"{name}_reason": None,
        "small_sample": period.n < SMALL_SAMPLE,
        "change": factor * change.value if change else None,
        "change_low": factor * change.low if change else None,
        "change_high": factor * change.high if change else None,
        "change_reason": None if change else FIRST_PERIOD,
        "p_value": change.p_value if change else None,
        "real_change": change.real if change else None,
    }


def _notes(months: int, real: int, any_rows: bool) -> tuple[str, ...]:
    if not any_rows:
        return ()
    if not real:
        return (NO_CHANGE[months],)
    # Whole sentences, as the word for a quarter has another gender than that for a month in many languages.
    if months == 1:
        return (f"Changes from one month to the next that chance cannot explain: {real}.",)
    if months == 12:
        return (f"Changes from one year to the next that chance cannot explain: {real}.",)
    return (f"Changes from one quarter to the next that chance cannot explain: {real}.",)
