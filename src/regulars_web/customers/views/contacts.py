"""Logging a contact from the card."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import LOG_CONTACTS
from regulars_web.customers.actions import contacts as actions
from regulars_web.customers.cards import contact_form
from regulars_web.customers.choices import Way, way_of
from regulars_web.customers.timelines import read_timeline
from regulars_web.customers.views.card import WAY, existing_customer
from regulars_web.shared.company import company


@needs(LOG_CONTACTS)
@require_POST
def log_contact(request: HttpRequest, key: int) -> HttpResponse:
    """Keep the contact that the form describes, and show it at the top of the time line."""
    workspace = company()
    customer = existing_customer(workspace, key)
    said = request.POST
    chosen = said.get("way", "")
    way = way_of(chosen) or Way(said.get("kind", ""), said.get("touchpoint", ""), said.get("channel", ""))
    kept = actions.log_contact(
        request.user,  # type: ignore[arg-type]
        workspace,
        customer,
        way,
        now=timezone.now(),
        outcome=said.get("outcome", ""),
        note=said.get("note", ""),
        spoke_first=said.get("spoke_first", ""),
        request_id=said.get("request_id", "")[:100],
    )
    request.session[WAY] = chosen
    sentence = _("The contact is logged.") if kept else _("This contact was logged before; it stands there once.")
    if not getattr(request, "htmx", False):
        messages.success(request, sentence)
        return HttpResponseRedirect(reverse("customers:card", args=[customer]))
    timeline = read_timeline(workspace, customer, now=timezone.now(), wanted=(), before=None)
    told = {"key": customer, "timeline": timeline, "chosen_way": chosen, **contact_form(workspace)}
    answer = render(request, "customers/_logged.html", told)
    answer["HX-Trigger"] = json.dumps({"toast": {"text": sentence, "kind": "good" if kept else "plain"}})
    return answer
