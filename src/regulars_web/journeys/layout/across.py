"""Places across the page: paths as straight as they can be, and nothing too close to anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

Row = tuple[tuple[int, float], ...]
TO_THE_MIDDLE = 0.04  # how much a line to a box wants its middle, against how much it wants to be straight


@dataclass(frozen=True)
class Pull:
    """A piece of a path: its two points, how strongly it wants to be straight, and how far it may lean for nothing."""

    upper: int
    lower: int
    strength: float
    free: float = 0.0


@dataclass(frozen=True)
class Apart:
    """Two neighbours in a layer, and the least distance from the left to the right one."""

    left: int
    right: int
    room: float


def places_across(points: int, pulls: Sequence[Pull], apart: Sequence[Apart]) -> list[float]:
    """The place across of every point, the smallest about 0.

    The sum of leanings, each times its strength, is the least there can be; no neighbours are too close.
    Source  the x coordinates of Gansner, Koutsofios, North and Vo (1993), IEEE Transactions on Software Engineering
            19(3), solved as a linear programme
    """
    if not pulls and not apart:
        return [0.0] * points
    leaning = [one for pull in pulls for one in _with_middle(pull)]
    apart_rows = [((one.left, 1.0), (one.right, -1.0)) for one in apart]
    lean_rows = [
        ((pull.upper, side), (pull.lower, -side), (points + number, -1.0))
        for number, pull in enumerate(leaning)
        for side in (1.0, -1.0)
    ]
    rows: list[Row] = [*apart_rows, *lean_rows]
    limits = [-one.room for one in apart] + [pull.free for pull in leaning for _ in (1.0, -1.0)]
    cost = np.concatenate([np.zeros(points), [pull.strength for pull in leaning]])
    found = linprog(cost, A_ub=_matrix(rows, len(cost)), b_ub=limits, bounds=(0, None), method="highs")
    return [float(at) for at in found.x[:points]]


def _with_middle(pull: Pull) -> list[Pull]:
    """The pull and, where it may lean for nothing, a weak one towards the middle."""
    if not pull.free:
        return [pull]
    return [pull, Pull(pull.upper, pull.lower, pull.strength * TO_THE_MIDDLE)]


def _matrix(rows: Sequence[Row], width: int) -> coo_array:
    terms = [(number, column, value) for number, row in enumerate(rows) for column, value in row]
    numbers, columns, values = zip(*terms, strict=True)
    return coo_array((values, (numbers, columns)), shape=(len(rows), width)).tocsr()


def spread(
    wanted: Sequence[float], pulls: Sequence[float], apart: Sequence[float], low: float, high: float
) -> list[float]:
    """Places in the given order, ``apart[i]`` or more between i and i + 1, as near as possible to the wanted ones.

    Nearness is the sum of squares, each with its pull. All lie from ``low`` to ``high``, which is room enough.
    Source  pooling of adjacent violators: Ayer, Brunk, Ewing, Reid and Silverman (1955), Annals of Mathematical
            Statistics 26(4)
    """
    shifts = [0.0]
    for gap in apart:
        shifts.append(shifts[-1] + gap)
    blocks: list[tuple[float, float, int]] = []  # mean, pull, how many
    for want, pull, shift in zip(wanted, pulls, shifts, strict=True):
        mean, weight, count = want - shift, pull, 1
        while blocks and blocks[-1][0] > mean:
            before, its_weight, its_count = blocks.pop()
            mean = (mean * weight + before * its_weight) / (weight + its_weight)
            weight, count = weight + its_weight, count + its_count
        blocks.append((mean, weight, count))
    flat = [min(max(mean, low), high - shifts[-1]) for mean, _, count in blocks for _ in range(count)]
    return [at + shift for at, shift in zip(flat, shifts, strict=True)]
