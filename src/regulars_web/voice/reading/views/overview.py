"""What customers say now, and what to do: at once where it was counted before, else part by part."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_VOICE
from regulars_web.home.addresses import first_address
from regulars_web.home.log_rules import IMPORT_PAGES
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.frame import frame_of, is_empty
from regulars_web.voice.models_reading import DigestWish
from regulars_web.voice.reading import sql
from regulars_web.voice.reading.answers import answer_of
from regulars_web.voice.reading.frame import kept_readings, known_readings
from regulars_web.voice.reading.overview import CONTEXTS
from regulars_web.voice.reading.overview_reads import PARTS
from regulars_web.voice.reading.people import with_names

ORDER = ("now", "trend", "said", "fresh", "splits", "evidence")


@needs(SEE_VOICE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What customers say now, and the next three things to do."""
    workspace = company()
    if is_empty(workspace) or not any_answer(request):
        return render(request, "voice/reading/empty.html", _empty())
    scope: Any = request.scope  # type: ignore[attr-defined]
    frame, parts = frame_of(workspace, scope), {}
    for name in ORDER:
        found = known_readings(workspace, scope, name) if name in PARTS else None
        if "whole" in request.GET or found is not None:
            parts[name] = _shown(request, name, frame)
        else:
            parts[name] = {"name": name, "waits": True}
    wish = DigestWish.objects.filter(user=request.user.pk).exists()
    return render(request, "voice/reading/overview.html", {"parts": parts, "digest_wished": wish})


@needs(SEE_VOICE)
@require_GET
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of the overview, counted where that was not done yet."""
    if name not in ORDER:
        raise Http404(name)
    workspace = company()
    if is_empty(workspace):
        return HttpResponse("")
    frame = frame_of(workspace, request.scope)  # type: ignore[attr-defined]
    return render(request, "voice/reading/_part.html", {"part": _shown(request, name, frame)})


def any_answer(request: HttpRequest) -> bool:
    """Whether anybody has ever answered anything."""
    with company().engine() as engine:
        return bool(engine.run(sql.any_answer()).to_pylist()[0]["n"])


def _shown(request: HttpRequest, name: str, frame: Any) -> dict[str, Any]:
    scope: Any = request.scope  # type: ignore[attr-defined]
    template = f"voice/reading/_{name}.html"
    if name == "said":
        return {"name": name, "template": template, "answers": _newest(request, frame)}
    read = kept_readings(frame.workspace, scope, name, PARTS[name])
    return {"name": name, "template": template, **CONTEXTS[name](frame, read, request.user, scope.group)}


def _newest(request: HttpRequest, frame: Any) -> list[Any]:
    """The newest words; that they were seen is written down."""
    with frame.workspace.engine(members=frame.members) as engine:
        rows = engine.run(sql.newest_words(frame.first, frame.last)).to_pylist()
    found = with_names(frame.workspace, [answer_of(row) for row in rows], request.user)
    if found:
        trail.note(request.user, "answers seen", rows=len(found))  # type: ignore[arg-type]
    return found


def _empty() -> dict[str, Any]:
    return {
        "new_address": first_address("voice:new", "voice:surveys"),
        "import_address": first_address(*IMPORT_PAGES),
    }
