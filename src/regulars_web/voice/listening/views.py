"""Interviews, focus groups and mystery visits: listed, written down, read."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import SEE_CUSTOMERS, SEE_VOICE, TYPE_ANSWERS
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused
from regulars_web.voice.building.queries import today, touchpoints
from regulars_web.voice.finding_customers import Named, named
from regulars_web.voice.listening import actions
from regulars_web.voice.listening.notes import FOCUS_GROUP, INTERVIEW, VISIT, Heard, heard
from regulars_web.voice.listening.reading_forms import MARKS, ROWS, Row, read_rows, read_session, row_count

SLUGS = {"interview": INTERVIEW, "focus-group": FOCUS_GROUP, "mystery-visit": VISIT}
KIND_WORDS = {
    INTERVIEW: gettext_lazy("Interview"),
    FOCUS_GROUP: gettext_lazy("Focus group"),
    VISIT: gettext_lazy("Mystery visit"),
}
KIND_MEANINGS = {
    INTERVIEW: gettext_lazy("One customer tells how it was. It shows why, not how many."),
    FOCUS_GROUP: gettext_lazy("Several customers talk with each other. Watch who only agrees."),
    VISIT: gettext_lazy("Somebody visits as a customer and marks a check-list: the standard, not the feeling."),
}


@needs(SEE_VOICE)
@require_GET
def listening(request: HttpRequest) -> HttpResponse:
    """Everything that was heard beside surveys, newest first."""
    found = heard(company())
    answer = {
        "rows": [_shown(one, _names(request, [one.customer_key for one in found])) for one in found],
        "kinds": [(slug, KIND_WORDS[kind], KIND_MEANINGS[kind]) for slug, kind in SLUGS.items()],
        "scope_hidden": True,
    }
    return render(request, "voice/listening/list.html", answer)


@needs(SEE_VOICE)
@require_GET
def session(request: HttpRequest, number: int) -> HttpResponse:
    """One session with its note, quotes and check-list."""
    found = heard(company(), number)
    if not found:
        raise Http404(str(number))
    one = found[0]
    names = _names(request, [one.customer_key, *(key for _topic, _words, key, _where in one.quotes)])
    return render(request, "voice/listening/session.html", {"row": _shown(one, names), "scope_hidden": True})


@needs(TYPE_ANSWERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a session; ``do=more`` asks for more rows."""
    if slug not in SLUGS:
        raise Http404(slug)
    kind = SLUGS[slug]
    if request.method == "GET":
        return _form(request, slug, [Row(number) for number in range(ROWS)], Named(None, ""))
    sent = request.POST.dict()
    rows = read_rows(company(), sent, row_count(sent))
    customer = named(company(), sent)
    if request.POST.get("do") == "more":
        more = [*rows, *(Row(len(rows) + place) for place in range(ROWS))]
        return _form(request, slug, more, customer)
    try:
        made = read_session(company(), kind, sent, rows, customer, now=timezone.now())
        request_id = request.POST.get("request_id", "")[:100] or uuid4().hex
        actions.keep(request.user, company(), made, request_id=request_id)  # type: ignore[arg-type]
    except Refused as error:
        return _form(request, slug, rows, customer, wrong=str(error))
    messages.success(request, _("Kept."))
    return HttpResponseRedirect(reverse("voice:listening"))


def _form(request: HttpRequest, slug: str, rows: list[Row], customer: Named, wrong: str = "") -> HttpResponse:
    kind, said = SLUGS[slug], request.POST
    answer: dict[str, Any] = {
        "slug": slug,
        "kind": kind,
        "kind_words": KIND_WORDS[kind],
        "meaning": KIND_MEANINGS[kind],
        "visit": kind == VISIT,
        "group": kind == FOCUS_GROUP,
        "rows": rows,
        "customer": customer,
        "said": {name: said.get(name, "") for name in ("title", "note", "touchpoint", "branch", "employee", "people")},
        "on": said.get("on", "") or today().isoformat(),
        "marks": list(MARKS.items()),
        "touchpoints": touchpoints(company()),
        "request_id": said.get("request_id", "") or uuid4().hex,
        "wrong": wrong,
        "scope_hidden": True,
    }
    return render(request, "voice/listening/new.html", answer, status=422 if wrong else 200)


def _shown(one: Heard, names: dict[int, str]) -> dict[str, Any]:
    return {
        "one": one,
        "kind": KIND_WORDS[one.kind],
        "title": one.title or KIND_WORDS[one.kind],
        "name": names.get(one.customer_key or 0, ""),
        "quotes": [(topic, words, key, names.get(key or 0, ""), where) for topic, words, key, where in one.quotes],
        "items": [(words, score, MARKS.get(f"{score:g}", f"{score:g}")) for words, score in one.items],
    }


def _names(request: HttpRequest, keys: list[int | None]) -> dict[int, str]:
    """Names of customers, for those who may see them; that they were seen is noted."""
    wanted = sorted({key for key in keys if key is not None})
    if not wanted or not holds(request.user, SEE_CUSTOMERS):
        return {}
    trail.note(request.user, "names shown", noun="listening", customers=len(wanted))  # type: ignore[arg-type]
    names = company().names(wanted)
    return {key: names.get(key) or "–" for key in wanted}
