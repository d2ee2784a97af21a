"""The order of boxes and passing lines within each layer, so that few lines cross."""

from __future__ import annotations

import itertools
from bisect import bisect_right, insort
from collections.abc import Sequence

SWEEPS = 24
PATIENCE = 6
MOST_SWAPPED = 1500  # beyond that many points, neighbours are not tried the other way round

Order = list[list[int]]
Neighbours = Sequence[Sequence[int]]


def ordered(layers: Order, above: Neighbours, below: Neighbours) -> Order:
    """The layers with their points in an order of few crossings. ``above`` and ``below``: each point's neighbours.

    Source  the weighted mean of neighbours' places, and neighbours tried the other way round: Gansner, Koutsofios,
            North and Vo (1993), IEEE Transactions on Software Engineering 19(3)
    """
    here = [list(layer) for layer in layers]
    best, fewest, idle = [list(layer) for layer in here], crossings(here, below), 0
    swap = sum(map(len, layers)) <= MOST_SWAPPED
    for sweep in range(SWEEPS):
        if not fewest or idle == PATIENCE:
            break
        _sweep(here, above if sweep % 2 == 0 else below, downwards=sweep % 2 == 0)
        if swap:
            _swap_neighbours(here, above, below)
        found = crossings(here, below)
        if found < fewest:
            best, fewest, idle = [list(layer) for layer in here], found, 0
        else:
            idle += 1
    return best


def crossings(layers: Order, below: Neighbours) -> int:
    """How often lines between neighbouring layers cross."""
    total = 0
    for upper, lower in itertools.pairwise(layers):
        place = {point: number for number, point in enumerate(lower)}
        seen: list[int] = []
        for point in upper:
            ends = sorted(place[other] for other in below[point])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _sweep(layers: Order, towards: Neighbours, *, downwards: bool) -> None:
    """Order each layer by the mean place of its points' neighbours in the layer before it."""
    numbers = range(1, len(layers)) if downwards else range(len(layers) - 2, -1, -1)
    for number in numbers:
        before = layers[number - 1 if downwards else number + 1]
        place = {point: float(at) for at, point in enumerate(before)}
        layer = layers[number]
        stretch = len(before) / max(len(layer), 1)
        wanted = {
            point: sum(place[other] for other in towards[point]) / len(towards[point])
            if towards[point]
            else at * stretch
            for at, point in enumerate(layer)
        }
        layer.sort(key=wanted.__getitem__)


def _swap_neighbours(layers: Order, above: Neighbours, below: Neighbours) -> None:
    """Turn two neighbours round wherever that takes crossings away."""
    place = [0] * (1 + max((point for layer in layers for point in layer), default=0))
    for layer in layers:
        for at, point in enumerate(layer):
            place[point] = at
    for layer in layers:
        for at in range(len(layer) - 1):
            left, right = layer[at], layer[at + 1]
            gain = _gain(place, above[left], above[right]) + _gain(place, below[left], below[right])
            if gain > 0:
                layer[at], layer[at + 1] = right, left
                place[left], place[right] = at + 1, at


def _gain(place: Sequence[int], left: Sequence[int], right: Sequence[int]) -> int:
    """How many crossings fewer there are with left and right turned round."""
    gain = 0
    for one in left:
        for other in right:
            gain += (place[one] > place[other]) - (place[one] < place[other])
    return gain
