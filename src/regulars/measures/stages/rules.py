"""The stages of the life cycle and their formal rules: limits on a customer's figures, all of which must hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Figure -> what it is, for whoever writes a rule.
FIGURES: Mapping[str, str] = {
    "orders": "days with an order",
    "bought": "1 for who has ordered or has had a contract, else 0",
    "days_since_first": "days since the first order or the beginning of the contract",
    "days_since_order": "days since the last order",
    "days_since_touch": "days since the last touch that the company did not begin",
    "days_since_offer": "days since the last offer, quote or visit",
    "days_since_recommending": "days since the last referral, or answer of 9 or 10 to whether one would recommend",
    "silence": "days since the last order, counted in the customer's usual gaps",
    "value": "orders, refunds and adjustments in the last 365 days",
    "left": "1 for who has left, else 0",
}
LONGEST_NAME = 80


@dataclass(frozen=True)
class Limit:
    """One condition of a rule: a figure is known and not below ``at_least``, not above ``at_most``."""

    figure: str
    at_least: float | None = None
    at_most: float | None = None

    def in_words(self) -> str:
        """``orders at least 2``."""
        said = [("at least", self.at_least), ("at most", self.at_most)]
        ends = [f"{words} {value:g}" for words, value in said if value is not None]
        if self.at_least is not None and self.at_least == self.at_most:
            ends = [f"{self.at_least:g}"]
        return f"{self.figure} {' and '.join(ends)}"


@dataclass(frozen=True)
class Stage:
    """A stage of the life cycle. A customer is at the one with the greatest ``place`` whose limits all hold.

    limits   none: everybody who is known
    retired  taken out of the life cycle; its key keeps its history
    """

    key: str
    name: str
    place: int
    limits: tuple[Limit, ...] = ()
    meaning: str = ""
    retired: bool = False
    version: int = 0

    def in_words(self) -> str:
        """The rule as one line of English."""
        return " and ".join(limit.in_words() for limit in self.limits) or "known"


LEFT, SLIPPING, KNOWN = "left", "slipping", "known"
USUAL_STAGES: tuple[Stage, ...] = (
    Stage(KNOWN, "known", 1, (), "Known to us, and nothing heard of them for long."),
    Stage(
        "learns",
        "learns of us",
        2,
        (Limit("bought", at_most=0), Limit("days_since_touch", at_most=90)),
        "Has been in touch, has not bought.",
    ),
    Stage(
        "considers",
        "considers",
        3,
        (Limit("bought", at_most=0), Limit("days_since_offer", at_most=90)),
        "Has asked for an offer or has visited us, has not bought.",
    ),
    Stage(
        "buys",
        "buys",
        4,
        (Limit("bought", at_least=1), Limit("days_since_first", at_most=30)),
        "Has just bought for the first time.",
    ),
    Stage(
        "uses",
        "uses",
        5,
        (Limit("bought", at_least=1), Limit("days_since_first", at_least=31)),
        "Bought a while ago and uses what was bought.",
    ),
    Stage("buys_again", "buys again", 6, (Limit("orders", at_least=2),), "Has come back for more."),
    Stage(
        "recommends",
        "recommends us",
        7,
        (Limit("bought", at_least=1), Limit("days_since_recommending", at_most=365)),
        "Has recommended us, or says they would.",
    ),
    Stage(
        SLIPPING,
        "slipping away",
        8,
        (Limit("silence", at_least=2), Limit("days_since_order", at_least=60)),
        "Has been silent for twice as long as usual.",
    ),
    Stage(LEFT, "left", 9, (Limit("bought", at_least=1), Limit("left", at_least=1)), "Is no customer any more."),
)


def stage_from(key: str, version: int, body: Mapping[str, object]) -> Stage | None:
    """A stage out of a published decision; None for one that cannot be read."""
    name, place, listed = body.get("name"), body.get("place"), body.get("limits", [])
    if not isinstance(name, str) or not name.strip() or not _whole(place) or not isinstance(listed, list):
        return None
    limits = [_limit(one) for one in listed]
    if any(limit is None for limit in limits):
        return None
    return Stage(
        key=key,
        name=name,
        place=int(str(place)),
        limits=tuple(limit for limit in limits if limit is not None),
        meaning=str(body.get("meaning") or ""),
        retired=body.get("retired") is True,
        version=version,
    )


def stage_body(stage: Stage) -> dict[str, object]:
    """What is kept of a stage in a decision."""
    limits = [{name: value for name, value in vars(limit).items() if value is not None} for limit in stage.limits]
    return {
        "name": stage.name,
        "place": stage.place,
        "limits": limits,
        "meaning": stage.meaning,
        "retired": stage.retired,
    }


def in_force(decided: Sequence[Stage]) -> tuple[Stage, ...]:
    """The life cycle: published stages, and the usual ones of which no version was published; by place, then key."""
    newest: dict[str, Stage] = {stage.key: stage for stage in USUAL_STAGES}
    for stage in sorted(decided, key=lambda one: one.version):
        newest[stage.key] = stage
    return tuple(sorted((one for one in newest.values() if not one.retired), key=lambda one: (one.place, one.key)))


def _limit(said: object) -> Limit | None:
    if not isinstance(said, Mapping) or said.get("figure") not in FIGURES:
        return None
    ends = said.get("at_least"), said.get("at_most")
    if any(end is not None and not _number(end) for end in ends) or ends == (None, None):
        return None
    low, high = (None if end is None else float(str(end)) for end in ends)
    return Limit(str(said["figure"]), low, high)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1000
