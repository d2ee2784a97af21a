"""Building a survey: its pages and questions, one question, the texts around them, translations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from regulars.surveys.definition import (
    AUDIENCES,
    KINDS,
    LANGUAGES,
    SCALED,
    Audience,
    Kind,
    Question,
    Survey,
)
from regulars.surveys.validity import LONGEST_INTRO, LONGEST_TITLE, MOST_OPTIONS
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_SURVEYS
from regulars_web.voice.building import actions, editing, showing
from regulars_web.voice.building.missing import all_texts, missing
from regulars_web.voice.building.queries import taken_keys, touchpoints
from regulars_web.voice.building.question_forms import (
    Doing,
    earlier_questions,
    plain_text,
    read_doing,
    read_question,
    read_texts,
    with_factors_of,
    with_row_moved,
)
from regulars_web.voice.building.translating import with_translations
from regulars_web.voice.building.views.opening import Opened, draft_to_change, language_of, opened, sent_version
from regulars_web.voice.building.words import AUDIENCE_WORDS, KIND_MEANINGS, KIND_WORDS, LANGUAGE_NAMES
from regulars_web.voice.models import Draft


@needs(CHANGE_SURVEYS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The pages and questions of a survey; POST moves, adds or removes."""
    if request.method == "POST":
        return _changed(request, key)
    found = opened(key)
    survey, language = found.survey, language_of(request, found.survey)
    answer = {
        **_frame(found, "questions"),
        "pages": showing.pages(survey, language),
        "kinds": [(kind, KIND_WORDS[kind], KIND_MEANINGS[kind]) for kind in KINDS],
        "language": language,
        "preview": showing.preview(survey, language),
        "request_id": uuid4().hex,
    }
    return render(request, "voice/building/edit.html", answer)


@needs(CHANGE_SURVEYS)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, key: str, question: str) -> HttpResponse:
    """One question with everything that belongs to it; every button keeps what was typed."""
    found, draft = draft_to_change(key)
    one = found.survey.question(question)
    if one is None:
        raise Http404(question)
    if request.method == "POST":
        return _question_sent(request, found, draft, one)
    return _question_page(request, found, found.survey, one)


@needs(CHANGE_SURVEYS)
@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest, key: str) -> HttpResponse:
    """Title, introduction, thanks, who reads it, how long it takes, what it is about, languages."""
    found, draft = draft_to_change(key)
    survey = found.survey
    if request.method == "POST":
        changed = _texts_sent(request, survey)
        actions.keep(request.user, draft, changed, version=sent_version(request), now=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("Kept."))
        return HttpResponseRedirect(reverse("voice:edit", args=[key]))
    answer = {
        **_frame(found, "texts"),
        "languages_offered": [(code, LANGUAGE_NAMES[code], code in survey.languages) for code in LANGUAGES],
        "texts": showing.around(survey),
        "touchpoints": touchpoints(found.workspace),
        "audiences": AUDIENCE_WORDS.items(),
        "longest_title": LONGEST_TITLE,
        "longest_intro": LONGEST_INTRO,
    }
    return render(request, "voice/building/texts.html", answer)


@needs(CHANGE_SURVEYS)
@require_http_methods(["GET", "POST"])
def languages(request: HttpRequest, key: str) -> HttpResponse:
    """All texts in one language beside those in the first one; what is missing is marked."""
    found, draft = draft_to_change(key)
    survey = found.survey
    wanted = request.GET.get("language", "") or next(iter(missing(survey)), "") or survey.languages[-1]
    language = wanted if wanted in survey.languages else survey.languages[-1]
    if request.method == "POST":
        changed = with_translations(survey, language, request.POST)
        actions.keep(request.user, draft, changed, version=sent_version(request), now=timezone.now())  # type: ignore[arg-type]
        left = len(missing(changed).get(language, []))
        if left:
            messages.info(request, _("Kept. %(count)d texts are still missing.") % {"count": left})
        else:
            messages.success(request, _("Kept. Nothing is missing in this language."))
        return HttpResponseRedirect(f"{reverse('voice:languages', args=[key])}?language={language}")
    answer = {
        **_frame(found, "languages"),
        "language": language,
        "language_name": LANGUAGE_NAMES[language],
        "first_name": LANGUAGE_NAMES[survey.languages[0]],
        "shares": showing.translated(survey),
        "rows": [
            {
                "text": one,
                "number": number,
                "first": one.texts.get(survey.languages[0], ""),
                "here": one.texts.get(language, ""),
            }
            for number, one in enumerate(all_texts(survey))
        ],
        "single": language == survey.languages[0],
    }
    return render(request, "voice/building/languages.html", answer)


@needs(CHANGE_SURVEYS)
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw the draft away."""
    _found, draft = draft_to_change(key)
    actions.discard(request.user, draft)  # type: ignore[arg-type]
    messages.success(request, _("The draft is thrown away."))
    return HttpResponseRedirect(reverse("voice:surveys"))


def _changed(request: HttpRequest, key: str) -> HttpResponse:
    """What a button on the page of all questions asks for."""
    doing = request.POST.get("do", "")
    here = reverse("voice:edit", args=[key])
    if doing == "begin":
        actions.begin_version(request.user, opened(key).workspace, key, now=timezone.now())  # type: ignore[arg-type]
        return HttpResponseRedirect(here)
    found, draft = draft_to_change(key)
    survey, target = _with_change(request, found, read_doing(doing))
    actions.keep(request.user, draft, survey, version=sent_version(request), now=timezone.now())  # type: ignore[arg-type]
    return HttpResponseRedirect(reverse("voice:question", args=[key, target]) if target else here)


def _with_change(request: HttpRequest, found: Opened, doing: Doing) -> tuple[Survey, str]:
    """The survey after a change, and the question to open then."""
    survey = found.survey
    kind = request.POST.get(f"kind-{doing.place}", "")
    if doing.verb == "add" and doing.name == "question" and kind in KINDS:
        taken = taken_keys(found.versions)
        return editing.add_question(survey, doing.place, cast(Kind, kind), taken=taken)
    step: editing.Step = -1 if doing.verb == "up" else 1
    if doing.name == "page":
        if doing.verb == "add":
            return editing.add_page(survey, doing.place), ""
        if doing.verb == "remove":
            return editing.remove_page(survey, doing.place), ""
        if doing.verb in ("up", "down"):
            return editing.move_page(survey, doing.place, step), ""
    named = request.POST.get("question", "") or doing.name
    if doing.verb in ("up", "down"):
        return editing.move_question(survey, named, step), ""
    if doing.verb == "remove":
        return editing.remove_question(survey, named), ""
    return survey, ""


def _question_sent(request: HttpRequest, found: Opened, draft: Draft, one: Question) -> HttpResponse:
    doing = read_doing(request.POST.get("do", ""))
    read = read_question(request.POST, one, found.survey)
    kind = request.POST.get("kind", "")
    if doing.verb == "kind" and kind in KINDS and kind != one.kind:
        read = editing.of_kind(read, cast(Kind, kind))
    if doing.verb == "factors":
        read = with_factors_of(read, found.survey, request.POST.get("table", ""))
    read = with_row_moved(read, doing)
    survey = editing.set_question(found.survey, read)
    kept = actions.keep(request.user, draft, survey, version=sent_version(request), now=timezone.now())  # type: ignore[arg-type]
    if doing.verb in ("", "keep"):
        return HttpResponseRedirect(reverse("voice:edit", args=[kept.key]) + f"#{one.key}")
    return HttpResponseRedirect(reverse("voice:question", args=[kept.key, one.key]) + f"?more={doing.name}")


def _question_page(request: HttpRequest, found: Opened, survey: Survey, one: Question) -> HttpResponse:
    language = language_of(request, survey)
    answer: dict[str, Any] = {
        **_frame(found, "questions"),
        "question": one,
        "form": showing.question_form(survey, one),
        "kinds": [(kind, KIND_WORDS[kind]) for kind in KINDS],
        "scaled": one.kind in (*SCALED, "matrix"),
        "tables": [
            (table.key, showing.short(table, language)) for table in found.survey.questions if table.kind == "matrix"
        ]
        if one.kind == "rank"
        else [],
        "earlier": [(asked, showing.short(asked, language)) for asked in earlier_questions(survey, one.key)],
        "condition": showing.condition(survey, one, request.GET.get("if-question", ""), language),
        "language": language,
        "preview": showing.preview_of(survey, one, language),
        "most_options": MOST_OPTIONS,
    }
    return render(request, "voice/building/question.html", answer)


def _texts_sent(request: HttpRequest, survey: Survey) -> Survey:
    sent = request.POST
    chosen = [one for one in LANGUAGES if one in sent.getlist("languages")] or list(survey.languages)
    first = sent.get("first", "")
    ordered = [one for one in chosen if one == first] + [one for one in chosen if one != first]
    minutes = sent.get("minutes", "")
    read = replace(
        survey,
        title=read_texts(sent, "title", survey.title, survey.languages, LONGEST_TITLE),
        intro=read_texts(sent, "intro", survey.intro, survey.languages, LONGEST_INTRO),
        who_reads=read_texts(sent, "who_reads", survey.who_reads, survey.languages, 500),
        thanks=read_texts(sent, "thanks", survey.thanks, survey.languages, LONGEST_INTRO),
        minutes=int(minutes) if minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= 60 else survey.minutes,
        about=plain_text(sent.get("about", ""), LONGEST_TITLE),
        audience=cast(Audience, sent["audience"]) if sent.get("audience") in AUDIENCES else survey.audience,
    )
    return editing.with_languages(read, ordered)


def _frame(found: Opened, part: str) -> dict[str, Any]:
    """What every page of a survey that is being built shows around its own content."""
    return {
        "found": found,
        "survey": found.survey,
        "draft": found.draft,
        "title": found.title,
        "part": part,
        "holes": showing.holes(found.survey),
        "scope_hidden": True,
    }
