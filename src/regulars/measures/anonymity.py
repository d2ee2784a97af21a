"""What may be shown of answers that employees and partners gave in confidence: nothing of fewer than five people.

Such answers are counted in waves: calendar months, joined until at least five people answered, and only once the
month is over. So no choice of days moves a wave by one answer. Within a wave all answers, those of each level and
those of each department may be shown, as long as nobody can subtract what is shown from each other and be left with
fewer than five people; else the smallest of the groups are hidden until nobody can.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from regulars.measures.estimates import Floats
from regulars.measures.scope import Scope

FEWEST = 5
ALL, LEVEL, DEPARTMENT = "all", "level", "department"
SPLITS = (ALL, LEVEL, DEPARTMENT)
# Of so many ways to choose a few cells each one is looked at; where there are more, departments are not shown.
MOST_WAYS = 150_000
_NOUGHT = 1e-9

TOO_FEW = "Fewer than five answers are not shown, so that nobody can be recognised."
HIDDEN = "Hidden, so that nobody can work out the answers of fewer than five people from the rest."
NO_WHERE = "Answers given in confidence are not narrowed by conditions, so that nobody can be singled out."
NO_WAVE = "Fewer than five people answered in whole months that are over."

# Where somebody stands: department and level; null where it was not said.
Cell = tuple[Any, Any]


@dataclass(frozen=True)
class Wave:
    """Calendar months that are looked at together, as months since January of year 0; both ends belong to it."""

    first: int
    last: int

    @property
    def begins_on(self) -> date:
        """Its first day."""
        return date(self.first // 12, self.first % 12 + 1, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        year, month = divmod(self.last, 12)
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])

    def holds(self, month: int) -> bool:
        """Whether the month belongs to it."""
        return self.first <= month <= self.last

    def lies_in(self, scope: Scope) -> bool:
        """Whether the whole of it lies in the scope's period."""
        return (scope.from_on is None or scope.from_on <= self.begins_on) and self.ends_on <= scope.last_on


def waves(answered: Sequence[tuple[int, Hashable]], as_of: date) -> list[Wave]:
    """Months joined, from the oldest on, until at least five people answered; only months that are over on ``as_of``.

    answered  month and person of every answer; one person's answers of a wave count once

    What comes later never changes an earlier wave. The months after the last wave wait for more answers.
    """
    last = _last_month_over(as_of)
    people: dict[int, set[Hashable]] = {}
    for month, person in answered:
        if month <= last:
            people.setdefault(month, set()).add(person)
    found: list[Wave] = []
    begun: int | None = None
    seen: set[Hashable] = set()
    for month in sorted(people):
        begun = month if begun is None else begun
        seen |= people[month]
        if len(seen) >= FEWEST:
            found.append(Wave(begun, month))
            begun, seen = None, set()
    return found


def _last_month_over(as_of: date) -> int:
    whole = as_of.day == calendar.monthrange(as_of.year, as_of.month)[1]
    return as_of.year * 12 + as_of.month - 1 - (0 if whole else 1)


@dataclass(frozen=True)
class Shown:
    """The groups of a wave that may be shown: all together, some levels, some departments."""

    everybody: bool
    levels: frozenset[str]
    departments: frozenset[str]

    def of(self, split: str, group: object) -> bool:
        """Whether the result of a group may be shown."""
        if split == ALL:
            return self.everybody
        return group in (self.levels if split == LEVEL else self.departments)


NOTHING = Shown(False, frozenset(), frozenset())


def shown(people: Mapping[Cell, int]) -> Shown:
    """Which groups may be shown together.

    people  how many people answered, by department and level

    Groups of fewer than five are hidden first; then, as long as fewer than five people could be got by adding and
    subtracting what is left, the smallest group of it, departments before levels of the same size.
    """
    cells = [cell for cell, n in people.items() if n]
    counts = np.array([people[cell] for cell in cells], dtype=np.int64)
    if counts.sum() < FEWEST:
        return NOTHING
    groups = _groups(cells)
    sizes = {group: int(counts[rows].sum()) for group, rows in groups.items()}
    left = [group for group in groups if sizes[group] >= FEWEST]
    # The smallest last; of equal ones a level goes after a department, and names decide the rest.
    left.sort(key=lambda group: (-sizes[group], group[0] == DEPARTMENT, str(group[1])))
    if _too_many(counts):
        left = [group for group in left if group[0] == LEVEL]
    while left and not is_safe(_rows(groups, left, len(cells)), counts):
        left.pop()
    return Shown(True, _of(left, LEVEL), _of(left, DEPARTMENT))


def is_safe(rows: Floats, counts: np.ndarray[Any, Any]) -> bool:
    """Whether no sum or difference of the rows speaks of fewer than five people alone.

    rows    one row a shown result: 1 for each cell whose people are in it, else 0
    counts  people in each cell, at least 1

    A combination of rows that is not nought in cells of fewer than five people, and nought everywhere else, would
    tell something of those few. One exists for a set of cells exactly where the part of those cells in the
    projection onto everything that the rows do not tell is singular.
    """
    unseen = np.eye(len(counts)) - np.linalg.pinv(rows) @ rows
    small = [int(cell) for cell in np.flatnonzero(counts < FEWEST)]
    for size in range(1, FEWEST):
        chosen = [few for few in itertools.combinations(small, size) if counts[list(few)].sum() < FEWEST]
        if not chosen:
            break
        places = np.array(chosen)
        parts = unseen[places[:, :, None], places[:, None, :]]
        if np.linalg.eigvalsh(parts)[:, 0].min() < _NOUGHT:
            return False
    return True


def _too_many(counts: np.ndarray[Any, Any]) -> bool:
    """Whether there are too many ways to choose few people's cells for looking at each."""
    small = int((counts < FEWEST).sum())
    return small**4 / 24 > MOST_WAYS


def _groups(cells: Sequence[Cell]) -> dict[tuple[str, str], list[int]]:
    """Levels and departments that were named, each with the places of its cells."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, (department, level) in enumerate(cells):
        if level:
            found.setdefault((LEVEL, level), []).append(place)
        if department:
            found.setdefault((DEPARTMENT, department), []).append(place)
    return found


def _rows(groups: Mapping[tuple[str, str], list[int]], left: Sequence[tuple[str, str]], width: int) -> Floats:
    rows = np.zeros((len(left) + 1, width))
    rows[0] = 1.0  # all together
    for place, group in enumerate(left, 1):
        rows[place, groups[group]] = 1.0
    return rows


def _of(groups: Sequence[tuple[str, str]], split: str) -> frozenset[str]:
    return frozenset(name for kind, name in groups if kind == split)
