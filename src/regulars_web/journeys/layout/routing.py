"""The lines of paths: straight through layers, bent between them, with an arrow at the end."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from regulars_web.journeys.layout.across import spread
from regulars_web.journeys.layout.chains import Net
from regulars_web.journeys.layout.graph import SIDE, PlacedBox, PlacedLink

ARROW, ARROW_HALF = 7.0, 3.6
Point = tuple[float, float]


def routed(
    net: Net, x: Sequence[float], placed: Sequence[PlacedBox], bands: Sequence[tuple[float, float]]
) -> list[PlacedLink]:
    """Every link's line, arrow and label. ``bands`` are the upper and lower side of each layer."""
    leave = _ports(net, x, placed, upper=True)
    arrive = _ports(net, x, placed, upper=False)
    found = []
    for number, chain in enumerate(net.chains):
        link, back = net.links[number], net.back[number]
        upper, lower = placed[chain[0]], placed[chain[-1]]
        stops: list[tuple[float, float, float]] = [(leave[number], upper.bottom, bands[upper.layer][1])]
        stops += [(x[point], *bands[net.layer[point]]) for point in chain[1:-1]]
        stops.append((arrive[number], bands[lower.layer][0], lower.top))
        long = ARROW + link.thick
        if back:
            stops[0] = (stops[0][0], upper.bottom + long, max(stops[0][2], upper.bottom + long))
        else:
            stops[-1] = (stops[-1][0], min(stops[-1][1], lower.top - long), lower.top - long)
        line = _line(stops[::-1], upwards=True) if back else _line(stops, upwards=False)
        tip = (leave[number], upper.bottom) if back else (arrive[number], lower.top)
        middle = net.labels[number]
        label = (x[middle], sum(bands[net.layer[middle]]) / 2) if middle is not None else _half_way(stops)
        arrow = _arrow(tip, long, ARROW_HALF + link.thick * 0.7, up=back)
        found.append(PlacedLink(link.source, link.target, line, arrow, round(label[0], 1), round(label[1], 1), back))
    return found


def _ports(net: Net, x: Sequence[float], placed: Sequence[PlacedBox], *, upper: bool) -> list[float]:
    """Where on its box each link begins (``upper``) or ends, as straight towards its next point as there is room."""
    of_box: dict[int, list[tuple[float, int]]] = {}
    for number, chain in enumerate(net.chains):
        box, towards = (chain[0], chain[1]) if upper else (chain[-1], chain[-2])
        of_box.setdefault(box, []).append((x[towards], number))
    port = [0.0] * len(net.chains)
    for box, wished in of_box.items():
        wished.sort()
        here = placed[box]
        low, high = here.left + SIDE, here.right - SIDE
        thick = [net.links[number].thick for _, number in wished]
        apart = [(one + other) / 2 + 4 for one, other in itertools.pairwise(thick)]
        room = high - low
        if sum(apart) > room:
            apart = [gap * room / sum(apart) for gap in apart]
        found = spread([at for at, _ in wished], [1 + one for one in thick], apart, low, high)
        for (_, number), at in zip(wished, found, strict=True):
            port[number] = at
    return port


def _line(stops: Sequence[tuple[float, float, float]], *, upwards: bool) -> str:
    """An SVG path through the stops (across, upper end, lower end)."""
    at, top, bottom = stops[0]
    enter, leave = (bottom, top) if upwards else (top, bottom)
    said = [f"M{at:.1f} {enter:.1f}"]
    here = (at, leave)
    if abs(enter - leave) > 0.05:
        said.append(f"V{leave:.1f}")
    for across, top, bottom in stops[1:]:
        enter, leave = (bottom, top) if upwards else (top, bottom)
        half = (here[1] + enter) / 2
        if abs(across - here[0]) < 0.05:
            said.append(f"V{enter:.1f}")
        else:
            said.append(f"C{here[0]:.1f} {half:.1f} {across:.1f} {half:.1f} {across:.1f} {enter:.1f}")
        if abs(enter - leave) > 0.05:
            said.append(f"V{leave:.1f}")
        here = (across, leave)
    return "".join(said)


def _arrow(tip: Point, long: float, half: float, *, up: bool) -> str:
    """The points of an arrow that ends in ``tip``."""
    base = tip[1] + long if up else tip[1] - long
    return f"{tip[0]:.1f},{tip[1]:.1f} {tip[0] - half:.1f},{base:.1f} {tip[0] + half:.1f},{base:.1f}"


def _half_way(stops: Sequence[tuple[float, float, float]]) -> Point:
    middle = len(stops) // 2
    one, other = stops[middle - 1], stops[middle]
    return (one[0] + other[0]) / 2, (one[2] + other[1]) / 2
