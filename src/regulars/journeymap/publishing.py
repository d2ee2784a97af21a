"""Journey maps as decisions: every change is a version, made by a named person, and none is lost.

A map is changed in small steps (a cell added, an answer given), so each step reads the newest version and writes the
next while nobody else does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from regulars.groups.decisions import Decision, decide, versions
from regulars.journeymap.definition import check_cell, check_map, from_json, to_json
from regulars.journeymap.errors import JourneyMapError
from regulars.journeymap.parts import Cell, Evidence, JourneyMap, Kind, Stage, empty_map
from regulars.log.locks import exclusive
from regulars.names import keys

if TYPE_CHECKING:
    from regulars.workspace import Workspace

NOUN = "journey map"
LOCK = "journey-map.lock"
Change = Callable[[JourneyMap], JourneyMap]


def journey_maps(workspace: Workspace) -> list[JourneyMap]:
    """The newest version of every map that was begun, by group."""
    read = (_read_all(decided) for _, decided in sorted(versions(workspace, NOUN).items()))
    return [found[-1] for found in read if found]


def journey_map(workspace: Workspace, group: str, version: int | None = None) -> JourneyMap:
    """The map of a group, or of ``everyone``; an empty one where nobody has begun it.

    Raises JourneyMapError for a version that there is not.
    """
    found = history(workspace, group)
    if version is None:
        return found[-1] if found else empty_map(group)
    for one in reversed(found):
        if one.version == version:
            return one
    raise JourneyMapError("unknown_version", found=group, version=version)


def history(workspace: Workspace, group: str) -> list[JourneyMap]:
    """All versions of a map, oldest first; those that cannot be read are left out. None begun, an empty list."""
    return _read_all(versions(workspace, NOUN).get(group, []))


class Pen:
    """Changes the map of one group. Every change is signed, dated and a version of its own.

    request_id  names the request, so that a double click changes the map once
    """

    def __init__(
        self, workspace: Workspace, group: str, *, by: str, now: datetime, request_id: str | None = None
    ) -> None:
        self.workspace, self.group, self.by, self.now, self.request_id = workspace, group, by, now, request_id

    def add(self, stage: str, kind: Kind, text: str, answer: str = "") -> JourneyMap:
        """Put a new cell into a stage. Raises JourneyMapError for one that does not fit."""
        cell = check_cell(self._signed(Cell(uuid4().hex[:12], kind, text.strip(), answer.strip())))
        return self._write(lambda drawn: _with_cells(drawn, stage, lambda cells: (*cells, cell)))

    def change(
        self, key: str, *, stage: str, kind: Kind, text: str, answer: str, seen_at: datetime | None = None
    ) -> JourneyMap:
        """Write a cell anew, perhaps in another stage.

        seen_at  when the cell was last changed as the writer saw it; JourneyMapError where that has passed
        """

        def changed(drawn: JourneyMap) -> JourneyMap:
            home, cell = _found(drawn, key)
            if seen_at is not None and cell.at != seen_at:
                raise JourneyMapError("changed_meanwhile")
            new = check_cell(self._signed(replace(cell, kind=kind, text=text.strip(), answer=answer.strip())))
            if home.key == stage:
                return _with_cells(drawn, stage, lambda cells: tuple(new if one.key == key else one for one in cells))
            return _with_cells(_without(drawn, home.key, key), stage, lambda cells: (*cells, new))

        return self._write(changed)

    def remove(self, key: str) -> JourneyMap:
        """Take a cell off the map; earlier versions keep it."""
        return self._write(lambda drawn: _without(drawn, _found(drawn, key)[0].key, key))

    def attach(self, key: str, evidence: Evidence) -> JourneyMap:
        """Add evidence to a cell."""

        def attached(cell: Cell) -> Cell:
            if any((one.kind, one.ref) == (evidence.kind, evidence.ref) for one in cell.evidence):
                raise JourneyMapError("same_evidence")
            return replace(cell, evidence=(*cell.evidence, evidence))

        return self._on_cell(key, attached)

    def detach(self, key: str, ref: str) -> JourneyMap:
        """Take evidence off a cell; what is not there changes nothing."""
        return self._on_cell(key, lambda cell: replace(cell, evidence=tuple(o for o in cell.evidence if o.ref != ref)))

    def name_stages(self, names: Sequence[tuple[str, str]]) -> JourneyMap:
        """Give the map these stages in this order: (key, name), a new one with an empty key.

        Raises JourneyMapError where a stage that is left out still has cells.
        """

        def named(drawn: JourneyMap) -> JourneyMap:
            before = {one.key: one for one in drawn.stages}
            made: list[Stage] = []
            for key, name in names:
                taken = {*before, *(one.key for one in made)}
                free = keys.free_key(keys.slug(name, empty="stage"), taken)
                made.append(replace(before.get(key, Stage(free, "")), name=name.strip()))
            for left in before.values():
                if left.cells and left.key not in {one.key for one in made}:
                    raise JourneyMapError("stage_in_use", found=left.name)
            return replace(drawn, stages=tuple(made))

        return self._write(named)

    def put_back(self, version: int) -> JourneyMap:
        """Make an earlier version the newest again."""
        earlier = journey_map(self.workspace, self.group, version)
        return self._write(lambda drawn: replace(drawn, stages=earlier.stages))

    # Inside ------------------------------------------------------------------------------------------

    def _signed(self, cell: Cell) -> Cell:
        return replace(cell, by=self.by, at=self.now)

    def _on_cell(self, key: str, change: Callable[[Cell], Cell]) -> JourneyMap:
        def changed(drawn: JourneyMap) -> JourneyMap:
            home, cell = _found(drawn, key)
            new = check_cell(self._signed(change(cell)))
            return _with_cells(drawn, home.key, lambda cells: tuple(new if one.key == key else one for one in cells))

        return self._write(changed)

    def _write(self, change: Change) -> JourneyMap:
        with exclusive(self.workspace.log.folder / LOCK):
            before = versions(self.workspace, NOUN).get(self.group, [])
            found = _read_all(before)
            drawn = check_map(change(found[-1] if found else empty_map(self.group)))
            number = max((one.version for one in before), default=0) + 1
            new = replace(drawn, version=number, decided_at=self.now, decided_by=self.by)
            decision = Decision(self.group, number, to_json(new), self.now, self.by)
            if decide(self.workspace, NOUN, decision, request_id=self.request_id):
                return new
        return journey_map(self.workspace, self.group)


def _read_all(decided: Sequence[Decision]) -> list[JourneyMap]:
    found = []
    for one in decided:
        try:
            drawn = from_json(one.body, one.key, one.version)
        except JourneyMapError:
            continue
        found.append(replace(drawn, decided_at=one.decided_at, decided_by=one.decided_by))
    return found


def _found(drawn: JourneyMap, key: str) -> tuple[Stage, Cell]:
    found = drawn.find(key)
    if found is None:
        raise JourneyMapError("unknown_cell")
    return found


def _with_cells(drawn: JourneyMap, stage: str, change: Callable[[tuple[Cell, ...]], tuple[Cell, ...]]) -> JourneyMap:
    if stage not in {one.key for one in drawn.stages}:
        known = ", ".join(one.key for one in drawn.stages)
        raise JourneyMapError("unknown_stage", found=repr(stage)[:60], known=known)
    stages = (replace(one, cells=change(one.cells)) if one.key == stage else one for one in drawn.stages)
    return replace(drawn, stages=tuple(stages))


def _without(drawn: JourneyMap, stage: str, key: str) -> JourneyMap:
    return _with_cells(drawn, stage, lambda cells: tuple(one for one in cells if one.key != key))
