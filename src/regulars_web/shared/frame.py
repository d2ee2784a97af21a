"""What the page is seen through: the newest day of the log, the period, the period before, the group."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from regulars.errors import MeasureError
from regulars.groups.conditions import to_json
from regulars.groups.publishing import group, members
from regulars.workspace import Workspace
from regulars_web.shared.scope import Scope


@dataclass(frozen=True)
class Frame:
    """One way to look at the company.

    newest   the newest day of the log; what is said of now is said of this day
    first    first day of the period; None from the beginning
    last     last day of the period
    before   the period of the same length just before; None for all time
    group    key of the group; empty for everyone
    scope    what the address said
    """

    workspace: Workspace
    newest: date
    first: date | None
    last: date
    before: tuple[date, date] | None
    group: str = ""
    scope: Scope = field(default_factory=Scope)

    @cached_property
    def members(self) -> frozenset[int] | None:
        """The group's customers; None for everyone."""
        return frozenset(members(self.workspace, self.group)) if self.group else None


def frame_of(workspace: Workspace, scope: Scope) -> Frame:
    """The frame of a scope. Raises MeasureError for an empty log."""
    newest = workspace.newest_on()
    first, last = scope.dates(newest)
    return Frame(workspace, newest, first, last, scope.before(newest), scope.group, scope)


def is_empty(workspace: Workspace) -> bool:
    """Whether the log holds no interaction. Quick, and sure only where it says yes at once or was asked before."""
    try:
        workspace.newest_on()
    except MeasureError:
        return True
    return False


def rule_mark(workspace: Workspace, scope: Scope) -> str:
    """Changes when the group's rule does; empty for everyone. Raises GroupError for a group that is not there."""
    if not scope.group:
        return ""
    rule = to_json(group(workspace, scope.group).read_rule())
    return hashlib.sha256(json.dumps(rule, sort_keys=True, default=str).encode()).hexdigest()
