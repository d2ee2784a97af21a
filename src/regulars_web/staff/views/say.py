"""What colleagues and partners open to answer without a name: where they work, then the questions, page by page.

The questions themselves, their saving and the thanks are those of every survey; here only the beginning differs:
no name is asked, no device is told apart, and of the time the log keeps the day alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation.trans_real import parse_accept_lang_header

from regulars.people.parts import Department
from regulars.surveys.parts import Survey, said
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.staff import links, queries, words
from regulars_web.staff.models import Link
from regulars_web.voice import current, limits, submitting
from regulars_web.voice.invitations import digest, new_token
from regulars_web.voice.models import Submission
from regulars_web.voice.public.headers import respondents_page
from regulars_web.voice.public.words import CLOSED

TICKET = "staff.begin"  # what the form is signed for
CHANNELS = ("link", "qr")
NOBODY_SAID = ""


@dataclass(frozen=True)
class Begun:
    """What the first form says."""

    language: str
    department: str
    level: str


@respondents_page
def say(request: HttpRequest, token: str) -> HttpResponse:
    """The beginning: what is kept and what is not, the department and the level; then on to the questions."""
    link = links.find(token)
    survey = current.newest(link.survey) if link else None
    if link is None or survey is None:
        return _closed(request, None, "unknown")
    translation.activate(_language(request, survey))
    if link.closed_at or _over(survey):
        return _closed(request, survey, "closed")
    if request.method == "POST" and not request.POST.get("language"):
        return _begin(request, link, survey)
    return _page(request, link, survey, _said(request, link))


def _begin(request: HttpRequest, link: Link, survey: Survey) -> HttpResponse:
    """Go on to the questions; a double click goes on once."""
    begun, secret = _said(request, link), _signed(request)
    if not secret:
        trouble = _("This page was open for too long. Please press the button again.")
        return _page(request, link, survey, begun, trouble=trouble, status=422)
    if not Submission.objects.filter(digest=digest(secret)).exists():
        now = timezone.now()
        try:
            limits.note_begun(request, survey.key, now, submitting.local_day(now))
        except limits.TooOften as many:
            return _too_often(request, link, survey, begun, many.seconds)
        via = request.POST.get("via", "")
        submitting.begin_nameless(
            survey,
            digest(secret),
            language=begun.language,
            channel=via if via in CHANNELS else CHANNELS[0],
            department=begun.department,
            level=begun.level,
            now=now,
        )
    return HttpResponseRedirect(reverse("public:open_page", args=[survey.key, secret, 1]), status=303)


def _said(request: HttpRequest, link: Link) -> Begun:
    """What was chosen; what the link itself says cannot be chosen otherwise, and what is not offered is not kept."""
    told = request.POST if request.method == "POST" else request.GET
    department = link.department or told.get("department", "")
    level = link.level or told.get("level", "")
    offered = {one.key for one in _departments(link)}
    return Begun(
        str(translation.get_language()),
        department if link.department or department in offered else NOBODY_SAID,
        level if level in words.LEVELS else NOBODY_SAID,
    )


def _page(
    request: HttpRequest, link: Link, survey: Survey, begun: Begun, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    language = str(translation.get_language())
    takes = ngettext("Takes about %(minutes)s minute.", "Takes about %(minutes)s minutes.", survey.minutes)
    departments = {one.key: one.called for one in queries.departments(company())}
    shown = {
        "survey_title": said(survey.title, language),
        "intro": said(survey.intro, language),
        "takes": takes % {"minutes": numbers.number(survey.minutes)},
        "own_people": survey.audience == "employees",
        "link": link,
        "department": departments.get(link.department, link.department),
        "level": words.LEVELS.get(link.level, ""),
        "departments": _departments(link),
        "levels": () if link.level or survey.audience != "employees" else words.LEVELS.items(),
        "begun": begun,
        "ticket": signing.dumps(new_token(), salt=TICKET),
        "via": (request.POST.get("via") or request.GET.get("via", ""))[:10],
        "action": reverse("staff:say", args=[links.token_of(link)]),
        "trouble": trouble,
    }
    return _rendered(request, "staff/public/begin.html", survey, shown, status)


def _departments(link: Link) -> Sequence[Department]:
    survey = current.newest(link.survey)
    if link.department or survey is None or survey.audience != "employees":
        return ()
    return queries.departments(company())


def _too_often(request: HttpRequest, link: Link, survey: Survey, begun: Begun, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    sentence = ngettext(
        "Many began from your network just now. Press the button again in %(minutes)s minute; keep this page open.",
        "Many began from your network just now. Press the button again in %(minutes)s minutes; keep this page open.",
        minutes,
    ) % {"minutes": numbers.number(minutes)}
    answer = _page(request, link, survey, begun, trouble=sentence, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def _closed(request: HttpRequest, survey: Survey | None, why: str) -> HttpResponse:
    status, heading, sentence = CLOSED[why]
    return _rendered(request, "voice/public/closed.html", survey, {"heading": heading, "sentence": sentence}, status)


def _rendered(
    request: HttpRequest, template: str, survey: Survey | None, shown: dict[str, object], status: int
) -> HttpResponse:
    language = str(translation.get_language())
    names = dict(settings.LANGUAGES)
    offered = survey.languages if survey else ()
    beside = {
        "language": language,
        "choices": [(code, names.get(code, code)) for code in offered] if len(offered) > 1 else [],
        "company": company().settings.name if survey else "",
    }
    answer = render(request, template, {**beside, **shown}, status=status)
    answer["Content-Language"] = language
    return answer


def _over(survey: Survey) -> bool:
    today = submitting.local_day(timezone.now())
    full = survey.quota is not None and submitting.answered(survey.key) >= survey.quota
    return survey.retired or bool(survey.closes_on and today > survey.closes_on) or full


def _language(request: HttpRequest, survey: Survey) -> str:
    """The one chosen, then the browser's, then the survey's first."""
    wishes = [request.POST.get("language", ""), request.POST.get("speaks", ""), request.GET.get("lang", "")]
    wishes += [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500].lower())]
    for wish in wishes:
        if (language := wish.partition("-")[0]) in survey.languages:
            return language
    return survey.languages[0]


def _signed(request: HttpRequest) -> str:
    """The secret that this server put into the form; empty where it did not."""
    try:
        return str(signing.loads(request.POST.get("ticket", ""), salt=TICKET))
    except signing.BadSignature:
        return ""
