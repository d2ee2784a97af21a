"""The list of groups, the page of one, its parts that come later, and ending a group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.groups.errors import GroupError
from regulars.groups.live import value_of
from regulars.groups.needs import mentions
from regulars.groups.overlaps import SIDES
from regulars.groups.publishing import Group, groups, history
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_GROUPS, SEE_GROUPS
from regulars_web.customers.words import fact_words
from regulars_web.groups import actions, showing, words
from regulars_web.groups.examples import examples
from regulars_web.groups.findings import surest, told_needs
from regulars_web.groups.reading import Company
from regulars_web.groups.works import COUNT
from regulars_web.jobs.actions import ask_once
from regulars_web.shared.company import company
from regulars_web.shared.parts import Around, render_part

PARTS = ("checks", "needs", "time", "portrait", "pills")
MENTIONED = ("need", "fear", "preference", "expectation")
MOST_MENTIONS = 5
FEWEST_SAYING = 5  # below that, what somebody said could tell who said it


@needs(SEE_GROUPS)
@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    """Every group with its stance, members, value and verdicts."""
    workspace = company()
    told = Company(workspace)
    if not len(told.snapshot):
        return render(request, "groups/no_customers.html", {"scope_hidden": True})
    rows = showing.listed(told)
    sides = [(words.SIDE_WORDS[side], side, showing.size(told.coverage.sides[side])) for side in SIDES]
    ended = [one for one in groups(workspace, retired=True) if one.retired]
    answer = {
        "rows": rows,
        "sides": [side for side in sides if side[2].live.customers] if rows else [],
        "target": _target(told),
        "in_no_target": told.coverage.in_no_target,
        "total": len(told.snapshot),
        "as_of": told.snapshot.as_of,
        "ended": ended,
        "examples": [] if rows else examples(workspace),
        "scope_hidden": True,
    }
    return render(request, "groups/list.html", answer)


@needs(SEE_GROUPS)
@require_GET
def group_page(request: HttpRequest, key: str) -> HttpResponse:
    """One group: its rule, members and value; the slow parts come by themselves where they are not known yet."""
    told = Company(company())
    versions = _versions(told, key)
    group = versions[-1]
    answer: dict[str, Any] = {
        "group": group,
        "versions": list(reversed(_versions_told(versions, told))),
        "stance": words.STANCE_WORDS[group.stance],
        "stance_meaning": words.STANCE_MEANINGS[group.stance],
        "tone": words.STANCE_TONES[group.stance],
        "request_id": uuid4().hex,
        "scope_hidden": True,
    }
    if key in told.rules:
        answer |= {
            "readable": True,
            "parts_of_rule": words.rule_parts(told.rules[key], told.workspace.settings.currency),
            "size": showing.size(told.coverage.groups[key]),
            "basis": told.snapshot.basis,
            "as_of": told.snapshot.as_of,
            "overlaps": showing.overlaps(told, key),
            "parts": {name: _part(told, group, name, count=False) for name in PARTS if name != "pills"},
        }
    return render(request, "groups/group.html", answer)


@needs(SEE_GROUPS)
@require_GET
def part(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One part of the page of a group, counted where that was not done yet."""
    told = Company(company())
    group = _versions(told, key)[-1]
    if name not in PARTS or key not in told.rules:
        raise Http404(name)
    count = name != "time" or told.quick_over_time(key)
    found = _part(told, group, name, count=count)
    around = Around(
        group.name, (reverse("groups:group", args=[key]), group.name), ("groups/css/groups.css",), charts=True
    )
    if found is None:  # every month end needs all measures anew: the worker counts, the part asks again
        ask_once(COUNT, {"key": key}, by=request.user)  # type: ignore[arg-type]
        return render_part(request, "groups/_waits.html", {"group": group, "name": name, "again": True}, around)
    return render_part(request, f"groups/_{name}.html", {"group": group, "part": found}, around)


@needs(CHANGE_GROUPS)
@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """End a group; sent twice, it has ended once."""
    told = Company(company())
    if not _versions(told, key)[-1].retired:
        request_id = request.POST.get("request_id", "")[:100]
        actions.retire(request.user, told.workspace, key, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        messages.success(request, _("The group has ended. Its versions stay."))
    return HttpResponseRedirect(reverse("groups:list"))


def _versions(told: Company, key: str) -> list[Group]:
    try:
        return history(told.workspace, key)
    except GroupError:
        raise Http404(key) from None


def _versions_told(versions: list[Group], told: Company) -> list[dict[str, Any]]:
    """Each version with its rule in words and what changed since the one before."""
    found = []
    for before, one in zip([None, *versions[:-1]], versions, strict=True):
        try:
            rule = words.rule_words(one.read_rule(), told.workspace.settings.currency)
        except GroupError:
            rule = _("A rule that this program cannot read")
        same = before is not None and before.rule == one.rule
        found.append({"group": one, "rule": rule, "same_rule": same, "by": words.decision_words(one.decided_by)})
    return found


def _target(told: Company) -> Any:
    """Customers in target groups, as one figure; None where there is no target group."""
    if not any(one.stance == "target" and one.key in told.rules for one in told.groups):
        return None
    inside = [told.members[one.key] for one in told.groups if one.stance == "target" and one.key in told.rules]
    marks = inside[0].copy()
    for more in inside[1:]:
        marks |= more
    return showing.size(value_of(told.snapshot, marks))


def _part(told: Company, group: Group, name: str, *, count: bool) -> dict[str, Any] | None:
    """What the template of a part shows; None where it was not counted and may not be now."""
    return _READ[name](told, group, count)


def _checks(told: Company, group: Group, count: bool) -> dict[str, Any] | None:
    found = told.checks(group.key, count=count)
    if found is None:
        return None
    features = [(words.FEATURE_WORDS.get(one.name, one.name), one) for one in found.likeness.spreads]
    return {
        "checks": showing.checks(found, told.names),
        "sentence": showing.verdict_sentence(found),
        "likeness": found.likeness,
        "features": features,
    }


def _needs(told: Company, group: Group, count: bool) -> dict[str, Any] | None:
    found = told.needs(group.key, count=count)
    if found is None:
        return None
    said = [(fact_words(name), _mentioned(told, group.key, name)) for name in MENTIONED]
    return {
        "found": told_needs(found.found),
        "compared": found.compared,
        "reason": words.plain_words(found.reason),
        "said": [(name, listed) for name, listed in said if listed],
    }


def _mentioned(told: Company, key: str, name: str) -> list[tuple[str, int]]:
    counted = mentions(told.snapshot, told.members[key], name)
    return [(value, count) for value, count in counted if count >= FEWEST_SAYING][:MOST_MENTIONS]


def _time(told: Company, group: Group, count: bool) -> dict[str, Any] | None:
    found = told.over_time(group.key, count=count)
    if found is None:
        return None
    return {
        "months": found.months[::-1],
        "chart": showing.over_time_chart(found),
        "sentence": showing.over_time_sentence(found.months),
    }


def _portrait(told: Company, group: Group, count: bool) -> dict[str, Any] | None:
    found = told.portrait(group.key, count=count)
    if found is None:
        return None
    return {
        "findings": surest(found, told.workspace.settings.currency),
        "compared": found.compared,
        "reason": words.plain_words(found.reason),
        "more": max(0, len(found.findings) - 3),
    }


_READ: dict[str, Callable[[Company, Group, bool], dict[str, Any] | None]] = {
    "checks": _checks,
    "pills": _checks,
    "needs": _needs,
    "time": _time,
    "portrait": _portrait,
}
