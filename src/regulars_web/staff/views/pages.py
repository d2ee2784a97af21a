"""Who works here, and the page of one of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars.people import reading, using
from regulars.people.errors import PeopleError
from regulars.people.parts import Employee, Limit
from regulars.touchpoints import publishing as touchpoints
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import CHANGE_STAFF, SEE_RECOGNITION, SEE_STAFF
from regulars_web.shared.company import company
from regulars_web.shared.paging import Pages, wanted_page
from regulars_web.shared.parts import Around, render_part
from regulars_web.staff import parts, queries, register, words

PAGE = 100
STYLES = ("staff/css/staff.css",)
# Part -> the page it belongs to. Recognition has an address of its own, for those who may see it.
PARTS = {
    "authority": "staff:authority",
    "promises": "staff:promises",
    "pulse": "staff:pulse",
    "partners": "staff:partners",
}


@needs(SEE_STAFF)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Departments and people, and what nobody has said yet."""
    wanted = request.GET.get("department", "")[:200]
    told = register.overview(company(), wanted)
    here = min(wanted_page(request), max(1, -(-len(told["people"]) // PAGE)))
    pages = Pages(here, len(told["people"]), PAGE)
    told["people"] = told["people"][(here - 1) * PAGE : here * PAGE]
    return render(request, "staff/overview.html", {"here": "overview", "pages": pages, "scope_hidden": True, **told})


@needs(SEE_STAFF)
@require_GET
def employee(request: HttpRequest, code: str) -> HttpResponse:
    """One of them: work, limits, trainings, standards read, thanks; decisions made for those who may see them."""
    workspace = company()
    try:
        one = reading.employee(workspace, code)
    except PeopleError:
        raise Http404(code) from None
    mine = queries.code_of(workspace, request.user) == code  # type: ignore[arg-type]
    leads = holds(request.user, CHANGE_STAFF)
    told = {
        "one": one,
        "name": queries.names_of(workspace, [one])[code],
        "level": words.level_words(one.level),
        "department": _called(workspace, one.department),
        "limits": limits_of(workspace, one),
        "trainings": [(found, found.understood.get(code, ""), found.used.get(code)) for found in _trainings(code)],
        "standards": _standards(workspace, code),
        "thanks": using.thanks(workspace, employee=code, most=20) if mine or leads else (),
        "sees_bonus": mine or holds(request.user, SEE_RECOGNITION),
        "uses": using.uses(workspace, employee=code, most=20) if mine or leads else (),
        "sees_uses": mine or leads,
        "versions": reading.employee_history(workspace, code)[::-1] if one.version else (),
        "request_id": uuid4().hex,
        "here": "overview",
        "scope_hidden": True,
    }
    return render(request, "staff/employee.html", told)


@needs(SEE_STAFF)
@require_GET
def part(request: HttpRequest, name: str) -> HttpResponse:
    """A counted part of one of these pages."""
    if name not in PARTS:
        raise Http404(name)
    return answer_part(request, name, PARTS[name])


def answer_part(request: HttpRequest, name: str, page: str) -> HttpResponse:
    """A part, counted now where it was not yet."""
    around = Around(_("Staff"), (reverse(page), _("Staff")), STYLES, charts=True)
    return render_part(request, "staff/_part.html", {"part": parts.shown(request, name)}, around)


def limits_of(workspace: Workspace, one: Employee) -> list[dict[str, Any]]:
    """What somebody may decide on the spot, kind by kind; a person's own limit goes before that of their role."""
    kinds = dict.fromkeys(limit.decision for limit in reading.limits(workspace))
    found = [(kind, reading.limit_of(workspace, one.code, kind)) for kind in kinds]
    return [limit_row(limit) for _kind, limit in found if limit is not None]


def limit_row(limit: Limit) -> dict[str, Any]:
    """A limit as pages show it."""
    return {"limit": limit, "words": words.decision_words(limit.decision), "own": bool(limit.employee)}


def _trainings(code: str) -> list[Any]:
    return [one for one in reading.trainings(company()) if code in one.employees]


def _called(workspace: Workspace, key: str) -> str:
    return next((one.called for one in queries.departments(workspace) if one.key == key), key)


def _standards(workspace: Workspace, code: str) -> list[tuple[str, str, bool, Any]]:
    """Standards somebody has read: key, touchpoint, whether it is the newest version, and when."""
    user = queries.account_of(code)
    persons = {code, user.email} if user else {code}
    newest = touchpoints.standards(workspace)
    called = {one.key: one.called for one in touchpoints.touchpoints(workspace)}
    return [
        (one.touchpoint, called.get(one.touchpoint, one.touchpoint), one.version == newest[one.touchpoint].version,
         one.confirmed_at)
        for one in touchpoints.confirmations(workspace)
        if one.person in persons and one.touchpoint in newest
    ]  # fmt: skip
