"""Kept or loyal: who stays because they must, who because they wish to, and what a decent newcomer could take."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import SEE_CUSTOMERS, SEE_JOURNEYS
from regulars_web.journeymap import queries, standings
from regulars_web.journeymap.standings import Standing
from regulars_web.journeymap.views.cells import newest_frame
from regulars_web.journeymap.views.maps import address, scope_of
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.shared.parts import Around, render_part


@needs(SEE_JOURNEYS)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The frame of the page; the figures come when they are counted."""
    told: dict[str, Any] = {
        "group_name": queries.group_name(company(), scope_of(request)),
        "untold": standings.untold_of(request.GET),
        "empty": newest_frame(request) is None,
    }
    if "whole" in request.GET:
        told |= {"whole": True, **_told(request)}
    return render(request, "journeymap/loyalty.html", told)


@needs(SEE_JOURNEYS)
@require_GET
def part(request: HttpRequest) -> HttpResponse:
    """Standings of all and of each group, and whom to talk to first."""
    back = (address("journeymap:loyalty", scope_of(request)), _("Kept or loyal"))
    around = Around(_("Kept or loyal"), back, ("journeymap/css/journeymap.css",), charts=True)
    return render_part(request, "journeymap/_loyalty.html", _told(request), around)


def _told(request: HttpRequest) -> dict[str, Any]:
    frame = newest_frame(request)
    untold = standings.untold_of(request.GET)
    if frame is None:
        return {"standings": [], "untold": untold}
    rows, note = standings.standings(frame, untold)
    if not rows:
        return {"standings": [], "note": note, "untold": untold}
    groups = [] if frame.group else standings.by_group(frame, untold)
    bars = [(queries.group_name(company(), scope_of(request)) or _("Everyone"), rows)]
    bars += [(name, listed) for _key, name, listed in groups]
    return {
        "standings": rows,
        "whole_row": rows[-1],
        "note": note,
        "groups": groups,
        "chart": standings.chart(bars),
        "sentence": _sentence(rows, frame.workspace.settings.currency),
        "untold": untold,
        "people": standings.whom_to_talk_to(frame, untold, request.user) if holds(request.user, SEE_CUSTOMERS) else [],
        "as_of": frame.newest,
        "first": frame.first,
        "last": frame.last,
    }


def _sentence(rows: list[Standing], currency: str) -> str:
    """The finding in one sentence; what is not known is said to be so."""
    taken = rows[-1].row["could_take"]
    if taken is None:
        return _("Nobody knows yet who stays because they wish to.")
    return _("A decent newcomer could take %(money)s of what they spend in a year.") % {
        "money": numbers.money(taken, currency)
    }
