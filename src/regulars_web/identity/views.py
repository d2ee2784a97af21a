"""Pages about records of one customer: what was joined, what would be, the doubtful pairs, the path of one customer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars import identity
from regulars.identity.running import FORM
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import JOIN_RECORDS, UNDO_IMPORTS
from regulars_web.identity import actions, queries
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.paging import Pages, wanted_page

VERDICTS = ("same", "different")


@needs(JOIN_RECORDS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Where the joining stands, and what would be joined."""
    workspace, last = company(), queries.last_job()
    runs = [row for row in reversed(workspace.imports()) if row["form"] == FORM]
    undone = {row["import_id"] for row in runs if row["event"] == "undone"}
    told = {
        "open_job": queries.open_job(),
        "last": last,
        "plan": last.told if last and last.state == "done" else None,
        "doubtful": identity.count_doubtful(workspace),
        "runs": [{**row, "undone": row["import_id"] in undone} for row in runs if row["event"] == "imported"],
    }
    return render(request, "identity/overview.html", told)


@needs(JOIN_RECORDS)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Begin to look for records of the same customer."""
    actions.look(request.user)
    return redirect("identity:overview")


@needs(JOIN_RECORDS)
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Begin to join."""
    actions.join(request.user)
    return redirect("identity:overview")


@needs(UNDO_IMPORTS)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a whole run back."""
    actions.take_back(request.user, number)
    messages.success(request, _("That run is taken back: its records are customers of their own again."))
    return redirect("identity:overview")


@needs(JOIN_RECORDS)
@require_GET
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs that only a person can decide, side by side."""
    page = wanted_page(request)
    shown, count = queries.pairs(company(), page=page)
    if shown:
        trail.note(request.user, "pairs seen", pairs=len(shown))
    told = {"pairs": shown, "count": count, "pages": Pages(page, count, queries.PAIRS)}
    return render(request, "identity/pairs.html", told)


@needs(JOIN_RECORDS)
@require_POST
def judge(request: HttpRequest, left: int, right: int) -> HttpResponse:
    """One customer, or two."""
    verdict, back = request.POST.get("verdict", ""), request.POST.get("back", "")
    if verdict not in VERDICTS:
        raise Http404
    actions.judge(request.user, left, right, verdict)
    said = _("Joined: one customer from now on.") if verdict == "same" else _("Noted: these are two customers.")
    messages.success(request, said)
    if back.isdigit():
        return redirect(reverse("identity:customer", args=[company().customer_of(int(back))]))
    return redirect("identity:pairs")


@needs(JOIN_RECORDS)
@require_GET
def customer(request: HttpRequest, key: int) -> HttpResponse:
    """How the records of one customer were joined, with the way back for each."""
    workspace = company()
    keys = workspace.records_of(workspace.customer_of(key))
    known = queries.records(workspace, keys)
    if not any(record.source for record in known.values()):
        raise Http404
    trail.note(request.user, "records seen", customer=key)
    told = {"key": workspace.customer_of(key), "records": list(known.values()), "path": queries.path(workspace, key)}
    return render(request, "identity/customer.html", told)
