"""Importance against satisfaction: which factor to look at first, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.measures.drivers.weighted import Figure

DERIVED, STATED = "derived", "stated"

# The four fields of the map, and the sentence that gives the reason for a place in it.
QUADRANTS = {
    (True, False): "improve first",
    (True, True): "keep up",
    (False, False): "later",
    (False, True): "enough",
}
SENTENCES = {
    "goes with more, rated lower": "It goes with the overall answer more than the average factor does, "
    "and is rated lower than the average.",
    "goes with more, rated higher": "It goes with the overall answer more than the average factor does, "
    "and is rated higher than the average.",
    "goes with less, rated lower": "It goes with the overall answer less than the average factor does, "
    "and is rated lower than the average.",
    "goes with less, rated higher": "It goes with the overall answer less than the average factor does, "
    "and is rated higher than the average.",
    "said to matter more, rated lower": "Customers say it matters more than the average factor, "
    "and rate it lower than the average.",
    "said to matter more, rated higher": "Customers say it matters more than the average factor, "
    "and rate it higher than the average.",
    "said to matter less, rated lower": "Customers say it matters less than the average factor, "
    "and rate it lower than the average.",
    "said to matter less, rated higher": "Customers say it matters less than the average factor, "
    "and rate it higher than the average.",
    "near a line": "It lies so near the average that its field may be another.",
    "behind a competitor": "Customers rate a competitor higher on it.",
    "alike": "It is rated so much like other factors that they can hardly be told apart.",
    "thin": "Few customers answered for so many factors, so importance is rough.",
    "by chance": "The factors together go with the overall answer no more than chance would have it.",
    "opposite": "Customers who rate it higher give a lower overall answer.",
}


@dataclass(frozen=True)
class Place:
    """A factor's place on the map.

    priority  1 for the first; None where importance or satisfaction is unknown
    shortfall  points of satisfaction missing to 100, times importance relative to the average factor
    """

    by: str | None = None
    quadrant: str | None = None
    priority: int | None = None
    shortfall: float = np.nan
    codes: tuple[str, ...] = ()


def places(derived: list[Figure], stated: list[Figure], satisfaction: list[Figure]) -> list[Place]:
    """Each factor's place on the map; cut lines are the means of the factors on it.

    Importance is the derived one; where it is unknown for all factors, the stated one.
    Source  Martilla, James (1977), Journal of Marketing 41(1), with cut lines from the answers
    """
    by = DERIVED if any(np.isfinite(figure.value) for figure in derived) else STATED
    importance = derived if by == DERIVED else stated
    on_map = [
        place
        for place, (one, other) in enumerate(zip(importance, satisfaction, strict=True))
        if np.isfinite(one.value) and np.isfinite(other.value)
    ]
    found = [Place() for _ in importance]
    if len(on_map) < 2:
        return found
    cut = float(np.mean([importance[place].value for place in on_map]))
    level = float(np.mean([satisfaction[place].value for place in on_map]))
    shortfall = {
        place: (importance[place].value / cut if cut > 0 else 0.0) * (100 - satisfaction[place].value)
        for place in on_map
    }
    ranked = sorted(on_map, key=lambda place: (-shortfall[place], place))
    for rank, place in enumerate(ranked, start=1):
        much, high = importance[place].value >= cut, satisfaction[place].value >= level
        near = _crosses(importance[place], cut) or _crosses(satisfaction[place], level)
        codes = (_reason(by, much, high), *(("near a line",) if near else ()))
        found[place] = Place(by, QUADRANTS[much, high], rank, shortfall[place], codes)
    return found


def sentences(codes: tuple[str, ...]) -> str | None:
    """The codes as sentences; None for none."""
    return " ".join(SENTENCES[code] for code in codes) or None


def _reason(by: str, much: bool, high: bool) -> str:
    matters = "goes with" if by == DERIVED else "said to matter"
    return f"{matters} {'more' if much else 'less'}, rated {'higher' if high else 'lower'}"


def _crosses(figure: Figure, line: float) -> bool:
    return not np.isfinite(figure.low) or figure.low <= line <= figure.high
