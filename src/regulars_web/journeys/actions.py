"""What people decide about the life cycle: the rules of its stages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from regulars.lifecycle import publishing
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_JOURNEYS
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User


def publish_stage(
    by: User, workspace: Workspace, stage: publishing.Stage, *, now: datetime, request_id: str
) -> publishing.Stage:
    """Publish a stage, or its next version; the same request decides once.

    Raises LifeCycleError for a rule that cannot be judged, and then nothing was decided.
    """
    require(by, CHANGE_JOURNEYS)
    made = publishing.publish(workspace, stage, by=by.email, now=now, request_id=_once(by, "publish", request_id))
    trail.note(by, "stage published", stage=made.key, version=made.version)
    return made


def retire_stage(by: User, workspace: Workspace, key: str, *, now: datetime, request_id: str) -> None:
    """Take a stage out; its versions stay. Raises LifeCycleError where there is none, or no other."""
    require(by, CHANGE_JOURNEYS)
    publishing.retire(workspace, key, by=by.email, now=now, request_id=_once(by, "end", request_id))
    trail.note(by, "stage ended", stage=key)


def _once(by: User, what: str, request_id: str) -> str | None:
    return f"stage {what} {by.pk} {request_id}" if request_id else None
