"""Who belonged to a group when: members at month ends, and who joined and who left between two dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from regulars.groups.conditions import Rule
from regulars.groups.opening import past_snapshot
from regulars.groups.shares import Figure, share_figure
from regulars.groups.snapshot import Keys

if TYPE_CHECKING:
    from regulars.workspace import Workspace

MONTHS = 12


@dataclass(frozen=True)
class Standing:
    """A group on one date: keys of its members and of all customers known by then, each rising."""

    on: date
    members: Keys
    everyone: Keys

    @property
    def share(self) -> Figure:
        """Members as share of the customers of that date."""
        return share_figure(len(self.members), len(self.everyone))


@dataclass(frozen=True)
class Moves:
    """What changed between two dates.

    new      members who were no customers before
    joined   members who were customers before, but not members
    left     members before who are not any more
    stayed   members on both dates
    """

    since: date
    until: date
    new: Keys
    joined: Keys
    left: Keys
    stayed: Keys


def month_ends(as_of: date, months: int = MONTHS) -> list[date]:
    """The last so many month ends up to a date, oldest first; the date itself where it is one."""
    after = (as_of + timedelta(days=1)).replace(day=1)
    found = []
    for _ in range(months):
        last = after - timedelta(days=1)
        found.append(last)
        after = last.replace(day=1)
    return found[::-1]


def standing(workspace: Workspace, rule: Rule, on: date) -> Standing:
    """The group on one date, by the rule as it is now. The heavy part: worth keeping for a state of the log."""
    snapshot = past_snapshot(workspace, on, [rule])
    return Standing(on, snapshot.keys[snapshot.members(rule)], snapshot.keys)


def moves(earlier: Standing, later: Standing) -> Moves:
    """Who came and who went between two dates."""
    came = np.setdiff1d(later.members, earlier.members, assume_unique=True)
    before = np.isin(came, earlier.everyone, assume_unique=True)
    return Moves(
        since=earlier.on,
        until=later.on,
        new=came[~before],
        joined=came[before],
        left=np.setdiff1d(earlier.members, later.members, assume_unique=True),
        stayed=np.intersect1d(later.members, earlier.members, assume_unique=True),
    )


def over_time(workspace: Workspace, rule: Rule, as_of: date, months: int = MONTHS) -> list[Standing]:
    """The group at each of the last month ends up to a date, oldest first."""
    return [standing(workspace, rule, on) for on in month_ends(as_of, months)]


def all_moves(standings: Sequence[Standing]) -> list[Moves]:
    """Who came and went from each date to the next."""
    return [moves(one, other) for one, other in pairwise(standings)]
