"""The list of surveys, and a new one out of a template."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from regulars.surveys import ready
from regulars.surveys.definition import LANGUAGES, Page, Survey
from regulars.surveys.parts import said
from regulars.surveys.validity import LONGEST_TITLE
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_SURVEYS, SEE_VOICE
from regulars_web.shared.company import company
from regulars_web.voice.building import actions, queries
from regulars_web.voice.building.editing import with_languages
from regulars_web.voice.building.question_forms import plain_text
from regulars_web.voice.building.words import LANGUAGE_NAMES, STATE_TONES, STATE_WORDS, kind_words

EMPTY = "empty"


@needs(SEE_VOICE)
@require_GET
def survey_list(request: HttpRequest) -> HttpResponse:
    """Every survey with its state, answers so far and response."""
    rows = [
        {"one": one, "state": STATE_WORDS[one.state], "tone": STATE_TONES[one.state], "languages": _names(one.survey)}
        for one in queries.listed(company())
    ]
    return render(request, "voice/building/list.html", {"rows": rows, "scope_hidden": True})


@needs(CHANGE_SURVEYS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to begin with; POST begins a draft."""
    if request.method == "POST":
        return _begin(request)
    return _choose(request)


def _begin(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("template", "")
    languages = [one for one in LANGUAGES if one in request.POST.getlist("languages")] or list(_usual_languages())
    first = request.POST.get("first", languages[0])
    ordered = [one for one in languages if one == first] + [one for one in languages if one != first]
    title = plain_text(request.POST.get("title", ""), LONGEST_TITLE)
    survey = _empty() if wanted == EMPTY else ready.template(wanted)
    survey = with_languages(survey, ordered)
    if title:
        survey = replace(survey, title={**survey.title, ordered[0]: title})
    if not said(survey.title, ordered[0]):
        return _choose(request, wrong=_("Give the survey a name."))
    draft = actions.begin(request.user, company(), survey, now=timezone.now())  # type: ignore[arg-type]
    return HttpResponseRedirect(reverse("voice:edit", args=[draft.key]))


def _choose(request: HttpRequest, wrong: str = "") -> HttpResponse:
    reader = (get_language() or "en")[:2]
    templates = [
        {
            "key": survey.key,
            "title": said(survey.title, reader),
            "purpose": ready.PURPOSES[survey.key],
            "questions": [(said(one.words, reader), kind_words(one.kind)) for one in survey.questions],
            "minutes": survey.minutes,
        }
        for survey in ready.ready()
    ]
    usual = _usual_languages()
    answer = {
        "templates": templates,
        "languages_offered": [(code, LANGUAGE_NAMES[code], code in usual) for code in LANGUAGES],
        "chosen": request.POST.get("template", "") or request.GET.get("template", ""),
        "title": request.POST.get("title", ""),
        "longest_title": LONGEST_TITLE,
        "wrong": wrong,
        "scope_hidden": True,
    }
    return render(request, "voice/building/new.html", answer, status=422 if wrong else 200)


def _usual_languages() -> tuple[str, ...]:
    return company().settings.languages


def _empty() -> Survey:
    return Survey("survey", {}, (Page(()),))


def _names(survey: Survey) -> str:
    return ", ".join(LANGUAGE_NAMES[code] for code in survey.languages)
