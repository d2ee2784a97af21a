"""The portrait of the key customers, and of a group: what the data finds, and what people add."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.groups.descriptions import LONGEST, QUESTIONS, description, descriptions
from regulars.groups.errors import GroupError
from regulars.groups.publishing import Group, group
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_GROUPS, SEE_GROUPS
from regulars_web.groups import actions, showing, words
from regulars_web.groups.findings import not_different, parts_of
from regulars_web.groups.reading import Company
from regulars_web.shared.company import company
from regulars_web.shared.parts import Around, render_part


@needs(SEE_GROUPS)
@require_GET
def key_portrait(request: HttpRequest) -> HttpResponse:
    """Who the few are that bring 80%, and what sets them apart."""
    return _page(request, None)


@needs(SEE_GROUPS)
@require_GET
def group_portrait(request: HttpRequest, key: str) -> HttpResponse:
    """The same of a group."""
    return _page(request, _group(key))


@needs(SEE_GROUPS)
@require_GET
def key_portrait_part(request: HttpRequest) -> HttpResponse:
    """What was found, counted where that was not done yet."""
    return _findings(request, None)


@needs(SEE_GROUPS)
@require_GET
def group_portrait_part(request: HttpRequest, key: str) -> HttpResponse:
    """The same of a group."""
    return _findings(request, _group(key))


def _findings(request: HttpRequest, one: Group | None) -> HttpResponse:
    title = _("Portrait: %(name)s") % {"name": one.name} if one else _("Portrait of the key customers")
    back = reverse("groups:group_portrait", args=[one.key]) if one else reverse("groups:portrait")
    around = Around(title, (back, title), ("groups/css/groups.css", "groups/css/portrait.css"))
    return render_part(request, "groups/_findings.html", _found(Company(company()), one, count=True), around)


@needs(CHANGE_GROUPS)
@require_POST
def complete(request: HttpRequest, key: str = "") -> HttpResponse:
    """Write down what people know of these customers."""
    one = _group(key) if key else None
    answers: dict[str, object] = {
        question: request.POST.get(f"answer-{place}", "").replace("\r\n", "\n")
        for place, question in enumerate(QUESTIONS)
    }
    try:
        actions.complete_portrait(
            request.user,  # type: ignore[arg-type]
            company(),
            answers,
            key=key,
            now=timezone.now(),
            request_id=request.POST.get("request_id", "")[:100],
        )
    except GroupError as error:
        return _page(request, one, {"answers": answers, "sentence": words.wrong_words(error)})
    messages.success(request, _("The portrait is completed."))
    return HttpResponseRedirect(reverse("groups:group_portrait", args=[key]) if key else reverse("groups:portrait"))


def _page(request: HttpRequest, one: Group | None, wrong: dict[str, Any] | None = None) -> HttpResponse:
    told = Company(company())
    if not len(told.snapshot):
        return render(request, "groups/no_customers.html", {"scope_hidden": True})
    if one is not None and one.key not in told.rules:
        raise Http404(one.key)
    described = actions.description_key(one.key if one else "")
    newest = description(told.workspace, described)
    earlier = descriptions(told.workspace, described)[:-1]
    said = wrong["answers"] if wrong else newest.answers
    found = _found(told, one, count=False)
    answer = {
        "group": one,
        "size": showing.size(told.coverage.groups[one.key] if one else told.key_customers()),
        "basis": told.snapshot.basis,
        "as_of": told.snapshot.as_of,
        "known": found["part"] is not None,
        **found,
        "newest": newest,
        "by": words.decision_words(newest.decided_by),
        "earlier": [(one_before, _answers(one_before.answers)) for one_before in reversed(earlier)],
        "answers": _answers(said),
        "wrong": wrong["sentence"] if wrong else "",
        "longest": LONGEST,
        "request_id": uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "groups/portrait.html", answer, status=422 if wrong else 200)


def _found(told: Company, one: Group | None, *, count: bool) -> dict[str, Any]:
    """What the data finds; ``part`` None where it was not counted and may not be now."""
    if one is not None and one.key not in told.rules:
        raise Http404(one.key)
    found = told.portrait(one.key if one else "", count=count)
    if found is None:
        return {"part": None}
    asked = [field.name for field in told.rules[one.key].fields] if one else []
    part = {
        "same": not_different(found, told.snapshot.fact_names, asked) if found.compared else [],
        "sides": parts_of(found, told.workspace.settings.currency),
        "members": found.members,
        "others": found.others,
        "compared": found.compared,
        "found": len(found.findings),
        "reason": words.plain_words(found.reason),
        "thin": found.thin,
    }
    return {"part": part, "group": one}


def _answers(said: Any) -> list[dict[str, Any]]:
    """The questions with what was answered."""
    return [
        {
            "place": place,
            "question": words.QUESTION_WORDS[question],
            "help": words.QUESTION_HELPS[question],
            "answer": said.get(question, ""),
        }
        for place, question in enumerate(QUESTIONS)
    ]


def _group(key: str) -> Group:
    try:
        return group(company(), key)
    except GroupError:
        raise Http404(key) from None
