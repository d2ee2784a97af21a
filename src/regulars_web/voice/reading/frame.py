"""What the voice is seen through, and measures read through it; readings are kept until the log moves on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

import regulars
from regulars.errors import MeasureError
from regulars.workspace import Workspace
from regulars_web.home.frame import Frame, frame_of, rule_mark
from regulars_web.home.kept import state_of
from regulars_web.home.readings import Reading, Readings, from_text, to_text
from regulars_web.shared.kept import counted_text, kept_text, place_of
from regulars_web.shared.scope import Scope

SHELF = "voice"
Read = Callable[[Frame], Readings]


def ask(
    frame: Frame,
    name: str,
    *,
    by: Sequence[str] = (),
    where: str | None = None,
    whole: bool = False,
    members: frozenset[int] | None = None,
) -> Reading:
    """A measure over the period, of the group's customers; why there is none where it cannot be counted.

    whole    over all of the log up to the period's end, for what shows how things moved
    members  other customers than those of the frame's group
    """
    try:
        found = frame.workspace.measure(
            name,
            by=tuple(by),
            as_of=frame.newest,
            from_on=None if whole else frame.first,
            to_on=frame.last,
            where=where,
            members=frame.members if members is None else members,
        )
    except MeasureError as error:
        return Reading(unknown=str(error))
    return Reading(found.to_arrow().to_pylist(), tuple(found.notes), "", name, found.sql)


def ask_rows(frame: Frame, sql: str) -> Reading:
    """A query of ours over the log's views, of the group's customers where there is a group."""
    with frame.workspace.engine(members=frame.members) as engine:
        return Reading(engine.run(sql).to_pylist(), sql=sql.strip())


def kept_readings(workspace: Workspace, scope: Scope, part: str, read: Read) -> Readings:
    """What a part reads, counted once a state of the log. No words of customers are kept this way.

    Raises MeasureError for an empty log.
    """
    return from_text(counted_text(_place(workspace, scope, part), lambda: to_text(read(frame_of(workspace, scope)))))


def known_readings(workspace: Workspace, scope: Scope, part: str) -> Readings | None:
    """The same where it was counted before; None where somebody would have to wait for it."""
    text = kept_text(_place(workspace, scope, part))
    return None if text is None else from_text(text)


def _place(workspace: Workspace, scope: Scope, part: str) -> Path:
    follows_from: Mapping[str, object] = {
        "part": part,
        "scope": [scope.period, str(scope.from_on), str(scope.to_on), scope.group, rule_mark(workspace, scope)],
        "state": state_of(workspace),
        "settings": str(asdict(workspace.settings)),
        "version": version("regulars"),
        "texts": _own_texts(),
    }
    return place_of(workspace, SHELF, follows_from)


@cache
def _own_texts() -> str:
    """Changes when what these pages read does, so that an update never shows what an older program counted."""
    own = sorted(Path(__file__).parent.glob("*.py"))
    library = Path(regulars.__file__).parent
    measures = sorted(path for folder in ("measures", "words") for path in (library / folder).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*own, *measures))).hexdigest()
