"""Counting the page beforehand, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.utils import timezone

from regulars.base import open_base
from regulars.log import search_index
from regulars.workspace import Workspace
from regulars_web.home import kept
from regulars_web.home.elsewhere import WAITS, count_stake
from regulars_web.home.reads import PARTS
from regulars_web.jobs.actions import Progress, ask_once
from regulars_web.jobs.models import Job
from regulars_web.shared.company import company
from regulars_web.shared.frame import frame_of, is_empty
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
    count_stake(workspace, scope)
    counted_part(workspace, scope, "next", lacks=WAITS)
    return {"parts": len(PARTS)}


def counted_part(workspace: Workspace, scope: Scope, part: str, *, lacks: str = "") -> kept.Kept:
    """One part over the newest state of the log; counted anew where it ``lacks`` something."""
    read = PARTS[part]
    return kept.counted(workspace, scope, part, lambda: read(frame_of(workspace, scope)), timezone.now(), lacks=lacks)


def _said(scope: Scope) -> dict[str, str]:
    """The scope as addresses have it; nothing for the default, as imports ask for it."""
    return dict(parse_qsl(scope.query))
