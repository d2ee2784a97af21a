"""Search over pages and customers, the choice of language, and the program that draws charts."""

from __future__ import annotations

from functools import cache

import vl_convert
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import PUBLIC, SIGNED_IN
from regulars_web.shared.finding import find_all


@needs(SIGNED_IN)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What a few letters lead to: customers (for those who may see them), groups, pages."""
    text = request.GET.get("q", "")[:200]
    told = {"text": text, "found": find_all(request.user, text)}
    return render(request, "shared/_found.html" if request.htmx else "shared/search.html", told)  # type: ignore[attr-defined]


@needs(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on, in this browser and for this colleague."""
    code = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax", secure=request.is_secure()
        )
        if request.user.is_authenticated:
            request.user.language = code
            request.user.save(update_fields=["language"])
    return answer


@needs(PUBLIC)
@require_GET
def chart_program(request: HttpRequest, version: str) -> HttpResponse:
    """Vega-Lite with its interpreter: no text is ever run as a program. The address changes with the version."""
    answer = HttpResponse(_chart_program(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@cache
def _chart_program() -> str:
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
