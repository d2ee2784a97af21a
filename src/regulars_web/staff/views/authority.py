"""Limits of authority, what was decided within them, and the form that keeps a decision in ten seconds."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from regulars.people import reading, using
from regulars.people.errors import PeopleError
from regulars.people.parts import Authority, Employee
from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import CHANGE_STAFF, SEE_CUSTOMERS, SEE_STAFF, USE_AUTHORITY
from regulars_web.shared import numbers, trail
from regulars_web.shared.company import company
from regulars_web.staff import deciding, parts, queries, sentences, words
from regulars_web.staff.views.pages import limit_row, limits_of
from regulars_web.voice.finding_customers import Named, named

SHOWN = 30
REMEMBERED = "staff_code"  # in the session: who decided last on this device


@needs(SEE_STAFF)
@require_GET
def authority(request: HttpRequest) -> HttpResponse:
    """What may be decided by whom, how it is used, and the newest decisions."""
    workspace = company()
    own = queries.code_of(workspace, request.user)  # type: ignore[arg-type]
    leads = holds(request.user, CHANGE_STAFF)
    used = using.uses(workspace, employee="" if leads else own, most=SHOWN) if leads or own else []
    names = queries.everybodys_names(workspace)
    told = {
        "here": "authority",
        "part": parts.part(request, "authority"),
        "limits": [limit_row(one) for one in reading.limits(workspace)],
        "uses": [(one, words.decision_words(one.decision), names.get(one.employee, one.employee)) for one in used],
        "customers": queries.customer_names(workspace, [one.client_key for one in used if one.client_key]),
        "outcomes": words.OUTCOMES,
        "leads": leads,
        "own": own,
        "names": names,
        "scope_hidden": False,
    }
    return render(request, "staff/authority.html", told)


@needs(USE_AUTHORITY)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    """Three taps and a number: what, how much, how."""
    workspace = company()
    people = {one.code: one for one in queries.employees(workspace)}
    if request.method == "GET":
        return _page(request, people, {}, Named(None, ""))
    sent = request.POST.dict()
    told, customer = deciding.read(sent, set(people)), named(workspace, sent)
    if customer.choices:
        trail.note(request.user, "customers searched", found=len(customer.choices))  # type: ignore[arg-type]
    wrong = dict(told.wrong)
    if customer.open:
        wrong["customer"] = _("Choose the customer, or empty the field.")
    if wrong:
        return _page(request, people, wrong, customer, status=422)
    one = people[told.employee]
    try:
        kept = deciding.keep(
            request.user,  # type: ignore[arg-type]
            workspace,
            told,
            client_key=customer.key,
            place=(one.branch, one.department),
            now=timezone.now(),
            request_id=sent.get("request_id", "")[:100],
        )
    except PeopleError as error:
        return _page(request, people, {"": sentences.wrong_words(error)}, customer, status=422)
    request.session[REMEMBERED] = told.employee
    messages.success(request, _kept_words(kept))
    return HttpResponseRedirect(reverse("staff:decide") + "?kept=1")


def _page(
    request: HttpRequest, people: dict[str, Employee], wrong: dict[str, str], customer: Named, status: int = 200
) -> HttpResponse:
    workspace, sent = company(), request.POST
    own = queries.code_of(workspace, request.user)  # type: ignore[arg-type]
    who = sent.get("employee") or own or request.session.get(REMEMBERED, "")
    tiles = queries.decisions(workspace)[: deciding.MOST_TILES - 1]
    limits = {row["limit"].decision: row["limit"] for row in limits_of(workspace, people[who])} if who in people else {}
    told = {
        "choices": queries.person_choices(workspace),
        "who": who if who in people else "",
        "sure": bool(own) and who == own,
        "who_name": queries.names_of(workspace, [people[who]])[who] if who in people else "",
        "tiles": [(key, words.decision_words(key), limits.get(key)) for key in tiles],
        "ways": [(key, found[2], found[1]) for key, found in deciding.WAYS.items()],
        "way": sent.get("way", "granted"),
        "sent": sent,
        "wrong": wrong,
        "refused": wrong.get("", ""),
        "customer": customer,
        "sees_customers": holds(request.user, SEE_CUSTOMERS),
        "currency": workspace.settings.currency,
        "kept": "kept" in request.GET,
        "request_id": sent.get("request_id", "")[:100] or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "staff/decide.html", told, status=status)


def _kept_words(kept: Authority) -> str:
    if kept.within is False and kept.limit is not None:
        limit = numbers.money(kept.limit.up_to, company().settings.currency)
        return _("Kept. It was more than the limit of %(limit)s.") % {"limit": limit}
    if kept.outcome == "asked":
        return _("Kept. It counts as open until somebody decides.")
    return _("Kept.")
