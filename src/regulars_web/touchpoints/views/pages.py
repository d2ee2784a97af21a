"""The list of touchpoints, the page of one, and their parts."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars.touchpoints.parts import Touchpoint
from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import SEE_CUSTOMERS, SEE_TOUCHPOINTS
from regulars_web.home.addresses import with_group
from regulars_web.shared.company import company
from regulars_web.shared.frame import frame_of, is_empty
from regulars_web.shared.parts import Around, render_part
from regulars_web.shared.scope import Scope
from regulars_web.touchpoints import findings, listing, queries, words
from regulars_web.touchpoints.across import without_names
from regulars_web.touchpoints.reading import counted, known
from regulars_web.touchpoints.reads import OF_LIST, OF_ONE
from regulars_web.touchpoints.single import CONTEXTS
from regulars_web.touchpoints.views.standards import confirmed

PARTS = ("doing", "figures", "stake", "uneven", "trend", "first", "balance", "splits")
ASKED_FOR = ("balance", "splits")  # counted where somebody wants to see them
STYLES = ("touchpoints/css/touchpoints.css",)


@needs(SEE_TOUCHPOINTS)
@require_GET
def touchpoint_list(request: HttpRequest) -> HttpResponse:
    """Every registered touchpoint, most at stake first; what the log shows beside them; what is missing."""
    workspace = company()
    if is_empty(workspace):
        return render(request, "touchpoints/empty.html", {"scope_hidden": True})
    scope, whole = _scope(request), "whole" in request.GET
    name = next((one for one in ("ranked", "listed") if known(scope, one) is not None), "ranked" if whole else "")
    return render(request, "touchpoints/list.html", _listed(scope, name) if name else {"waits": True})


@needs(SEE_TOUCHPOINTS)
@require_GET
def list_part(request: HttpRequest, name: str) -> HttpResponse:
    """The list again, once the money at stake is counted."""
    if name not in OF_LIST:
        raise Http404(name)
    if is_empty(company()):
        return HttpResponse("")
    around = Around(_("Touchpoints"), (reverse("touchpoints:list"), _("All touchpoints")), STYLES, headed=True)
    return render_part(request, "touchpoints/_list.html", _listed(_scope(request), name), around)


@needs(SEE_TOUCHPOINTS)
@require_GET
def touchpoint_page(request: HttpRequest, key: str) -> HttpResponse:
    """One touchpoint: what it does, what is promised, what is at stake, and what to do next."""
    workspace = company()
    versions = list(queries.versions_of(workspace, key))
    if not versions and not queries.touches_of(workspace, key):
        raise Http404(key)
    there = versions[-1].body if versions else None
    touchpoint = there or Touchpoint(key=key)
    scope, parts = _scope(request), {}
    for name in PARTS if not is_empty(workspace) else ():
        wait = "whole" not in request.GET and known(scope, name, key) is None
        parts[name] = (
            {"name": name, "waits": True, "asked": name in ASKED_FOR} if wait else _shown(request, name, touchpoint)
        )
    standards = queries.standard_of(workspace, key)
    told = {
        "touchpoint": touchpoint,
        "registered": there is not None,
        "sort": words.SORTS[touchpoint.sort],
        "stages": [words.STAGE_WORDS.get(one, one) for one in touchpoint.stages],
        "promised": [(one, words.limit_words(one)) for one in queries.promises_of(workspace, key)],
        "versions": versions[::-1],
        "names": queries.names_of([one.decided_by for one in versions]),
        "parts": parts,
        "request_id": uuid4().hex,
        **confirmed(request, key, standards[-1].body if standards else None),
    }
    return render(request, "touchpoints/touchpoint.html", told)


@needs(SEE_TOUCHPOINTS)
@require_GET
def part(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One part of the page of a touchpoint, counted where that was not done yet."""
    if name not in PARTS:
        raise Http404(name)
    workspace = company()
    versions = queries.versions_of(workspace, key)
    if is_empty(workspace) or (not versions and not queries.touches_of(workspace, key)):
        raise Http404(key)
    touchpoint = versions[-1].body if versions else Touchpoint(key=key)
    told = {"part": _shown(request, name, touchpoint), "touchpoint": touchpoint}
    back = (reverse("touchpoints:touchpoint", args=[key]), touchpoint.called)
    return render_part(request, "touchpoints/_part.html", told, Around(touchpoint.called, back, STYLES, charts=True))


def _scope(request: HttpRequest) -> Scope:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return scope


def _listed(scope: Scope, name: str) -> dict[str, Any]:
    """The register with what was measured, what the log shows beside it, and what is missing."""
    workspace, read = company(), counted(scope, name, OF_LIST[name])
    registered, holes = queries.registered(workspace), queries.holes(workspace, read["seen"])
    seen = queries.unregistered(workspace, read["seen"])
    promises = queries.promises_in_force(workspace)
    return {
        "part": listing.list_context(registered, promises, holes, read) if registered else None,
        "seen": seen,
        "holes": listing.hole_lines(holes, {one.key: one.called for one in registered}),
        "counted": listing.counted_words(len(registered), len(seen)),
        "ended": queries.ended(workspace),
    }


def _shown(request: HttpRequest, name: str, touchpoint: Touchpoint) -> dict[str, Any]:
    scope = _scope(request)
    read = dict(counted(scope, name, OF_ONE[name], touchpoint.key))
    if "consistency" in read and not holds(request.user, SEE_CUSTOMERS):  # who did what is for those who lead
        read["consistency"] = without_names(read["consistency"])
    told = _doing(request, touchpoint, read) if name == "doing" else CONTEXTS[name](frame_of(company(), scope), read)
    if name == "splits" and not holds(request.user, SEE_CUSTOMERS):
        told["tables"] = [one for one in told["tables"] if one["name"] != "employee"]
    return {"name": name, "template": f"touchpoints/_{name}.html", **told}


def _doing(request: HttpRequest, touchpoint: Touchpoint, read: Any) -> dict[str, Any]:
    ground = findings.Ground(
        touchpoint, queries.holes(company(), read["seen"]), read, registered=touchpoint.version > 0
    )
    group = _scope(request).group
    return {
        "quiet": bool(ground.of("touchpoints").only) and not ground.of("stake").unknown,
        "things": [
            {
                "place": place,
                "thing": thing,
                "address": _address(thing, group) if holds(request.user, thing.permission) else "",
            }
            for place, thing in enumerate(findings.things(ground), start=1)
        ],
    }


def _address(thing: findings.Thing, group: str) -> str:
    """Where it is done; a place on this page keeps the page's own address."""
    return thing.address if thing.address.startswith("#") else with_group(thing.address, group)
