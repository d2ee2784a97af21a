"""The portrait of a group: what sets its members apart from the rest, found from the data.

Everything known of customers is compared, one thing at a time; Holm's correction keeps the chance of even one false
finding at 5%. Findings are ranked by the end of their effect's interval that is nearer to nothing, so a large
difference among few people does not go before a sure one. A difference is no cause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from regulars.groups import differences, needs
from regulars.groups.association import Texts, Variable, as_text_codes
from regulars.groups.behaviour import Behaviour
from regulars.groups.conditions import Rule
from regulars.groups.differences import Difference
from regulars.groups.fields import FACT_PREFIX, Field
from regulars.groups.shares import Figure, holm
from regulars.groups.snapshot import KEY, Bools, Snapshot

FEWEST_MEMBERS = differences.FEWEST
FEW_MEMBERS = f"Fewer than {FEWEST_MEMBERS} members: too few to compare."
FEW_OTHERS = f"Fewer than {FEWEST_MEMBERS} others: too few to compare."
FEWEST_WITH_VALUE = 10
MOST_VALUES = 50
FALSE_FINDINGS = 0.05
KEY_VALUE_SHARE = 0.8

# What makes up a customer's value: comparing key customers by it would only say that they are key customers.
VALUE_ITSELF = frozenset(
    {
        *("spend", "spend_last_year", "profit", "orders", "orders_last_year", "recency_days", "last_order_on"),
        *("segment", "rfm", "value_rank", "value_share", "key_customer", "slipping", "monetary_value", "frequency"),
        *("clv", "expected_orders", "p_alive", "at_stake"),
        # Said by another column, or the same for all customers.
        *("first_seen_on", "kind"),
    }
)
_NOT_ABOUT_THE_CUSTOMER = ("_low", "_high", "_reason", "_kind", "_scale", "_touchpoint")

Shape = Literal["share", "some", "number", "date"]
Side = Literal["trait", "first purchase", "fact", "relation"]


@dataclass(frozen=True)
class Finding:
    """One thing that sets members apart.

    field       column of the base, ``fact:`` and a name, or first_channel, first_branch, first_category,
                first_season
    meaning     the field in plain words
    value       the value that is more (or less) frequent; empty for numbers and dates
    shape       share: ``difference`` is one of shares; some: of the shares for whom the number is not 0; number or
                date: a shift, in the field's unit or in days (dates themselves are days since 1970)
    side        trait: of the customer; relation: follows from how the company treats the customer
    difference  sizes and intervals; its p is corrected for all that was compared
    """

    field: str
    meaning: str
    value: str
    shape: Shape
    side: Side
    difference: Difference

    @property
    def sureness(self) -> float:
        """The end of the effect's interval nearer to nothing: what can at least be said."""
        effect = self.difference.effect
        if effect.low is None or effect.high is None or effect.low <= 0 <= effect.high:
            return 0.0
        return min(abs(effect.low), abs(effect.high))


@dataclass(frozen=True)
class Portrait:
    """What was found, surest first.

    compared   how many comparisons were made
    reason     why nothing can be said, or that nothing stands out; None where something was found
    thin       fewer than 30 members: read with care
    """

    findings: tuple[Finding, ...]
    members: int
    others: int
    compared: int
    reason: str | None = None

    def of(self, side: Side) -> list[Finding]:
        """The findings of one side, surest first."""
        return [finding for finding in self.findings if finding.side == side]

    @property
    def thin(self) -> bool:
        return Figure(None, None, None, self.members).small_sample


def key_customers(snapshot: Snapshot) -> Bools:
    """The fewest customers who bring 80% of profit, or of revenue where costs are not known enough."""
    if any(column.name == "key_customer" for column in snapshot.columns):
        return np.asarray(snapshot.column("key_customer").fill_null(False).to_numpy(), dtype=bool)
    amounts = snapshot.revenue if snapshot.profit is None else snapshot.profit
    if amounts is None:
        return np.zeros(len(snapshot), dtype=bool)
    return top_of(amounts)


def top_of(amounts: NDArray[np.float64]) -> Bools:
    """The fewest that bring 80% of a positive total; nobody where it is not positive."""
    each = np.nan_to_num(amounts)
    order = np.argsort(-each, kind="stable")
    before = np.concatenate([[0.0], np.cumsum(each[order])[:-1]])
    marks = np.zeros(len(each), dtype=bool)
    marks[order] = (before < KEY_VALUE_SHARE * each.sum()) & (each[order] > 0)
    return marks


def portrait(
    snapshot: Snapshot,
    members: Bools,
    behaviour: Behaviour | None = None,
    *,
    leave_out: Collection[str] = VALUE_ITSELF,
) -> Portrait:
    """Compare members with the rest in all that is known.

    behaviour   adds what the first order was
    leave_out   fields not to compare: those that define the group
    """
    inside, outside = int(members.sum()), int((~members).sum())
    if min(inside, outside) < FEWEST_MEMBERS:
        few = FEW_MEMBERS if inside < FEWEST_MEMBERS else FEW_OTHERS
        return Portrait((), inside, outside, 0, few)
    compared = [
        *_of_columns(snapshot, members, leave_out),
        *(_of_first_orders(snapshot, members, behaviour) if behaviour else ()),
        *_of_facts(snapshot, members, leave_out),
    ]
    corrected = holm([one.difference.p for one in compared])
    found = [
        replace(one, difference=replace(one.difference, p=p))
        for one, p in zip(compared, corrected, strict=True)
        if p < FALSE_FINDINGS and one.sureness > 0
    ]
    found.sort(key=lambda one: (-one.sureness, one.field, one.value))
    reason = None if found else "Nothing stands out: in all that is known, members are like the others."
    return Portrait(tuple(found), inside, outside, len(compared), reason)


def portrait_of_group(
    snapshot: Snapshot, rule: Rule | Mapping[str, object], behaviour: Behaviour | None = None
) -> Portrait:
    """The portrait of a rule's members, in all but what the rule asks for. Raises RuleError."""
    read = rule if isinstance(rule, Rule) else snapshot.read(rule)
    asked = {field.name for field in read.fields}
    return portrait(snapshot, snapshot.members(read), behaviour, leave_out=VALUE_ITSELF | asked)


def _of_columns(snapshot: Snapshot, members: Bools, leave_out: Collection[str]) -> Iterator[Finding]:
    for field in snapshot.fields:
        if field.name in leave_out or field.name.endswith(_NOT_ABOUT_THE_CUSTOMER):
            continue
        side: Side = "relation" if field.depends_on_us else "trait"
        if field.kind in ("text", "boolean"):
            yield from _of_values(field, snapshot.column(field.name), members, side)
        else:
            yield from _of_numbers(field, snapshot.variable(field.name), members, side)


def _of_numbers(field: Field, variable: Variable, members: Bools, side: Side) -> Iterator[Finding]:
    a, b = (variable.values[variable.known & marked].astype(np.float64) for marked in (members, ~members))
    if min(len(a), len(b)) < FEWEST_MEMBERS or (a.min() == a.max() == b.min() == b.max()):
        return
    if field.kind == "number" and (np.concatenate([a, b]) == 0).mean() > 0.5:
        # Of a count that is mostly 0 the middle tells nothing; whether there was any does.
        compared = differences.of_shares(int((a != 0).sum()), len(a), int((b != 0).sum()), len(b))
        yield Finding(field.name, field.meaning, "", "some", side, compared)
        return
    shape: Shape = "date" if field.kind == "date" else "number"
    yield Finding(field.name, field.meaning, "", shape, side, differences.of_numbers(a, b))


def _of_values(field: Field, values: Texts, members: Bools, side: Side) -> Iterator[Finding]:
    """Every value that is not rare; of two values only the one more frequent among members."""
    names, codes = as_text_codes(values)
    inside = np.bincount(codes[members & (codes >= 0)], minlength=len(names))
    outside = np.bincount(codes[~members & (codes >= 0)], minlength=len(names))
    n_in, n_out = int(inside.sum()), int(outside.sum())
    if min(n_in, n_out) < FEWEST_MEMBERS:
        return
    frequent = np.argsort(-(inside + outside), kind="stable")[:MOST_VALUES]
    places = [int(place) for place in frequent if inside[place] + outside[place] >= FEWEST_WITH_VALUE]
    if len(names) == 2:
        places = [max(range(2), key=lambda place: inside[place] / n_in - outside[place] / n_out)]
    for place in places if len(names) > 1 else []:
        compared = differences.of_shares(int(inside[place]), n_in, int(outside[place]), n_out)
        yield Finding(field.name, field.meaning, names[place], "share", side, compared)


_FIRST_MEANINGS = {
    "first_channel": "Channel of the first order",
    "first_branch": "Branch of the first order",
    "first_category": "What the first order was mainly for",
    "first_season": "Quarter of the year of the first order",
}


def _of_first_orders(snapshot: Snapshot, members: Bools, behaviour: Behaviour) -> Iterator[Finding]:
    there = np.isin(behaviour.keys, snapshot.keys)
    inside = np.isin(behaviour.keys, snapshot.keys[members])[there]
    for name, values in behaviour.firsts.items():
        field = Field(name, "string", "text", _FIRST_MEANINGS[name])
        kept = [value for value, keep in zip(values, there, strict=True) if keep]
        yield from _of_values(field, kept, inside, "first purchase")


def _of_facts(snapshot: Snapshot, members: Bools, leave_out: Collection[str]) -> Iterator[Finding]:
    """Needs, fears and wishes among those of whom any is known, and facts of which a customer has one."""
    facts = snapshot.current_facts
    for name in snapshot.fact_names:
        if name == "special date" or name.startswith("consent") or f"{FACT_PREFIX}{name}" in leave_out:
            continue
        rows = facts.filter(pc.equal(facts["name"], name))
        asked = snapshot.marked(rows[KEY].to_numpy())
        n_in, n_out = int((asked & members).sum()), int((asked & ~members).sum())
        if min(n_in, n_out) < FEWEST_MEMBERS:
            continue
        for value, have in needs.holders(snapshot, rows):
            hits_in, hits_out = int((have & members).sum()), int((have & ~members).sum())
            if hits_in + hits_out >= FEWEST_WITH_VALUE:
                compared = differences.of_shares(hits_in, n_in, hits_out, n_out)
                yield Finding(f"{FACT_PREFIX}{name}", name, value, "share", "fact", compared)
