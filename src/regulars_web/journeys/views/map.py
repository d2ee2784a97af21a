"""What really happens: the map, and the numbers of one step or path."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_JOURNEYS
from regulars_web.journeys import maps, panels, steps
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.reading import kept_readings, known_readings, view_of
from regulars_web.journeys.views.asking import addresses_of, is_part, lens_form, lens_of, nothing_yet, scope_of
from regulars_web.shared.company import company
from regulars_web.shared.parts import Around, render_part
from regulars_web.shared.readings import Readings

STYLES = ("journeys/css/journeys.css", "journeys/css/map.css", "home/css/home.css")


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def map_page(request: HttpRequest) -> HttpResponse:
    """The map; where it was not counted before, it comes by itself. A page that is shown gets the map alone."""
    if (empty := nothing_yet(request)) is not None:
        return empty
    lens = lens_of(request)
    if is_part(request):
        return render(request, "journeys/_map.html", {"part": _shown(request, lens), "alone": True})
    ready = known_readings(company(), scope_of(request), "map", [lens.mark]) is not None
    wanted = "whole" in request.GET or "step" in request.GET or "path_from" in request.GET
    part = _shown(request, lens) if ready or wanted else {"waits": True}
    return render(request, "journeys/map.html", {"part": part, "form": lens_form(request, lens, part.get("view", ""))})


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def numbers(request: HttpRequest) -> HttpResponse:
    """The numbers of one step or path."""
    if (empty := nothing_yet(request)) is not None:
        return empty
    lens = lens_of(request)
    told = {"panel": _panel(request, lens, _read(request, lens))}
    back = reverse("journeys:map") + lens.query(scope_of(request))
    around = Around(_("What really happens"), (back, _("Journeys")), STYLES)
    return render_part(request, "journeys/_numbers.html", told, around)


def _read(request: HttpRequest, lens: Lens) -> Readings:
    return kept_readings(company(), scope_of(request), "map", partial(maps.reads, lens=lens), [lens.mark])


def _shown(request: HttpRequest, lens: Lens) -> dict[str, Any]:
    read, said = _read(request, lens), request.GET
    # A detail that was chosen while something else was shown says nothing of what fits on this map.
    mark = replace(lens, view=view_of(read["view"])).mark
    detail = said.get("detail", "") if said.get("of", mark) == mark else ""
    say = said.get("say", "")
    more = {"detail": detail, "say": say if say in maps.SAYS[1:] else ""}
    told = maps.context(read, addresses_of(request, lens, **more), detail, say)
    return {
        **told,
        "view": view_of(read["view"]),
        "mark": mark,
        "panel": _panel(request, lens, read) if "step" in said or "path_from" in said else None,
        "moved_detail": is_part(request) and request.htmx.trigger_name == "detail",  # type: ignore[attr-defined]
    }


def _panel(request: HttpRequest, lens: Lens, read: Readings) -> dict[str, Any]:
    said, rows = request.GET, maps.rows_by_path(read)
    more = {name: said[name] for name in ("detail", "say") if name in said}
    addresses = addresses_of(request, lens, **more)
    if "path_from" in said:
        return {"path": panels.path_panel(rows, (said["path_from"], said.get("path_to", "")), addresses)}
    found = kept_readings(company(), scope_of(request), "steps", partial(steps.reads, lens=lens), [lens.mark])
    return {"step": panels.step_panel(rows, found["steps"], said.get("step", ""), addresses)}
