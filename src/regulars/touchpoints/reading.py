"""The register as it stands: touchpoints, standards, who has read them, promises, each with all its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from regulars.decided import Decided, Kept
from regulars.groups.decisions import Decision, versions
from regulars.names.folding import fold
from regulars.touchpoints.definition import (
    promise_from,
    promise_json,
    standard_from,
    standard_json,
    touchpoint_from,
    touchpoint_json,
)
from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.parts import Confirmation, Promise, Standard, Touchpoint

if TYPE_CHECKING:
    from regulars.workspace import Workspace

Body = TypeVar("Body")


def _unreadable(key: str) -> TouchpointError:
    return TouchpointError("unreadable", found=key)


TOUCHPOINTS: Final = Kept("touchpoint", touchpoint_from, touchpoint_json, _unreadable)
STANDARDS: Final = Kept("standard", standard_from, standard_json, _unreadable)
PROMISES: Final = Kept("promise", promise_from, promise_json, _unreadable)
READ_NOUN: Final = "standard read"


def touchpoints(workspace: Workspace, *, retired: bool = False) -> list[Touchpoint]:
    """The newest version of every touchpoint in use, by name; ``retired`` adds those no longer in use."""
    newest = [found[-1].body for found in TOUCHPOINTS.all(workspace).values()]
    wanted = [one for one in newest if retired or not one.retired]
    return sorted(wanted, key=lambda one: (fold(one.called), one.key))


def touchpoint(workspace: Workspace, key: str, version: int | None = None) -> Touchpoint:
    """The touchpoint in use under a key, or one of its versions, retired or not.

    Raises TouchpointError where there is none, it was retired, or there is no such version.
    """
    found = history(workspace, key)
    if version is not None:
        return _of_version(found, key, version)
    if found[-1].body.retired:
        raise TouchpointError("retired_touchpoint", found=key)
    return found[-1].body


def history(workspace: Workspace, key: str) -> list[Decided[Touchpoint]]:
    """All versions of a touchpoint, oldest first. Raises TouchpointError where there never was one."""
    found = TOUCHPOINTS.history(workspace, key)
    if not found:
        known = sorted(TOUCHPOINTS.all(workspace))
        listed = f"There are: {', '.join(known)}." if known else "No touchpoint was registered yet."
        raise TouchpointError("unknown_touchpoint", found=repr(key)[:80], known=listed)
    return found


def standards(workspace: Workspace) -> dict[str, Standard]:
    """The standard in force of every touchpoint that has one, by the touchpoint's key."""
    newest = {key: found[-1].body for key, found in STANDARDS.all(workspace).items()}
    return {key: one for key, one in newest.items() if not one.retired}


def standard(workspace: Workspace, key: str, version: int | None = None) -> Standard | None:
    """The standard in force of a touchpoint, or one of its versions; None where it has none.

    Raises TouchpointError for a version that is not there.
    """
    found = STANDARDS.history(workspace, key)
    if version is not None:
        return _of_version(found, key, version)
    return found[-1].body if found and not found[-1].body.retired else None


def standard_history(workspace: Workspace, key: str) -> list[Decided[Standard]]:
    """All versions of a touchpoint's standard, oldest first; empty where it never had one."""
    return STANDARDS.history(workspace, key)


def confirmations(workspace: Workspace, key: str | None = None) -> list[Confirmation]:
    """The newest version of a standard that each person has confirmed, by touchpoint and person; all, or of one."""
    found: dict[tuple[str, str], Confirmation] = {}
    for decided in versions(workspace, READ_NOUN).values():
        for one in decided:
            read = _confirmation(one)
            if read is None or (key is not None and read.touchpoint != key):
                continue
            known = found.get((read.touchpoint, read.person))
            if known is None or known.version < read.version:
                found[read.touchpoint, read.person] = read
    return [found[place] for place in sorted(found)]


def _confirmation(decision: Decision) -> Confirmation | None:
    """What a decision says; the touchpoint and the person stand in its key where the body does not name them."""
    before, _, after = decision.key.rpartition(":")
    touchpoint_key, person = decision.body.get("touchpoint", before), decision.body.get("person", after)
    version = decision.body.get("version")
    if not isinstance(version, int) or not (isinstance(touchpoint_key, str) and isinstance(person, str)):
        return None
    return Confirmation(touchpoint_key, person, version, decision.decided_at)


def promises(workspace: Workspace, touchpoint: str | None = None, *, retired: bool = False) -> list[Promise]:
    """The newest version of every promise in force, by touchpoint and name; all, or those of one touchpoint."""
    newest = [found[-1].body for found in PROMISES.all(workspace).values()]
    wanted = [one for one in newest if (retired or not one.retired) and touchpoint in (None, one.touchpoint)]
    return sorted(wanted, key=lambda one: (fold(one.touchpoint), fold(one.called), one.key))


def promise(workspace: Workspace, key: str, version: int | None = None) -> Promise:
    """The promise in force under a key, or one of its versions.

    Raises TouchpointError where there is none, it was taken back, or there is no such version.
    """
    found = promise_history(workspace, key)
    if version is not None:
        return _of_version(found, key, version)
    if found[-1].body.retired:
        raise TouchpointError("retired_promise", found=key)
    return found[-1].body


def promise_history(workspace: Workspace, key: str) -> list[Decided[Promise]]:
    """All versions of a promise, oldest first. Raises TouchpointError where there never was one."""
    found = PROMISES.history(workspace, key)
    if not found:
        known = sorted(PROMISES.all(workspace))
        listed = f"There are: {', '.join(known)}." if known else "Nothing was promised yet."
        raise TouchpointError("unknown_promise", found=repr(key)[:80], known=listed)
    return found


def _of_version(found: list[Decided[Body]], key: str, version: int) -> Body:
    for one in reversed(found):
        if one.version == version:
            return one.body
    raise TouchpointError("unknown_version", found=key, version=version)
