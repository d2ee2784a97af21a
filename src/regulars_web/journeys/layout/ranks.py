"""Which way each path leads, down or back up, and the layer of each step."""

from __future__ import annotations

from collections.abc import Sequence

from regulars_web.journeys.layout.ways import ways

# (from, to, weight), boxes by their place in the list.
Arc = tuple[int, int, float]
ROUNDS = 12


def leads_back(boxes: int, arcs: Sequence[Arc], *, first: int | None = None, last: int | None = None) -> list[bool]:
    """For each arc, whether it is drawn upwards: the weakest ones that would close a circle.

    Arcs are taken strongest first; one that would lead back to where stronger ones came from is turned round. Before
    all others come those of the strongest way from ``first`` to each box, so that every box has a way down to it.
    What leads to ``first`` or away from ``last`` leads upwards, since these are at the top and at the bottom.
    """
    after = [0] * boxes  # which boxes follow, as bits
    back = [False] * len(arcs)
    way = ways({(source, target): weight for source, target, weight in arcs}, first) if first is not None else {}
    order = sorted(range(len(arcs)), key=lambda one: (way.get(arcs[one][1]) != arcs[one][0], -arcs[one][2], one))
    for place in order:
        source, target, _ = arcs[place]
        if first == target or last == source:
            back[place] = True
            continue
        if after[target] >> source & 1:
            back[place] = True
            continue
        gained = after[target] | 1 << target
        for box in range(boxes):
            if box == source or after[box] >> source & 1:
                after[box] |= gained
    return back


def layers(boxes: int, down: Sequence[Arc], *, first: int | None, last: int | None) -> list[int]:
    """The layer of each box, from 0: every arc of ``down`` leads to a later layer, strong ones to the next if it fits.

    first, last  boxes that stand alone above and below all others
    """
    above: list[list[tuple[int, float]]] = [[] for _ in range(boxes)]
    below: list[list[tuple[int, float]]] = [[] for _ in range(boxes)]
    for source, target, weight in down:
        above[target].append((source, weight))
        below[source].append((target, weight))
    order = _topological(boxes, above, below)
    layer = _earliest(order, above, first)
    for _ in range(ROUNDS):
        if not _drawn_together(order, layer, above, below, {first, last}):
            break
    return _closed_up(layer, first, last)


def _earliest(order: Sequence[int], above: Sequence[Sequence[tuple[int, float]]], first: int | None) -> list[int]:
    layer = [0] * len(order)
    for box in order:
        if box != first:
            layer[box] = max((layer[other] + 1 for other, _ in above[box]), default=0 if first is None else 1)
    return layer


def _drawn_together(
    order: Sequence[int],
    layer: list[int],
    above: Sequence[Sequence[tuple[int, float]]],
    below: Sequence[Sequence[tuple[int, float]]],
    fixed: set[int | None],
) -> bool:
    """Move each box to the end of its room where its arcs are shorter; whether any has moved."""
    moved = False
    for box in reversed(order):
        if box in fixed or not below[box]:
            continue
        lowest = min(layer[other] for other, _ in below[box]) - 1
        highest = max((layer[other] for other, _ in above[box]), default=-1) + 1
        pull_up, pull_down = sum(w for _, w in above[box]), sum(w for _, w in below[box])
        wanted = lowest if pull_down > pull_up else max(highest, min(layer[box], lowest))
        if pull_up > pull_down:
            wanted = highest
        if wanted != layer[box]:
            layer[box], moved = wanted, True
    return moved


def _closed_up(layer: list[int], first: int | None, last: int | None) -> list[int]:
    """Layers without holes, with the first and the last box in layers of their own."""
    others = sorted({layer[box] for box in range(len(layer)) if box not in (first, last)})
    shift = 0 if first is None else 1
    place = {found: number + shift for number, found in enumerate(others)}
    closed = [place.get(found, 0) for found in layer]
    if first is not None:
        closed[first] = 0
    if last is not None:
        closed[last] = len(others) + shift
    return closed


def _topological(
    boxes: int,
    above: Sequence[Sequence[tuple[int, float]]],
    below: Sequence[Sequence[tuple[int, float]]],
) -> list[int]:
    waiting = [len(found) for found in above]
    ready = [box for box in range(boxes) if not waiting[box]]
    order: list[int] = []
    for box in ready:  # grows while it is read
        order.append(box)
        for other, _ in below[box]:
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return order
