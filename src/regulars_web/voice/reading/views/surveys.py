"""The results of one survey, part by part."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_VOICE
from regulars_web.shared.company import company
from regulars_web.shared.frame import frame_of, is_empty
from regulars_web.shared.readings import Row
from regulars_web.voice.reading import sql
from regulars_web.voice.reading.addresses import survey_addresses
from regulars_web.voice.reading.frame import ask_rows, kept_readings, known_readings
from regulars_web.voice.reading.survey_results import CONTEXTS, FEWEST_COLLEAGUES, PARTS
from regulars_web.voice.reading.wording import wording_of

ORDER = ("scores", "silent", "questions")


@needs(SEE_VOICE)
@require_GET
def survey(request: HttpRequest, key: str) -> HttpResponse:
    """Response, scores, questions, languages, versions, and who stayed silent."""
    row = _existing(request, key)
    parts = {}
    for name in ORDER:
        found = known_readings(company(), request.scope, _kept_as(name, key))  # type: ignore[attr-defined]
        if "whole" in request.GET or found is not None:
            parts[name] = _shown(request, name, key)
        else:
            parts[name] = {"name": name, "waits": True}
    told = {
        "key": key,
        "row": row,
        "title": wording_of(company(), key, None, _language()).title,
        "parts": parts,
        "addresses": survey_addresses(key, request.user),
        "too_few": row["in_confidence"] and row["n"] < FEWEST_COLLEAGUES,
        "fewest": FEWEST_COLLEAGUES,
    }
    return render(request, "voice/reading/survey.html", told)


@needs(SEE_VOICE)
@require_GET
def part(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One part of it."""
    if name not in PARTS:
        raise Http404(name)
    row = _existing(request, key)
    if row["in_confidence"] and row["n"] < FEWEST_COLLEAGUES:
        raise Http404(key)
    return render(request, "voice/reading/_survey_part.html", {"part": _shown(request, name, key)})


def _existing(request: HttpRequest, key: str) -> Row:
    """The survey as the log knows it; one that is published and not answered yet has its page as well."""
    workspace = company()
    if is_empty(workspace):
        raise Http404(key)
    frame = frame_of(workspace, request.scope)  # type: ignore[attr-defined]
    row = ask_rows(frame, sql.surveys(frame.first, frame.last)).where("survey", key)
    if row:
        return row
    if wording_of(workspace, key, None, "en").survey is None:
        raise Http404(key)
    return {"survey": key, "n": 0, "ever": 0, "first_on": None, "last_on": None, "languages": 0} | {
        "colleagues": False,
        "in_confidence": False,
    }


def _shown(request: HttpRequest, name: str, key: str) -> dict[str, Any]:
    scope: Any = request.scope  # type: ignore[attr-defined]
    read = kept_readings(company(), scope, _kept_as(name, key), lambda frame: PARTS[name](frame, key))
    wording = wording_of(company(), key, None, _language())
    return {
        "name": name,
        "key": key,
        "template": f"voice/reading/_survey_{name}.html",
        **CONTEXTS[name](read, key, wording),
    }


def _kept_as(name: str, key: str) -> str:
    return f"survey-{name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _language() -> str:
    return (get_language() or "en")[:2]
