"""One shelf for what pages have read: counted once a state of the log, for each period and group.

Every app has a shelf of its own name; what lies on it is forgotten by nobody but follows from all that it names: the
part, the scope and the group's rule, the state of the log, the settings, and the texts of the program that read it. No
words of customers are kept this way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import regulars
from regulars.groups.decisions import versions
from regulars.workspace import Workspace
from regulars_web.shared.frame import Frame, frame_of, rule_mark
from regulars_web.shared.kept import counted_text, kept_text, place_of
from regulars_web.shared.readings import Readings, from_text, to_text
from regulars_web.shared.scope import Scope

Read = Callable[[Frame], Readings]
LIBRARY = ("measures",)
NOT_OF_TOUCHES = ("decisions", "imports")


def state_of(workspace: Workspace) -> str:
    """Names what the log holds: its tables' versions and the rows that wait above them."""
    mark = workspace.inbox.mark()
    head = workspace.log.head()
    told = [sorted(head.versions.items()), head.inbox_offset, mark.last_seq, mark.forgotten]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def state_with(workspace: Workspace, nouns: Sequence[str]) -> str:
    """The same where of all decisions only those of these nouns count: a name mended elsewhere changes no number."""
    head = workspace.log.head()
    tables = sorted((name, version) for name, version in head.versions.items() if name not in NOT_OF_TOUCHES)
    waiting = [one.body for one in workspace.inbox.waiting(head.inbox_offset) if one.table not in NOT_OF_TOUCHES]
    decided = [
        [noun, key, [[one.version, one.body] for one in found]]
        for noun in nouns
        for key, found in sorted(versions(workspace, noun).items())
    ]
    told = json.dumps([tables, waiting, workspace.inbox.mark().forgotten, decided], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Shelf:
    """Readings of one app.

    name     the folder in the cache
    own      the folder of the app, or its files that read: what they say is part of what is kept
    library  folders of the library that the readings follow from
    state    names what the log holds
    frame    what a scope is seen through
    """

    name: str
    own: Path | tuple[Path, ...]
    library: tuple[str, ...] = LIBRARY
    state: Callable[[Workspace], str] = state_of
    frame: Callable[[Workspace, Scope], Frame] = frame_of

    def known(
        self, workspace: Workspace, scope: Scope, part: str, follows_from: Sequence[object] = ()
    ) -> Readings | None:
        """What a part has read; None where somebody would have to wait for it."""
        text = kept_text(self._place(workspace, scope, part, follows_from))
        return None if text is None else _readable(text)

    def counted(
        self, workspace: Workspace, scope: Scope, part: str, read: Read, follows_from: Sequence[object] = ()
    ) -> Readings:
        """The same, counted now where it was not yet. Raises MeasureError for an empty log.

        follows_from  what else the readings depend on: the choices of the page, the key of what it shows
        """
        place = self._place(workspace, scope, part, follows_from)
        text = counted_text(place, lambda: to_text(read(self.frame(workspace, scope))), _is_readable)
        return from_text(text)

    def _place(self, workspace: Workspace, scope: Scope, part: str, follows_from: Sequence[object]) -> Path:
        told = {
            "part": part,
            "of": list(follows_from),
            "scope": [scope.period, str(scope.from_on), str(scope.to_on), scope.group, rule_mark(workspace, scope)],
            "state": self.state(workspace),
            "settings": str(asdict(workspace.settings)),
            "texts": texts(self.own, self.library),
        }
        return place_of(workspace, self.name, told, called=part)


@cache
def texts(own: Path | tuple[Path, ...], library: tuple[str, ...]) -> str:
    """Changes when what the pages read does, so that an update never shows what an older program counted."""
    mine = list(own) if isinstance(own, tuple) else sorted(own.glob("*.py"))
    home = Path(regulars.__file__).parent
    theirs = sorted(path for folder in library for path in (home / folder).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*mine, *theirs))).hexdigest()


def _is_readable(text: str) -> bool:
    return _readable(text) is not None


def _readable(text: str) -> Readings | None:
    """The readings; None for a file that was cut short or meddled with."""
    try:
        return from_text(text)
    except (ValueError, KeyError, TypeError):
        return None
