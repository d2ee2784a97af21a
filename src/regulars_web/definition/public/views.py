"""The one page behind a personal link: write, weigh, read and confirm. Without login, without a script, by phone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation.trans_real import parse_accept_lang_header

from regulars_web.definition import actions
from regulars_web.definition.models import Draft, Invitation
from regulars_web.definition.public import showing, words
from regulars_web.definition.public.standing import CLOSED, READ, STATE, WEIGH, Standing, standing
from regulars_web.definition.rounds import taking_part
from regulars_web.definition.typed import one_line, plain_words, whole_number
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.voice import limits
from regulars_web.voice.public.headers import respondents_page
from regulars_web.voice.submitting import local_day


@respondents_page
def say(request: HttpRequest, token: str) -> HttpResponse:
    """Whatever the link's holder can do now."""
    now = timezone.now()
    today = local_day(now)
    found = standing(token, company(), today)
    translation.activate(language_of(request, found.invitation))
    try:
        if found.invitation is None:
            limits.note_begun(request, "definition: unknown link", now, today)  # whoever guesses is slowed down
            return _closed(request, found)
        if request.method == "POST":
            limits.note_begun(request, f"definition {found.invitation.pk}", now, today)
            return _take(request, token, found, found.invitation, today)
    except limits.TooOften as many:
        return _too_often(request, found, token, many.seconds)
    if found.part == CLOSED:
        return _closed(request, found)
    if request.method == "GET" and found.invitation.opened_at is None:
        Invitation.objects.filter(pk=found.invitation.pk, opened_at=None).update(opened_at=now)
    return _page(request, token, found)


def language_of(request: HttpRequest, invitation: Invitation | None) -> str:
    """The language to show the page in: the one chosen, the invitation's, that of earlier pages, the browser's."""
    known = dict(settings.LANGUAGES)
    wishes = [request.POST.get("language", ""), request.POST.get("speaks", ""), request.GET.get("lang", "")]
    wishes += [invitation.language if invitation else "", request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    wishes += [code for code, _q in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500].lower())]
    for wish in wishes:
        if (language := wish.partition("-")[0]) in known:
            return language
    return settings.LANGUAGE_CODE


# Taking what was sent --------------------------------------------------------------------------------


def _take(request: HttpRequest, token: str, found: Standing, invitation: Invitation, today: date) -> HttpResponse:
    if request.POST.get("language"):
        Invitation.objects.filter(pk=invitation.pk).update(language=translation.get_language())
        return _page(request, token, found, given=request.POST)
    take = {STATE: _take_statement, WEIGH: _take_opinions, READ: _take_reading}.get(found.part)
    if take is None or request.POST.get("part") != found.part:
        # The round moved on while the page was open: what was typed is shown again, to be copied.
        trouble = _("The round has moved on, so this was not kept. What you wrote is below.")
        typed = plain_words(request.POST.get("text", ""), taking_part.LONGEST_STATEMENT)
        return _page(request, token, found, trouble=trouble, typed=typed, status=409)
    return take(request, token, found, invitation, today)


def _take_statement(
    request: HttpRequest, token: str, found: Standing, invitation: Invitation, today: date
) -> HttpResponse:
    text = plain_words(request.POST.get("text", ""), None)
    trouble = _wrong_length(text, taking_part.LONGEST_STATEMENT) or (
        "" if text else _("Write at least a few words, then press the button.")
    )
    if trouble:
        return _page(request, token, found, given=request.POST, trouble=trouble, status=422)
    criteria = {whole_number(one) for one in request.POST.getlist("criterion")}
    kept = taking_part.save_statement(
        invitation,
        text,
        criteria=criteria,
        suggested=one_line(request.POST.get("suggested", ""), taking_part.LONGEST_SUGGESTION),
        language=str(translation.get_language()),
        now=timezone.now(),
        today=today,
    )
    return _kept(token, kept)


def _take_opinions(
    request: HttpRequest, token: str, found: Standing, invitation: Invitation, today: date
) -> HttpResponse:
    opinions: dict[int, taking_part.Opinion] = {}
    for draft in Draft.objects.filter(round=invitation.round, withdrawn_at=None):
        text = plain_words(request.POST.get(f"comment-{draft.pk}", ""), None)
        if trouble := _wrong_length(text, taking_part.LONGEST_COMMENT):
            return _page(request, token, found, given=request.POST, trouble=trouble, status=422)
        stands = {"yes": True, "no": False}.get(request.POST.get(f"stands-{draft.pk}", ""))
        opinions[draft.pk] = taking_part.Opinion(text, stands)
    language = str(translation.get_language())
    kept = taking_part.save_opinions(invitation, opinions, language=language, now=timezone.now())
    return _kept(token, kept)


def _take_reading(
    request: HttpRequest, token: str, found: Standing, invitation: Invitation, today: date
) -> HttpResponse:
    newest = found.definition.version if found.definition else 0
    if whole_number(request.POST.get("version", "")) != newest:
        trouble = _("A newer definition was published while this page was open. Please read it and answer again.")
        return _page(request, token, found, trouble=trouble, status=409)
    text = plain_words(request.POST.get("text", ""), actions.LONGEST_OWN)
    person, now = invitation.person, timezone.now()
    clear = request.POST.get("clear", "")
    if clear == "yes":
        actions.confirm_person(company(), person, newest, text, now=now)
    elif clear == "no":
        actions.doubt(person, newest, text, now=now)
    else:
        return _page(request, token, found, given=request.POST, trouble=_("Choose one of the two answers."), status=422)
    return _kept(token, True)


def _kept(token: str, kept: bool) -> HttpResponse:
    query = "?kept" if kept else ""
    return HttpResponseRedirect(reverse("definition:say", args=[token]) + query, status=303)


def _wrong_length(text: str, most: int) -> str:
    if len(text) <= most:
        return ""
    told = _("Please write at most %(limit)s characters. You wrote %(found)s.")
    return told % {"limit": numbers.number(most), "found": numbers.number(len(text))}


# Showing ---------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    token: str,
    found: Standing,
    *,
    given: Mapping[str, Any] | None = None,
    trouble: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    if found.part == CLOSED or found.invitation is None:
        return _closed(request, found)
    shown = showing.part(found, given, company(), str(translation.get_language()))
    beside = {
        "part": found.part,
        "trouble": trouble,
        "typed": typed,
        "kept": "kept" in request.GET and request.method == "GET",
        "action": reverse("definition:say", args=[token]),
    }
    return _rendered(request, f"definition/public/{found.part}.html", {**shown, **beside}, status)


def _closed(request: HttpRequest, found: Standing) -> HttpResponse:
    status, heading, sentence = words.CLOSED[found.why or "unknown"]
    return _rendered(request, "definition/public/closed.html", {"heading": heading, "sentence": sentence}, status)


def _too_often(request: HttpRequest, found: Standing, token: str, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    sentence = ngettext(
        "This was sent very often just now, so it is not taken yet. Press the button again in %(minutes)s minute; "
        "keep this page open.",
        "This was sent very often just now, so it is not taken yet. Press the button again in %(minutes)s minutes; "
        "keep this page open.",
        minutes,
    ) % {"minutes": numbers.number(minutes)}
    if found.invitation is None:
        told = {"heading": _("One moment, please"), "sentence": sentence}
        response = _rendered(request, "definition/public/closed.html", told, 429)
    else:
        response = _page(request, token, found, given=request.POST, trouble=sentence, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _rendered(request: HttpRequest, template: str, shown: Mapping[str, Any], status: int) -> HttpResponse:
    language = str(translation.get_language())
    beside = {
        "language": language,
        "choices": [(code, str(name)) for code, name in settings.LANGUAGES],
        "company": company().settings.name,
    }
    response = render(request, template, {**beside, **shown}, status=status)
    response["Content-Language"] = language
    return response
