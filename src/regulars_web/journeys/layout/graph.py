"""What is drawn, and where it came to lie."""

from __future__ import annotations

from dataclasses import dataclass

SIDE = 10.0  # of a box, where no line begins or ends


@dataclass(frozen=True)
class Box:
    """A step. ``loop`` is the room at its right for a path that leads back to itself; 0 where there is none."""

    key: str
    width: float
    height: float
    loop: float = 0.0


@dataclass(frozen=True)
class Link:
    """A path between two different boxes.

    weight  how much it counts when paths cannot all be straight
    thick   width of its line
    label   width of its label; 0 where it has none
    """

    source: str
    target: str
    weight: float
    thick: float = 1.5
    label: float = 0.0


@dataclass(frozen=True)
class PlacedBox:
    """A step with the middle of its place."""

    key: str
    x: float
    y: float
    width: float
    height: float
    layer: int

    @property
    def left(self) -> float:
        """Its left side."""
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        """Its upper side."""
        return self.y - self.height / 2

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class PlacedLink:
    """A path as SVG draws it: the line, the points of its arrow, the middle of its label; ``back`` leads upwards."""

    source: str
    target: str
    line: str
    arrow: str
    label_x: float
    label_y: float
    back: bool


@dataclass(frozen=True)
class Picture:
    """The whole: its size, boxes in the order they were given, links in theirs."""

    width: float
    height: float
    boxes: tuple[PlacedBox, ...] = ()
    links: tuple[PlacedLink, ...] = ()
