"""Counting the page beforehand, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.utils import timezone

from regulars.base import open_base
from regulars.errors import MeasureError
from regulars.log import search_index
from regulars.workspace import Workspace
from regulars_web.home import kept
from regulars_web.home.frame import frame_of
from regulars_web.home.reads import PARTS
from regulars_web.jobs.actions import Progress, ask_once
from regulars_web.jobs.models import Job
from regulars_web.shared.company import company
from regulars_web.shared.scope import Scope, read_scope

if TYPE_CHECKING:
    from regulars_web.accounts.models import User

REFRESH = "refresh"


def ask_refresh(scope: Scope, *, by: User | None) -> Job:
    """Have the page and the customer base counted by the worker, unless that waits already."""
    return ask_once(REFRESH, _said(scope), by=by)


def refresh(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Count the customer base and every part of the page for the period and group asked for; what is there stays."""
    workspace = company()
    scope, _mistake = read_scope(job.said)
    if is_empty(workspace):
        return {"parts": 0}
    search_index.refresh(workspace)
    open_base(workspace)
    for place, part in enumerate(PARTS):
        progress(part, place / len(PARTS))
        counted_part(workspace, scope, part)
    return {"parts": len(PARTS)}


def counted_part(workspace: Workspace, scope: Scope, part: str) -> kept.Kept:
    """One part over the newest state of the log."""
    return kept.counted(workspace, scope, part, lambda: PARTS[part](frame_of(workspace, scope)), timezone.now())


def is_empty(workspace: Workspace) -> bool:
    """Whether the log holds no interaction. Quick, and sure only where it says yes at once or was asked before."""
    try:
        workspace.newest_on()
    except MeasureError:
        return True
    return False


def _said(scope: Scope) -> dict[str, str]:
    """The scope as addresses have it; nothing for the default, as imports ask for it."""
    return dict(parse_qsl(scope.query))
