"""Ways, steps, hand-overs, first and last touches."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import SEE_CUSTOMERS, SEE_JOURNEYS
from regulars_web.journeys import handovers, steps, touches, variants
from regulars_web.journeys.lens import UNITS
from regulars_web.journeys.views.asking import addresses_of, lens_form, lens_of
from regulars_web.journeys.views.late import KeptPart, Page, late_page
from regulars_web.shared.paging import wanted_page

LENS_FORM = "journeys/_lens_form.html"


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def variants_page(request: HttpRequest) -> HttpResponse:
    """The ways that journeys take from beginning to end."""
    lens = lens_of(request)
    part = KeptPart(request, "variants", partial(variants.reads, lens=lens), [lens.mark])

    def page() -> Page:
        told = {"form": lens_form(request, lens, part.view), "address_name": "journeys:variants"}
        lede = _("A way is the whole sequence of steps of a journey, from the first to the last.")
        return Page("variants", _("The ways they take"), lede, "journeys/_variants.html", LENS_FORM, told)

    return late_page(request, page, known=part.known, shown=lambda: variants.context(part.read(), wanted_page(request)))


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def steps_page(request: HttpRequest) -> HttpResponse:
    """Where journeys begin, wait, go round in circles and end."""
    lens = lens_of(request)
    part = KeptPart(request, "steps", partial(steps.reads, lens=lens), [lens.mark])

    def page() -> Page:
        told = {"form": lens_form(request, lens, part.view), "address_name": "journeys:steps"}
        title = _("Where they wait, go round in circles, and end")
        return Page("steps", title, "", "journeys/_steps.html", LENS_FORM, told)

    return late_page(
        request, page, known=part.known, shown=lambda: steps.context(part.read(), addresses_of(request, lens))
    )


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def handovers_page(request: HttpRequest) -> HttpResponse:
    """Who hands customers over to whom. Employees are shown to those who may see persons."""
    lens = lens_of(request)
    units = {name: said for name, said in UNITS.items() if name != "employee" or holds(request.user, SEE_CUSTOMERS)}
    asked = request.GET.get("between", "")
    unit = asked if asked in units else "department"
    part = KeptPart(request, "handovers", partial(handovers.reads, lens=lens, unit=unit), [lens.mark, unit])

    def page() -> Page:
        told = {"form": lens_form(request, lens, part.view), "units": units, "unit": unit}
        title = _("Who hands customers over to whom")
        return Page("handovers", title, "", "journeys/_handovers.html", "journeys/_handover_form.html", told)

    return late_page(request, page, known=part.known, shown=lambda: handovers.context(part.read(), unit))


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def touches_page(request: HttpRequest) -> HttpResponse:
    """First touches, and last ones before leaving or buying."""
    lens = lens_of(request)
    asked = request.GET.get("before", "")
    before = asked if asked in touches.BEFORE else "leaving"
    part = KeptPart(request, "touches", partial(touches.reads, lens=lens, before=before), [lens.mark, before])

    def page() -> Page:
        lede = _("What customers meet first, and what they met last before they left or bought.")
        told = {"form": lens_form(request, lens)}
        title = _("First and last touches")
        return Page("touches", title, lede, "journeys/_touches.html", "journeys/_touches_form.html", told)

    return late_page(request, page, known=part.known, shown=lambda: touches.context(part.read(), before))
