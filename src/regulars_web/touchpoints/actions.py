"""What people decide about touchpoints: register, change and end them, write and read standards, make promises."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from regulars.touchpoints import publishing
from regulars.touchpoints.parts import Promise, Standard, Touchpoint
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_TOUCHPOINTS, CONFIRM_STANDARDS
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User


def publish(by: User, workspace: Workspace, touchpoint: Touchpoint, *, now: datetime, request_id: str) -> Touchpoint:
    """Register a touchpoint, or a new version of one; the same request decides once.

    Raises TouchpointError for what does not fit, and then nothing was decided.
    """
    require(by, CHANGE_TOUCHPOINTS)
    once = _once(by, "touchpoint", request_id)
    made = publishing.publish_touchpoint(workspace, touchpoint, by=by.email, now=now, request_id=once)
    trail.note(by, "touchpoint published", touchpoint=made.key, version=made.version)
    return made


def retire(by: User, workspace: Workspace, key: str, *, now: datetime, request_id: str) -> None:
    """End a touchpoint: it leaves the register, its versions and touches stay."""
    require(by, CHANGE_TOUCHPOINTS)
    publishing.retire_touchpoint(workspace, key, by=by.email, now=now, request_id=_once(by, "end", request_id))
    trail.note(by, "touchpoint ended", touchpoint=key)


def publish_standard(by: User, workspace: Workspace, standard: Standard, *, now: datetime, request_id: str) -> Standard:
    """Write the standard of a touchpoint in a new version; who read an earlier one has not read this one."""
    require(by, CHANGE_TOUCHPOINTS)
    once = _once(by, "standard", request_id)
    made = publishing.publish_standard(workspace, standard, by=by.email, now=now, request_id=once)
    trail.note(by, "standard published", touchpoint=made.key, version=made.version)
    return made


def confirm_standard(by: User, workspace: Workspace, key: str, version: int, *, now: datetime) -> None:
    """A colleague has read this version of the standard; said twice, it is kept once."""
    require(by, CONFIRM_STANDARDS)
    once = f"standard read {by.pk} {version} {key}"
    publishing.confirm_standard(workspace, key, person=by.email, version=version, now=now, request_id=once)
    trail.note(by, "standard read", touchpoint=key, version=version)


def publish_promise(by: User, workspace: Workspace, promise: Promise, *, now: datetime, request_id: str) -> Promise:
    """Make a promise at a touchpoint, or a new version of one."""
    require(by, CHANGE_TOUCHPOINTS)
    once = _once(by, "promise", request_id)
    made = publishing.publish_promise(workspace, promise, by=by.email, now=now, request_id=once)
    trail.note(by, "promise published", promise=made.key, touchpoint=made.touchpoint, version=made.version)
    return made


def retire_promise(by: User, workspace: Workspace, key: str, *, now: datetime, request_id: str) -> None:
    """End a promise; its versions stay, and it is counted no longer."""
    require(by, CHANGE_TOUCHPOINTS)
    publishing.retire_promise(workspace, key, by=by.email, now=now, request_id=_once(by, "promise end", request_id))
    trail.note(by, "promise ended", promise=key)


def _once(by: User, what: str, request_id: str) -> str | None:
    return f"touchpoint {what} {by.pk} {request_id}" if request_id else None
