"""Choosing customers, counting them with who is left out and why, and sending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.errors import RegularsError
from regulars.groups.publishing import groups
from regulars.log.consents import EMAIL, PHONE, POST
from regulars.measures.scores.audience import CUSTOMERS
from regulars.surveys.definition import Survey
from regulars.surveys.parts import said
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEND_SURVEYS
from regulars_web.shared.company import company
from regulars_web.shared.said import said as in_words
from regulars_web.shared.sentences import Refused
from regulars_web.voice.building.queries import touchpoints
from regulars_web.voice.building.views.opening import Opened, opened
from regulars_web.voice.building.words import EVERYBODY_WORDS, LANGUAGE_NAMES
from regulars_web.voice.models import Invitation, Letter, Sending
from regulars_web.voice.sending import actions, addresses, queries
from regulars_web.voice.sending.letters import (
    LONGEST_SUBJECT,
    LONGEST_WORDS,
    PLACES,
    Filling,
    Written,
    checked,
    defaults,
    letter,
)
from regulars_web.voice.sending.people import EVERYBODY, GROUP, TOUCH, Who, chosen, read_who, views_of
from regulars_web.voice.sending.planning import Plan, plan
from regulars_web.voice.sending.reminders import silent

STEPS = (Letter.INVITE, Letter.REMIND)
USUAL_DAYS = 14


@needs(SEND_SURVEYS)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Whom to ask; POST counts them (``do=count``) or sends (``do=send``)."""
    found = opened(key)
    if found.published is None:
        raise Http404(key)
    if request.method == "GET":
        return _page(request, found, {})
    try:
        who, written = read_who(request.POST), _written(request, found.published)
        if request.POST.get("do") == "send":
            made = _send(request, found.published, who, written)
            return HttpResponseRedirect(reverse("voice:sending", args=[key, made.pk]))
        return _page(request, found, _counted(request, found.published, who))
    except RegularsError as error:
        return _page(request, found, {"wrong": in_words(error)}, status=422)


@needs(SEND_SURVEYS)
@require_GET
def sending(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One sending: what left, who answered, what waits for a decision."""
    found, one = opened(key), _sending(key, number)
    letters = list(queries.unsure(one)[: queries.MOST_SHOWN])
    names = _names([letter.invitation for letter in letters])
    job = actions.job_of(one)
    last = queries.last_job(one)
    answer = {
        **_frame(found),
        "told": queries.told([one])[0],
        "left_out": queries.left_out(one),
        "unsure": [(letter, names.get(letter.invitation.client_key or 0, "")) for letter in letters],
        "job": job,
        "failed": "" if job else queries.failed_sentence(last),
        "silent": silent(one).count(),
        "who": _who_words(one, found),
        "links": one.channel == actions.LINK,
    }
    return render(request, "voice/sending/sending.html", answer)


@needs(SEND_SURVEYS)
@require_POST
def change(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Stop, go on, remind, take links back, or let an unclear letter leave again."""
    found, one = opened(key), _sending(key, number)
    doing, by, now = request.POST.get("do", ""), request.user, timezone.now()
    if doing == "stop":
        actions.stop(by, one, now=now)  # type: ignore[arg-type]
        messages.success(request, _("Stopped. What has not left stays here."))
    elif doing == "go on":
        actions.go_on(by, one)  # type: ignore[arg-type]
    elif doing == "remind" and found.published is not None:
        count = actions.remind(by, found.workspace, one, found.published, now=now)  # type: ignore[arg-type]
        messages.success(request, _("%(count)d reminders are on their way.") % {"count": count})
    elif doing == "take back":
        everyone = Invitation.objects.all()
        count = actions.take_back(by, one, everyone, now=now)  # type: ignore[arg-type]
        messages.success(request, _("%(count)d links do not work any more.") % {"count": count})
    elif doing.startswith("again "):
        wanted = doing.removeprefix("again ")
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 18:
            actions.send_again(by, get_object_or_404(Letter, pk=int(wanted), sending=one))  # type: ignore[arg-type]
    return HttpResponseRedirect(reverse("voice:sending", args=[key, number]))


def _send(request: HttpRequest, survey: Survey, who: Who, written: Mapping[str, Mapping[str, str]]) -> Sending:
    days = request.POST.get("remind_days", "")
    wanted = bool(request.POST.get("remind")) and days.isascii() and days.isdigit()
    return actions.send(
        request.user,  # type: ignore[arg-type]
        company(),
        survey,
        who,
        channel=request.POST.get("channel", actions.MAIL),
        means=_means(request),
        written=written,
        remind_days=min(max(int(days[:3]), 1), actions.MOST_REMIND_DAYS) if wanted else None,
        base=addresses.base_address(request),
        now=timezone.now(),
        request_id=request.POST.get("request_id", ""),
    )


def _counted(request: HttpRequest, survey: Survey, who: Who) -> dict[str, Any]:
    """The count before sending, and the mail as the first one would get it."""
    now = timezone.now()
    people = chosen(company(), who, request.user, now=now, audience=survey.audience)  # type: ignore[arg-type]
    found: Plan = plan(company(), survey, who, people, purpose=_means(request), now=now)
    return {
        "plan": found,
        "asked": len(found.asked),
        "left_out": queries.reasons(found.left_out),
        "samples": _samples(request, survey) if request.POST.get("channel") != actions.LINK else [],
    }


def _samples(request: HttpRequest, survey: Survey) -> list[dict[str, str]]:
    """The first mail in each language, filled in for somebody made up."""
    written = _written(request, survey)
    found = []
    for language in survey.languages:
        texts = written[f"{language} {Letter.INVITE}"]
        filling = Filling(
            _("Maria Ivanova"),
            company().settings.name,
            said(survey.title, language),
            survey.minutes,
            addresses.personal_link(addresses.base_address(request), "…"),
            addresses.base_address(request) + "/…",
        )
        mail = letter(Written(**texts), filling, to="maria@example.com", language=language)
        found.append({"code": language, "name": LANGUAGE_NAMES[language], "subject": mail.subject, "body": mail.body})
    return found


def _written(request: HttpRequest, survey: Survey) -> dict[str, dict[str, str]]:
    """The words of each mail as the form has them. Raises Refused for what cannot be sent."""
    found = {}
    for language in survey.languages:
        for step in STEPS:
            usual = defaults(language, reminder=step == Letter.REMIND)
            subject = request.POST.get(f"subject-{language}-{step}", usual.subject)
            words = request.POST.get(f"words-{language}-{step}", usual.words)
            try:
                read = checked(subject, words)
            except Refused as error:
                told = _("The mail in %(language)s: %(why)s") % {"language": LANGUAGE_NAMES[language], "why": error}
                raise Refused(told) from error
            found[f"{language} {step}"] = {"subject": read.subject, "words": read.words}
    return found


def _page(request: HttpRequest, found: Opened, more: Mapping[str, Any], status: int = 200) -> HttpResponse:
    survey = found.survey if found.published is None else found.published
    said_so = request.POST
    workspace = company()
    answer = {
        **_frame(found),
        "groups": [(one.key, one.name) for one in groups(workspace)],
        "views": views_of(request.user),  # type: ignore[arg-type]
        "touchpoints": touchpoints(workspace),
        "said": {
            "who": said_so.get("who", _usual_who(survey)),
            "only": bool(said_so.get("only")),
            "group": said_so.get("group", ""),
            "view": said_so.get("view", ""),
            "touchpoint": said_so.get("touchpoint", survey.about),
            "days": said_so.get("days", USUAL_DAYS),
            "most": said_so.get("most", ""),
            "channel": said_so.get("channel", actions.MAIL),
            "means": _means(request),
            "remind": bool(said_so.get("remind")) if said_so else True,
            "remind_days": said_so.get("remind_days", workspace.settings.reminder_days),
        },
        "mails": _mails(request, survey),
        "places": [f"{{{place}}}" for place in PLACES],
        "lacking": addresses.mail_lacks(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "contact_days": workspace.settings.contact_days,
        "only_agreed": workspace.settings.asks_only_who_agreed,
        "sendings": queries.sendings(survey.key),
        "everybody": EVERYBODY_WORDS[survey.audience],
        "seed": said_so.get("seed") or uuid4().hex,
        "request_id": uuid4().hex,
        "longest_subject": LONGEST_SUBJECT,
        "longest_words": LONGEST_WORDS,
        **more,
    }
    return render(request, "voice/sending/invite.html", answer, status=status)


def _mails(request: HttpRequest, survey: Survey) -> list[dict[str, Any]]:
    """The words of the mails to be changed, by language."""
    found = []
    for language in survey.languages:
        texts = []
        for step, heading in ((Letter.INVITE, _("First mail")), (Letter.REMIND, _("Reminder"))):
            usual = defaults(language, reminder=step == Letter.REMIND)
            subject = request.POST.get(f"subject-{language}-{step}", usual.subject)
            words = request.POST.get(f"words-{language}-{step}", usual.words)
            texts.append({"step": step, "heading": heading, "subject": subject, "words": words})
        found.append({"code": language, "name": LANGUAGE_NAMES[language], "texts": texts})
    return found


def _means(request: HttpRequest) -> str:
    """By which consent customers may be reached: mails by that for e-mail, links by that of the way they leave."""
    if request.POST.get("channel") != actions.LINK:
        return EMAIL
    wanted = request.POST.get("means", EMAIL)
    return wanted if wanted in (EMAIL, PHONE, POST) else EMAIL


def _sending(key: str, number: int) -> Sending:
    return get_object_or_404(Sending.objects.select_related("made_by"), pk=number, survey=key)


def _names(invitations: list[Invitation]) -> dict[int, str]:
    workspace = company()
    customers = workspace.customers()
    of_record = {one.client_key: customers.of(one.client_key) for one in invitations if one.client_key is not None}
    names = workspace.names(list(of_record))
    return {record: names.get(record, "") for record in of_record}


def _usual_who(survey: Survey) -> str:
    if survey.audience != CUSTOMERS:
        return EVERYBODY
    return TOUCH if survey.about else GROUP


def _who_words(one: Sending, found: Opened) -> str:
    """Whom a sending was for, in words."""
    who = one.who
    if who.get("kind") == "touch":
        told = _("Customers met at “%(touchpoint)s” in the %(days)d days before")
        return told % {"touchpoint": who.get("touchpoint", ""), "days": who.get("days", 0)}
    if who.get("kind") == "group":
        names = {one.key: one.name for one in groups(company(), retired=True)}
        return _("Customers of the group “%(group)s”") % {"group": names.get(str(who.get("group")), who.get("group"))}
    if who.get("kind") == "view":
        return _("Customers of a view of the list")
    version = next((each.survey for each in found.versions if each.survey.version == one.version), found.survey)
    return str(EVERYBODY_WORDS[version.audience])


def _frame(found: Opened) -> dict[str, Any]:
    return {
        "found": found,
        "survey": found.survey,
        "title": found.title,
        "draft": found.draft,
        "part": "invite",
        "scope_hidden": True,
    }
