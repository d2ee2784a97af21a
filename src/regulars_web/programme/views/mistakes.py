"""Known mistakes: which of them the evidence shows, and what the company answers."""

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

from regulars.measures.programme.wording import MISTAKES
from regulars.programme.errors import ProgrammeError
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME, SEE_PROGRAMME
from regulars_web.programme import actions, refused
from regulars_web.programme.forms import MistakeForm
from regulars_web.programme.views.parts import request_of, shown
from regulars_web.shared import numbers
from regulars_web.shared.company import company


@needs(SEE_PROGRAMME)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """All of them, those that warn first."""
    return _page(request)


@needs(CHANGE_PROGRAMME)
@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """'We know, because …', until a day."""
    if key not in MISTAKES:
        raise Http404(key)
    form = MistakeForm(request.POST)
    if not form.is_valid():
        return _page(request, {"key": key, "sentence": _("Write why you live with it, and until which day.")})
    told = form.cleaned_data
    try:
        actions.answer_mistake(
            request.user,  # type: ignore[arg-type]
            company(),
            key,
            told["because"],
            told["until"],
            now=timezone.now(),
            request_id=request_of(request),
        )
    except ProgrammeError as error:
        return _page(request, {"key": key, "sentence": refused.wrong_words(error)})
    messages.success(request, _("Your answer is kept until %(day)s.") % {"day": numbers.day(told["until"])})
    if request.POST.get("back") == "home":
        return HttpResponseRedirect(f"{reverse('home:home')}#warned")
    return HttpResponseRedirect(f"{reverse('programme:mistakes')}#{key}")


def _page(request: HttpRequest, wrong: dict[str, Any] | None = None) -> HttpResponse:
    told = {
        "part": shown(request, "mistakes", whole=wrong is not None),
        "wrong": wrong,
        "sent": request.POST,
        "request_id": uuid4().hex,
        "title": _("Known mistakes"),
        "about": _(
            "What companies that want to be customer-focused often get wrong. Each is a rule over the evidence: a "
            "reason to look closer, not a proof."
        ),
        "here": "mistakes",
        "scope_hidden": True,
    }
    return render(request, "programme/page.html", told, status=422 if wrong else 200)
