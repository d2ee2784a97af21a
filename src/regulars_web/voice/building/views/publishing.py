"""Looking at a survey as respondents will, publishing it, and saying when it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.surveys.definition import Survey
from regulars.surveys.errors import SurveyError
from regulars.surveys.validity import check_survey
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_SURVEYS, SEE_VOICE
from regulars_web.shared.said import said as in_words
from regulars_web.shared.sentences import Refused
from regulars_web.voice.building import actions, queries, showing
from regulars_web.voice.building.changes import changes
from regulars_web.voice.building.views.opening import draft_to_change, language_of, opened, sent_version
from regulars_web.voice.building.words import LANGUAGE_NAMES

MOST_ANSWERS = 1_000_000


@needs(SEE_VOICE)
@require_GET
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Every page of the survey on a telephone, in each of its languages."""
    found = opened(key)
    language = language_of(request, found.survey)
    answer = {
        "found": found,
        "survey": found.survey,
        "title": found.title,
        "part": "preview",
        "language": language,
        "languages_offered": [(code, LANGUAGE_NAMES[code]) for code in found.survey.languages],
        "phones": [
            showing.preview(found.survey, language, number) for number, _page in enumerate(found.survey.pages, 1)
        ],
        "holes": showing.holes(found.survey),
        "draft": found.draft,
        "scope_hidden": True,
    }
    return render(request, "voice/building/preview.html", answer)


@needs(CHANGE_SURVEYS)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """What changes for respondents, and the decision to publish it."""
    found, draft = draft_to_change(key)
    wrong = ""
    if request.method == "POST":
        try:
            closes_on, quota = read_end(request)
            made = actions.publish(
                request.user,  # type: ignore[arg-type]
                found.workspace,
                draft,
                version=sent_version(request),
                closes_on=closes_on,
                quota=quota,
                now=timezone.now(),
                request_id=request.POST.get("request_id", "")[:100],
            )
        except (Refused, SurveyError) as error:
            wrong = in_words(error)
        else:
            told = _("Version %(version)d is published.") % {"version": made.version}
            messages.success(request, told)
            return HttpResponseRedirect(reverse("voice:made", args=[key]))
    before = found.published
    answer = {
        "found": found,
        "survey": found.survey,
        "title": found.title,
        "part": "publish",
        "draft": draft,
        "before": before,
        "changes": changes(before, found.survey) if before else [],
        "holes": showing.holes(found.survey),
        "not_ready": _not_ready(found.survey),
        "languages_told": ", ".join(LANGUAGE_NAMES[code] for code in found.survey.languages),
        "closes_on": request.POST.get("closes_on", _iso(found.survey.closes_on)),
        "quota": request.POST.get("quota", found.survey.quota or ""),
        "wrong": wrong,
        "request_id": uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "voice/building/publish.html", answer, status=422 if wrong else 200)


@needs(SEE_VOICE)
@require_GET
def made(request: HttpRequest, key: str) -> HttpResponse:
    """A published survey: its state, versions, when it ends, and ways to ask people."""
    found = opened(key)
    if not found.versions:
        raise Http404(key)
    survey = found.versions[-1].survey
    answers, newest = queries.answer_counts(found.workspace).get(key, (0, None))
    state, why = queries.state_of(survey, answers)
    versions = []
    for number, one in enumerate(found.versions):
        earlier = found.versions[number - 1].survey if number else None
        told = changes(earlier, one.survey) if earlier else []
        versions.append({"one": one, "changes": told, "closed": one.survey.retired, "first": earlier is None})
    answer = {
        "found": found,
        "survey": survey,
        "title": found.title,
        "part": "made",
        "draft": found.draft,
        "state": state,
        "why": why,
        "answers": answers,
        "newest_on": newest,
        "response": queries.response_counts(key).get(key, queries.Response()),
        "versions": versions[::-1],
        "closes_on": _iso(survey.closes_on),
        "request_id": uuid4().hex,
        "languages_told": ", ".join(LANGUAGE_NAMES[code] for code in survey.languages),
        "scope_hidden": True,
    }
    return render(request, "voice/building/made.html", answer)


@needs(CHANGE_SURVEYS)
@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Change the last day or the limit of answers of a published survey."""
    survey = queries.survey_or_404(opened(key).workspace, key)
    closes_on, quota = read_end(request)
    if (closes_on, quota) != (survey.closes_on, survey.quota):
        actions.set_end(
            request.user,  # type: ignore[arg-type]
            opened(key).workspace,
            key,
            closes_on=closes_on,
            quota=quota,
            now=timezone.now(),
            request_id=request.POST.get("request_id", "")[:100],
        )
        messages.success(request, _("Kept."))
    return HttpResponseRedirect(reverse("voice:made", args=[key]))


@needs(CHANGE_SURVEYS)
@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close a survey, or open it again."""
    found = opened(key)
    queries.survey_or_404(found.workspace, key)
    now, request_id = timezone.now(), request.POST.get("request_id", "")[:100]
    if request.POST.get("do") == "open":
        actions.open_again(request.user, found.workspace, key, now=now, request_id=request_id)  # type: ignore[arg-type]
        messages.success(request, _("The survey is open again."))
    else:
        actions.close(request.user, found.workspace, key, now=now, request_id=request_id)  # type: ignore[arg-type]
        messages.success(request, _("The survey is closed. Its answers stay."))
    return HttpResponseRedirect(reverse("voice:made", args=[key]))


def read_end(request: HttpRequest) -> tuple[date | None, int | None]:
    """Last day and limit of answers as a form says them. Raises Refused for what cannot be read."""
    day, limit = request.POST.get("closes_on", "").strip(), request.POST.get("quota", "").strip()
    try:
        closes_on = date.fromisoformat(day) if day else None
    except ValueError:
        raise Refused(_("The last day cannot be read. Write it as 2026-06-30, or leave it empty.")) from None
    if not limit:
        return closes_on, None
    if not (limit.isascii() and limit.isdigit() and 0 < int(limit[:9]) <= MOST_ANSWERS and len(limit) < 9):
        raise Refused(_("The limit of answers must be a whole number above 0. Leave it empty for no limit."))
    return closes_on, int(limit)


def _not_ready(survey: Survey) -> str:
    """What keeps the survey from being published, besides missing translations; empty where nothing does."""
    try:
        check_survey(replace(survey, key=survey.key))
    except SurveyError as error:
        return in_words(error)
    return ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
