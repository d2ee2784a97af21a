"""What members of a group need, fear, prefer or expect more often than others: found from the facts known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.groups.shares import Figure, difference_of_shares, holm, p_of_two_shares, share_figure
from regulars.groups.snapshot import KEY, Bools, Snapshot

NAMES = ("need", "fear", "preference", "expectation")
FEWEST_MENTIONS = 5
FEWEST_PEOPLE = 10
MOST_VALUES = 200
FALSE_FINDINGS = 0.05


@dataclass(frozen=True)
class Need:
    """Something that more members say than others.

    name, value     the fact, for example need: an invoice on the same day
    members, others share of those of whom any fact of that name is known: whoever was never asked says nothing
    difference      members less others, with Newcombe's interval
    p               chance of such a difference where there is none, after Holm's correction for all that was compared
    """

    name: str
    value: str
    members: Figure
    others: Figure
    difference: Figure
    p: float


@dataclass(frozen=True)
class Needs:
    """Needs found, strongest first; how many were compared, and why nothing can be said, if so."""

    found: tuple[Need, ...]
    compared: int
    reason: str | None = None


def unique_needs(snapshot: Snapshot, members: Bools, *, names: Sequence[str] = NAMES) -> Needs:
    """Needs of a group beyond those of everybody.

    A value is compared where at least five customers have it, and at least ten members and ten others have some
    fact of that name.
    """
    compared = [need for name in names for need in _compared(snapshot, members, name)]
    if not compared:
        return Needs((), 0, "Too few needs, fears and wishes are written down to compare members with others.")
    corrected = holm([need.p for need in compared])
    found = [
        Need(need.name, need.value, need.members, need.others, need.difference, p)
        for need, p in zip(compared, corrected, strict=True)
        if p < FALSE_FINDINGS and (need.difference.low or 0.0) > 0
    ]
    found.sort(key=lambda need: (-(need.difference.low or 0.0), need.name, need.value))
    reason = None if found else "No need stands out: members say what others say."
    return Needs(tuple(found), len(compared), reason)


def _compared(snapshot: Snapshot, members: Bools, name: str) -> list[Need]:
    facts = snapshot.current_facts
    facts = facts.filter(pc.equal(facts["name"], name))
    asked = snapshot.marked(facts[KEY].to_numpy())
    n_in, n_out = int((asked & members).sum()), int((asked & ~members).sum())
    if min(n_in, n_out) < FEWEST_PEOPLE:
        return []
    counts = (
        (value, int((have & members).sum()), int((have & ~members).sum())) for value, have in holders(snapshot, facts)
    )
    return [
        _need(name, value, hits_in, n_in, hits_out, n_out)
        for value, hits_in, hits_out in counts
        if hits_in + hits_out >= FEWEST_MENTIONS
    ]


def holders(snapshot: Snapshot, facts: pa.Table) -> Iterator[tuple[str, Bools]]:
    """The values of some facts, most frequent first and at most 200, each with the customers who have it."""
    counted = facts.group_by("value").aggregate([(KEY, "count")])
    ranked = counted.sort_by([(f"{KEY}_count", "descending"), ("value", "ascending")])["value"].to_pylist()
    codes = pc.index_in(facts["value"], value_set=pa.array(ranked[:MOST_VALUES])).to_numpy()
    keys = facts[KEY].to_numpy()
    for code, value in enumerate(ranked[:MOST_VALUES]):
        yield value, snapshot.marked(keys[codes == code])


def _need(name: str, value: str, hits_in: int, n_in: int, hits_out: int, n_out: int) -> Need:
    difference = Figure(*difference_of_shares(hits_in, n_in, hits_out, n_out), n_in)
    p = p_of_two_shares(hits_in, n_in, hits_out, n_out)
    return Need(name, value, share_figure(hits_in, n_in), share_figure(hits_out, n_out), difference, p)


def mentions(snapshot: Snapshot, members: Bools, name: str) -> list[tuple[str, int]]:
    """What members said under a name and how many of them, most frequent first."""
    facts = snapshot.current_facts
    facts = facts.filter(pc.equal(facts["name"], name))
    inside = np.isin(facts[KEY].to_numpy(), snapshot.keys[members])
    counted = facts.filter(inside)["value"].value_counts()
    pairs = [(str(one["values"].as_py()), int(one["counts"].as_py())) for one in counted]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
