"""Themes of what customers wrote."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_THEMES, SEE_VOICE
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.frame import frame_of, is_empty
from regulars_web.shared.sentences import Refused
from regulars_web.voice.reading import naming_themes, theming


@needs(SEE_VOICE)
@require_GET
def themes(request: HttpRequest) -> HttpResponse:
    """The frame of the page; themes come when they are found."""
    if is_empty(company()):
        return HttpResponseRedirect(reverse("voice:overview"))
    told = _shown(request) if "whole" in request.GET else {"waits": True}
    return render(request, "voice/reading/themes.html", {"part": told})


@needs(SEE_VOICE)
@require_GET
def part(request: HttpRequest) -> HttpResponse:
    """The list of themes with their quotes."""
    if is_empty(company()):
        return HttpResponse("")
    return render(request, "voice/reading/_themes.html", {"part": _shown(request)})


@needs(CHANGE_THEMES)
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Rename, merge, pin or let go of a theme, or take the newest of these back."""
    said, user, workspace, now = request.POST, request.user, company(), timezone.now()
    assert isinstance(user, User)  # noqa: S101  the middleware has let nobody else in
    do, theme = said.get("do", ""), said.get("theme", "")[:200]
    if do == "undo":
        version = said.get("version", "")
        naming_themes.undo(user, workspace, int(version) if version.isdigit() else -1, now=now)
    elif not theme:
        raise Refused(_("Say which theme is meant."))
    elif do == "rename":
        naming_themes.rename(user, workspace, theme, said.get("name", ""), now=now)
    elif do == "merge" and said.get("into"):
        naming_themes.merge(user, workspace, theme, said.get("into", "")[:200], now=now)
    elif do in ("pin", "let go"):
        naming_themes.pin(user, workspace, theme, do == "pin", now=now)
    else:
        raise Refused(_("Say what is to be done with the theme."))
    messages.success(request, _("The change is taken back.") if do == "undo" else _("The themes are changed."))
    return HttpResponseRedirect(reverse("voice:themes"))


def _shown(request: HttpRequest) -> dict[str, Any]:
    frame = frame_of(company(), request.scope)  # type: ignore[attr-defined]
    told = theming.page_of(frame, request.user, everything=request.GET.get("all") == "yes")
    if told["rows"]:
        trail.note(request.user, "answers seen", rows=sum(len(row["quotes"]) for row in told["rows"]))  # type: ignore[arg-type]
    return {**told, "standing": naming_themes.standing(frame.workspace)}
