"""Floors, targets and weights of the index: changed by a named person, kept in every version."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.index.errors import FocusIndexError
from regulars.index.parts import COMPONENTS
from regulars.index.publishing import history
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_INDEX, SEE_PROGRAMME
from regulars_web.programme import actions
from regulars_web.programme import components as typed
from regulars_web.programme.views.parts import request_of
from regulars_web.shared.company import company


@needs(CHANGE_INDEX)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """All of them in one table; nothing is kept before all of it can stand."""
    kept = history(company())
    now = kept[-1].body.components if kept else COMPONENTS
    sent = request.POST if request.method == "POST" else None
    form = typed.ComponentsForm(sent, components=now)
    if sent is not None and form.is_valid():
        if meanwhile := _meanwhile(request, len(kept)):
            form.add_error(None, meanwhile)
        else:
            try:
                actions.decide_components(
                    request.user,  # type: ignore[arg-type]
                    company(),
                    form.decided(),
                    form.cleaned_data["note"],
                    now=timezone.now(),
                    request_id=request_of(request),
                )
            except FocusIndexError as error:
                form.add_error(None, typed.wrong_words(error))
            else:
                messages.success(request, _("The components are kept as a new version. The index is counted anew."))
                return HttpResponseRedirect(reverse("programme:index"))
    told = {
        "form": form,
        "rows": form.rows(),
        "wrong": [(field.label, field.errors) for field in form if field.errors],
        "version": sent.get("version", "")[:12] if sent is not None else str(len(kept)),
        "request_id": request_of(request) or uuid4().hex,
        "here": "index",
        "scope_hidden": True,
    }
    return render(request, "programme/components.html", told, status=422 if sent is not None else 200)


@needs(SEE_PROGRAMME)
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Who changed what, when and why."""
    told = {
        "versions": typed.versions_told(history(company())),
        "request_id": uuid4().hex,
        "here": "index",
        "scope_hidden": True,
    }
    return render(request, "programme/versions.html", told)


@needs(CHANGE_INDEX)
@require_POST
def put_back(request: HttpRequest, place: int) -> HttpResponse:
    """Make an earlier version the newest again; 0 is how they come with the program."""
    kept = history(company())
    if place > len(kept):
        raise Http404(str(place))
    wanted = kept[place - 1].body.components if place else COMPONENTS
    if kept and kept[-1].body.components != wanted:
        note = _("An earlier version was put back.")
        actions.decide_components(
            request.user,  # type: ignore[arg-type]
            company(),
            wanted,
            note,
            now=timezone.now(),
            request_id=request_of(request),
        )
        messages.success(request, _("The earlier components are the newest again. Nothing was lost."))
    return HttpResponseRedirect(reverse("programme:versions"))


def _meanwhile(request: HttpRequest, kept: int) -> str:
    """A sentence where a colleague decided other components while these were being typed."""
    if request.POST.get("version", "") in ("", str(kept)):
        return ""
    newest = history(company())[-1]
    if newest.decided_by == request.user.email:  # type: ignore[union-attr]
        return ""
    return _("%(by)s has changed the components meanwhile. Look at the newest version, then decide again.") % {
        "by": newest.decided_by
    }
