"""Facts on the card: learning one, and answering whether it is still true."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.facts import Fact, FactError, facts_of
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_FACTS, SEE_CUSTOMERS
from regulars_web.customers.actions import facts as actions
from regulars_web.customers.cards import dropped_facts, facts_told
from regulars_web.customers.views.card import existing_customer, known_customer
from regulars_web.customers.words import fact_words
from regulars_web.shared.company import company


@needs(CHANGE_FACTS)
@require_POST
def learn(request: HttpRequest, key: int) -> HttpResponse:
    """Keep a new fact."""
    workspace = company()
    customer = existing_customer(workspace, key)
    said = request.POST
    name = said.get("other_name", "").strip() or said.get("name", "")
    actions.learn(
        request.user,  # type: ignore[arg-type]
        workspace,
        customer,
        name=name,
        value=said.get("value", ""),
        now=timezone.now(),
        request_id=said.get("request_id", "")[:100],
    )
    return _facts(request, workspace, customer, _("%(name)s is kept.") % {"name": fact_words(name)})


@needs(CHANGE_FACTS)
@require_POST
def answer(request: HttpRequest, key: int, fact: str) -> HttpResponse:
    """Confirm, drop or correct a fact."""
    workspace = company()
    customer = known_customer(workspace, key)
    said, value = request.POST.get("said", ""), request.POST.get("value", "")
    if said not in actions.EVENTS:
        raise FactError(_("Say whether the fact is still true, is not, or what is true instead."))
    before = _fact(workspace, customer, fact)
    actions.answer(request.user, workspace, customer, fact, said, value=value, now=timezone.now())  # type: ignore[arg-type]
    undoes = bool(request.POST.get("undoes"))
    undo = _undo(workspace, customer, before, said, value) if before and not undoes else None
    return _facts(request, workspace, customer, _("Taken back.") if undoes else _sentence(said), undo)


@needs(CHANGE_FACTS)
@require_GET
def edit(request: HttpRequest, key: int, fact: str) -> HttpResponse:
    """The facts with one of them open for correction."""
    workspace = company()
    customer = known_customer(workspace, key)
    told = {**facts_told(workspace, customer), "key": customer, "editing": fact}
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(reverse("customers:card", args=[customer]) + f"?edit={fact}#facts")
    return render(request, "customers/_facts.html", told)


@needs(SEE_CUSTOMERS)
@require_GET
def dropped(request: HttpRequest, key: int) -> HttpResponse:
    """Facts that do not hold any more, for whoever opens them on the card."""
    workspace = company()
    customer = known_customer(workspace, key)
    told = {"key": customer, "dropped": dropped_facts(workspace, customer, now=timezone.now()), "scope_hidden": True}
    part = getattr(request, "htmx", False)
    return render(request, "customers/_dropped.html" if part else "customers/dropped.html", told)


def _facts(
    request: HttpRequest, workspace: Workspace, customer: int, sentence: str, undo: dict[str, str] | None = None
) -> HttpResponse:
    """The part of the card with the facts as they are now, and a toast."""
    if not getattr(request, "htmx", False):
        messages.success(request, sentence)
        return HttpResponseRedirect(reverse("customers:card", args=[customer]) + "#facts")
    told = {**facts_told(workspace, customer), "key": customer, "sentence": sentence, "undo": undo}
    shown = render(request, "customers/_facts_answered.html", told)
    if undo is None:
        shown["HX-Trigger"] = json.dumps({"toast": {"text": sentence, "kind": "good"}})
    return shown


def _fact(workspace: Workspace, customer: int, fact_id: str) -> Fact | None:
    found = facts_of(workspace, customer, now=timezone.now())
    return next((fact for fact in found if fact.fact_id == fact_id), None)


def _undo(workspace: Workspace, customer: int, before: Fact, said: str, value: str) -> dict[str, str] | None:
    """What takes the step back: a dropped fact is learned again, a corrected one gets its old value.

    A confirmation is taken back by a further word, after which the fact is as old as it was.
    """
    if said == "confirm":
        return {"fact": before.fact_id, "said": "unconfirm", "value": ""}
    if said == "drop":
        return {"fact": before.fact_id, "said": "restore", "value": ""}
    if said != "correct":
        return None
    found = facts_of(workspace, customer, now=timezone.now())
    now = next((fact for fact in found if fact.name == before.name and fact.value == value.strip()), None)
    return {"fact": now.fact_id, "said": "correct", "value": before.value} if now else None


def _sentence(said: str) -> str:
    sentences = {
        "confirm": _("Confirmed today."),
        "unconfirm": _("Taken back."),
        "drop": _("Dropped; it stays in the history."),
        "correct": _("Corrected."),
        "restore": _("Taken back."),
    }
    return sentences[said]
