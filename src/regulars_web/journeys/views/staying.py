"""The life cycle, losses, and how long customers stay."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import SEE_CUSTOMERS, SEE_JOURNEYS
from regulars_web.journeys import lifecycle, losses, survival
from regulars_web.journeys.reading import kept_readings
from regulars_web.journeys.views.late import KeptPart, Page, late_page
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.readings import Readings
from regulars_web.shared.scope import Scope


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def life_cycle(request: HttpRequest) -> HttpResponse:
    """Stages, moves between them, time spent at each."""
    part = KeptPart(request, "life-cycle", lifecycle.reads)

    def page() -> Page:
        title = _("Where customers are in the life cycle, and how they move")
        return Page("life_cycle", title, "", "journeys/_life_cycle.html")

    return late_page(request, page, known=part.known, shown=lambda: lifecycle.context(part.read()), customers_do=True)


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def losses_page(request: HttpRequest) -> HttpResponse:
    """Who left, when, after what, worth how much."""
    asked = request.GET.get("touch", "")
    touch = asked if asked in losses.TOUCHES else "kind"
    part = KeptPart(request, "losses", partial(losses.reads, touch=touch), [touch])

    def page() -> Page:
        title = _("Who left, after what, and what they were worth")
        return Page("losses", title, "", "journeys/_losses.html")

    return late_page(
        request, page, known=part.known, shown=lambda: _losses(request, part.read(), touch), customers_do=True
    )


@needs(SEE_JOURNEYS)
@require_GET
@vary_on_headers("HX-Request")
def survival_page(request: HttpRequest) -> HttpResponse:
    """The share of customers who are still there after a time, by group."""
    clock = request.GET.get("clock", "")
    clock = clock if clock in survival.CLOCKS else "automatic"
    columns: list[str] = []
    by = request.GET.get("by", "")[:80]

    def page() -> Page:
        title = _("How long customers stay")
        lede = _("The share that is still with us, counted from each customer's own beginning.")
        return Page("survival", title, lede, "journeys/_survival.html", whole_log=True)

    def split() -> str:
        if not columns:
            read = kept_readings(company(), Scope(), "survival-columns", survival.columns_read)
            columns.extend(row["name"] for row in read["columns"].rows)
        return by if by in columns else ""

    def part() -> KeptPart:
        chosen = split()
        return KeptPart(request, "survival", partial(survival.reads, by=chosen, clock=clock), [chosen, clock])

    return late_page(
        request,
        page,
        known=lambda: part().known(),
        shown=lambda: survival.context(part().read(), split(), clock, columns),
        customers_do=True,
    )


def _losses(request: HttpRequest, read: Readings, touch: str) -> Mapping[str, Any]:
    """Names of the lost for those who may see customers; that they were seen is written down."""
    may = holds(request.user, SEE_CUSTOMERS)
    keys = [int(row["client_key"]) for row in read["lost_customers"].rows] if may else []
    if keys:
        trail.note(request.user, "customers seen", rows=len(keys))  # type: ignore[arg-type]
    return losses.context(read, touch, company().names(keys) if keys else {}, cards=may)
