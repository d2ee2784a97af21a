"""The poster: chosen by language and paper, drawn as PDF."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_PROGRAMME
from regulars_web.definition import queries, targets
from regulars_web.definition.poster import PAPERS, poster_pdf
from regulars_web.shared.company import company
from regulars_web.voice.submitting import local_day


@needs(SEE_PROGRAMME)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The posters there are: every language, two sizes of paper."""
    found = queries.versions(company())
    if not found:
        raise Http404("definition")
    newest = found[-1].body
    languages = [(code, str(name), bool(newest.text.get(code))) for code, name in settings.LANGUAGES]
    told = {"languages": languages, "papers": list(PAPERS), "decided": found[-1], "scope_hidden": True}
    return render(request, "definition/posters.html", told)


@needs(SEE_PROGRAMME)
@require_GET
def poster(request: HttpRequest) -> HttpResponse:
    """The PDF in the language and on the paper that the address asks for."""
    shop = company()
    found = queries.versions(shop)
    if not found:
        raise Http404("definition")
    newest = found[-1]
    language = request.GET.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else str(get_language() or settings.LANGUAGE_CODE)
    paper = request.GET.get("size", "")
    paper = paper if paper in PAPERS else "A4"
    drawn = poster_pdf(
        newest.body,
        language=language,
        paper=paper,
        company=shop.settings.name,
        targets=targets.named(shop, newest.body.targets),
        decided_on=local_day(newest.decided_at or timezone.now()),
    )
    answer = HttpResponse(drawn, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="customer-focus-{language}-{paper}.pdf"'
    return answer
