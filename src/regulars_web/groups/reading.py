"""What the pages show of groups: counted at once where that is quick, else kept until the log or a rule changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from regulars.base import columns as base_columns
from regulars.errors import RegularsError
from regulars.groups.behaviour import Behaviour, behaviour
from regulars.groups.conditions import Rule, to_json
from regulars.groups.live import Live, value_of
from regulars.groups.membership import all_moves, over_time
from regulars.groups.needs import Needs, unique_needs
from regulars.groups.opening import TRAITS, open_snapshot
from regulars.groups.overlaps import Coverage, coverage
from regulars.groups.portrait import Portrait, key_customers, portrait, portrait_of_group
from regulars.groups.publishing import Group, groups
from regulars.groups.snapshot import Bools, Snapshot
from regulars.groups.validity import Validity, check_validity
from regulars.workspace import Workspace
from regulars_web.groups import plain
from regulars_web.shared.kept import counted_text, kept_text, place_of

SHELF = "groups"
SHAPE = 1  # goes up when the same log would give other results
KEPT_BEHAVIOURS = 2

Result = TypeVar("Result")

_behaviours: list[tuple[Snapshot, Behaviour]] = []
_guard = threading.Lock()


@dataclass(frozen=True)
class Month:
    """A group at one month end, and who came and went since the one before; None at the first."""

    on: date
    members: int
    everyone: int
    new: int | None
    joined: int | None
    left: int | None


@dataclass(frozen=True)
class OverTime:
    """A group at month ends, oldest first."""

    months: tuple[Month, ...]


class Company:
    """The groups of a workspace over the customers as they are now. Made anew for each request."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @cached_property
    def snapshot(self) -> Snapshot:
        """The customers."""
        return open_snapshot(self.workspace)

    @cached_property
    def groups(self) -> list[Group]:
        """Groups in force, by name."""
        return groups(self.workspace)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Rules of the groups in force that can be read, by key."""
        found = {}
        for one in self.groups:
            try:
                found[one.key] = one.read_rule()
            except RegularsError:  # its own page says what is wrong
                continue
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the groups in force, by key."""
        return {one.key: one.name for one in self.groups}

    @cached_property
    def members(self) -> dict[str, Bools]:
        """Who belongs to each group."""
        return {key: self.snapshot.members(rule) for key, rule in self.rules.items()}

    @cached_property
    def coverage(self) -> Coverage:
        """How the groups divide the customers."""
        return coverage(self.snapshot, self.members, {one.key: one.stance for one in self.groups})

    def live(self, rule: Rule) -> Live:
        """Members of a rule and their value, as of now."""
        return value_of(self.snapshot, self.snapshot.members(rule))

    # Kept --------------------------------------------------------------------------------------------

    def checks(self, key: str, *, count: bool = True) -> Validity | None:
        """The four checks of a group; with ``count=False`` only where they are known already."""
        others = {name: rule for name, rule in self.rules.items() if name != key}

        def work() -> Validity:
            return check_validity(self.snapshot, self.rules[key], self._behaviour(), others)

        follows = {"rule": to_json(self.rules[key]), "others": {name: to_json(one) for name, one in others.items()}}
        return self._kept("checks", Validity, follows, work, count)

    def needs(self, key: str, *, count: bool = True) -> Needs | None:
        """What members need more often than others."""
        rule = self.rules[key]
        work = lambda: unique_needs(self.snapshot, self.snapshot.members(rule))  # noqa: E731
        return self._kept("needs", Needs, {"rule": to_json(rule)}, work, count)

    def over_time(self, key: str, *, count: bool = True) -> OverTime | None:
        """Membership at the last month ends."""
        rule = self.rules[key]
        work = lambda: _over_time(self.workspace, rule, self.snapshot.as_of)  # noqa: E731
        return self._kept("over time", OverTime, {"rule": to_json(rule)}, work, count)

    def portrait(self, key: str = "", *, count: bool = True) -> Portrait | None:
        """What sets a group apart from the rest; without a key, the key customers."""
        if not key:
            return self._kept("portrait", Portrait, {}, self._key_portrait, count)
        rule = self.rules[key]
        work = lambda: portrait_of_group(self.snapshot, rule, self._behaviour())  # noqa: E731
        return self._kept("portrait", Portrait, {"rule": to_json(rule)}, work, count)

    def quick_over_time(self, key: str) -> bool:
        """Whether past members are told from traits and facts alone; else each month end needs all measures anew."""
        return all(field.kind == "fact" or field.name in TRAITS for field in self.rules[key].fields)

    def key_customers(self) -> Live:
        """The few who bring 80%."""
        return value_of(self.snapshot, key_customers(self.snapshot))

    def _key_portrait(self) -> Portrait:
        return portrait(self.snapshot, key_customers(self.snapshot), self._behaviour())

    def _behaviour(self) -> Behaviour:
        with _guard:
            found = next((one for snapshot, one in _behaviours if snapshot is self.snapshot), None)
        if found is None:
            with self.workspace.engine() as engine:
                found = behaviour(engine, self.snapshot.as_of)
            with _guard:
                _behaviours.insert(0, (self.snapshot, found))
                del _behaviours[KEPT_BEHAVIOURS:]
        return found

    def _kept(
        self,
        what: str,
        kind: type[Result],
        follows_from: Mapping[str, object],
        work: Callable[[], Result],
        count: bool,
    ) -> Result | None:
        place = place_of(self.workspace, SHELF, {"what": what, **follows_from, **self._state})
        text = kept_text(place) if not count else counted_text(place, lambda: plain.to_text(work()))
        try:
            return None if text is None else plain.from_text(kind, text)
        except (ValueError, KeyError, TypeError):  # a file that was cut short or meddled with
            place.unlink(missing_ok=True)
            return work() if count else None

    @cached_property
    def _state(self) -> dict[str, Any]:
        """What everything here follows from, besides rules: the log without decisions, settings, columns."""
        versions = {name: one for name, one in self.workspace.log.head().versions.items() if name != "decisions"}
        columns = [(one.name, one.depends_on_us) for one in base_columns()]
        return {"log": versions, "settings": asdict(self.workspace.settings), "columns": columns, "shape": SHAPE}


def _over_time(workspace: Workspace, rule: Rule, as_of: date) -> OverTime:
    standings = over_time(workspace, rule, as_of)
    moves = [None, *all_moves(standings)]
    return OverTime(
        tuple(
            Month(
                on=one.on,
                members=len(one.members),
                everyone=len(one.everyone),
                new=None if move is None else len(move.new),
                joined=None if move is None else len(move.joined),
                left=None if move is None else len(move.left),
            )
            for one, move in zip(standings, moves, strict=True)
        )
    )
