"""Promises at a touchpoint: made, changed, ended."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from regulars.touchpoints import publishing
from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.parts import AT_LEAST, Promise
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_TOUCHPOINTS
from regulars_web.shared.company import company
from regulars_web.touchpoints import actions, queries, sentences
from regulars_web.touchpoints.forms import PromiseForm, as_typed
from regulars_web.touchpoints.views.editing import existing_or_404


@needs(CHANGE_TOUCHPOINTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    """A promise to make at a registered touchpoint."""
    return _answer(request, existing_or_404(key).key, None)


@needs(CHANGE_TOUCHPOINTS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """A promise in force, to be published in a new version; the whole period is judged by the newest."""
    there = _existing(key)
    return _answer(request, there.touchpoint, there)


@needs(CHANGE_TOUCHPOINTS)
@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """End a promise; sent twice, it has ended once."""
    touchpoint = request.POST.get("touchpoint", "")
    there = next((one for one in publishing.promises(company()) if one.key == key), None)
    if there is not None:
        touchpoint, request_id = there.touchpoint, request.POST.get("request_id", "")[:100]
        actions.retire_promise(request.user, company(), key, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        messages.success(request, _("The promise has ended. It is counted no longer; its versions stay."))
    if not touchpoint:
        raise Http404(key)
    return HttpResponseRedirect(reverse("touchpoints:touchpoint", args=[touchpoint]))


def _answer(request: HttpRequest, touchpoint: str, there: Promise | None) -> HttpResponse:
    offered = queries.offered(company(), touchpoint)
    sent = request.POST if request.method == "POST" else None
    form = PromiseForm(sent, initial=_initial(there), kinds=offered.kinds, steps=offered.steps)
    if sent is not None and form.is_valid():
        try:
            made = _read(form.cleaned_data, touchpoint, there)
            request_id = request.POST.get("request_id", "")[:100]
            actions.publish_promise(request.user, company(), made, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        except TouchpointError as error:
            form.add_error(None, sentences.wrong_words(error))
        else:
            messages.success(request, _("The promise is published. It is counted for the whole period from now on."))
            return HttpResponseRedirect(reverse("touchpoints:touchpoint", args=[touchpoint]))
    versions = queries.versions_of(company(), touchpoint)
    told: dict[str, Any] = {
        "form": form,
        "key": touchpoint,
        "called": versions[-1].body.called if versions else touchpoint,
        "promise": there,
        "request_id": request.POST.get("request_id", "")[:100] or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "touchpoints/promise.html", told, status=422 if form.errors else 200)


def _initial(there: Promise | None) -> dict[str, Any]:
    if there is None:
        return {"unit": "min", "column": "wait_seconds"}
    limit, unit = as_typed(there.column, there.at_least if there.column in AT_LEAST else there.at_most)
    said = {"name": there.called, "column": there.column, "kind": there.kind, "step": there.step}
    return {**said, "limit": limit, "unit": unit}


def _read(told: dict[str, Any], touchpoint: str, there: Promise | None) -> Promise:
    least = told["column"] in AT_LEAST
    return Promise(
        key=there.key if there else publishing.free_promise_key(company(), told["name"]),
        touchpoint=touchpoint,
        name=told["name"],
        column=told["column"],
        at_most=None if least else told["value"],
        at_least=told["value"] if least else None,
        kind=told["kind"],
        step=told["step"],
    )


def _existing(key: str) -> Promise:
    found = next((one for one in publishing.promises(company()) if one.key == key), None)
    if found is None:
        raise Http404(key)
    return found
