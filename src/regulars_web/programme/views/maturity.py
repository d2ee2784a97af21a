"""Maturity: three levels, none of which may be skipped."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import Attested
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME, SEE_PROGRAMME
from regulars_web.programme import actions, ladder, reads, refused
from regulars_web.programme.forms import AttestForm
from regulars_web.programme.views.parts import request_of, scope_of, shown
from regulars_web.shared.company import company


@needs(SEE_PROGRAMME)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The levels, what is met, and what is missing for the next."""
    return _page(request)


@needs(CHANGE_PROGRAMME)
@require_POST
def attest(request: HttpRequest, key: str) -> HttpResponse:
    """Sign what no log can tell. Above the level that is worked at, it is refused: none may be skipped."""
    levels = ladder.levels_of(reads.counted(company(), scope_of(request), "maturity")["maturity"])
    level = ladder.level_at(levels, key)
    criterion = next((one for one in level.criteria if one["key"] == key), None) if level else None
    if level is None or criterion is None or not criterion["by_hand"]:
        raise Http404(key)
    wanted = request.POST.get("met") == "yes"
    if wanted and (skips := ladder.refusal(level)):
        return _page(request, {"key": key, "sentence": skips})
    form = AttestForm(request.POST)
    if not form.is_valid():
        return _page(
            request, {"key": key, "sentence": _("Say whether it is met, what was seen, and until which day it counts.")}
        )
    told = form.cleaned_data
    signed = Attested(key, told["met"] == "yes", told["because"], told["until"], request.user.email)  # type: ignore[union-attr]
    try:
        actions.attest(request.user, company(), signed, now=timezone.now(), request_id=request_of(request))  # type: ignore[arg-type]
    except ProgrammeError as error:
        return _page(request, {"key": key, "sentence": refused.wrong_words(error)})
    messages.success(request, _("It is signed with your name and today's date."))
    return HttpResponseRedirect(f"{reverse('programme:maturity')}#{key}")


def _page(request: HttpRequest, wrong: dict[str, Any] | None = None) -> HttpResponse:
    told = {
        "part": shown(request, "maturity", whole=wrong is not None),
        "wrong": wrong,
        "sent": request.POST,
        "request_id": uuid4().hex,
        "title": _("Maturity"),
        "about": _(
            "Three levels of service. A level counts only when the one below is complete; customers notice what is "
            "missing below first."
        ),
        "here": "maturity",
        "scope_hidden": True,
    }
    return render(request, "programme/page.html", told, status=422 if wrong else 200)
