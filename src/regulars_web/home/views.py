"""The state of the company on one page, at once where it was counted before, else part by part."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import SEE_CUSTOMERS, SEE_HOME
from regulars_web.home import kept
from regulars_web.home.actions import ask_refresh, counted_part, is_empty
from regulars_web.home.addresses import first_address
from regulars_web.home.elsewhere import WAITS
from regulars_web.home.history import newest_imports
from regulars_web.home.log_rules import IMPORT_PAGES
from regulars_web.home.parts import CONTEXTS, Context
from regulars_web.home.reads import PARTS, recommending, said
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.frame import Frame, frame_of
from regulars_web.shared.parts import Around, render_part
from regulars_web.shared.shelf import state_of

STYLES = ("home/css/home.css", "home/css/lead.css", "programme/css/programme.css")
# In the order of the page; what customers wrote is never kept, so it always comes by itself.
ORDER = ("lead", "next", "warned", "numbers", "trends", "few", "said", "segments", "known")


@needs(SEE_HOME)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is true of the company now, and the next three things to do."""
    workspace = company()
    if not newest_imports(workspace):
        return render(request, "home/empty.html", _empty(), status=200)
    state, now, whole = state_of(workspace), timezone.now(), "whole" in request.GET
    found = {part: kept.kept(workspace, request.scope, part) for part in PARTS}  # type: ignore[attr-defined]
    waits = found["next"] is not None and WAITS in found["next"].readings
    if not whole and (waits or any(one is None or one.state != state for one in found.values())):
        ask_refresh(request.scope, by=request.user)  # type: ignore[attr-defined, arg-type]
    if whole and is_empty(workspace):
        return render(request, "home/empty.html", _empty())
    frame: Frame | None = None
    parts: dict[str, Context] = {}
    for name in ORDER:
        here = found.get(name)
        if whole or kept.showable(here, state, now, name):
            frame = frame or frame_of(workspace, request.scope)  # type: ignore[attr-defined]
            parts[name] = _shown(request, frame, name, None if whole else here)
        else:
            parts[name] = {"name": name, "waits": True}
    old = min((one.counted_at for one in found.values() if one is not None and one.state != state), default=None)
    return render(request, "home/home.html", {"parts": parts, "old": None if whole else old})


@needs(SEE_HOME)
@require_GET
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of the page, counted where that was not done yet."""
    if name not in CONTEXTS:
        raise Http404(name)
    workspace = company()
    if is_empty(workspace):
        return render(request, "home/_empty.html", _empty()) if name == "lead" else HttpResponse("")
    frame = frame_of(workspace, request.scope)  # type: ignore[attr-defined]
    address = f"{reverse('home:home')}?{request.scope.query}".removesuffix("?")  # type: ignore[attr-defined]
    around = Around(_("Home"), (address, _("Home")), STYLES, charts=True, headed=name == "lead")
    return render_part(request, "home/_part.html", {"part": _shown(request, frame, name, None)}, around)


def _shown(request: HttpRequest, frame: Frame, name: str, found: kept.Kept | None) -> Context:
    """What the template of a part shows; counted now where nothing is given."""
    scope: Any = request.scope  # type: ignore[attr-defined]
    if name not in PARTS:
        read = _said(request, frame)
    elif found is None:
        read = counted_part(frame.workspace, scope, name).readings
    else:
        read = found.readings
    return {"name": name, "template": f"home/_{name}.html", **CONTEXTS[name](frame, read, request.user, scope.group)}


def _said(request: HttpRequest, frame: Frame) -> Any:
    """Words of customers only for those who may see customers; that they were seen is written down."""
    if not holds(request.user, SEE_CUSTOMERS):
        return recommending(frame)
    read = said(frame)
    if read["quotes"].rows:
        trail.note(request.user, "answers seen", rows=len(read["quotes"].rows))  # type: ignore[arg-type]
    return read


def _empty() -> Context:
    return {"import_address": first_address(*IMPORT_PAGES)}
