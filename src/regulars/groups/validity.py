"""The four checks of a group's rule: measurable, independent of us, of each other, and members who buy alike.

A valid criterion tells customers apart by what they are, before anybody serves them. The thresholds are the
house's own where no source is named; each stands here once, and docs/decisions/0009-groups.md argues for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from regulars.groups.association import (
    MODERATE,
    STRONG,
    WEAK,
    Association,
    Variable,
    association,
    cramers_v,
    crossed,
    partial_rank_correlation,
)
from regulars.groups.behaviour import Behaviour
from regulars.groups.conditions import Condition, Rule
from regulars.groups.likeness import Likeness, likeness
from regulars.groups.shares import share_figure
from regulars.groups.snapshot import Bools, Snapshot
from regulars.groups.verdicts import Check, Reason, Verdict, concluded, worst

KNOWN_ENOUGH, KNOWN_TOO_LITTLE = 0.8, 0.5
# Means half a standard deviation and a fifth of one apart: Cohen's (1988) medium and small, as shares of variance.
APART, HARDLY_APART = 0.06, 0.01


@dataclass(frozen=True)
class Validity:
    """The four checks of one rule, and what they rest on.

    verdict    the worst of the four
    likeness   how near members are in their buying, feature by feature
    """

    measurable: Check
    independent_of_us: Check
    independent_of_each_other: Check
    members_buy_alike: Check
    likeness: Likeness

    @property
    def checks(self) -> tuple[Check, Check, Check, Check]:
        return self.measurable, self.independent_of_us, self.independent_of_each_other, self.members_buy_alike

    @property
    def verdict(self) -> Verdict:
        return worst([check.verdict for check in self.checks])


def check_validity(
    snapshot: Snapshot,
    rule: Rule | Mapping[str, object],
    behaviour: Behaviour,
    others: Mapping[str, Rule | Mapping[str, object]] | None = None,
) -> Validity:
    """All four checks of a rule. Members are compared with others of whom the rule can tell that they are none.

    others   name -> rule of the other groups in force
    Raises   RuleError for a rule that cannot be read
    """
    read = rule if isinstance(rule, Rule) else snapshot.read(rule)
    members = snapshot.members(read)
    other_members = {name: snapshot.members(other) for name, other in (others or {}).items()}
    compared = np.isin(behaviour.keys, snapshot.keys[decided(snapshot, read, members)])
    inside = np.isin(behaviour.keys, snapshot.keys[members])
    alike = likeness({name: values[compared] for name, values in behaviour.features.items()}, inside[compared])
    return Validity(
        measurable(snapshot, read),
        independent_of_us(read, _treated(behaviour, compared, inside)),
        independent_of_each_other(_pairs(snapshot, read), _overlaps(members, other_members) if members.any() else {}),
        members_buy_alike(alike),
        alike,
    )


def decided(snapshot: Snapshot, rule: Rule, members: Bools) -> Bools:
    """Of whom the rule can tell whether they belong: members, and others of whom all it asks for is known.

    Whoever is left out of the records may be a member in truth, and to be on record often goes with buying more.
    """
    asked = {c.field.name: c.field for c in rule if c.op not in ("known", "unknown")}
    known = [snapshot.known(field) for field in asked.values()]
    return np.asarray(members | np.logical_and.reduce([np.ones_like(members), *known]), dtype=bool)


def measurable(snapshot: Snapshot, rule: Rule) -> Check:
    """Is every criterion known, and formal enough that two people would sort a customer alike?"""
    reasons = []
    for field in rule.fields:
        figure = share_figure(int(snapshot.known(field).sum()), len(snapshot))
        code, verdict = _known(figure.value)
        reasons.append(Reason(code, verdict, {"field": field.name}, figure))
    for condition in rule:
        if condition.op == "contains":
            reasons.append(Reason("loose_text", "doubtful", {"field": condition.field.name}))
    return concluded("measurable", reasons)


def _known(share: float | None) -> tuple[str, Verdict]:
    if share is None:
        return "nobody_to_ask", "cannot be said"
    if share >= KNOWN_ENOUGH:
        return "known_enough", "pass"
    return ("known_in_part", "doubtful") if share >= KNOWN_TOO_LITTLE else ("known_too_little", "fails")


def independent_of_us(rule: Rule, treated: Mapping[str, Association]) -> Check:
    """Would the customer belong whatever the company did?

    treated   what is given unasked -> how strongly membership goes with it, among customers who buy as much
    """
    reasons = [_of_us(condition) for condition in _one_each(rule)]
    for name, found in treated.items():
        reasons.append(_of_treatment(name, found))
    return concluded("independent of us", reasons)


def _one_each(rule: Rule) -> list[Condition]:
    """A condition of every field; one that asks whether the field is known goes first, as it is the weakest."""
    ranked = sorted(rule, key=lambda condition: condition.op not in ("known", "unknown"))
    return list({c.field.name: c for c in reversed(ranked)}.values())


def _of_us(condition: Condition) -> Reason:
    field = condition.field
    if field.depends_on_us:
        return Reason("depends_on_us", "fails", {"field": field.name, "meaning": field.meaning})
    if condition.op in ("known", "unknown"):
        return Reason("rests_on_notes", "doubtful", {"field": field.name})
    if field.kind == "fact":
        return Reason("fact_from_contact", "doubtful", {"field": field.name})
    return Reason("given", "pass", {"field": field.name})


def _of_treatment(name: str, found: Association) -> Reason:
    figure = found.strength
    if figure.value is None or figure.low is None:
        return Reason("treatment_unclear", "cannot be said", {"treatment": name}, figure)
    if figure.low >= WEAK:
        return Reason("treated_unlike", "doubtful", {"treatment": name, "direction": _direction(found.sign)}, figure)
    if figure.high is None or figure.high >= MODERATE:
        return Reason("treatment_unclear", "cannot be said", {"treatment": name}, figure)
    return Reason("treated_alike", "pass", {"treatment": name}, figure)


def _direction(sign: int) -> str:
    return "fewer" if sign < 0 else "more"


def _treated(behaviour: Behaviour, compared: Bools, inside: Bools) -> dict[str, Association]:
    """Membership against each treatment that anybody got, with orders and length of the relation held equal."""
    if not inside.any():
        return {}
    equal = [behaviour.orders[compared], behaviour.age_days[compared]]
    given = {name: values[compared] for name, values in behaviour.treatments.items()}
    return {
        name: partial_rank_correlation(inside[compared].astype(np.float64), values, equal)
        for name, values in given.items()
        if values.any()
    }


def independent_of_each_other(
    pairs: Mapping[tuple[str, str], Association], overlaps: Mapping[str, Association]
) -> Check:
    """Does each criterion add something, and is the group another one than those there are?

    pairs     two criteria of the rule -> how strongly they go together
    overlaps  other group -> how strongly the two memberships go together; groups that exclude one another are apart
    """
    reasons = [_of_pair(found, {"one": one, "other": other}, "criteria") for (one, other), found in pairs.items()] or [
        Reason("one_criterion", "pass")
    ]
    for name, found in overlaps.items():
        apart = found.sign < 0
        reasons.append(
            Reason("groups_apart", "pass", {"other": name}, found.strength)
            if apart
            else _of_pair(found, {"other": name}, "groups")
        )
    return concluded("independent of each other", reasons)


def _of_pair(found: Association, names: Mapping[str, str], what: str) -> Reason:
    figure = found.strength
    if figure.value is None or figure.low is None or figure.high is None:
        return Reason(f"{what}_unclear", "cannot be said", names, figure)
    if figure.low >= STRONG:
        return Reason(f"{what}_same", "fails", names, figure)
    if figure.value >= MODERATE:
        return Reason(f"{what}_linked", "doubtful", names, figure)
    if figure.high >= STRONG:
        return Reason(f"{what}_unclear", "cannot be said", names, figure)
    return Reason(f"{what}_apart", "pass", names, figure)


def _pairs(snapshot: Snapshot, rule: Rule) -> dict[tuple[str, str], Association]:
    variables = {field.name: _criterion(snapshot, rule, field.name) for field in rule.fields}
    return {(a, b): association(variables[a], variables[b]) for a, b in combinations(variables, 2)}


def _criterion(snapshot: Snapshot, rule: Rule, name: str) -> Variable:
    """A column as it is; of a fact, whether its conditions hold among those of whom it is known."""
    conditions = [condition for condition in rule if condition.field.name == name]
    if conditions[0].field.kind != "fact":
        return snapshot.variable(name)
    holds = np.logical_or.reduce([snapshot.members(Rule(((c,),))) for c in conditions])
    known = snapshot.known(conditions[0].field)
    if all(condition.op in ("known", "unknown") for condition in conditions):
        known = np.ones_like(known)
    return Variable(np.where(known, holds.astype(np.int64), -1), numeric=False)


def _overlaps(members: Bools, others: Mapping[str, Bools]) -> dict[str, Association]:
    """Of groups that have members; an empty one is no other group yet."""
    return {name: cramers_v(crossed(members, other)) for name, other in others.items() if other.any()}


def members_buy_alike(found: Likeness) -> Check:
    """Are members nearer to one another than to everybody else?"""
    return concluded("members buy alike", [_of_likeness(found)])


def _of_likeness(found: Likeness) -> Reason:
    apart, near = found.apart, found.nearness
    if apart.value is None or apart.low is None or apart.high is None:
        return Reason("too_few_members", "cannot be said", {"reason": apart.reason or ""}, apart)
    if apart.low > 0 and apart.value >= APART:
        mixed = near.low is not None and near.low <= 0
        return Reason("apart_but_mixed" if mixed else "alike", "doubtful" if mixed else "pass", {}, apart)
    if apart.high < APART and (apart.low <= 0 or apart.value < HARDLY_APART):
        return Reason("not_alike", "fails", {}, apart)
    if apart.low > 0:
        return Reason("little_alike", "doubtful", {}, apart)
    return Reason("alike_unclear", "cannot be said", {}, apart)
