"""Targets and non-targets: how groups overlap, who is in none, and who brings how much of the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

import numpy as np

from regulars.groups.live import Live, value_of
from regulars.groups.snapshot import Bools, Snapshot

Stance = Literal["target", "non-target", "neutral"]
Side = Literal["target", "non-target", "both", "neutral", "no group"]
SIDES: tuple[Side, ...] = ("target", "non-target", "both", "neutral", "no group")


@dataclass(frozen=True)
class Overlap:
    """Customers in two groups at once, and which part of each group that is; None for an empty group."""

    one: str
    other: str
    customers: int
    share_of_one: float | None
    share_of_other: float | None


@dataclass(frozen=True)
class Coverage:
    """How the groups divide the customers.

    groups     key of the group -> its members and their value
    sides      every customer once: in a target group, in a non-target group, in both kinds (someone must decide),
               in neutral groups alone, in none
    overlaps   every pair of groups
    """

    groups: Mapping[str, Live]
    sides: Mapping[Side, Live]
    overlaps: tuple[Overlap, ...]

    @property
    def in_no_target(self) -> int:
        """Customers whom no target group holds."""
        return sum(self.sides[side].customers for side in ("non-target", "neutral", "no group"))


def coverage(snapshot: Snapshot, members: Mapping[str, Bools], stances: Mapping[str, Stance]) -> Coverage:
    """Groups side by side; ``members`` and ``stances`` are by the key of the group."""
    target, non_target, neutral = (
        _any_of([members[key] for key in members if stances[key] == stance], len(snapshot))
        for stance in get_args(Stance)
    )
    marks: dict[Side, Bools] = {
        "target": target & ~non_target,
        "non-target": non_target & ~target,
        "both": target & non_target,
        "neutral": neutral & ~target & ~non_target,
        "no group": ~(target | non_target | neutral),
    }
    return Coverage(
        groups={key: value_of(snapshot, marked) for key, marked in members.items()},
        sides={side: value_of(snapshot, marks[side]) for side in SIDES},
        overlaps=tuple(_overlap(one, other, members) for one, other in combinations(members, 2)),
    )


def _any_of(marked: Sequence[Bools], length: int) -> Bools:
    return np.asarray(np.logical_or.reduce([np.zeros(length, dtype=bool), *marked]), dtype=bool)


def _overlap(one: str, other: str, members: Mapping[str, Bools]) -> Overlap:
    both = int((members[one] & members[other]).sum())
    sizes = [int(members[key].sum()) for key in (one, other)]
    shares = [both / size if size else None for size in sizes]
    return Overlap(one, other, both, shares[0], shares[1])
