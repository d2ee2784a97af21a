"""What matters to customers, against how satisfied they are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_VOICE
from regulars_web.shared.company import company
from regulars_web.shared.frame import is_empty
from regulars_web.voice.reading import driving
from regulars_web.voice.reading.frame import kept_readings, known_readings
from regulars_web.voice.reading.wording import wording_of

PART = "drivers"


@needs(SEE_VOICE)
@require_GET
def drivers(request: HttpRequest) -> HttpResponse:
    """The frame of the page; the map comes when it is counted."""
    workspace = company()
    if is_empty(workspace):
        return HttpResponseRedirect(reverse("voice:overview"))
    ready = known_readings(workspace, request.scope, PART) is not None  # type: ignore[attr-defined]
    told = _shown(request) if ready or "whole" in request.GET else {"waits": True}
    return render(request, "voice/reading/drivers.html", {"part": told})


@needs(SEE_VOICE)
@require_GET
def part(request: HttpRequest) -> HttpResponse:
    """The map, the ranks and all that belongs to them."""
    if is_empty(company()):
        return HttpResponse("")
    return render(request, "voice/reading/_drivers.html", {"part": _shown(request)})


def _shown(request: HttpRequest) -> dict[str, Any]:
    read = kept_readings(company(), request.scope, PART, driving.reads)  # type: ignore[attr-defined]
    surveys = driving.surveys_of(read["drivers"])
    asked = request.GET.get("survey", "")
    survey = asked if asked in surveys else (surveys[0] if surveys else "")
    wording = wording_of(company(), survey, None, (get_language() or "en")[:2])
    return {"survey": survey, "surveys": surveys, **driving.context(read, survey, wording)}
