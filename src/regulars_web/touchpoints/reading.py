"""What touchpoints are seen through, and measures read through it; readings are kept until the log moves on.

A colleague who reads a standard, or a name that is mended, changes no number: decisions count here only where they
are promises.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import regulars
from regulars.errors import MeasureError
from regulars.groups.decisions import versions
from regulars.workspace import Workspace
from regulars_web.home.frame import Frame, frame_of, rule_mark
from regulars_web.home.provenance import Origin, origins
from regulars_web.home.readings import Reading, Readings, from_text, to_text
from regulars_web.shared.kept import counted_text, kept_text, place_of
from regulars_web.shared.scope import Scope

SHELF = "touchpoints"
LONGEST_QUERY = 8_000
LEFT_OUT = ("decisions", "imports")  # tables that say nothing of touches
NOUNS = ("promise",)  # decisions that measures of touchpoints count with
Read = Callable[[Frame, str], Readings]


def ask(
    frame: Frame,
    name: str,
    *,
    by: Sequence[str] = (),
    where: str | None = None,
    whole: bool = False,
    everything: bool = False,
) -> Reading:
    """A measure over the period, of the group's customers; why there is none where it cannot be counted.

    whole       over all of the log up to the period's end, for what needs long histories
    everything  over all of the log, of all customers, whatever the frame
    """
    try:
        found = frame.workspace.measure(
            name,
            by=tuple(by),
            as_of=frame.newest,
            from_on=None if whole or everything else frame.first,
            to_on=None if everything else frame.last,
            where=where,
            members=None if everything else frame.members,
        )
    except MeasureError as error:
        return Reading(unknown=str(error))
    return Reading(found.to_arrow().to_pylist(), tuple(found.notes), "", name, found.sql)


def only(reading: Reading, touchpoint: str) -> Reading:
    """The rows of one touchpoint."""
    rows = [row for row in reading.rows if row.get("touchpoint") == touchpoint]
    return Reading(rows, reading.notes, reading.unknown, reading.measure, reading.sql)


def sources(read: Readings, *names: str) -> list[Origin]:
    """Where the numbers come from; a query that nobody could read is left out."""
    return [replace(one, sql="") if len(one.sql) > LONGEST_QUERY else one for one in origins(read, *names)]


@dataclass(frozen=True)
class Shelf:
    """What was read of touchpoints under one period and group, over the state that the log has now."""

    workspace: Workspace
    scope: Scope

    def known(self, part: str, key: str = "") -> Readings | None:
        """What a part has read; None where somebody would have to wait for it. ``key`` is the touchpoint."""
        text = kept_text(self._place(part, key))
        return None if text is None else from_text(text)

    def counted(self, part: str, read: Read, key: str = "") -> Readings:
        """The same, counted now where it was not yet. Raises MeasureError for an empty log."""
        return from_text(counted_text(self._place(part, key), lambda: to_text(read(self.frame, key))))

    @cached_property
    def frame(self) -> Frame:
        """Newest day, period and group."""
        return frame_of(self.workspace, self.scope)

    def _place(self, part: str, key: str) -> Path:
        return place_of(self.workspace, SHELF, {"part": part, "touchpoint": key, **self._follows_from})

    @cached_property
    def _follows_from(self) -> Mapping[str, object]:
        scope = self.scope
        return {
            "scope": [scope.period, scope.from_on, scope.to_on, scope.group, rule_mark(self.workspace, scope)],
            "state": _state(self.workspace),
            "settings": asdict(self.workspace.settings),
            "texts": _own_texts(),
        }


def _state(workspace: Workspace) -> str:
    """Names what the log holds, without the decisions that no measure of touchpoints counts with."""
    head = workspace.log.head()
    tables = sorted((name, version) for name, version in head.versions.items() if name not in LEFT_OUT)
    waiting = [one.body for one in workspace.inbox.waiting(head.inbox_offset) if one.table not in LEFT_OUT]
    decided = [
        [noun, key, [[one.version, one.body] for one in found]]
        for noun in NOUNS
        for key, found in sorted(versions(workspace, noun).items())
    ]
    told = json.dumps([tables, waiting, workspace.inbox.mark().forgotten, decided], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def _own_texts() -> str:
    """Changes when what these pages read does, so that an update never shows what an older program counted."""
    own = [Path(__file__).parent / name for name in ("reading.py", "reads.py")]
    library = Path(regulars.__file__).parent
    measures = sorted((library / "measures").rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*own, *measures))).hexdigest()
