"""The fit check: conditions that help and hinder, answered by the log where it can, else by people."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.measures.programme.wording import CONDITIONS
from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import FitWord
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME, SEE_PROGRAMME
from regulars_web.programme import actions, refused
from regulars_web.programme.forms import FitForm
from regulars_web.programme.views.parts import request_of, shown
from regulars_web.shared.company import company


@needs(SEE_PROGRAMME)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Both lists and the verdict."""
    return _page(request)


@needs(CHANGE_PROGRAMME)
@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """What people say to one condition."""
    if key not in CONDITIONS:
        raise Http404(key)
    form = FitForm(request.POST)
    if not form.is_valid():
        return _page(request, {"key": key, "sentence": _("Answer yes, no or not sure.")})
    told = form.cleaned_data
    try:
        actions.answer_fit(
            request.user,  # type: ignore[arg-type]
            company(),
            key,
            cast(FitWord, told["answer"]),
            told["because"],
            now=timezone.now(),
            request_id=request_of(request),
        )
    except ProgrammeError as error:
        return _page(request, {"key": key, "sentence": refused.wrong_words(error)})
    messages.success(request, _("Your answer is kept, with your name and today's date."))
    return HttpResponseRedirect(f"{reverse('programme:fit')}#{key}")


def _page(request: HttpRequest, wrong: dict[str, Any] | None = None) -> HttpResponse:
    told = {
        "part": shown(request, "fit", whole=wrong is not None),
        "wrong": wrong,
        "request_id": uuid4().hex,
        "title": _("Does it fit?"),
        "about": _(
            "Customer focus does not pay everywhere and always. Look at what helps and what hinders before you start."
        ),
        "here": "fit",
        "scope_hidden": True,
    }
    return render(request, "programme/page.html", told, status=422 if wrong else 200)
