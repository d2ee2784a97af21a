"""Customers and staff drawn anew: how else the components might have come out.

Every unit gets a Poisson count with mean 1 in each sample, the same in all components. Units that look alike in all
components are drawn together, so the work grows with how many kinds of customers there are, not how many customers.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.measures.estimates import Floats
from regulars.measures.index.counting import NET, Counted, Ints

SAMPLES, SEED = 1_000, 20_260_630
AT_ONCE = 4_096  # kinds of units drawn at once, to bound memory
SMALL_TIMES = 16
TABLE = 2**16
HALF_CASE = 0.5
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Kinds:
    """Units of a family by how they look in its components: equal ones are one row.

    num, den  one row a kind, one column a component
    times     how many units are of that kind
    """

    names: tuple[str, ...]
    num: Ints
    den: Ints
    times: Ints

    def units(self, names: Sequence[str]) -> int:
        """How many units enter at least one of these components."""
        columns = [self.names.index(name) for name in names if name in self.names]
        if not columns:
            return 0
        return int(self.times[(self.den[:, columns] > 0).any(axis=1)].sum())


def kinds_of(counted: Mapping[str, Counted], family: str) -> Kinds:
    """The units of a family, over the components given that have any."""
    names = tuple(name for name, one in counted.items() if one.family == family and one.units)
    known = [counted[name].unit[counted[name].unit != 0] for name in names]
    people = np.unique(np.concatenate(known)) if known else np.zeros(0, dtype=np.int64)
    alone = sum(int((counted[name].unit == 0).sum()) for name in names)
    num, den = (np.zeros((len(people) + alone, len(names)), dtype=np.int64) for _ in range(2))
    times, row = np.ones(len(people) + alone, dtype=np.int64), len(people)
    for column, name in enumerate(names):
        one = counted[name]
        met = one.unit != 0
        places = np.searchsorted(people, one.unit[met])
        num[places, column], den[places, column] = one.num[met], one.den[met]
        others = slice(row, row + int((~met).sum()))
        num[others, column], den[others, column], times[others] = one.num[~met], one.den[~met], one.times[~met]
        row = others.stop
    return _together(names, num, den, times)


def _together(names: tuple[str, ...], num: Ints, den: Ints, times: Ints) -> Kinds:
    """Equal rows as one; in an order that depends on what they hold alone."""
    if not len(times):
        return Kinds(names, num, den, times)
    looks = _hashes(np.concatenate([num, den], axis=1))
    _, first, place = np.unique(looks, return_index=True, return_inverse=True)
    return Kinds(names, num[first], den[first], np.bincount(place, weights=times).astype(np.int64))


def _hashes(table: Ints) -> NDArray[np.uint64]:
    """A 64-bit number for the content of each row."""
    found = np.zeros(len(table), dtype=np.uint64)
    for column in range(table.shape[1]):
        mixed = (found ^ table[:, column].astype(np.uint64)) * _ODD
        found = mixed ^ (mixed >> np.uint64(29))
    return found


def drawn_values(kinds: Kinds, samples: int, *, seed: Sequence[int]) -> Mapping[str, Floats]:
    """The components' values in each sample, net scores times 100."""
    draw = np.random.default_rng([SEED, *seed])
    sums = np.zeros((samples, 2 * len(kinds.names)))
    both = np.concatenate([kinds.num, kinds.den], axis=1).astype(np.float64)
    for counts, rows in _drawn(kinds.times, samples, draw):
        sums += counts @ both[rows]
    found = {}
    for column, name in enumerate(kinds.names):
        per_unit = kinds.den[:, column] @ kinds.times / kinds.times[kinds.den[:, column] > 0].sum()
        num, den = sums[:, column], sums[:, len(kinds.names) + column]
        found[name] = _softened(num, den, float(per_unit), name, draw)
    return found


def _softened(num: Floats, den: Floats, per_unit: float, name: str, draw: np.random.Generator) -> Floats:
    """Samples with half a best and half a worst case added, so that five of five are not taken for certainty.

    For shares of independent cases this is Jeffreys' interval.
    """
    worst, best = (-1.0, 1.0) if name in NET else (0.0, 1.0)
    low, high = (draw.gamma(HALF_CASE, per_unit, len(num)) for _ in range(2))
    return (num + best * high + worst * low) / (den + low + high) * (100.0 if name in NET else 1.0)


def _drawn(times: Ints, samples: int, draw: np.random.Generator) -> Iterator[tuple[Floats, Ints]]:
    """How often each kind is drawn in each sample, for a part of the kinds at a time, and which they are."""
    for count in np.unique(times).tolist():
        rows = np.flatnonzero(times == count)
        for begin in range(0, len(rows), AT_ONCE):
            chunk = rows[begin : begin + AT_ONCE]
            size = (samples, len(chunk))
            if count <= SMALL_TIMES:
                # Most kinds are of one or few; looking counts up is many times quicker than drawing them.
                yield _poisson_table(count)[draw.integers(0, TABLE, size, dtype=np.uint16)], chunk
            else:
                yield draw.poisson(count, size).astype(np.float64), chunk


@functools.cache
def _poisson_table(mean: int) -> Floats:
    """Poisson counts with this mean, each as often as it is likely."""
    places = (np.arange(TABLE) + 0.5) / TABLE
    return np.asarray(stats.poisson.ppf(places, mean), dtype=np.float64)
