"""The register as decisions: published by a named person, kept in every version, retired rather than deleted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.groups.decisions import Decision, decide, versions
from regulars.names import keys
from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.holes import holes, seen, unregistered
from regulars.touchpoints.parts import Confirmation, Promise, Standard, Touchpoint
from regulars.touchpoints.reading import (
    PROMISES,
    READ_NOUN,
    STANDARDS,
    TOUCHPOINTS,
    confirmations,
    history,
    promise,
    promise_history,
    promises,
    standard,
    standard_history,
    standards,
    touchpoint,
    touchpoints,
)
from regulars.touchpoints.validity import check_promise, check_standard, check_touchpoint

if TYPE_CHECKING:
    from regulars.workspace import Workspace

__all__ = [
    "PROMISES",
    "READ_NOUN",
    "STANDARDS",
    "TOUCHPOINTS",
    "confirm_standard",
    "confirmations",
    "free_promise_key",
    "history",
    "holes",
    "promise",
    "promise_history",
    "promises",
    "publish_promise",
    "publish_standard",
    "publish_touchpoint",
    "retire_promise",
    "retire_standard",
    "retire_touchpoint",
    "seen",
    "standard",
    "standard_history",
    "standards",
    "touchpoint",
    "touchpoints",
    "unregistered",
]


# Touchpoints -----------------------------------------------------------------------------------------------


def publish_touchpoint(
    workspace: Workspace, touchpoint: Touchpoint, *, by: str, now: datetime, request_id: str | None = None
) -> Touchpoint:
    """Publish a touchpoint under its key: a new one, or a new version; publishing a retired one uses it again.

    request_id  names the request, so that a double click publishes once

    Returns the touchpoint with its version. Raises TouchpointError for one that cannot stand as it is.
    """
    body = check_touchpoint(replace(touchpoint, retired=False))
    return TOUCHPOINTS.publish(
        workspace, lambda version: replace(body, version=version), body.key, by=by, now=now, request_id=request_id
    )


def retire_touchpoint(
    workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None
) -> Touchpoint:
    """Use a touchpoint no longer; its versions, standard and promises stay as they are.

    Raises TouchpointError where there is none in use.
    """
    body = replace(touchpoint(workspace, key), retired=True)
    return TOUCHPOINTS.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


# Standards -------------------------------------------------------------------------------------------------


def publish_standard(
    workspace: Workspace, standard: Standard, *, by: str, now: datetime, request_id: str | None = None
) -> Standard:
    """Publish the standard of a registered touchpoint; everybody has to confirm the new version again.

    Raises TouchpointError where the touchpoint is not in use or the standard says nothing.
    """
    body = check_standard(replace(standard, retired=False))
    touchpoint(workspace, body.key)
    return STANDARDS.publish(
        workspace, lambda version: replace(body, version=version), body.key, by=by, now=now, request_id=request_id
    )


def retire_standard(
    workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None
) -> Standard:
    """Take the standard of a touchpoint back. Raises TouchpointError where it has none."""
    found = standard(workspace, key)
    if found is None:
        raise TouchpointError("no_standard", found=key)
    body = replace(found, retired=True)
    return STANDARDS.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


def confirm_standard(
    workspace: Workspace,
    key: str,
    *,
    person: str,
    now: datetime,
    version: int | None = None,
    request_id: str | None = None,
) -> Confirmation:
    """A person has read the standard of a touchpoint; confirming the same version again changes nothing.

    version  the one that was read; None: the one in force

    Raises TouchpointError where there is no standard, no such version, or nobody is named.
    """
    name = person.strip()
    if not name:
        raise TouchpointError("no_person")
    read = standard(workspace, key, version)
    if read is None:
        raise TouchpointError("no_standard", found=key)
    before = [one for one in confirmations(workspace, key) if one.person == name]
    if before and before[0].version >= read.version:
        return before[0]
    noted = f"{key}:{name}"
    number = max((one.version for one in versions(workspace, READ_NOUN).get(noted, [])), default=0) + 1
    body = {"touchpoint": key, "person": name, "version": read.version}
    decide(workspace, READ_NOUN, Decision(noted, number, body, now, name), request_id=request_id)
    return Confirmation(key, name, read.version, now)


# Promises --------------------------------------------------------------------------------------------------


def publish_promise(
    workspace: Workspace, promise: Promise, *, by: str, now: datetime, request_id: str | None = None
) -> Promise:
    """Publish a promise under its key; measures judge all touches by the newest version.

    Raises TouchpointError for one that cannot be measured, or whose touchpoint is not in use.
    """
    body = check_promise(replace(promise, retired=False))
    touchpoint(workspace, body.touchpoint)
    return PROMISES.publish(
        workspace, lambda version: replace(body, version=version), body.key, by=by, now=now, request_id=request_id
    )


def retire_promise(workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None) -> Promise:
    """Take a promise back: measures judge by it no longer. Raises TouchpointError where there is none in force."""
    body = replace(promise(workspace, key), retired=True)
    return PROMISES.publish(
        workspace, lambda version: replace(body, version=version), key, by=by, now=now, request_id=request_id
    )


def free_promise_key(workspace: Workspace, name: str, taken: Collection[str] = ()) -> str:
    """A key for a new promise, made of its name, that neither a published promise nor ``taken`` has."""
    return keys.free_key(keys.slug(name, empty="promise"), {*versions(workspace, PROMISES.noun), *taken})
