"""One cell of the map: added, looked at, answered, changed, taken off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.errors import MeasureError
from regulars.journeymap.definition import LONGEST_ANSWER, LONGEST_TEXT
from regulars.journeymap.errors import JourneyMapError
from regulars.journeymap.parts import KINDS, Cell, JourneyMap, Kind, Stage
from regulars.journeymap.publishing import Pen
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_JOURNEYS, SEE_JOURNEYS
from regulars_web.journeymap import actions, queries, words
from regulars_web.journeymap.views.maps import address, request_of, scope_of
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.frame import Frame, frame_of


@needs(CHANGE_JOURNEYS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form for a new cell, in its place on the map or as a page of its own; and the cell itself."""
    scope, found = scope_of(request), queries.drawn(company(), scope_of(request))
    sent = request.POST if request.method == "POST" else request.GET
    stage = next((one for one in found.stages if one.key == sent.get("stage", "")), found.stages[0])
    kind = cast(Kind, sent.get("kind") if sent.get("kind") in KINDS else KINDS[0])
    form = {"text": sent.get("text", ""), "answer": sent.get("answer", "")}
    if request.method == "GET":
        return _add_form(request, stage, kind, form)
    try:
        drawn = draw(
            request, "added to", lambda pen: pen.add(stage.key, kind, _plain(form["text"]), _plain(form["answer"]))
        )
    except JourneyMapError as error:
        return _add_form(request, stage, kind, form, words.wrong_words(error))
    if getattr(request, "htmx", False):
        return _stage_again(request, drawn, stage.key)
    messages.success(request, _("It is on the map."))
    return HttpResponseRedirect(address("journeymap:map", scope, mark=f"stage-{stage.key}"))


@needs(SEE_JOURNEYS)
@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """One cell with its answer and evidence; whoever may change it finds the form."""
    drawn, stage, cell = _cell(request, key)
    return _page(request, drawn, stage, cell)


@needs(CHANGE_JOURNEYS)
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Write a cell anew: another word, an answer, another stage."""
    drawn, stage, cell = _cell(request, key)
    sent = request.POST
    form = {name: _plain(sent.get(name, "")) for name in ("text", "answer", "stage", "kind")}
    try:
        draw(
            request,
            "changed at",
            lambda pen: pen.change(
                key,
                stage=form["stage"],
                kind=cast(Kind, form["kind"]),
                text=form["text"],
                answer=form["answer"],
                seen_at=_instant(sent.get("seen_at", "")),
            ),
        )
    except JourneyMapError as error:
        return _page(request, drawn, stage, cell, form, words.wrong_words(error))
    messages.success(request, _("The map is changed."))
    return HttpResponseRedirect(address("journeymap:map", scope_of(request), mark=f"cell-{key}"))


@needs(CHANGE_JOURNEYS)
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a cell off the map; sent twice, it is off once."""
    scope = scope_of(request)
    if queries.drawn(company(), scope).find(key):
        draw(request, "taken off", lambda pen: pen.remove(key))
        messages.success(request, _("It is off the map. Earlier versions keep it."))
    return HttpResponseRedirect(address("journeymap:map", scope))


def draw(request: HttpRequest, event: str, change: Callable[[Pen], JourneyMap]) -> JourneyMap:
    """One stroke on the map of the address."""
    scope = scope_of(request)
    queries.group_name(company(), scope)  # a map of a group that is not there is drawn by mistake
    return actions.draw(
        request.user,  # type: ignore[arg-type]
        company(),
        queries.key_of(scope),
        event,
        change,
        now=timezone.now(),
        request_id=request_of(request),
    )


def newest_frame(request: HttpRequest) -> Frame | None:
    """What evidence is seen through; None where the log is empty."""
    try:
        return frame_of(company(), scope_of(request))
    except MeasureError:
        return None


def _cell(request: HttpRequest, key: str) -> tuple[JourneyMap, Stage, Cell]:
    drawn = queries.drawn(company(), scope_of(request))
    found = drawn.find(key)
    if found is None:
        raise Http404(key)
    return drawn, *found


def _page(
    request: HttpRequest,
    drawn: JourneyMap,
    stage: Stage,
    cell: Cell,
    form: dict[str, str] | None = None,
    wrong: str = "",
) -> HttpResponse:
    frame = newest_frame(request)
    evidence = queries.evidence_of(cell, frame, request.user) if frame and cell.evidence else []
    if any(one.get("quote") for one in evidence):
        trail.note(request.user, "answers seen", rows=sum(bool(one.get("quote")) for one in evidence))  # type: ignore[arg-type]
    told: dict[str, Any] = {
        "cell": cell,
        "stage": stage,
        "stage_words": words.stage_words(stage),
        "kind_words": words.KIND_WORDS[cell.kind],
        "stages": [(one.key, words.stage_words(one)) for one in drawn.stages],
        "kinds": [(kind, words.KIND_WORDS[kind]) for kind in KINDS],
        "form": form or {"text": cell.text, "answer": cell.answer, "stage": stage.key, "kind": cell.kind},
        "wrong": wrong,
        "by": words.signed_words(cell.by),
        "seen_at": cell.at.isoformat() if cell.at else "",
        "evidence": evidence,
        "request_id": uuid4().hex,
        "longest_text": LONGEST_TEXT,
        "longest_answer": LONGEST_ANSWER,
        "group_name": queries.group_name(company(), scope_of(request)),
    }
    return render(request, "journeymap/cell.html", told, status=422 if wrong else 200)


def _add_form(request: HttpRequest, stage: Stage, kind: Kind, form: dict[str, str], wrong: str = "") -> HttpResponse:
    inline = bool(getattr(request, "htmx", False))
    told = {
        "stage": stage,
        "stage_words": words.stage_words(stage),
        "kind": kind,
        "kind_words": words.KIND_WORDS[kind],
        "kind_help": words.KIND_HELPS[kind],
        "title": words.ADD_WORDS[kind],
        "form": form,
        "wrong": wrong,
        "inline": inline,
        "request_id": uuid4().hex,
        "longest_text": LONGEST_TEXT,
        "longest_answer": LONGEST_ANSWER,
    }
    template = "journeymap/_add.html" if inline else "journeymap/add.html"
    answer = render(request, template, told, status=422 if wrong else 200)
    if inline and wrong:
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#new-{stage.key}-{kind}", "innerHTML"
    return answer


def _stage_again(request: HttpRequest, drawn: JourneyMap, key: str) -> HttpResponse:
    """The stage with its new cell, and what the map still lacks."""
    stage = next(one for one in drawn.stages if one.key == key)
    lacking = queries.holes_of(drawn)
    told = {
        "row": queries.row_of(stage, drawn),
        "again": True,
        "drawn": drawn,
        "begun": True,
        "finding": queries.finding(drawn, lacking),
        **lacking,
    }
    return render(request, "journeymap/_stage_again.html", told)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
