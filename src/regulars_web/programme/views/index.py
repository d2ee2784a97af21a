"""The index, what research found, and the seven elements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_PROGRAMME
from regulars_web.programme import research as studies
from regulars_web.programme.views.parts import shown
from regulars_web.shared.company import company
from regulars_web.shared.frame import is_empty


@needs(SEE_PROGRAMME)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Three views and where they disagree; then parts, total, components, history and other weights."""
    told = {name: shown(request, name) for name in ("index", "trend", "sensitivity", "apart")}
    return render(request, "programme/index.html", {"parts": told, "here": "index", "empty": is_empty(company())})


@needs(SEE_PROGRAMME)
@require_GET
def research(request: HttpRequest) -> HttpResponse:
    """What research found of customer focus and profit; nothing is promised."""
    told = {"studies": studies.STUDIES, "here": "index", "scope_hidden": True}
    return render(request, "programme/research.html", told)


@needs(SEE_PROGRAMME)
@require_GET
def elements(request: HttpRequest) -> HttpResponse:
    """What staff say of the seven elements, without names."""
    told = {
        "part": shown(request, "elements"),
        "title": _("Seven elements"),
        "about": _(
            "Staff say whether strategy, structure, systems, shared values, skills, staff and style serve customers. "
            "Nobody's name is asked, and no result of fewer than five answers is shown."
        ),
        "here": "elements",
        "scope_hidden": True,
    }
    return render(request, "programme/page.html", told)
