"""Key accounts and visits of the service group, and partners."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.facts import FactError
from regulars.people import reading
from regulars.people.errors import PeopleError
from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import CHANGE_FACTS, LOG_CONTACTS, SEE_STAFF
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.said import said
from regulars_web.staff import actions, partnering, parts, queries, serving
from regulars_web.voice.submitting import local_day


@needs(SEE_STAFF)
@require_GET
def service(request: HttpRequest) -> HttpResponse:
    """The customer service group: what it is for, key accounts with their keepers, visits planned and done."""
    workspace = company()
    accounts = reading.key_accounts(workspace)
    if accounts:
        trail.note(request.user, "key accounts seen", customers=len(accounts))  # type: ignore[arg-type]
    called = {one.key: one.called for one in queries.departments(workspace)}
    group = reading.service_group(workspace)
    told = {
        "here": "service",
        "group": group,
        "links": [called.get(key, key) for key in group.links] if group else [],
        **serving.accounts_and_visits(workspace, accounts, today=local_day(timezone.now())),
        "may_log": holds(request.user, LOG_CONTACTS),
        "request_id": uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "staff/service.html", told)


@needs(LOG_CONTACTS)
@require_POST
def visit_done(request: HttpRequest, key: str) -> HttpResponse:
    """A visit was made; it stands on the customer's card from now on. Sent twice, it was made once."""
    try:
        reading.visit(company(), key)
    except PeopleError:
        raise Http404(key) from None
    actions.visit_done(
        request.user,  # type: ignore[arg-type]
        company(),
        key,
        note=request.POST.get("note", "").strip()[:4000],
        now=timezone.now(),
        request_id=request.POST.get("request_id", "")[:100],
    )
    messages.success(request, _("Kept. The visit stands on the customer's card."))
    return HttpResponseRedirect(reverse("staff:service"))


@needs(SEE_STAFF)
@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """Partners with what they expect of us, and their pulse."""
    told = {
        "here": "partners",
        "partners": partnering.partners(company(), now=timezone.now()),
        "part": parts.part(request, "partners"),
        "may_learn": holds(request.user, CHANGE_FACTS),
        "request_id": uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "staff/partners.html", told)


@needs(CHANGE_FACTS)
@require_http_methods(["POST"])
def expectation(request: HttpRequest, key: int) -> HttpResponse:
    """What a partner expects, in their words."""
    now = timezone.now()
    if not 0 < key < 2**63 or key not in {one.key for one in partnering.partners(company(), now=now)}:
        raise Http404(key)
    told: dict[str, Any] = {"now": now, "request_id": request.POST.get("request_id", "")[:100]}
    try:
        partnering.learn(request.user, company(), key, request.POST.get("text", "").strip(), **told)  # type: ignore[arg-type]
    except FactError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Kept."))
    return HttpResponseRedirect(reverse("staff:partners"))
