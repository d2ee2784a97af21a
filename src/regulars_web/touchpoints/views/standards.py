"""The standard of a touchpoint: read by everybody, written by those who may, and confirmed by those who work there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.touchpoints import publishing
from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.parts import Standard
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_TOUCHPOINTS, CONFIRM_STANDARDS, SEE_TOUCHPOINTS
from regulars_web.shared.company import company
from regulars_web.touchpoints import actions, queries, sentences
from regulars_web.touchpoints.forms import StandardForm
from regulars_web.touchpoints.views.editing import existing_or_404


@needs(SEE_TOUCHPOINTS)
@require_GET
def standard(request: HttpRequest, key: str) -> HttpResponse:
    """The standard with its versions, and who has read which."""
    touchpoint = queries.existing(company(), key).body
    versions = list(queries.standard_of(company(), key))
    told = {
        "touchpoint": touchpoint,
        "versions": versions[::-1],
        "names": queries.names_of([one.decided_by for one in versions]),
        "scope_hidden": True,
        **confirmed(request, key, versions[-1].body if versions else None),
    }
    return render(request, "touchpoints/standard.html", told)


@needs(CHANGE_TOUCHPOINTS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write the standard, or its next version."""
    touchpoint = existing_or_404(key)
    versions = queries.standard_of(company(), key)
    there = versions[-1].body if versions else None
    form = StandardForm(
        request.POST if request.method == "POST" else None,
        initial={"text": there.text, "never": there.never} if there else None,
    )
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name].replace("\r\n", "\n") for name in ("text", "never")}
        request_id = request.POST.get("request_id", "")[:100]
        try:
            made = Standard(key=key, **told)
            actions.publish_standard(request.user, company(), made, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        except TouchpointError as error:
            form.add_error(None, sentences.wrong_words(error))
        else:
            messages.success(request, _("The standard is published. Colleagues are asked to read it."))
            return HttpResponseRedirect(reverse("touchpoints:standard", args=[key]))
    answer = {
        "form": form,
        "touchpoint": touchpoint,
        "there": there,
        "request_id": request.POST.get("request_id", "")[:100] or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "touchpoints/write.html", answer, status=422 if form.errors else 200)


@needs(CONFIRM_STANDARDS)
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Keep that this colleague has read the version that was shown."""
    queries.existing(company(), key)
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    actions.confirm_standard(request.user, company(), key, version, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("It is kept that you have read this version."))
    name = "touchpoints:standard" if request.POST.get("from") == "standard" else "touchpoints:touchpoint"
    return HttpResponseRedirect(reverse(name, args=[key]))


def confirmed(request: HttpRequest, key: str, newest: Standard | None) -> dict[str, Any]:
    """Who has read the newest version, and whether this colleague is among them."""
    if newest is None:
        return {"standard": None, "readers": []}
    found = queries.readers(publishing.confirmations(company(), key))
    mine = next((one for one in found if one.email == request.user.email), None)  # type: ignore[union-attr]
    have = [one for one in found if one.version == newest.version]
    return {
        "standard": None if newest.retired else newest,
        "readers": found,
        "have_read": have,
        "not_read": [one for one in found if one.version != newest.version],
        "i_have_read": mine is not None and mine.version == newest.version,
        "mine": mine,
    }
