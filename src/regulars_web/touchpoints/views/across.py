"""Over all touchpoints: promises, consistency, and who spoke first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import SEE_CUSTOMERS, SEE_TOUCHPOINTS
from regulars_web.shared.company import company
from regulars_web.shared.frame import is_empty
from regulars_web.shared.parts import Around, render_part
from regulars_web.touchpoints.across import context_of, without_names
from regulars_web.touchpoints.reading import counted, known
from regulars_web.touchpoints.reads import ACROSS

TITLES = {
    "promises": (
        gettext_lazy("Do we keep what we promised?"),
        gettext_lazy(
            "Every promise of the register, judged by the touches in the log. The one kept least comes first."
        ),
    ),
    "consistency": (
        gettext_lazy("Does every customer get the same?"),
        gettext_lazy(
            "How much promises, scores and waits differ between colleagues, branches and hours once chance is taken "
            "out. A difference that could be chance is not shown as one."
        ),
    ),
    "announced": (
        gettext_lazy("Who spoke first when something went wrong?"),
        gettext_lazy(
            "Of late deliveries, shortages and faults: how often we told the customer before they had to ask, and how "
            "many came back afterwards. Over all of the log, since coming back takes time."
        ),
    ),
}


@needs(SEE_TOUCHPOINTS)
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """Every promise with how often it was kept."""
    return _page(request, "promises")


@needs(SEE_TOUCHPOINTS)
@require_GET
def consistency(request: HttpRequest) -> HttpResponse:
    """Differences between colleagues, branches and hours."""
    return _page(request, "consistency")


@needs(SEE_TOUCHPOINTS)
@require_GET
def announced(request: HttpRequest) -> HttpResponse:
    """Who spoke first of delays, shortages and faults."""
    return _page(request, "announced")


@needs(SEE_TOUCHPOINTS)
@require_GET
def part(request: HttpRequest, name: str) -> HttpResponse:
    """What such a page shows, counted where that was not done yet."""
    if name not in ACROSS:
        raise Http404(name)
    if is_empty(company()):
        return HttpResponse("")
    around = Around(
        str(TITLES[name][0]),
        (reverse(f"touchpoints:{name}"), str(TITLES[name][0])),
        ("touchpoints/css/touchpoints.css",),
    )
    return render_part(request, "touchpoints/_across.html", {"part": _shown(request, name)}, around)


def _page(request: HttpRequest, name: str) -> HttpResponse:
    if is_empty(company()):
        return render(request, "touchpoints/empty.html", {"scope_hidden": True})
    title, about = TITLES[name]
    waits = "whole" not in request.GET and known(request.scope, name) is None  # type: ignore[attr-defined]
    told = {"here": name, "title": title, "about": about, "part": {"name": name, "waits": True}}
    if not waits:
        told["part"] = _shown(request, name)
    return render(request, "touchpoints/across.html", told)


def _shown(request: HttpRequest, name: str) -> dict[str, Any]:
    read = dict(counted(request.scope, name, ACROSS[name]))  # type: ignore[attr-defined]
    if name == "consistency" and not holds(request.user, SEE_CUSTOMERS):
        read[name] = without_names(read[name])
    return {"name": name, "template": f"touchpoints/_{name}.html", **context_of(name, read)}
