"""Typing in a stack of filled-in papers, or what somebody says on the telephone."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.surveys.answering import answer_id
from regulars.surveys.taking_back import typed_answer
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import TYPE_ANSWERS
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused
from regulars_web.voice.building.queries import published_of, today
from regulars_web.voice.building.views.opening import Opened, language_of, opened
from regulars_web.voice.building.words import LANGUAGE_NAMES
from regulars_web.voice.finding_customers import customers_like, named
from regulars_web.voice.typing_in import actions
from regulars_web.voice.typing_in.reading_typed import asked, given_of, typed_of

MOST_COUNT = 100_000


@needs(TYPE_ANSWERS)
@require_http_methods(["GET", "POST"])
def type_answers(request: HttpRequest, key: str) -> HttpResponse:
    """One questionnaire on one page, for the keyboard; after keeping it, an empty one with the same day and way."""
    found = opened(key)
    if not found.versions:
        raise Http404(key)
    if request.method == "GET":
        return _page(request, found, {})
    survey = found.versions[-1].survey
    typed = typed_of(survey, request.POST.dict())
    given, wrong = given_of(survey, typed)
    customer = named(company(), request.POST.dict())
    if customer.choices:
        trail.note(request.user, "customers searched", found=len(customer.choices))  # type: ignore[arg-type]
    on, day_wrong = _day(request.POST.get("on", ""))
    empty = _("Nothing is filled in. Type at least one answer.") if not given and not wrong else ""
    if wrong or customer.open or day_wrong or empty or on is None:
        more = {"typed": typed, "wrong": wrong, "customer": customer, "day_wrong": day_wrong, "empty": empty}
        return _page(request, found, more, status=422)
    language = request.POST.get("language", "")
    request_id = request.POST.get("request_id", "")[:100] or uuid4().hex
    try:
        kept = actions.type_in(
            request.user,  # type: ignore[arg-type]
            company(),
            survey,
            given,
            channel=request.POST.get("channel", ""),
            on=on,
            customer_key=customer.key,
            language=language if language in survey.languages else survey.languages[0],
            touchpoint="",
            now=timezone.now(),
            request_id=request_id,
        )
    except Refused as error:
        return _page(request, found, {"typed": typed, "customer": customer, "empty": str(error)}, status=422)
    count = min(_whole(request.POST.get("count", "")) + (1 if kept else 0), MOST_COUNT)
    told = ngettext(
        "Kept. %(count)d questionnaire typed in now.", "Kept. %(count)d questionnaires typed in now.", count
    )
    messages.success(request, told % {"count": count})
    again = {"channel": request.POST.get("channel", ""), "on": on.isoformat(), "language": language, "count": count}
    again["last"] = answer_id(actions.request_of(request.user, request_id))  # type: ignore[arg-type]
    return HttpResponseRedirect(f"{reverse('voice:type', args=[key])}?{urlencode(again)}")


@needs(TYPE_ANSWERS)
@require_POST
def take_back(request: HttpRequest, touch: int) -> HttpResponse:
    """Take a typed-in answer back, and go on typing."""
    if touch >= 2**63:
        raise Http404(touch)
    found = actions.take_back(request.user, company(), touch, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The answer is taken back. Nothing counts it any more; you can type it anew."))
    if found.survey and published_of(company(), found.survey):
        return HttpResponseRedirect(reverse("voice:type", args=[found.survey]))
    return HttpResponseRedirect(reverse("voice:answers"))


@needs(TYPE_ANSWERS)
@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """Customers whom a text finds, to be chosen in a form."""
    name = request.GET.get("name", "customer")
    safe = name if name.replace("-", "").isalnum() and len(name) < 40 else "customer"
    text = request.GET.get(safe, "").strip()[:200]
    found = customers_like(company(), text) if len(text) > 1 else []
    if found:
        trail.note(request.user, "customers searched", found=len(found))  # type: ignore[arg-type]
    return render(request, "voice/typing_in/_customers.html", {"choices": found, "name": safe, "text": text})


def _page(request: HttpRequest, found: Opened, more: dict[str, Any], status: int = 200) -> HttpResponse:
    survey = found.versions[-1].survey
    said = request.POST or request.GET
    wanted = said.get("language", "")
    language = wanted if wanted in survey.languages else language_of(request, survey)
    answer = {
        "found": found,
        "survey": survey,
        "title": found.title,
        "draft": found.draft,
        "part": "type",
        "asked": asked(survey, more.get("typed", {}), more.get("wrong", {}), language),
        "channel": said.get("channel", actions.PAPER) or actions.PAPER,
        "on": said.get("on", "") or today().isoformat(),
        "language": language,
        "languages_offered": [(code, LANGUAGE_NAMES[code]) for code in survey.languages],
        "count": _whole(said.get("count", "")),
        "last": _last(request),
        "request_id": uuid4().hex if not request.POST else request.POST.get("request_id", ""),
        "scope_hidden": True,
        **more,
    }
    return render(request, "voice/typing_in/type.html", answer, status=status)


def _last(request: HttpRequest) -> int | None:
    """The answer that was typed in just now, where it can be taken back."""
    text = request.GET.get("last", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    found = typed_answer(company(), number) if 0 < number < 2**63 else None
    return number if actions.may_take_back(request.user, found) else None  # type: ignore[arg-type]


def _day(text: str) -> tuple[date | None, str]:
    """The day of a form; a sentence where it cannot be read or lies in the future."""
    try:
        on = date.fromisoformat(text.strip())
    except ValueError:
        return None, _("The day cannot be read. Write it as 2026-06-30.")
    if on > today():
        return None, _("The day lies in the future.")
    return on, ""


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
