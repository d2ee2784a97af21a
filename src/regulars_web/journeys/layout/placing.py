"""The whole way from a graph to a picture."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from regulars_web.journeys.layout.across import Apart, places_across
from regulars_web.journeys.layout.chains import Net, net_of
from regulars_web.journeys.layout.graph import Box, Link, Picture, PlacedBox
from regulars_web.journeys.layout.ordering import Order, ordered
from regulars_web.journeys.layout.routing import routed

MARGIN = 12.0
LABEL_HEIGHT = 18.0
BOX_APART, LINE_APART = 26.0, 8.0
LEAST_GAP, MOST_GAP, SLOPE = 17.0, 46.0, 0.1


@dataclass(frozen=True)
class Band:
    """The place of a layer from above to below."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way."""
        return (self.top + self.bottom) / 2


def place_graph(
    boxes: Sequence[Box], links: Sequence[Link], *, first: str | None = None, last: str | None = None
) -> Picture:
    """Boxes in layers and paths between them, the strongest from above to below.

    first, last  keys of boxes that stand alone at the top and at the bottom

    No box lies on another, no path runs through a box, no label lies on a box. Nothing for no boxes.
    Raises KeyError for a link to a box that is not there.
    """
    if not boxes:
        return Picture(2 * MARGIN, 2 * MARGIN)
    net = net_of(boxes, links, first, last)
    above, below = net.neighbours()
    order = ordered(_first_order(net, below), above, below)
    x = places_across(net.points, net.pulls(), _apart(net, order))
    left = min(at - room for at, room in zip(x, net.left, strict=True))
    x = [at - left + MARGIN for at in x]
    bands = _bands(net, order, x)
    placed = [
        PlacedBox(box.key, x[place], bands[net.layer[place]].middle, box.width, box.height, net.layer[place])
        for place, box in enumerate(boxes)
    ]
    width = max(at + room for at, room in zip(x, net.right, strict=True)) + MARGIN
    lines = routed(net, x, placed, [(band.top, band.bottom) for band in bands])
    return Picture(round(width, 1), round(bands[-1].bottom + MARGIN, 1), tuple(placed), tuple(lines))


def _first_order(net: Net, below: Sequence[Sequence[int]]) -> Order:
    """Points in the order in which one meets them on the way down, strong paths first."""
    order: Order = [[] for _ in range(1 + max(net.layer))]
    weight = {}
    for chain, link in zip(net.chains, net.links, strict=True):
        for upper, lower in itertools.pairwise(chain):
            weight[upper, lower] = max(link.weight, weight.get((upper, lower), 0.0))
    seen = [False] * net.points
    for start in sorted(range(net.points), key=lambda point: (net.layer[point], point)):
        waiting = [start]
        while waiting:
            point = waiting.pop()
            if seen[point]:
                continue
            seen[point] = True
            order[net.layer[point]].append(point)
            waiting += sorted(below[point], key=lambda other: (weight[point, other], -other))
    return order


def _apart(net: Net, order: Order) -> list[Apart]:
    """The least distance of each point of a layer to the next."""
    found = []
    for layer in order:
        for one, other in itertools.pairwise(layer):
            both_boxes = one < len(net.boxes) and other < len(net.boxes)
            room = net.right[one] + net.left[other] + (BOX_APART if both_boxes else LINE_APART)
            found.append(Apart(one, other, room))
    return found


def _bands(net: Net, order: Order, x: Sequence[float]) -> list[Band]:
    """Layers under one another; more room where lines go far across."""
    labelled = {net.layer[point] for point in net.labels if point is not None}
    across = [0.0] * len(order)
    for chain in net.chains:
        for upper, lower in itertools.pairwise(chain):
            across[net.layer[upper]] = max(across[net.layer[upper]], abs(x[upper] - x[lower]))
    bands, top = [], MARGIN
    for number, layer in enumerate(order):
        boxes = [net.boxes[point].height for point in layer if point < len(net.boxes)]
        height = max([*boxes, LABEL_HEIGHT if number in labelled else 0.0])
        bands.append(Band(top, top + height))
        top += height + min(MOST_GAP, LEAST_GAP + SLOPE * across[number])
    return bands
