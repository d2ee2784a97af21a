"""Components as decisions: published by a named person, kept in every version.

What was published holds for every month that is looked at, also for months before it was published: so the history
shows what changed in the company, not what changed in the weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from regulars.decided import Decided, Kept
from regulars.index.definition import checked, components_from, components_json
from regulars.index.errors import FocusIndexError
from regulars.index.parts import Component, Components
from regulars.measures.index.deciding import KEY, NOUN, OLD_KEY

if TYPE_CHECKING:
    from regulars.workspace import Workspace

__all__ = ["COMPONENTS_KEPT", "components", "decided", "history", "publish_components", "restore_components"]


def _unreadable(key: str) -> FocusIndexError:
    return FocusIndexError("unreadable")


COMPONENTS_KEPT: Final = Kept(NOUN, components_from, components_json, _unreadable)


def components(workspace: Workspace) -> tuple[Component, ...]:
    """Every component as it is decided now; as it comes with the program where nothing was decided."""
    return decided(workspace).components


def decided(workspace: Workspace) -> Components:
    """All components with note and version; version 0 where nothing was decided."""
    found = history(workspace)
    return found[-1].body if found else Components()


def history(workspace: Workspace) -> list[Decided[Components]]:
    """All versions, oldest first; weights for whole parts, as they were decided before, come first."""
    known = COMPONENTS_KEPT.all(workspace)
    return [*known.get(OLD_KEY, []), *known.get(KEY, [])]


def publish_components(
    workspace: Workspace,
    components: Iterable[Component],
    *,
    by: str,
    now: datetime,
    note: str = "",
    request_id: str | None = None,
) -> Components:
    """Decide weights, floors and targets; components that are not given are as they come with the program.

    request_id  names the request, so that a double click publishes once

    Returns them with their version. Raises FocusIndexError for what cannot stand.
    """
    body = checked(components, note)
    return COMPONENTS_KEPT.publish(
        workspace, lambda version: replace(body, version=version), KEY, by=by, now=now, request_id=request_id
    )


def restore_components(
    workspace: Workspace, *, by: str, now: datetime, note: str = "", request_id: str | None = None
) -> Components:
    """Decide that all components are again as they come with the program."""
    return publish_components(workspace, (), by=by, now=now, note=note, request_id=request_id)
