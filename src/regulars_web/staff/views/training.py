"""Trainings."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.people import reading
from regulars.people.errors import PeopleError
from regulars.people.parts import Training
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_STAFF, SEE_STAFF
from regulars_web.shared.company import company
from regulars_web.staff import actions, queries, sentences, training


@needs(SEE_STAFF)
@require_GET
def trainings(request: HttpRequest) -> HttpResponse:
    """Every training, who understood it, and whether it is used."""
    told = {"here": "trainings", "rows": training.rows(reading.trainings(company())), "scope_hidden": True}
    return render(request, "staff/trainings.html", told)


@needs(CHANGE_STAFF)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A training that was held."""
    return _answer(request, None)


@needs(CHANGE_STAFF)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Who was there, who understood, who uses it."""
    return _answer(request, _there(key))


@needs(CHANGE_STAFF)
@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Take a training out of the list; sent twice, it is out once."""
    there = _there(key)
    if not there.retired:
        request_id = request.POST.get("request_id", "")[:100]
        actions.end(request.user, company(), "trainings", there, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        messages.success(request, _("Done. Its versions stay."))
    return HttpResponseRedirect(reverse("staff:trainings"))


def _answer(request: HttpRequest, there: Training | None) -> HttpResponse:
    workspace = company()
    people = queries.employees(workspace)
    sent, wrong, refused = (request.POST if request.method == "POST" else None), {}, ""
    if sent is not None:
        one, wrong = training.read(sent, there, people)
        if one is not None:
            request_id = sent.get("request_id", "")[:100]
            try:
                actions.publish(request.user, workspace, "trainings", one, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
            except PeopleError as error:
                refused = sentences.wrong_words(error)
            else:
                messages.success(request, _("The training is kept."))
                return HttpResponseRedirect(reverse("staff:trainings"))
    told = {
        "there": there,
        "name": sent.get("name", "") if sent else there.name if there else "",
        "held_on": sent.get("held_on", "") if sent else there.held_on.isoformat() if there else "",
        "note": sent.get("note", "") if sent else there.note if there else "",
        "rows": training.form_rows(people, queries.names_of(workspace, people), there, sent),
        "wrong": wrong,
        "refused": refused,
        "request_id": (sent or {}).get("request_id", "")[:100] or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "staff/training.html", told, status=422 if wrong or refused else 200)


def _there(key: str) -> Training:
    try:
        return reading.training(company(), key)
    except PeopleError:
        raise Http404(key) from None
