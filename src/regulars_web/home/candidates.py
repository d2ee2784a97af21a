"""What a thing to do is, and what the rules that propose one look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row

FEWEST = 3


@dataclass(frozen=True)
class Thing:
    """One thing to do. ``address`` is where it is done, for those who hold ``permission``; ``anchor`` is on this page.

    money  what it concerns in a year; None where that is not known
    first  it comes before all that money is known of
    """

    key: str
    sentence: str
    why: str
    button: str
    address: str
    permission: str
    anchor: str
    money: float | None = None
    first: bool = False


@dataclass(frozen=True)
class Ground:
    """What the rules look at. ``today`` is the reader's day; ``pairs`` are records that may be one customer."""

    frame: Frame
    read: Readings
    currency: str
    horizon_days: int
    today: date
    demo: bool = False
    pairs: int = 0
    groups: int = 0

    def of(self, name: str) -> Reading:
        """A reading; an empty one where it was not taken."""
        return self.read.get(name, Reading())

    @property
    def state(self) -> Row:
        """The customers as they stand now."""
        return self.of("state").only

    def check(self, name: str) -> Row:
        """One check of coverage; empty where it was not made."""
        return self.of("coverage").where("name", name)
