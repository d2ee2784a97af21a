"""The five steps, what is done next, and whether the programme runs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from regulars.measures.programme.wording import EVIDENCE
from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import Pilot, Programme, StateWord, StepAction
from regulars.programme.publishing import action_history, programme
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME, SEE_PROGRAMME
from regulars_web.programme import actions, queries, refused
from regulars_web.programme.forms import ActionForm, StateForm
from regulars_web.programme.views.parts import request_of, shown, verdict
from regulars_web.shared.company import company
from regulars_web.shared.context import group_choices

# What can be done in each state: the word of the form, and the state it leads to.
TURNS: dict[str, dict[str, StateWord]] = {
    "not started": {"start": "started"},
    "started": {"pause": "paused", "widen": "started"},
    "paused": {"restart": "started"},
}


@needs(SEE_PROGRAMME)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The company's plan: where it stands, the five steps, what is done next and by whom."""
    told = {"steps": shown(request, "steps"), "here": "steps", "scope_hidden": True}
    return render(request, "programme/overview.html", told)


@needs(CHANGE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """What is done next for one evidence of a step, by whom and until when."""
    step, _colon, evidence = key.partition(":")
    known = EVIDENCE.get(evidence)
    if known is None or step != str(known.step):
        raise Http404(key)
    history = action_history(company(), key)
    newest = history[-1].body if history else None
    sent = request.POST if request.method == "POST" else None
    form = ActionForm(sent, initial=_planned(newest), owners=queries.colleagues())
    if sent is not None and form.is_valid():
        try:
            _keep(request, key, form.cleaned_data, newest)
        except ProgrammeError as error:
            form.add_error(None, refused.wrong_words(error))
        else:
            messages.success(request, _("The next action is kept."))
            return HttpResponseRedirect(f"{reverse('programme:overview')}#step-{step}")
    names = queries.names_of([one.decided_by for one in history])
    told = {
        "form": form,
        "sentence": known.sentence,
        "counted_as": known.counted_as,
        "step": step,
        "key": key,
        "history": [(one, names.get(one.decided_by, one.decided_by)) for one in history[::-1]],
        "request_id": request_of(request) or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "programme/plan.html", told, status=422 if sent is not None else 200)


@needs(CHANGE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, turn: str) -> HttpResponse:
    """Start, pause or restart the programme, or try it elsewhere first."""
    workspace = company()
    now = programme(workspace)
    wanted = TURNS[now.state].get(turn)
    if turn not in {one for turns in TURNS.values() for one in turns}:
        raise Http404(turn)
    if wanted is None:  # somebody has done it meanwhile
        return HttpResponseRedirect(reverse("programme:overview"))
    sent = request.POST if request.method == "POST" else None
    before = {"group": now.pilot.group, "touchpoint": now.pilot.touchpoint} if now.pilot else {}
    choices: dict[str, Any] = {"groups": group_choices(), "touchpoints": queries.touchpoint_choices(workspace)}
    form = StateForm(sent, initial=before, **choices)
    if sent is not None and form.is_valid():
        try:
            _turn(request, wanted, form.cleaned_data, now)
        except ProgrammeError as error:
            form.add_error(None, refused.wrong_words(error))
        else:
            return HttpResponseRedirect(reverse("programme:overview"))
    told = {
        "form": form,
        "turn": turn,
        "pilots": turn != "pause",
        "fit": verdict(),
        "request_id": request_of(request) or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "programme/state.html", told, status=422 if sent is not None else 200)


def _keep(request: HttpRequest, key: str, told: dict[str, Any], before: StepAction | None) -> None:
    now = timezone.now()
    done_on = (before.done_on if before and before.done_on else timezone.localdate()) if told["done"] else None
    action = StepAction(key, told["text"], told["owner"], told["due_on"], done_on)
    actions.plan(request.user, company(), action, now=now, request_id=request_of(request))  # type: ignore[arg-type]


def _planned(action: StepAction | None) -> dict[str, Any]:
    """A form filled with what is planned; a new one where the last action is done."""
    if action is None or action.done_on:
        return {}
    return {"text": action.text, "owner": action.owner, "due_on": action.due_on}


def _turn(request: HttpRequest, wanted: StateWord, told: dict[str, Any], before: Programme) -> None:
    pilot = Pilot(told["group"], told["touchpoint"]) if told["group"] or told["touchpoint"] else None
    if wanted == "paused":
        pilot = before.pilot
    actions.change_state(
        request.user,  # type: ignore[arg-type]
        company(),
        Programme(wanted, pilot, told["why"]),
        now=timezone.now(),
        request_id=request_of(request),
    )
    if wanted == "paused":
        messages.success(request, _("The programme is paused. Nothing is lost; start it again when you can."))
    elif pilot:
        messages.success(request, _("The programme runs, with a pilot first."))
    else:
        messages.success(request, _("The programme runs in the whole company."))
