"""The card of one customer, and the parts of its time line."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from regulars.base import open_base
from regulars.card import CardError
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_CUSTOMERS
from regulars_web.customers.cards import read_card
from regulars_web.customers.timelines import read_lines, read_timeline
from regulars_web.shared import trail
from regulars_web.shared.company import company

LARGEST_KEY = 2**63
MOST_KINDS = 60
WAY = "contact_way"  # how this colleague met somebody last, kept for the session


@needs(SEE_CUSTOMERS)
@require_GET
def card(request: HttpRequest, key: int) -> HttpResponse:
    """Everything to know when the customer calls. The key of a joined record leads to its customer."""
    workspace = company()
    customer = known_customer(workspace, key)
    if customer != key:
        query = request.META.get("QUERY_STRING", "")
        address = reverse("customers:card", args=[customer])
        return HttpResponseRedirect(f"{address}?{query}" if query else address)
    try:
        told = read_card(workspace, key, request.user, now=timezone.now(), wanted=wanted_kinds(request))
    except CardError as error:
        raise Http404 from error
    trail.note(request.user, "card seen", customer=key)
    told |= {"editing": request.GET.get("edit", ""), "chosen_way": request.session.get(WAY, ""), "scope_hidden": True}
    return render(request, "customers/card.html", told)


@needs(SEE_CUSTOMERS)
@require_GET
def touches(request: HttpRequest, key: int) -> HttpResponse:
    """A part of the time line: other kinds, or further back. As a page of its own it is the card."""
    workspace = company()
    customer = known_customer(workspace, key)
    before = request.GET.get("before") or None
    wanted = wanted_kinds(request)
    timeline = read_timeline(workspace, customer, now=timezone.now(), wanted=wanted, before=before)
    trail.note(request.user, "time line seen", customer=customer, touches=len(timeline.touches))
    told = {"key": customer, "timeline": timeline, "scope_hidden": True, "before": before}
    if not getattr(request, "htmx", False):
        return render(request, "customers/timeline.html", told)
    return render(request, "customers/_touches.html" if before else "customers/_timeline.html", told)


@needs(SEE_CUSTOMERS)
@require_GET
def lines(request: HttpRequest, key: int, touch: int) -> HttpResponse:
    """What was bought in one order of the time line."""
    workspace = company()
    customer = known_customer(workspace, key)
    found = read_lines(workspace, customer, touch) if touch < LARGEST_KEY else None
    if found is None:
        raise Http404
    told = {"key": customer, "lines": found, "scope_hidden": True}
    part = getattr(request, "htmx", False)
    return render(request, "customers/_lines.html" if part else "customers/lines.html", told)


def known_customer(workspace: Workspace, key: int) -> int:
    """The customer of a key in an address; 404 for a number that no key can be."""
    if key >= LARGEST_KEY:
        raise Http404
    return workspace.customer_of(key)


def existing_customer(workspace: Workspace, key: int) -> int:
    """The customer of a key under which something can be kept; 404 where log and vault know nobody of it."""
    customer = known_customer(workspace, key)
    if open_base(workspace).row(customer) is None and not workspace.references([customer]):
        raise Http404
    return customer


def wanted_kinds(request: HttpRequest) -> list[str]:
    """Kinds of touches that the address asks for."""
    return [kind[:100] for kind in request.GET.getlist("kind")[:MOST_KINDS]]
