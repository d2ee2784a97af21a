"""The strongest way from one point of a graph to every other one."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import TypeVar

Point = TypeVar("Point", str, int)


def ways(weights: Mapping[tuple[Point, Point], float], root: Point) -> dict[Point, Point]:
    """Each point that can be reached from the root, with the one before it on its strongest way.

    A way is as strong as its weakest part; of equally strong ones the shorter is taken, then the first by name.
    """
    after: dict[Point, list[tuple[Point, float]]] = {}
    for (source, target), weight in weights.items():
        after.setdefault(source, []).append((target, weight))
    before: dict[Point, Point] = {}
    waiting: list[tuple[float, int, Point, Point]] = [(-max(weights.values(), default=0), 0, root, root)]
    while waiting:
        weakest, length, point, came_from = heapq.heappop(waiting)
        if point in before:
            continue
        before[point] = came_from
        for target, weight in after.get(point, ()):
            if target not in before:
                heapq.heappush(waiting, (max(weakest, -weight), length + 1, target, point))
    before.pop(root, None)
    return before
