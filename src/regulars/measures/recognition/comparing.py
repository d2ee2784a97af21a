"""Units compared like with like: what is expected of each, and which of them chance cannot explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special, stats

from regulars.measures.estimates import Floats
from regulars.measures.intervals import Z
from regulars.measures.scores.trends import holm_levels

ABOVE, BELOW, NOT_APART, TOO_FEW = "surely above", "surely below", "cannot be told apart", "too few"
FEWEST_TOUCHES, FEWEST_CUSTOMERS = 30, 20
RIDGE, ROUNDS = 0.5, 40
# Of a column so many of its commonest values are told apart; the others are one.
MOST_VALUES = 30

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class Compared:
    """What became of each unit; arrays in the order of ``units``. NaN where there is too little."""

    units: list[str]
    n: Ints
    people: Ints
    observed: Floats
    deviation: Floats
    expected: Floats
    raw: Floats
    shrunk: Floats
    low: Floats
    high: Floats
    p_value: Floats
    verdict: list[str]
    rank: list[int | None]


def expected_chance(alike: Sequence[np.ndarray[Any, Any]], happened: Floats) -> Floats:
    """The chance of each case by what is held alike, whoever did the work: logistic, main effects, a small ridge.

    Source  le Cessie, van Houwelingen (1992), Applied Statistics 41(1)
    """
    design, place = _design(alike, len(happened))
    n = np.bincount(place, minlength=len(design)).astype(float)
    hits = np.bincount(place, weights=happened, minlength=len(design))
    beta = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], RIDGE)
    penalty[0] = 0.0
    beta[0] = special.logit(np.clip(hits.sum() / n.sum(), 1e-6, 1 - 1e-6))
    for _ in range(ROUNDS):
        chance = special.expit(design @ beta)
        weight = np.maximum(n * chance * (1 - chance), 1e-9)
        slope = design.T @ (hits - n * chance) - penalty * beta
        step = np.linalg.solve(design.T @ (design * weight[:, None]) + np.diag(penalty + 1e-9), slope)
        beta = beta + step
        if np.abs(step).max() < 1e-8:
            break
    return np.asarray(special.expit(design @ beta)[place])


def expected_value(alike: Sequence[np.ndarray[Any, Any]], values: Floats) -> Floats:
    """The mean of each case by what is held alike: least squares, main effects, a small ridge.

    Source  Hoerl, Kennard (1970), Technometrics 12(1)
    """
    design, place = _design(alike, len(values))
    n = np.bincount(place, minlength=len(design)).astype(float)
    total = np.bincount(place, weights=values, minlength=len(design))
    penalty = np.full(design.shape[1], RIDGE)
    penalty[0] = 0.0
    beta = np.linalg.solve(design.T @ (design * n[:, None]) + np.diag(penalty + 1e-9), design.T @ total)
    return np.asarray((design @ beta)[place])


def _design(alike: Sequence[np.ndarray[Any, Any]], length: int) -> tuple[Floats, Ints]:
    """The distinct patterns as rows of ones and noughts, and the pattern of every case."""
    codes = [_codes(column) for column in alike]
    table = np.column_stack([*codes, np.zeros(length, dtype=np.int64)])
    patterns, place = np.unique(table, axis=0, return_inverse=True)
    parts = [np.ones((len(patterns), 1))]
    for column in range(len(codes)):
        values = np.arange(1, int(patterns[:, column].max(initial=0)) + 1)
        parts.append((patterns[:, column][:, None] == values).astype(float))
    return np.hstack(parts), place.reshape(-1).astype(np.int64)


def _codes(column: np.ndarray[Any, Any]) -> Ints:
    """Values as numbers, the commonest 0; the rare ones share a number."""
    values, place, counts = np.unique(column.astype(str), return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    number = np.empty(len(values), dtype=np.int64)
    number[order] = np.minimum(np.arange(len(values)), MOST_VALUES)
    return number[place.reshape(-1)]


def compare(
    units: np.ndarray[Any, Any],
    people: np.ndarray[Any, Any],
    values: Floats,
    expected: Floats,
    usual: Floats | None = None,
) -> Compared:
    """Each unit's mean against what was to be expected of its cases, drawn towards nought by as much as chance says.

    people  whose case it is: cases of one person are not independent, so variances are those of persons' sums
    usual   how far each case is apart from what was expected of it by chance; None: all alike

    The variance of a unit is its own, and no smaller than the people of all units together make it: a few people of
    whom hardly any returned look alike, and would make what chance did to them look sure.

    Somebody is above or below where Holm's correction over all units and the shrunk interval both say so. Whoever is
    surely above shares the first place, whoever is surely below the last one; nobody else is ranked.

    Source  Liang, Zeger (1986), Biometrika 73(1); DerSimonian, Laird (1986), Controlled Clinical Trials 7(3); Efron,
            Morris (1975), Journal of the American Statistical Association 70(350); Holm (1979), Scandinavian Journal
            of Statistics 6(2)
    """
    names, place = np.unique(units.astype(str), return_inverse=True)
    place = place.reshape(-1)
    n = np.bincount(place, minlength=len(names)).astype(np.int64)
    mean = _per(place, values, n)
    foreseen = _per(place, expected, n)
    raw = mean - foreseen
    deviation = np.sqrt(_per(place, (values - mean[place]) ** 2, n) * n / np.maximum(n - 1, 1))
    apart = values - expected
    pairs = _pairs(place, people)
    each, own = _spread(pairs, apart, n, raw)
    variance = np.maximum(own, _shared_spread(pairs, apart, np.ones_like(apart) if usual is None else usual, n))
    judged = (n >= FEWEST_TOUCHES) & (each >= FEWEST_CUSTOMERS) & (variance > 0)
    shrunk, low, high, p_value = (np.full(len(names), np.nan) for _ in range(4))
    found = Compared(
        units=names.tolist(),
        n=n,
        people=each,
        observed=mean,
        deviation=deviation,
        expected=foreseen,
        raw=raw,
        shrunk=shrunk,
        low=low,
        high=high,
        p_value=p_value,
        verdict=[TOO_FEW] * len(names),
        rank=[None] * len(names),
    )
    return _judge(found, judged, variance) if judged.sum() >= 2 else found


def _per(place: Ints, values: Floats, n: Ints) -> Floats:
    return np.asarray(np.bincount(place, weights=values, minlength=len(n)) / np.maximum(n, 1))


@dataclass(frozen=True)
class _Pairs:
    """Every unit with every person it served: the pair of each case, the unit and the number of cases of each pair."""

    of_case: Ints
    unit: Ints
    count: Ints

    def sums(self, values: Floats) -> Floats:
        """The sum of each pair's cases."""
        return np.asarray(np.bincount(self.of_case, weights=values, minlength=len(self.unit)))


def _pairs(place: Ints, people: np.ndarray[Any, Any]) -> _Pairs:
    _, person = np.unique(people, return_inverse=True)
    most = int(person.max(initial=0)) + 1
    distinct, where, count = np.unique(
        place.astype(np.int64) * most + person.reshape(-1), return_inverse=True, return_counts=True
    )
    return _Pairs(where.reshape(-1).astype(np.int64), distinct // most, count.astype(np.int64))


def _spread(pairs: _Pairs, apart: Floats, n: Ints, raw: Floats) -> tuple[Ints, Floats]:
    """How many people each unit served, and the variance of its mean, out of the sums of people's cases."""
    sums = pairs.sums(apart) - pairs.count * raw[pairs.unit]
    each = np.bincount(pairs.unit, minlength=len(n)).astype(np.int64)
    squares = np.bincount(pairs.unit, weights=sums**2, minlength=len(n))
    fuller = each / np.maximum(each - 1, 1)
    return each, np.asarray(fuller * squares / np.maximum(n, 1) ** 2)


def _shared_spread(pairs: _Pairs, apart: Floats, usual: Floats, n: Ints) -> Floats:
    """The variance of each unit's mean if cases of one person go together as much in every unit as in all of them."""
    measured = apart / np.where(usual > 0, usual, 1.0)
    squares, together = pairs.sums(measured**2), pairs.sums(measured) ** 2
    alone = squares.sum() / max(len(apart), 1)
    couples = float((pairs.count * (pairs.count - 1)).sum())
    shared = max(0.0, float((together - squares).sum()) / couples) if couples else 0.0
    one, whole = pairs.sums(usual**2), pairs.sums(usual) ** 2
    variance = alone * one + shared * (whole - one)
    return np.asarray(np.bincount(pairs.unit, weights=variance, minlength=len(n)) / np.maximum(n, 1) ** 2)


def _judge(found: Compared, judged: np.ndarray[Any, Any], variance: Floats) -> Compared:
    raw, spread = found.raw[judged], variance[judged]
    between = between_units(raw, spread)
    part = between / (between + spread)
    shrunk, margin = part * raw, Z * np.sqrt(part * spread)
    p_value = 2 * stats.t.sf(np.abs(raw) / np.sqrt(spread), found.people[judged] - 1)
    sure = (p_value < np.array(holm_levels(p_value.tolist()))) & (np.abs(shrunk) > margin)
    verdict = [ABOVE if one > 0 else BELOW for one in raw]
    for array, values in (
        (found.shrunk, shrunk),
        (found.low, shrunk - margin),
        (found.high, shrunk + margin),
        (found.p_value, p_value),
    ):
        array[judged] = values
    last = int(judged.sum()) - sum(said == BELOW and one for said, one in zip(verdict, sure, strict=True)) + 1
    for unit, said, certain in zip(np.flatnonzero(judged), verdict, sure, strict=True):
        found.verdict[unit] = said if certain else NOT_APART
        found.rank[unit] = (1 if said == ABOVE else last) if certain else None
    return found


def between_units(raw: Floats, spread: Floats) -> float:
    """The variance of units' true differences; at least the standard error of its estimate if there were none.

    An estimate of nought would draw everybody to nought with an interval of no width, which nobody knows so well.
    """
    weight = 1 / spread
    middle = float((weight * raw).sum() / weight.sum())
    q = float((weight * (raw - middle) ** 2).sum())
    free = len(raw) - 1
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    return max(q - free, float(np.sqrt(2 * free))) / scale
