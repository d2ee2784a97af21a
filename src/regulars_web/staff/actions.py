"""What people decide about staff: who is who, what they may decide, what departments promise, whom they thank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from regulars.people import publishing, reading, using
from regulars.people.parts import Department, DepartmentPromise, Employee, KeyAccount, Limit, Training, Visit
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_STAFF, CHANGE_SURVEYS, LOG_CONTACTS, SEE_STAFF, SEND_SURVEYS
from regulars_web.shared import trail
from regulars_web.staff.models import Account, Link
from regulars_web.voice import current

if TYPE_CHECKING:
    from regulars.surveys.definition import Survey

Write = Callable[..., Any]
# What is published under which word; the word stands in the trail.
PUBLISHED: dict[str, Write] = {
    "employees": publishing.publish_employee,
    "departments": publishing.publish_department,
    "limits": publishing.publish_limit,
    "trainings": publishing.publish_training,
    "promises": publishing.publish_department_promise,
    "group": publishing.publish_service_group,
    "accounts": publishing.publish_key_account,
    "visits": publishing.plan_visit,
}


def publish(by: User, workspace: Workspace, noun: str, one: Any, *, now: datetime, request_id: str) -> Any:
    """Publish a version of something of the register; the same request publishes once. Raises PeopleError."""
    require(by, CHANGE_STAFF)
    once = _once(by, noun, request_id)
    made = PUBLISHED[noun](workspace, one, by=by.email, now=now, request_id=once)
    trail.note(by, f"staff: {noun} published", key=_key(made), version=made.version)
    return made


def end(by: User, workspace: Workspace, noun: str, one: Any, *, now: datetime, request_id: str) -> None:
    """Take something out of the register; its versions stay."""
    require(by, CHANGE_STAFF)
    told = {"by": by.email, "now": now, "request_id": _once(by, f"{noun} end", request_id)}
    if noun == "limits":
        publishing.retire_limit(workspace, one.key, **told)
    elif noun == "promises":
        publishing.retire_department_promise(workspace, one.key, **told)
    else:
        PUBLISHED[noun](workspace, replace(one, retired=True), **told)
    trail.note(by, f"staff: {noun} ended", key=_key(one))


def keep_account(by: User, code: str, user_id: str) -> None:
    """Say which account an employee has; "" for none. An account belongs to one employee."""
    require(by, CHANGE_STAFF)
    with transaction.atomic():
        before = Account.objects.filter(code=code).first()
        if str(before.user_id if before else "") == user_id:
            return
        Account.objects.filter(code=code).delete()
        user = User.objects.filter(pk=int(user_id)).first() if user_id.isascii() and user_id.isdigit() else None
        if user is not None:
            Account.objects.filter(user=user).delete()
            Account.objects.create(user=user, code=code)
    trail.note(by, "staff: account named", key=code)


def rate(by: User, workspace: Workspace, key: str, *, side: str, score: int, now: datetime, request_id: str) -> None:
    """How somebody finds a promise between departments kept; nobody else sees it alone."""
    require(by, SEE_STAFF)
    publishing.rate_department_promise(
        workspace,
        key,
        person=by.email,
        side=side,
        score=score,
        now=now,
        request_id=_once(by, f"rate {key}", request_id),
    )
    trail.note(by, "staff: promise rated", key=key)


def visit_done(by: User, workspace: Workspace, key: str, *, note: str, now: datetime, request_id: str) -> None:
    """A planned visit was made today: the plan is closed, and the visit stands in the log."""
    require(by, LOG_CONTACTS)
    once = _once(by, "visit done", request_id)
    using.visit_done(workspace, key, by=by.email, now=now, note=note, request_id=once)
    trail.note(by, "staff: visit done", key=key)


# Links of questionnaires -------------------------------------------------------------------------------------


def publish_ready(by: User, workspace: Workspace, survey: Survey, *, now: datetime, request_id: str) -> Survey:
    """Put a ready questionnaire into use as it stands."""
    from regulars.surveys import publishing as surveys  # noqa: PLC0415  heavy, and only this action needs it

    require(by, CHANGE_SURVEYS)
    made = surveys.publish(workspace, survey, by=by.email, now=now, request_id=_once(by, survey.key, request_id))
    current.forget()
    trail.note(by, "survey published", survey=made.key, version=made.version)
    return made


def make_link(by: User, survey: str, *, department: str, level: str, now: datetime) -> Link:
    """A link by which a questionnaire is answered without a name; the open one where it is there already."""
    require(by, SEND_SURVEYS)
    there = Link.objects.filter(survey=survey, department=department, level=level, closed_at=None).first()
    if there is not None:
        return there
    made = Link.objects.create(survey=survey, department=department, level=level, made_at=now, made_by=by)
    trail.note(by, "staff: link made", survey=survey, link=made.pk)
    return made


def close_link(by: User, link: Link, *, now: datetime) -> None:
    """A link takes no more answers; whoever has begun may finish."""
    require(by, SEND_SURVEYS)
    if Link.objects.filter(pk=link.pk, closed_at=None).update(closed_at=now):
        trail.note(by, "staff: link closed", survey=link.survey, link=link.pk)


def _once(by: User, what: str, request_id: str) -> str | None:
    return f"staff {what} {by.pk} {request_id}" if request_id else None


def _key(one: Employee | Department | Limit | Training | DepartmentPromise | KeyAccount | Visit | Any) -> str:
    if isinstance(one, Employee):
        return one.code
    return str(one.client_key) if isinstance(one, KeyAccount) else str(getattr(one, "key", reading.GROUP_KEY))
