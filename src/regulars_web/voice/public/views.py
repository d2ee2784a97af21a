"""What respondents open: a survey by a personal or an open link, page by page, and the thanks.

Every form is sent to the address it was shown at and answered by sending the browser on, so going back and reloading
are safe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.surveys import answering
from regulars.surveys.answering import Fault, Given
from regulars.surveys.definition import Survey, said
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.voice import limits, submitting
from regulars_web.voice.invitations import digest, new_token
from regulars_web.voice.models import Submission
from regulars_web.voice.public import standing as standings
from regulars_web.voice.public import words
from regulars_web.voice.public.headers import may_be_framed, respondents_page
from regulars_web.voice.public.languages import language_of, languages_of
from regulars_web.voice.public.showing import shown_questions
from regulars_web.voice.public.standing import Standing

TICKET = "voice.begin"  # what a form of an open link is signed for
CHANNELS = ("link", "qr", "embed")
LONGEST_PLACE = 120


@dataclass(frozen=True)
class Form:
    """What was sent: ``go`` is next, back or stay; ``language`` the one to go on in; ``given`` cleaned answers."""

    go: str
    language: str
    asked: frozenset[str]
    given: Mapping[str, list[str]]


@respondents_page
def personal(request: HttpRequest, token: str) -> HttpResponse:
    """The first page of a personal link; whoever has begun is sent to where they were."""
    return _answer(request, standings.personal(token, timezone.now()), None)


@respondents_page
def personal_page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A page of a personal link."""
    return _answer(request, standings.personal(token, timezone.now()), number)


@respondents_page
def personal_thanks(request: HttpRequest, token: str) -> HttpResponse:
    """The end of a personal link."""
    return _thanks(request, standings.personal(token, timezone.now()))


@respondents_page
def opened(request: HttpRequest, key: str) -> HttpResponse:
    """The first page of an open link."""
    return _answer(request, standings.open_link(key, timezone.now()), None)


@respondents_page
def opened_page(request: HttpRequest, key: str, token: str, number: int) -> HttpResponse:
    """A page of somebody who has begun by an open link."""
    return _answer(request, standings.begun(key, token), number)


@respondents_page
def opened_thanks(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The end of an open link."""
    return _thanks(request, standings.begun(key, token))


def _answer(request: HttpRequest, found: Standing, number: int | None) -> HttpResponse:
    survey = found.survey
    translation.activate(language_of(request, found))
    if found.closed or survey is None:
        if found.closed == "answered" and request.method == "POST":
            return _to(found, "thanks")  # the same button pressed twice
        return _closed(request, found)
    begun = found.submission
    if begun and number is None and request.method != "POST":
        return _to(found, begun.reached)
    if begun is None and number is not None:
        return _to(found, None)
    at = number or 1
    if at > len(survey.pages) or (begun and at > begun.reached):
        return _to(found, begun.reached if begun else None)
    if request.method == "POST":
        return _take(request, found, survey, at)
    given = begun.given if begun else answering.taken(survey.pages[0], dict(request.GET.lists()))
    faults = answering.faults(survey, survey.pages[at - 1], given) if begun and "check" in request.GET else {}
    return _page(request, found, survey, at, given, faults)


# Taking what was sent --------------------------------------------------------------------------------


def _take(request: HttpRequest, found: Standing, survey: Survey, at: int) -> HttpResponse:
    page = survey.pages[at - 1]
    form = _form(request, survey, at)
    begun = found.submission
    given = {**_without_page(begun, survey, at), **form.given}
    faults = answering.faults(survey, page, given)
    translation.activate(form.language)
    if begun is None:
        if form.go == "stay":
            return _page(request, found, survey, at, given, {})
        if faults:
            return _page(request, found, survey, at, given, faults, status=422)
        return _begin(request, found, survey, form)
    wrong = {name for key in faults for name in answering.fields(survey.question(key))}  # type: ignore[arg-type]
    kept = {name: values for name, values in form.given.items() if name not in wrong}
    if not submitting.save(begun, page, kept, language=form.language, now=timezone.now()):
        return _to(found, "thanks")
    if form.go == "stay":
        return _to(found, at)
    if form.go == "back":
        before = [number for number in answering.pages_shown(survey, given) if number < at]
        return _to(found, before[-1] if before else 1)
    if faults:
        return _page(request, found, survey, at, given, faults, status=422)
    return _on(found, survey, begun, at, form.asked)


def _begin(request: HttpRequest, found: Standing, survey: Survey, form: Form) -> HttpResponse:
    now = timezone.now()
    if found.invitation:
        begun = submitting.begin_invited(found.invitation, survey, language=form.language, now=now)
        token = found.token
    else:
        token = _signed(request)
        if not token:
            trouble = _("This page was open for too long. Please press the button again.")
            return _page(request, found, survey, 1, form.given, {}, trouble=trouble, status=422)
        try:
            begun = _begun_openly(request, found, survey, form, token)
        except limits.TooOften as many:
            return _too_often(request, found, survey, form, many.seconds)
    standing = Standing("", survey, token, found.link, found.invitation, begun)
    if not submitting.save(begun, survey.pages[0], form.given, language=form.language, now=now):
        return _to(standing, "thanks")
    return _on(standing, survey, begun, 1, form.asked)


def _begun_openly(request: HttpRequest, found: Standing, survey: Survey, form: Form, token: str) -> Submission:
    known = Submission.objects.filter(digest=digest(token)).first()
    if known:
        return known
    now = timezone.now()
    day = submitting.local_day(now)
    limits.note_begun(request, survey.key, now, day)
    places = found.link.places if found.link else []
    via, at = request.POST.get("via", ""), request.POST.get("at", "")
    return submitting.begin_open(
        survey,
        digest(token),
        language=form.language,
        channel=via if via in CHANNELS else CHANNELS[0],
        branch=at[:LONGEST_PLACE] if at in places else "",
        mark=limits.mark_of(request, survey.key, day),
        now=now,
    )


def _on(found: Standing, survey: Survey, begun: Submission, at: int, asked: frozenset[str]) -> HttpResponse:
    """To the next page that is shown; from the last one, after looking at all again, to the thanks."""
    given = begun.given
    now_shown = {question.key for question in answering.questions_of(survey, survey.pages[at - 1], given)}
    if now_shown - asked:
        submitting.reach(begun, at)
        return _to(found, at)  # an answer on this page opened a further question on it
    pages = answering.pages_shown(survey, given)
    following = [number for number in pages if number > at]
    if following:
        submitting.reach(begun, following[0])
        return _to(found, following[0])
    for number in pages:
        if answering.faults(survey, survey.pages[number - 1], given):
            return HttpResponseRedirect(_address(found, number) + "?check")
    submitting.finish(begun, now=timezone.now())
    return _to(found, "thanks")


def _form(request: HttpRequest, survey: Survey, at: int) -> Form:
    language = request.POST.get("language", "")
    go = "stay" if language else "back" if request.POST.get("go") == "back" else "next"
    for wanted in (language, request.POST.get("speaks", "")):
        if wanted in survey.languages:
            language = wanted
            break
    else:
        language = survey.languages[0]
    given = answering.taken(survey.pages[at - 1], dict(request.POST.lists()))
    return Form(go, language, frozenset(request.POST.getlist("asked")), given)


def _without_page(begun: Submission | None, survey: Survey, at: int) -> dict[str, list[str]]:
    own = {name for question in survey.pages[at - 1].questions for name in answering.fields(question)}
    return {name: values for name, values in (begun.given if begun else {}).items() if name not in own}


def _signed(request: HttpRequest) -> str:
    """The secret that this server put into the form; empty where it did not."""
    try:
        return str(signing.loads(request.POST.get("ticket", ""), salt=TICKET))
    except signing.BadSignature:
        return ""


# Showing ---------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    found: Standing,
    survey: Survey,
    at: int,
    given: Given,
    faults: Mapping[str, Fault],
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    language = str(translation.get_language())
    name = company().settings.name
    pages = answering.pages_possible(survey, given, at)
    place = pages.index(at) + 1 if at in pages else 1
    first = at == 1
    shown = {
        "survey_title": said(survey.title, language),
        "intro": said(survey.intro, language) if first else "",
        "who_reads": said(survey.who_reads, language) if first else "",
        "whose": words.WHOSE.get(survey.audience, ""),
        "takes": _takes(survey) if first else "",
        "questions": shown_questions(survey, at, given, faults, language, name),
        "action": _address(found, at if found.submission else None),
        "place": place,
        "pages": len(pages),
        "how_far": _("Page %(page)s of %(pages)s") % {"page": place, "pages": len(pages)},
        "last": at == pages[-1] if pages else True,
        "first": first,
        "trouble": trouble,
        "faults": len(faults),
        "ticket": "" if found.token else signing.dumps(new_token(), salt=TICKET),
        "via": (request.POST.get("via") or request.GET.get("via", ""))[:10],
        "at": (request.POST.get("at") or request.GET.get("at", ""))[:LONGEST_PLACE],
        "unsaved": found.submission is None,
    }
    return _rendered(request, "voice/public/page.html", found, shown, status)


def _thanks(request: HttpRequest, found: Standing) -> HttpResponse:
    begun = found.submission
    translation.activate(language_of(request, found))
    if begun is None or found.survey is None or not (begun.finished_at or begun.kept_at):
        return _closed(request, found) if found.survey is None else _to(found, begun.reached if begun else None)
    language = str(translation.get_language())
    own = said(found.survey.thanks, language)
    return _rendered(request, "voice/public/thanks.html", found, {"thanks": own}, 200)


def _closed(request: HttpRequest, found: Standing) -> HttpResponse:
    status, heading, sentence = words.CLOSED[found.closed or "unknown"]
    shown = {"heading": heading, "sentence": sentence}
    return _rendered(request, "voice/public/closed.html", found, shown, status)


def _too_often(request: HttpRequest, found: Standing, survey: Survey, form: Form, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    sentence = ngettext(
        "Many answers came from your network just now, so this one is not taken yet. Press the button again in "
        "%(minutes)s minute; keep this page open.",
        "Many answers came from your network just now, so this one is not taken yet. Press the button again in "
        "%(minutes)s minutes; keep this page open.",
        minutes,
    ) % {"minutes": numbers.number(minutes)}
    response = _page(request, found, survey, 1, form.given, {}, trouble=sentence, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _rendered(
    request: HttpRequest, template: str, found: Standing, shown: Mapping[str, object], status: int
) -> HttpResponse:
    language = str(translation.get_language())
    beside = {
        "language": language,
        "choices": languages_of(found),
        "company": company().settings.name if found.survey else "",
        "heading_title": said(found.survey.title, language) if found.survey else "",
    }
    response = render(request, template, {**beside, **shown}, status=status)
    response["Content-Language"] = language
    return may_be_framed(response, found.link.frames if found.link else ())


def _takes(survey: Survey) -> str:
    sentence = ngettext("Takes about %(minutes)s minute.", "Takes about %(minutes)s minutes.", survey.minutes)
    return sentence % {"minutes": numbers.number(survey.minutes)}


def _to(found: Standing, where: int | str | None) -> HttpResponse:
    response = HttpResponseRedirect(_address(found, where), status=303)
    return may_be_framed(response, found.link.frames if found.link else ())


def _address(found: Standing, where: int | str | None) -> str:
    """The first page (None), a page by its number, or "thanks"."""
    if found.invitation:
        names, values = "personal", [found.token]
    else:
        names, values = "open", [found.survey.key if found.survey else "", *([found.token] if found.token else [])]
    if where is None:
        return reverse(f"public:{names}", args=values[:1])
    if where == "thanks":
        return reverse(f"public:{names}_thanks", args=values)
    return reverse(f"public:{names}_page", args=[*values, where])
