"""The named segments: which fifths make them, and the usual next step with such customers.

The grid of recency and frequency is the one the field uses; it is complete, and monetary value decides only at
the corners where it matters: a big spender drifting off is never written off.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

ANY = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Segment:
    """A name, the fifths that make it, and what to do with its customers, in one sentence."""

    name: str
    recency: Collection[int]
    frequency: Collection[int]
    monetary: Collection[int]
    what_to_do: str


# The first that holds names the customer; the last takes everybody left.
SEGMENTS = (
    Segment("champions", (5,), (4, 5), ANY, "Thank them in person, and ask for a recommendation and for ideas."),
    Segment("loyal", (3, 4), (4, 5), ANY, "Keep every promise to them, and offer what else they would gladly buy."),
    Segment("new", (5,), (1,), ANY, "Make the second purchase easy: ask how the first one went."),
    Segment("promising", (4,), (1,), ANY, "Remind them of you with something useful while the first order is fresh."),
    Segment(
        "potential loyal", (4, 5), (2, 3), ANY, "Learn what they need, and suggest what goes with what they bought."
    ),
    Segment("needs attention", (3,), (3,), ANY, "Ask what they miss before they start to look elsewhere."),
    Segment("about to sleep", (3,), (1, 2), ANY, "Give one good reason to come back soon."),
    Segment("cannot lose", (1, 2), (5,), ANY, "Let a manager call each of them at once and find out what happened."),
    Segment("cannot lose", (1, 2), (3, 4), (5,), "Let a manager call each of them at once and find out what happened."),
    Segment("at risk", (1, 2), (3, 4), ANY, "Talk to them: ask why they stopped, and mend it."),
    Segment("at risk", (1, 2), (1, 2), (5,), "Talk to them: ask why they stopped, and mend it."),
    Segment("lost", (1,), (1, 2), (1, 2), "Spend nothing on winning them back one by one; learn why they left."),
    Segment("hibernating", ANY, ANY, ANY, "Invite them back with little expense, and accept a no."),
)

WHAT_TO_DO = {segment.name: segment.what_to_do for segment in SEGMENTS}
