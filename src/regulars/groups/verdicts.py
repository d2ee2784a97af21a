"""What a check of a group says: a plain verdict, why, and the numbers it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from regulars.groups.shares import Figure

Verdict = Literal["pass", "doubtful", "fails", "cannot be said"]
CheckName = Literal["measurable", "independent of us", "independent of each other", "members buy alike"]

# From worst to best, as one failing criterion decides for the rule.
_ORDER: tuple[Verdict, ...] = ("fails", "doubtful", "cannot be said", "pass")

# code -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "known_enough": "{field} is known for most customers.",
    "known_in_part": "{field} is known for only a part of the customers, so the group misses people who belong to it.",
    "known_too_little": "{field} is known for less than half of the customers: the group cannot be measured with it.",
    "nobody_to_ask": "There are no customers yet.",
    "loose_text": "{field} is searched for a piece of text. That is loose: choose whole values, so that two people "
    "would sort a customer alike.",
    "rests_on_notes": "{field} asks whether something was written down. That tells how carefully we note, not who "
    "the customer is.",
    "given": "{field} is a trait of the customer, whatever we do.",
    "depends_on_us": "{field} follows from how we treat the customer ({meaning}). Such a group rewards whom we have "
    "served well already; choose a trait that the customer has without us.",
    "fact_from_contact": "{field} is learned in contact with us, so those we talk to more are found more often.",
    "treated_alike": "Members do not get visibly more {treatment} than others who buy as much.",
    "treated_unlike": "Members get {direction} {treatment} than others who buy as much. Check that the group is not "
    "made by what we give.",
    "treatment_unclear": "It cannot be told whether members get more {treatment} than others who buy as much.",
    "one_criterion": "The rule has one criterion, so there is nothing it could depend on.",
    "criteria_apart": "{one} and {other} say different things.",
    "criteria_linked": "{one} and {other} go together: part of what one says, the other says too.",
    "criteria_same": "{one} and {other} say almost the same. Keep the one that is easier to measure.",
    "criteria_unclear": "Too few customers to tell whether {one} and {other} go together.",
    "groups_apart": "The group and {other} are different customers.",
    "groups_linked": "The group and {other} share many customers.",
    "groups_same": "The group and {other} are almost the same customers. One of them is enough.",
    "groups_unclear": "Too few customers to tell whether the group and {other} are the same people.",
    "alike": "Members buy more like one another than like other customers.",
    "apart_but_mixed": "Members buy unlike other customers, but are a mixed lot themselves. Look whether they are two "
    "groups.",
    "little_alike": "Members buy a little more like one another than like other customers, not by much.",
    "not_alike": "Members buy as differently from one another as from other customers. Choose another criterion.",
    "alike_unclear": "There are too few members to tell whether they buy alike.",
    "too_few_members": "{reason} Whether members buy alike cannot be said.",
}


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for or against.

    code    stable word, a key of SENTENCES
    facts   what fills the sentence
    figure  the number behind it, if there is one: a share known, a strength of association, a nearness
    """

    code: str
    verdict: Verdict
    facts: Mapping[str, str] = field(default_factory=dict)
    figure: Figure | None = None

    @property
    def text(self) -> str:
        """The sentence in English."""
        return SENTENCES[self.code].format(**self.facts)


@dataclass(frozen=True)
class Check:
    """One of the four checks: its verdict is the worst of its reasons, which stand in the order worst first."""

    name: CheckName
    verdict: Verdict
    reasons: tuple[Reason, ...]


def concluded(name: CheckName, reasons: list[Reason]) -> Check:
    """A check from its reasons."""
    ranked = sorted(reasons, key=lambda reason: _ORDER.index(reason.verdict))
    return Check(name, worst([reason.verdict for reason in ranked]), tuple(ranked))


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict that decides; what cannot be said does not pass."""
    return min(verdicts, key=_ORDER.index, default="cannot be said")
