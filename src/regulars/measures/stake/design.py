"""What was known before each touch, as columns of numbers that a regression can take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Floats
from regulars.measures.local_times import DAY_SECONDS
from regulars.measures.registry import Columns

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

YEAR_DAYS = 365.25
# A word of fewer touches than this share is put together with all other rare ones.
LEAST_LEVEL_SHARE = 0.02
MOST_LEVELS = 8
RARE = "(other)"
# A column of which less than this share of the variance is its own says what the columns before it said.
LEAST_OWN = 1e-4
CUSTOMERS_A_COLUMN = 5
# Words in the order in which they are taken into account; season comes between groups and places.
GROUPS = ("customer_type", "region")
PLACES = ("country", "acquired_by", "branch", "channel")


@dataclass(frozen=True)
class Covariate:
    """One column: what it says, of which word, and whether it is the logarithm of what it says."""

    name: str
    level: str | None = None
    logarithm: bool = False


@dataclass(frozen=True)
class Design:
    """Touches x columns. ``used`` marks the columns that are taken into account."""

    values: Floats
    covariates: tuple[Covariate, ...]
    used: Bools

    def regressors(self) -> Floats:
        """A column of ones, then the used columns with mean 0 and deviation 1."""
        # Column by column: with a million touches a second copy of them all would be felt.
        columns = np.ones((len(self.values), 1 + int(self.used.sum())))
        for place, column in enumerate(np.flatnonzero(self.used), start=1):
            values = self.values[:, column]
            columns[:, place] = (values - values.mean()) / (values.std() or 1.0)
        return columns


def design_of(rows: Columns, words: Columns, customers: int) -> Design:
    """The design of these touches.

    rows       columns of expressions.touches
    words      of expressions.profiles, one element a profile
    customers  of the smaller side, which says how many columns they bear
    """
    parts = [*_history(rows), *_worded(rows, words, GROUPS), *_season(rows), *_worded(rows, words, PLACES)]
    parts = [(covariate, values) for covariate, values in parts if values.size and np.ptp(values) > 0]
    if not parts:
        return Design(np.zeros((len(rows["at"]), 0)), (), np.zeros(0, dtype=bool))
    values = np.column_stack([values for _, values in parts])
    return Design(values, tuple(covariate for covariate, _ in parts), _bearable(values, customers))


def with_column(design: Design, covariate: Covariate, values: Floats) -> Design:
    """The design with one more column, which is taken into account unless it is said by those that are."""
    if not np.ptp(values) > 0:
        return design
    both = np.column_stack([design.values, values])
    used = np.append(design.used, False)
    used[-1] = _own(_shared(both), used, len(used) - 1) > LEAST_OWN
    return Design(both, (*design.covariates, covariate), used)


def _history(rows: Columns) -> list[tuple[Covariate, Floats]]:
    """Orders, recency, spend, mean order and age, each as logarithm, since people differ in them by factors."""
    orders, spend = rows["orders"].astype(np.float64), np.maximum(rows["spend"], 0.0)
    # Up to when a touch was due: how long it really took says how it went, not who the customer was.
    since = _days(rows["due"] - rows["last_at"])
    age = _days(rows["last_at"] - rows["first_at"])
    return [
        (Covariate("orders before", logarithm=True), np.log1p(orders)),
        (Covariate("days since the last order", logarithm=True), np.log1p(since)),
        (Covariate("mean order before", logarithm=True), np.log1p(spend / np.maximum(orders, 1.0))),
        (Covariate("exactly one order before"), (orders == 1).astype(np.float64)),
        (Covariate("no order before"), (orders == 0).astype(np.float64)),
        (Covariate("days from the first order to the last", logarithm=True), np.log1p(age)),
        (Covariate("spend before", logarithm=True), np.log1p(spend)),
    ]


def _days(seconds: Floats) -> Floats:
    """Days, 0 where there was no order; another column says that there was none."""
    return np.asarray(np.nan_to_num(np.maximum(seconds, 0.0) / DAY_SECONDS, nan=0.0))


def _season(rows: Columns) -> list[tuple[Covariate, Floats]]:
    day = rows["at"].astype(np.float64) / DAY_SECONDS
    round_ = 2 * np.pi * day / YEAR_DAYS
    return [
        (Covariate("time of year (winter to summer)"), np.cos(round_)),
        (Covariate("time of year (spring to autumn)"), np.sin(round_)),
        (Covariate("years since 1970"), day / YEAR_DAYS),
    ]


def _worded(rows: Columns, words: Columns, names: tuple[str, ...]) -> list[tuple[Covariate, Floats]]:
    """A column of 0 and 1 for each common word but the commonest, and one for all rare words together."""
    found = []
    for name in names:
        if name not in words:
            continue
        levels, code_of_profile = np.unique(words[name].astype(str), return_inverse=True)
        codes = code_of_profile[rows["profile"]]
        counts = np.bincount(codes, minlength=len(levels))
        common = [code for code in np.argsort(-counts, kind="stable") if counts[code] >= LEAST_LEVEL_SHARE * len(codes)]
        for code in common[1:MOST_LEVELS]:
            found.append((Covariate(name, str(levels[code]) or None), (codes == code).astype(np.float64)))
        rare = ~np.isin(codes, common[:MOST_LEVELS])
        found.append((Covariate(name, RARE), rare.astype(np.float64)))
    return found


def _bearable(values: Floats, customers: int) -> Bools:
    """Columns in their order, without those that others already say, as many as the customers bear."""
    most = max(1, customers // CUSTOMERS_A_COLUMN)
    shared = _shared(values)
    used = np.zeros(values.shape[1], dtype=bool)
    for column in range(values.shape[1]):
        if used.sum() == most:
            break
        used[column] = _own(shared, used, column) > LEAST_OWN
    return used


def _shared(values: Floats) -> Floats:
    """Correlations of columns that all vary."""
    centred = values - values.mean(axis=0)
    spread = np.sqrt((centred**2).mean(axis=0))
    return np.asarray((centred.T @ centred) / len(values) / np.outer(spread, spread))


def _own(shared: Floats, used: Bools, column: int) -> float:
    """Share of a column's variance that the used ones leave unsaid."""
    if not used.any():
        return 1.0
    among, with_it = shared[np.ix_(used, used)], shared[used, column]
    return float(1.0 - with_it @ np.linalg.solve(among, with_it))
