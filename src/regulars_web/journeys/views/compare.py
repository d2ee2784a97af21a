"""Two groups or two periods on one map."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_JOURNEYS
from regulars_web.journeys import comparing, sides
from regulars_web.journeys.choices import wrong_words
from regulars_web.journeys.lens import LONGEST, Lens
from regulars_web.journeys.reading import frame_for, kept_readings, known_readings, view_of
from regulars_web.journeys.views.asking import is_part, known_customers, lens_form, lens_of, nothing_yet, scope_of
from regulars_web.shared.company import company
from regulars_web.shared.context import group_choices
from regulars_web.shared.frame import rule_mark
from regulars_web.shared.scope import Scope


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def compare(request: HttpRequest) -> HttpResponse:
    """Two periods, groups, kinds of customers or products; a page that is shown gets the map alone."""
    if (empty := nothing_yet(request)) is not None:
        return empty
    lens = lens_of(request)
    form = lens_form(request, lens)
    parts = sides.offered(scope_of(request), group_choices(), form["customers"], form["categories"])
    asked = request.GET.get("with", "")
    wrong = _wrong(asked, parts) if asked else ""
    against = sides.PERIOD if wrong or not asked else asked
    if is_part(request):
        return render(request, "journeys/_compared.html", {"part": _shown(request, lens, against), "alone": True})
    ready = known_readings(company(), scope_of(request), "compared", _of(lens, against)) is not None
    part = _shown(request, lens, against) if ready or "whole" in request.GET else {"waits": True}
    told = {
        "part": part,
        "form": form | {"view": part.get("view", "") or lens.view},
        "sides": parts,
        "against": against,
        "wrong_side": wrong,
    }
    return render(request, "journeys/compare.html", told)


def _shown(request: HttpRequest, lens: Lens, against: str) -> dict[str, Any]:
    scope, said = scope_of(request), request.GET
    if against.startswith(sides.PRODUCT) and lens.product in ("", against.removeprefix(sides.PRODUCT)):
        return {"choose_product": True, "view": lens.view}
    if (whose := sides.compared_customers(against)) is not None and whose == lens.whose:
        return {"same_customers": True, "view": lens.view}
    reads = partial(comparing.reads, lens=lens, against=against)
    read = kept_readings(company(), scope, "compared", reads, _of(lens, against))
    mark = f"{replace(lens, view=view_of(read['view'])).mark}&{against}"
    detail = said.get("detail", "") if said.get("of", mark) == mark else ""
    names = sides.side_words(frame_for(company(), scope), lens, against)
    return {
        **comparing.context(read, names, detail, said.get("say", "")),
        "view": view_of(read["view"]),
        "mark": mark,
        "moved_detail": is_part(request) and request.htmx.trigger_name == "detail",  # type: ignore[attr-defined]
    }


def _of(lens: Lens, against: str) -> list[object]:
    """What the readings follow from; a group's rule too."""
    return [lens.mark, against, rule_mark(company(), Scope(group=against)) if sides.is_group(against) else ""]


def _wrong(asked: str, parts: list[dict[str, Any]]) -> str:
    """Why nothing can be compared with what was asked for; empty where it can."""
    whose = sides.compared_customers(asked)
    if any(asked == key for part in parts for key, _words in part["sides"]):
        return ""
    if whose is not None and not wrong_words(str(whose), known_customers()):
        return ""
    told = {"said": asked[:LONGEST]}
    return _("There is nothing called “%(said)s” to compare with. The period before is taken.") % told
