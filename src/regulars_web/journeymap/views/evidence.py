"""What a cell rests on: quotes, scores and measures to choose from, attached and taken off again."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.fourquestions.asking import Asker
from regulars.journeymap.errors import JourneyMapError
from regulars.journeymap.evidence import Shelf, kind_of
from regulars.journeymap.parts import EVIDENCE_KINDS, Cell, Evidence, EvidenceKind
from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import CHANGE_JOURNEYS, SEE_VOICE
from regulars_web.journeymap import figures, queries, words
from regulars_web.journeymap.quotes import SIZE, offered_quotes, quotes_of
from regulars_web.journeymap.views.cells import draw, newest_frame
from regulars_web.journeymap.views.maps import address, scope_of
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.frame import Frame
from regulars_web.shared.paging import Pages, wanted_page
from regulars_web.voice.reading.answers import BANDS, choices_of, read_asked


@needs(CHANGE_JOURNEYS)
@require_GET
def pick(request: HttpRequest, key: str) -> HttpResponse:
    """Evidence to choose from: words of customers, scores by touchpoint, other measures."""
    cell = _cell(request, key)
    kind = cast(EvidenceKind, request.GET.get("kind") if request.GET.get("kind") in EVIDENCE_KINDS else "quote")
    frame = newest_frame(request)
    told: dict[str, Any] = {
        "cell": cell,
        "kind": kind,
        "kinds": [(one, words.EVIDENCE_WORDS[one]) for one in EVIDENCE_KINDS],
        "attached": {one.ref for one in cell.evidence},
        "request_id": uuid4().hex,
        "empty": frame is None,
    }
    if frame is not None:
        told |= _quotes(request, frame) if kind == "quote" else _figures(frame, kind)
    return render(request, "journeymap/pick.html", told)


@needs(CHANGE_JOURNEYS)
@require_POST
def attach(request: HttpRequest, key: str) -> HttpResponse:
    """Attach a quote or a figure; what is attached already stays once."""
    _cell(request, key)
    ref = request.POST.get("ref", "")[:200]
    kind = _kind_of(request, ref)
    note = request.POST.get("note", "").strip()[:301]
    try:
        draw(request, "evidence added to", lambda pen: pen.attach(key, Evidence(kind, ref, note)))
        messages.success(request, _("The evidence is attached."))
    except JourneyMapError as error:
        messages.warning(request, words.wrong_words(error))
    return HttpResponseRedirect(address("journeymap:cell", scope_of(request), key, mark="evidence"))


@needs(CHANGE_JOURNEYS)
@require_POST
def detach(request: HttpRequest, key: str) -> HttpResponse:
    """Take evidence off a cell."""
    cell = _cell(request, key)
    ref = request.POST.get("ref", "")
    if any(one.ref == ref for one in cell.evidence):
        draw(request, "evidence taken off", lambda pen: pen.detach(key, ref))
        messages.success(request, _("The evidence is taken off."))
    return HttpResponseRedirect(address("journeymap:cell", scope_of(request), key, mark="evidence"))


def _cell(request: HttpRequest, key: str) -> Cell:
    found = queries.drawn(company(), scope_of(request)).find(key)
    if found is None:
        raise Http404(key)
    return found[1]


def _kind_of(request: HttpRequest, ref: str) -> EvidenceKind:
    """The kind of what a ref names. Http404 for a ref of nothing, or of words that may not be read."""
    number = queries.answer_number(Evidence("quote", ref))
    if number is not None and quotes_of(company(), [number], request.user):
        return "quote"
    kind, frame = kind_of(ref), newest_frame(request)
    if kind is None or frame is None or Shelf(Asker(company(), queries.lens_of(frame))).figure(ref) is None:
        raise Http404(ref)
    return kind


def _quotes(request: HttpRequest, frame: Frame) -> dict[str, Any]:
    if not holds(request.user, SEE_VOICE):
        return {"answers": [], "rows": 0}
    asked, here = read_asked(request.GET), wanted_page(request)
    found, rows = offered_quotes(frame, asked, request.user, page=here)
    if found:
        trail.note(request.user, "answers seen", rows=len(found))  # type: ignore[arg-type]
    told = [{"answer": one, "ref": f"{queries.QUOTE}{one.key}"} for one in found]
    return {
        "answers": told,
        "rows": rows,
        "asked": asked,
        "bands": BANDS,
        "choices": choices_of(frame),
        "pages": Pages(here, rows, SIZE),
    }


def _figures(frame: Frame, kind: EvidenceKind) -> dict[str, Any]:
    shelf = Shelf(Asker(frame.workspace, queries.lens_of(frame)))
    currency = frame.workspace.settings.currency
    offered = [(ref, figures.shown(one, currency)) for ref, one in shelf.offered(kind).items()]
    return {"figures": sorted(offered, key=lambda one: (one[1].name, one[1].about))}
