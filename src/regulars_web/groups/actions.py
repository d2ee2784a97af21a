"""What people decide about groups: publish, retire, complete a portrait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.groups import publishing
from regulars.groups.descriptions import KEY_CUSTOMERS, Description, describe
from regulars.groups.publishing import Group
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_GROUPS
from regulars_web.groups.works import COUNT
from regulars_web.jobs.actions import ask_once
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User


def publish(
    by: User, workspace: Workspace, body: Mapping[str, object], *, key: str | None, now: datetime, request_id: str
) -> Group:
    """Decide a group: a new one, or a new version of ``key``; the same request decides once.

    Raises GroupError or RuleError for what does not fit, and then nothing was decided.
    """
    require(by, CHANGE_GROUPS)
    made = publishing.publish(workspace, body, by=by.email, now=now, key=key, request_id=_once(by, request_id))
    if made.decided_at == now:  # else the same request did it before
        trail.note(by, "group published", group=made.key, version=made.version)
        ask_once(COUNT, {"key": made.key}, by=by)
    return made


def retire(by: User, workspace: Workspace, key: str, *, now: datetime, request_id: str) -> Group:
    """End a group; its versions stay."""
    require(by, CHANGE_GROUPS)
    ended = publishing.retire(workspace, key, by=by.email, now=now, request_id=_once(by, request_id))
    trail.note(by, "group retired", group=key, version=ended.version)
    return ended


def complete_portrait(
    by: User, workspace: Workspace, answers: Mapping[str, object], *, key: str, now: datetime, request_id: str
) -> Description:
    """Write down what people know of the key customers, or of a group (``key``); earlier versions stay."""
    require(by, CHANGE_GROUPS)
    said = describe(
        workspace, answers, by=by.email, now=now, key=description_key(key), request_id=_once(by, request_id)
    )
    if said.decided_at == now:
        trail.note(by, "portrait completed", group=key or KEY_CUSTOMERS, version=said.version)
    return said


def description_key(group: str) -> str:
    """Where a group's description lies; a group may well be called "key customers"."""
    return f"group:{group}" if group else KEY_CUSTOMERS


def _once(by: User, request_id: str) -> str | None:
    return f"group {by.pk} {request_id}" if request_id else None
