"""Parts of the pages that come by themselves when they are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from regulars.workspace import Workspace
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_PROGRAMME
from regulars_web.home.provenance import origins
from regulars_web.programme import elements as seven
from regulars_web.programme import fitting, indexing, known_mistakes, ladder, moving, queries, reads, standing, steps
from regulars_web.shared.company import company
from regulars_web.shared.frame import is_empty
from regulars_web.shared.parts import Around, render_part
from regulars_web.shared.readings import Readings
from regulars_web.shared.scope import Scope

STYLES = ("home/css/home.css", "programme/css/programme.css")
Context = Callable[[Readings, Workspace], Mapping[str, Any]]


@dataclass(frozen=True)
class Part:
    """One part: what is told of what was read, the page it belongs to, and what that page is called."""

    context: Context
    page: str
    title: Any
    headed: bool = True


def _steps(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    found = steps.steps_of(read["steps"], workspace)
    return {
        "steps": found,
        "finding": steps.finding(found),
        "next": steps.next_things(found),
        "reading": read["steps"],
        "origins": origins(read, "steps"),
    }


_INDEX = ("programme:index", gettext_lazy("The index"))
PARTS: Mapping[str, Part] = {
    "steps": Part(_steps, "programme:overview", gettext_lazy("The programme")),
    "standing": Part(standing.standing_context, "programme:overview", gettext_lazy("The programme"), headed=False),
    "fit": Part(fitting.fit_context, "programme:fit", gettext_lazy("Does it fit?")),
    "maturity": Part(ladder.maturity_context, "programme:maturity", gettext_lazy("Maturity")),
    "mistakes": Part(known_mistakes.mistakes_context, "programme:mistakes", gettext_lazy("Known mistakes")),
    "elements": Part(seven.elements_context, "programme:elements", gettext_lazy("Seven elements")),
    "index": Part(indexing.index_context, *_INDEX),
    "trend": Part(moving.trend_context, *_INDEX, headed=False),
    "sensitivity": Part(moving.sensitivity_context, *_INDEX, headed=False),
    "apart": Part(moving.apart_context, *_INDEX, headed=False),
}


@needs(SEE_PROGRAMME)
@require_GET
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part, counted where that was not done yet."""
    if name not in PARTS:
        raise Http404(name)
    told = shown(request, name, whole=True)
    one = PARTS[name]
    around = Around(str(one.title), (reverse(one.page), str(one.title)), STYLES, charts=True, headed=one.headed)
    return render_part(request, "programme/_part.html", {"part": told}, around)


def shown(request: HttpRequest, name: str, *, whole: bool = False) -> dict[str, Any]:
    """A part as the page shows it; it waits where somebody would have to wait for it, unless all is wanted at once."""
    workspace, scope = company(), scope_of(request)
    wanted = whole or "whole" in request.GET
    read = reads.counted(workspace, scope, name) if wanted else reads.known(workspace, scope, name)
    if read is None:
        return {"name": name, "waits": True}
    told = {"name": name, "template": f"programme/_{name}.html", "request_id": uuid4().hex}
    return {**told, **PARTS[name].context(read, workspace), **(_beside_steps(request) if name == "steps" else {})}


def verdict() -> dict[str, Any] | None:
    """The verdict of the fit check where it is counted already."""
    read = reads.known(company(), Scope(), "fit")
    return fitting.verdict(read["fit"]) if read and read["fit"].rows else None


def _beside_steps(request: HttpRequest) -> dict[str, Any]:
    """What stands beside the steps: whether the programme runs, the fit check, and three figures."""
    workspace = company()
    return {
        "running": queries.running(workspace),
        "fit": verdict(),
        "empty": is_empty(workspace),
        "standing": shown(request, "standing"),
    }


def scope_of(request: HttpRequest) -> Scope:
    """The period and group of the address."""
    found: Scope = request.scope  # type: ignore[attr-defined]
    return found


def request_of(request: HttpRequest) -> str:
    """What names the request of a form."""
    return request.POST.get("request_id", "")[:100]
