"""Target customers of the definition: the company's own target groups, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regulars.groups.publishing import groups
from regulars.workspace import Workspace


@dataclass(frozen=True)
class Target:
    """A target group as it is named; ``there`` False for one that has ended or never was."""

    key: str
    name: str
    there: bool


def named(workspace: Workspace, keys: Sequence[str]) -> list[Target]:
    """The groups under these keys, in this order."""
    known = {one.key: one.name for one in groups(workspace)} if keys else {}
    return [Target(key, known.get(key, key), key in known) for key in keys]


def offered(workspace: Workspace) -> list[tuple[str, str]]:
    """Groups to choose from, as (key, name)."""
    return [(one.key, one.name) for one in groups(workspace)]
