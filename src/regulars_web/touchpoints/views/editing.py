"""Registering a touchpoint, changing it, ending it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.parts import Touchpoint
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_TOUCHPOINTS
from regulars_web.shared.company import company
from regulars_web.touchpoints import actions, guides, queries, sentences
from regulars_web.touchpoints.forms import TouchpointForm


@needs(CHANGE_TOUCHPOINTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A touchpoint to register; the address may bring its key along, as the log has it."""
    key = request.GET.get("key", "")[:200]
    if request.method == "GET" and key and (found := queries.versions_of(company(), key)):
        return HttpResponseRedirect(reverse("touchpoints:edit", args=[found[-1].body.key]))
    if request.method == "POST":
        return _sent(request, None)
    form = _form(request, None, initial={"key": key, "sort": "business", "channel": _channel(key)})
    return _page(request, form, None, guides.rows_of(()))


@needs(CHANGE_TOUCHPOINTS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """A touchpoint that is registered, to be published in a new version."""
    there = queries.existing(company(), key).body
    if request.method == "POST":
        return _sent(request, there)
    said = {name: getattr(there, name) for name in ("name", "sort", "owner", "channel", "first")}
    form = _form(request, there, initial={**said, "stages": list(there.stages)})
    return _page(request, form, there, guides.rows_of(there.guides))


@needs(CHANGE_TOUCHPOINTS)
@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """End a touchpoint; sent twice, it has ended once."""
    if not queries.existing(company(), key).body.retired:
        request_id = request.POST.get("request_id", "")[:100]
        actions.retire(request.user, company(), key, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        messages.success(request, _("The touchpoint has ended. Its versions stay, and its touches stay in the log."))
    return HttpResponseRedirect(reverse("touchpoints:list"))


def _sent(request: HttpRequest, there: Touchpoint | None) -> HttpResponse:
    """Publish where that was pressed; the other buttons add a guide or take one out and show the form again."""
    form = _form(request, there, sent=True)
    rows = guides.read_rows(request.POST)
    do = request.POST.get("do", "publish")
    if do != "publish":
        return _page(
            request, _form(request, there, initial=request.POST.dict(), stages=True), there, guides.after(rows, do)
        )
    if not form.is_valid():
        return _page(request, form, there, rows, status=422)
    touchpoint = _read(form.cleaned_data, there, rows)
    try:
        if meanwhile := _meanwhile(request, there):
            form.add_error(None, meanwhile)
        elif there is None and _taken(touchpoint.key):
            form.add_error("key", _("This touchpoint is registered already. Change it on its own page."))
        else:
            return _published(request, touchpoint)
    except TouchpointError as error:
        form.add_error(None, sentences.wrong_words(error))
    return _page(request, form, there, rows, status=422)


def _read(told: Mapping[str, Any], there: Touchpoint | None, rows: list[guides.Row]) -> Touchpoint:
    return Touchpoint(
        key=there.key if there else told["key"],
        name=told["name"],
        sort=told["sort"],
        owner=told["owner"],
        channel=told["channel"],
        stages=tuple(told["stages"]),
        first=told["first"] or None,
        guides=guides.read_guides(rows),
    )


def _published(request: HttpRequest, touchpoint: Touchpoint) -> HttpResponse:
    request_id = request.POST.get("request_id", "")[:100]
    made = actions.publish(request.user, company(), touchpoint, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
    messages.success(request, _("The touchpoint “%(name)s” is published.") % {"name": made.called})
    return HttpResponseRedirect(reverse("touchpoints:touchpoint", args=[made.key]))


def _form(
    request: HttpRequest, there: Touchpoint | None, *, sent: bool = False, stages: bool = False, initial: Any = None
) -> TouchpointForm:
    if stages:  # the form as it was sent, to be shown again without being judged
        initial = {**initial, "stages": request.POST.getlist("stages"), "first": "first" in request.POST}
    owners, channels = queries.colleagues(), queries.offered(company()).channels
    said = request.POST if sent else None
    return TouchpointForm(said, initial=initial, owners=owners, channels=channels, new=there is None)


def _page(
    request: HttpRequest, form: TouchpointForm, there: Touchpoint | None, rows: list[guides.Row], status: int = 200
) -> HttpResponse:
    told = {
        "form": form,
        "touchpoint": there,
        "guides": rows,
        "request_id": request.POST.get("request_id", "")[:100] or uuid4().hex,
        "version": request.POST.get("version", "")[:12] or (str(there.version) if there else ""),
        "scope_hidden": True,
    }
    return render(request, "touchpoints/edit.html", told, status=status)


def _taken(key: str) -> bool:
    found = queries.versions_of(company(), key)
    return bool(found) and not found[-1].body.retired


def _meanwhile(request: HttpRequest, there: Touchpoint | None) -> str:
    """A sentence where a colleague published another version while this one was being written."""
    if there is None or request.POST.get("version", "") in ("", str(there.version)):
        return ""
    newest = queries.existing(company(), there.key)
    if newest.decided_by == request.user.email:  # type: ignore[union-attr]
        return ""
    told = {"by": newest.decided_by, "version": newest.version}
    return _("%(by)s published version %(version)s meanwhile. Look at it, then publish yours again.") % told


def _channel(key: str) -> str:
    """The channel that most touches of a key came by; empty where there is none."""
    if not key:
        return ""
    found = queries.offered(company(), key).channels
    return found[0] if found else ""


def existing_or_404(key: str) -> Touchpoint:
    """A touchpoint that is in force. Raises Http404 for any other."""
    found = queries.existing(company(), key).body
    if found.retired:
        raise Http404(key)
    return found
