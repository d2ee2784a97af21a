"""Promises between departments, recognition, and thanks."""

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

from regulars.people import reading, using
from regulars.people.errors import PeopleError
from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import CHANGE_STAFF, SEE_RECOGNITION, SEE_STAFF
from regulars_web.shared.company import company
from regulars_web.staff import parts, queries, sentences, thanking
from regulars_web.staff.actions import rate as keep_rating
from regulars_web.staff.forms import ThanksForm, with_none
from regulars_web.staff.reads import UNITS
from regulars_web.staff.views.pages import answer_part

SHOWN = 60
SIDES = ("from", "to")


@needs(SEE_STAFF)
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """What departments promise each other, and whether it is kept."""
    workspace = company()
    listed = reading.department_promises(workspace)
    called = {one.key: one.called for one in queries.departments(workspace)}
    rated = {one.promise: one for one in reading.own_ratings(workspace, request.user.email)}  # type: ignore[union-attr]
    told = {
        "here": "promises",
        "part": parts.part(request, "promises") if listed else None,
        "promises": [
            (one, called.get(one.giver, one.giver), called.get(one.taker, one.taker), rated.get(one.key))
            for one in listed
        ],
        "scores": range(1, 6),
        "request_id": uuid4().hex,
        "scope_hidden": not listed,
    }
    return render(request, "staff/promises.html", told)


@needs(SEE_STAFF)
@require_POST
def rate(request: HttpRequest, key: str) -> HttpResponse:
    """How I find a promise kept; rating again replaces what I said."""
    try:
        reading.department_promise(company(), key)
    except PeopleError:
        raise Http404(key) from None
    score, side = request.POST.get("score", ""), request.POST.get("side", "")
    if score not in ("1", "2", "3", "4", "5") or side not in SIDES:
        messages.error(request, _("Choose your side and a mark from 1 to 5."))
        return HttpResponseRedirect(reverse("staff:promises"))
    keep_rating(
        request.user,  # type: ignore[arg-type]
        company(),
        key,
        side=side,
        score=int(score),
        now=timezone.now(),
        request_id=request.POST.get("request_id", "")[:100],
    )
    messages.success(request, _("Kept. It is shown only together with those of four others at least."))
    return HttpResponseRedirect(reverse("staff:promises"))


@needs(SEE_RECOGNITION)
@require_GET
def recognition(request: HttpRequest) -> HttpResponse:
    """Whose customers return and score better, like with like."""
    unit = request.GET.get("unit", "")
    unit = unit if unit in UNITS else UNITS[0]
    told = {
        "here": "recognition",
        "unit": unit,
        "units": UNITS,
        "part": parts.part(request, f"recognition-{unit}"),
        "scope_hidden": True,
    }
    return render(request, "staff/recognition.html", told)


@needs(SEE_RECOGNITION)
@require_GET
def recognition_part(request: HttpRequest, unit: str) -> HttpResponse:
    """The same, once it is counted."""
    if unit not in UNITS:
        raise Http404(unit)
    return answer_part(request, f"recognition-{unit}", "staff:recognition")


@needs(SEE_STAFF)
@require_http_methods(["GET", "POST"])
def thanks(request: HttpRequest) -> HttpResponse:
    """Thanks to colleagues: to say, and what was said. Who leads may add a bonus."""
    workspace, leads = company(), holds(request.user, CHANGE_STAFF)
    sent = request.POST if request.method == "POST" else None
    form = _thanks_form(request, sent, leads=leads)
    if sent is not None and form.is_valid():
        try:
            thanking.thank(
                request.user,  # type: ignore[arg-type]
                workspace,
                form.cleaned_data["employee"],
                form.cleaned_data["text"],
                bonus=form.cleaned_data.get("bonus"),
                now=timezone.now(),
                request_id=sent.get("request_id", "")[:100],
            )
        except PeopleError as error:
            form.add_error(None, sentences.wrong_words(error))
        else:
            messages.success(request, _("Kept. Tell them in person too."))
            return HttpResponseRedirect(reverse("staff:thanks"))
    own = queries.code_of(workspace, request.user)  # type: ignore[arg-type]
    names = queries.everybodys_names(workspace)
    told: dict[str, Any] = {
        "here": "thanks",
        "form": form,
        "rows": [
            (one, names.get(one.employee, one.employee), leads or (bool(own) and one.employee == own))
            for one in using.thanks(workspace, most=SHOWN)
        ],
        "people": bool(form.fields["employee"].choices),  # type: ignore[attr-defined]
        "request_id": (sent or {}).get("request_id", "")[:100] or uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "staff/thanks.html", told, status=422 if form.errors else 200)


def _thanks_form(request: HttpRequest, sent: Any, *, leads: bool) -> ThanksForm:
    people = queries.person_choices(company())
    offered = {"employee": with_none(people, _("Choose")) if people else []}
    form = ThanksForm(sent, offered=offered, initial={"employee": request.GET.get("employee", "")})
    if not leads:
        del form.fields["bonus"]
    return form
