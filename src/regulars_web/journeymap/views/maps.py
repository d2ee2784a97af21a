"""The map of a group or of everyone, its stages, and its versions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.journeymap.definition import LONGEST_NAME, MOST_STAGES
from regulars.journeymap.errors import JourneyMapError
from regulars.journeymap.parts import KINDS
from regulars.journeymap.publishing import history, journey_map, journey_maps
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_JOURNEYS, SEE_JOURNEYS
from regulars_web.journeymap import actions, queries, words
from regulars_web.journeymap.changes import versions_told
from regulars_web.journeymap.stages_at import touchpoints_at
from regulars_web.shared.company import company
from regulars_web.shared.context import group_choices
from regulars_web.shared.scope import Scope

OPINIONS_SHOWN = 20


@needs(SEE_JOURNEYS)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The whole map, what it lacks first."""
    workspace, scope = company(), scope_of(request)
    found = queries.drawn(workspace, scope)
    lacking = queries.holes_of(found)
    told = {
        "drawn": found,
        "group_name": queries.group_name(workspace, scope),
        "finding": queries.finding(found, lacking),
        "rows": queries.rows_of(found),
        "touchpoints": touchpoints_at(workspace),
        "kinds": [(kind, words.KIND_PLURALS[kind], words.KIND_HELPS[kind]) for kind in KINDS],
        "begun": found.version > 0,
        "by": words.signed_words(found.decided_by),
        "others": _others(workspace, scope),
        **lacking,
    }
    return render(request, "journeymap/map.html", told)


@needs(CHANGE_JOURNEYS)
@require_http_methods(["GET", "POST"])
def stages(request: HttpRequest) -> HttpResponse:
    """Name the stages of the map, add one, or leave an empty one out."""
    workspace, scope = company(), scope_of(request)
    found = queries.drawn(workspace, scope)
    before = [(one.key, one.name) for one in found.stages]
    if request.method == "GET":
        return _stages_page(request, scope, [(one.key, words.stage_words(one), len(one.cells)) for one in found.stages])
    sent = [
        (request.POST.get(f"key-{place}", "")[:100], request.POST.get(f"name-{place}", "").strip()[: LONGEST_NAME + 1])
        for place in range(MOST_STAGES + 1)
    ]
    shown = {one.key: words.stage_words(one) for one in found.stages}
    known = dict(before)
    # A name that was shown in the reader's language and left alone stays as it is in the map.
    named = [(key, known[key] if shown.get(key) == name else name) for key, name in sent if name]
    if named != before:
        try:
            actions.draw(
                request.user,  # type: ignore[arg-type]
                workspace,
                queries.key_of(scope),
                "stages named",
                lambda pen: pen.name_stages(named),
                now=timezone.now(),
                request_id=request_of(request),
            )
        except JourneyMapError as error:
            counts = {one.key: len(one.cells) for one in found.stages}
            rows = [(key, name, counts.get(key, 0)) for key, name in sent if key or name]
            return _stages_page(request, scope, rows, words.wrong_words(error))
        messages.success(request, _("The stages are named."))
    return HttpResponseRedirect(address("journeymap:map", scope))


@needs(SEE_JOURNEYS)
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Who changed what, and when."""
    workspace, scope = company(), scope_of(request)
    told = {
        "group_name": queries.group_name(workspace, scope),
        "versions": versions_told(history(workspace, queries.key_of(scope))),
        "request_id": uuid4().hex,
    }
    return render(request, "journeymap/versions.html", told)


@needs(SEE_JOURNEYS)
@require_GET
def version(request: HttpRequest, version: int) -> HttpResponse:
    """The map as it stood in an earlier version."""
    workspace, scope = company(), scope_of(request)
    try:
        found = journey_map(workspace, queries.key_of(scope), version)
    except JourneyMapError:
        raise Http404(str(version)) from None
    told = {
        "drawn": found,
        "group_name": queries.group_name(workspace, scope),
        "rows": queries.rows_of(found),
        "kinds": [(kind, words.KIND_PLURALS[kind], words.KIND_HELPS[kind]) for kind in KINDS],
        "by": words.signed_words(found.decided_by),
        "earlier": True,
    }
    return render(request, "journeymap/version.html", told)


@needs(CHANGE_JOURNEYS)
@require_POST
def put_back(request: HttpRequest, version: int) -> HttpResponse:
    """Make an earlier version the newest again."""
    scope = scope_of(request)
    actions.draw(
        request.user,  # type: ignore[arg-type]
        company(),
        queries.key_of(scope),
        "put back",
        lambda pen: pen.put_back(version),
        now=timezone.now(),
        request_id=request_of(request),
    )
    messages.success(request, _("The earlier map is the newest again. Nothing was lost."))
    return HttpResponseRedirect(address("journeymap:map", scope))


def scope_of(request: HttpRequest) -> Scope:
    """The period and group of the address."""
    found: Scope = request.scope  # type: ignore[attr-defined]
    return found


def request_of(request: HttpRequest) -> str:
    """What names the request of a form."""
    return request.POST.get("request_id", "")[:100]


def address(name: str, scope: Scope, *args: object, mark: str = "") -> str:
    """The address of a page, seen through the same period and group."""
    query = f"?{scope.query}" if scope.query else ""
    return f"{reverse(name, args=args)}{query}{f'#{mark}' if mark else ''}"


def _stages_page(request: HttpRequest, scope: Scope, rows: list[tuple[str, str, int]], wrong: str = "") -> HttpResponse:
    free = [("", "", 0)] * max(0, min(2, MOST_STAGES - len(rows)))
    told: dict[str, Any] = {
        "rows": [*rows, *free],
        "wrong": wrong,
        "longest": LONGEST_NAME,
        "request_id": uuid4().hex,
        "group_name": queries.group_name(company(), scope),
    }
    return render(request, "journeymap/stages.html", told, status=422 if wrong else 200)


def _others(workspace: Workspace, scope: Scope) -> list[tuple[str, str]]:
    """Other groups that have a map: (key, name); an empty key is everyone."""
    names = {"everyone": _("Everyone"), **dict(group_choices())}
    begun = [one.group for one in journey_maps(workspace) if one.group != queries.key_of(scope)]
    return [("" if key == "everyone" else key, names[key]) for key in begun if key in names]
