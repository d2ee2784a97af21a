"""Each path as a row of points, one a layer, from its upper to its lower end."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from regulars_web.journeys.layout.across import Pull
from regulars_web.journeys.layout.graph import SIDE, Box, Link
from regulars_web.journeys.layout.ranks import Arc, layers, leads_back

LINE_ROOM = 5.0
# How much more a long path wants to be straight than a box wants to sit between its neighbours.
STRAIGHT = (1.0, 2.0, 8.0)


@dataclass
class Net:
    """Boxes first, then the points that paths pass through, each with its layer, and its room to the left and right.

    chains  each link's points from above to below; ``labels`` is where in its chain a link's label stands
    back    whether a link leads upwards
    """

    boxes: Sequence[Box]
    links: Sequence[Link]
    layer: list[int]
    back: list[bool]
    chains: list[list[int]] = field(default_factory=list)
    labels: list[int | None] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)

    @property
    def points(self) -> int:
        """How many points there are."""
        return len(self.layer)

    def neighbours(self) -> tuple[list[list[int]], list[list[int]]]:
        """Of each point those in the layer above and those in the layer below."""
        above: list[list[int]] = [[] for _ in range(self.points)]
        below: list[list[int]] = [[] for _ in range(self.points)]
        for chain in self.chains:
            for upper, lower in itertools.pairwise(chain):
                above[lower].append(upper)
                below[upper].append(lower)
        return above, below

    def pulls(self) -> list[Pull]:
        """Each piece of a path with how strongly it wants to be straight, and how far it may lean for nothing."""
        heaviest = max((link.weight for link in self.links), default=1.0) or 1.0
        found = []
        for chain, link in zip(self.chains, self.links, strict=True):
            heavy = 0.2 + (link.weight / heaviest) ** 0.5
            for upper, lower in itertools.pairwise(chain):
                ends = [point for point in (upper, lower) if point < len(self.boxes)]
                free = max(self.boxes[ends[0]].width / 2 - SIDE, 0.0) if len(ends) == 1 else 0.0
                found.append(Pull(upper, lower, STRAIGHT[2 - len(ends)] * heavy, free))
        return found


def net_of(boxes: Sequence[Box], links: Sequence[Link], first: str | None, last: str | None) -> Net:
    """The graph in layers, with a point wherever a path passes one. With labels every second layer is theirs."""
    number = {box.key: place for place, box in enumerate(boxes)}
    arcs: list[Arc] = [(number[link.source], number[link.target], link.weight) for link in links]
    top = number.get(first) if first is not None else None
    bottom = number.get(last) if last is not None else None
    back = leads_back(len(boxes), arcs, first=top, last=bottom)
    down = [(v, u, w) if turned else (u, v, w) for (u, v, w), turned in zip(arcs, back, strict=True)]
    step = 2 if any(link.label for link in links) else 1
    layer = [step * at for at in layers(len(boxes), down, first=top, last=bottom)]
    net = Net(boxes, links, layer, back)
    net.left = [box.width / 2 for box in boxes]
    net.right = [box.width / 2 + box.loop for box in boxes]
    for link, (upper, lower, _) in zip(links, down, strict=True):
        _add_chain(net, link, upper, lower)
    return net


def _add_chain(net: Net, link: Link, upper: int, lower: int) -> None:
    between = range(net.layer[upper] + 1, net.layer[lower])
    chain = [upper, *range(net.points, net.points + len(between)), lower]
    middle = len(chain) // 2
    for place, layer in enumerate(between, start=1):
        half = link.thick / 2 + LINE_ROOM
        labelled = link.label and place == middle
        net.layer.append(layer)
        net.left.append(max(half, link.label / 2 + 4) if labelled else half)
        net.right.append(net.left[-1])
    net.chains.append(chain)
    net.labels.append(chain[middle] if link.label else None)
