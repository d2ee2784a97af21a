"""Rounds as owners and managers run them: open one, move it on, put up drafts, decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.programme.challenges import challenges
from regulars.programme.parts import Challenge, Definition
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME, CONFIRM_DEFINITION, SEE_PROGRAMME
from regulars_web.definition import queries
from regulars_web.definition.models import Draft, Round
from regulars_web.definition.rounds import actions, agreeing, criteria, inviting
from regulars_web.definition.typed import lines, one_line, plain_words, whole_number
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused
from regulars_web.voice.submitting import local_day

DAYS_TO_WRITE = 14
LONGEST_QUESTION = 300
# What a draft is challenged for before the other parts are written.
OF_A_DRAFT = ("no text", "long text", "no customer", "everybody", "always right", "no measure")


@needs(SEE_PROGRAMME)
@require_GET
def all_rounds(request: HttpRequest) -> HttpResponse:
    """Every round there was, newest first."""
    found = [(one, agreeing.took_part(one)) for one in Round.objects.select_related("draft")[:50]]
    return render(request, "definition/rounds/list.html", {"rounds": found, "scope_hidden": True})


@needs(CHANGE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a round: the question, the criteria, the last day, who is invited."""
    if there := queries.open_round():
        return HttpResponseRedirect(reverse("definition:round", args=[there.pk]))
    shop, today = company(), local_day(timezone.now())
    trouble = ""
    if request.method == "POST":
        try:
            made = _open(request, today)
        except Refused as error:
            trouble = str(error)
        else:
            messages.success(request, _("The round is open. Now send the links, or print them."))
            return HttpResponseRedirect(reverse("definition:people", args=[made.pk]))
    everybody = inviting.everybody(shop, today)
    told = {
        "trouble": trouble,
        "offered": [
            (key, words, not trouble or key in request.POST.getlist("criterion"))
            for key, words in criteria.OFFERED.items()
        ],
        "given": request.POST,
        "closes_on": request.POST.get("closes_on") or (today + timedelta(days=DAYS_TO_WRITE)).isoformat(),
        "earliest": today.isoformat(),
        "colleagues": sum(one.sort == inviting.COLLEAGUE for one in everybody),
        "employees": sum(one.sort == inviting.EMPLOYEE for one in everybody),
        "most_customers": inviting.MOST_CUSTOMERS,
        "request_id": request.POST.get("request_id", "")[:100] or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "definition/rounds/new.html", told, status=422 if trouble else 200)


@needs(SEE_PROGRAMME)
@require_GET
def one_round(request: HttpRequest, number: int) -> HttpResponse:
    """Where a round is: who took part, the votes on criteria, drafts with what is said about them, the decision."""
    found = get_object_or_404(Round.objects.select_related("draft", "opened_by", "decided_by"), pk=number)
    today = local_day(timezone.now())
    drafts = [(one, _challenged(one.draft)) for one in agreeing.weighed(found)]
    told = {
        "round": found,
        "takes": found.takes_statements(today),
        "today": today,
        "took": agreeing.took_part(found),
        "votes": agreeing.votes(found),
        "suggestions": agreeing.suggestions(found),
        "drafts": drafts,
        "place": list(Round.State).index(Round.State(found.state)),
        "languages_there": [(code, str(name)) for code, name in settings.LANGUAGES],
        "own_language": str(get_language() or settings.LANGUAGE_CODE),
        "invited": found.invitations.filter(user=request.user, revoked_at=None).exists(),  # type: ignore[misc]
        "longer": (today + timedelta(days=7)).isoformat(),
        "earliest": today.isoformat(),
        "scope_hidden": True,
    }
    return render(request, "definition/rounds/round.html", told)


@needs(CHANGE_PROGRAMME)
@require_POST
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Move a round on or back, add a criterion, end it."""
    found = get_object_or_404(Round, pk=number)
    by: Any = request.user
    now = timezone.now()
    works: dict[str, tuple[Callable[[], None], str]] = {
        "weigh": (lambda: actions.weigh(by, found, now=now), _("Statements are closed. Now put up drafts.")),
        "write": (
            lambda: actions.write_again(by, found, closes_on=_day(request), today=local_day(now)),
            _("Statements are taken again."),
        ),
        "criterion": (
            lambda: actions.add_criterion(by, found, one_line(request.POST.get("words", ""), 1_000)),
            _("The criterion is put to the vote."),
        ),
        "reweigh": (lambda: actions.weigh_again(by, found), _("The decision is taken back. Drafts are weighed again.")),
        "end": (lambda: actions.end(by, found, now=now), _("The round has ended. What was written can still be read.")),
    }
    chosen = works.get(request.POST.get("do", ""))
    if chosen:
        chosen[0]()
        messages.success(request, chosen[1])
    return HttpResponseRedirect(reverse("definition:round", args=[number]))


@needs(CHANGE_PROGRAMME)
@require_POST
def drafts(request: HttpRequest, number: int) -> HttpResponse:
    """Put up a draft, take one back, or decide for one."""
    found = get_object_or_404(Round, pk=number)
    by: Any = request.user
    do, now = request.POST.get("do", ""), timezone.now()
    if do == "put":
        language = request.POST.get("language", "")
        meets = {whole_number(one) for one in request.POST.getlist("meets")}
        text = plain_words(request.POST.get("text", ""), None)
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        actions.put_draft(by, found, text, language=known, meets=meets, now=now)
        messages.success(request, _("The draft is up. Everybody invited can comment on it."))
        return HttpResponseRedirect(reverse("definition:round", args=[number]) + "#drafts")
    draft = get_object_or_404(Draft, pk=whole_number(request.POST.get("draft", "")), round=found)
    if do == "withdraw":
        actions.withdraw(by, draft, now=now)
        messages.success(request, _("The draft is taken back."))
    elif do == "decide":
        actions.decide(by, draft, plain_words(request.POST.get("why", ""), None), now=now)
        messages.success(request, _("Decided. Now write what belongs to it, and publish."))
        return HttpResponseRedirect(f"{reverse('definition:edit')}?round={number}")
    return HttpResponseRedirect(reverse("definition:round", args=[number]))


@needs(CONFIRM_DEFINITION)
@require_POST
def take_part(request: HttpRequest, number: int) -> HttpResponse:
    """Lead a colleague who is signed in to their own page of the round."""
    found = get_object_or_404(Round, pk=number)
    token = actions.own_link(request.user, found, now=timezone.now())  # type: ignore[arg-type]
    return HttpResponseRedirect(reverse("definition:say", args=[token]))


def _open(request: HttpRequest, today: date) -> Round:
    """Open the round as the form says. Raises Refused."""
    shop = company()
    asked = [
        one
        for one in inviting.everybody(shop, today)
        if (one.sort == inviting.COLLEAGUE and request.POST.get("colleagues") == "yes")
        or (one.sort == inviting.EMPLOYEE and request.POST.get("employees") == "yes")
    ]
    asked += inviting.loyal_customers(shop, whole_number(request.POST.get("customers", "")))
    if not asked:
        raise Refused(_("Invite at least somebody."))
    return actions.open_round(
        request.user,  # type: ignore[arg-type]
        asked,
        question=one_line(request.POST.get("question", ""), LONGEST_QUESTION),
        closes_on=_day(request),
        criteria=request.POST.getlist("criterion"),
        own=lines(request.POST.get("own", ""), criteria.LONGEST),
        now=timezone.now(),
        today=today,
        request_id=request.POST.get("request_id", "")[:100],
    )


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("closes_on", ""))
    except ValueError:
        raise Refused(_("Say until which day statements are taken.")) from None


def _challenged(draft: Draft) -> list[Challenge]:
    """What a draft should think of again, as far as its words alone show."""
    found = challenges(Definition(text={draft.language: draft.text}))
    return [one for one in found if one.kind in OF_A_DRAFT]
