"""The rules of the stages: read by everybody, changed by those who may."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.lifecycle import publishing
from regulars.lifecycle.errors import LifeCycleError
from regulars.lifecycle.publishing import Stage
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_JOURNEYS, SEE_JOURNEYS
from regulars_web.journeys import actions, lifecycle, stage_rules
from regulars_web.journeys.reading import known_readings
from regulars_web.journeys.stage_rules import StageForm
from regulars_web.shared.company import company
from regulars_web.shared.scope import Scope


@needs(SEE_JOURNEYS)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """All stages with their rules, and how many customers are at each where that was counted."""
    workspace = company()
    read = known_readings(workspace, Scope(), "life-cycle")
    there = {row["stage"]: row["customers"] for row in read["stages"].rows} if read else {}
    every = publishing.stages(workspace, retired=True)
    told = [
        {
            "stage": one,
            "name": lifecycle.stage_name(one.name),
            "rule": stage_rules.rule_words(one),
            "customers": there.get(one.key),
            "usual": not one.version,
            "versions": _versions(one.key),
        }
        for one in every
    ]
    return render(request, "journeys/stage_rules.html", {"stages": told, "counted": bool(there), "scope_hidden": True})


@needs(CHANGE_JOURNEYS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A stage more."""
    if request.method == "POST":
        return _sent(request, None)
    place = max((one.place for one in publishing.stages(company())), default=0) + 1
    return _page(request, StageForm(initial={"place": place}), None, stage_rules.rows_of(None))


@needs(CHANGE_JOURNEYS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The next version of a stage; one that was taken out comes back by being published."""
    there = _existing(key)
    if request.method == "POST":
        return _sent(request, there)
    said = {"name": lifecycle.stage_name(there.name), "place": there.place, "meaning": there.meaning}
    return _page(request, StageForm(initial=said), there, stage_rules.rows_of(there))


@needs(CHANGE_JOURNEYS)
@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """Take a stage out; sent twice, it is out once."""
    if not _existing(key).retired:
        request_id = request.POST.get("request_id", "")[:100]
        try:
            actions.retire_stage(request.user, company(), key, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        except LifeCycleError as error:
            messages.error(request, stage_rules.wrong_words(error))
        else:
            messages.success(request, _("The stage is out of the life cycle. Its versions stay."))
    return HttpResponseRedirect(reverse("journeys:stage_rules"))


def _sent(request: HttpRequest, there: Stage | None) -> HttpResponse:
    form, rows = StageForm(request.POST), stage_rules.read_rows(request.POST)
    if not form.is_valid() or any(row.wrong for row in rows):
        return _page(request, form, there, rows, status=422)
    name = form.cleaned_data["name"]
    stage = Stage(
        key=there.key if there else publishing.free_key(company(), name),
        name=there.name if there and name == lifecycle.stage_name(there.name) else name,
        place=form.cleaned_data["place"],
        limits=stage_rules.limits_of(rows),
        meaning=form.cleaned_data["meaning"],
    )
    try:
        request_id = request.POST.get("request_id", "")[:100]
        actions.publish_stage(request.user, company(), stage, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
    except LifeCycleError as error:
        form.add_error(None, stage_rules.wrong_words(error))
        return _page(request, form, there, rows, status=422)
    messages.success(request, _("The rule is published. Customers are counted anew by it, for past days too."))
    return HttpResponseRedirect(reverse("journeys:stage_rules"))


def _page(
    request: HttpRequest, form: StageForm, there: Stage | None, rows: list[stage_rules.Row], status: int = 200
) -> HttpResponse:
    told: dict[str, Any] = {
        "form": form,
        "rows": rows,
        "stage": there,
        "name": lifecycle.stage_name(there.name) if there else "",
        "request_id": request.POST.get("request_id", "")[:100] or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "journeys/stage_rule.html", told, status=status)


def _versions(key: str) -> list[dict[str, Any]]:
    return [
        {
            "version": one.stage.version,
            "at": one.decided_at,
            "by": one.decided_by,
            "rule": stage_rules.rule_words(one.stage),
            "retired": one.stage.retired,
        }
        for one in reversed(publishing.history(company(), key))
    ]


def _existing(key: str) -> Stage:
    """A stage in force or taken out. Raises Http404 where there is none."""
    for one in publishing.stages(company(), retired=True):
        if one.key == key:
            return one
    raise Http404(key)
