"""Statements side by side: what staff and customers wrote, which words they share and where they differ."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME, CONFIRM_DEFINITION
from regulars_web.definition.models import Comment, Invitation, Round, Statement
from regulars_web.definition.rounds import actions, sides
from regulars_web.definition.typed import whole_number
from regulars_web.shared.company import company


@needs(CONFIRM_DEFINITION)
@require_GET
def statements(request: HttpRequest, number: int) -> HttpResponse:
    """All statements without names, those with a chosen word first where one is chosen.

    While statements are still written, only those who run the round see them, so that nobody copies anybody.
    """
    found = get_object_or_404(Round, pk=number)
    runs = holds(request.user, CHANGE_PROGRAMME)
    told: dict[str, Any] = {"round": found, "scope_hidden": True, "runs": runs}
    if found.state == Round.State.WRITING and not runs:
        return render(request, "definition/rounds/statements.html", {**told, "too_early": True})
    # Not in the order they were written in, which would tell who wrote what.
    written = sorted(Statement.objects.filter(invitation__round=found).select_related("invitation"), key=_shuffled)
    shown = [one for one in written if one.hidden_at is None]
    compared = sides.compare([(one.pk, one.text, _side(one.invitation)) for one in shown], company().settings.languages)
    word = request.GET.get("word", "")[:100]
    told |= {
        "compared": [(one, str(dict(settings.LANGUAGES).get(one.language, one.language))) for one in compared],
        "word": word,
        "hidden": [one for one in written if one.hidden_at is not None] if runs else [],
        "count": len(shown),
    }
    return render(request, "definition/rounds/statements.html", told)


@needs(CHANGE_PROGRAMME)
@require_POST
def hide(request: HttpRequest, number: int) -> HttpResponse:
    """Take a statement or comment out of sight, or show it again."""
    which = whole_number(request.POST.get("number", ""))
    by: Any = request.user
    hidden, now = request.POST.get("do") != "show", timezone.now()
    if request.POST.get("what") == "comment":
        comment = get_object_or_404(Comment, pk=which, draft__round_id=number)
        actions.hide(by, comment, now=now, hidden=hidden)
        back = reverse("definition:round", args=[number])
    else:
        statement = get_object_or_404(Statement, pk=which, invitation__round_id=number)
        actions.hide(by, statement, now=now, hidden=hidden)
        back = reverse("definition:statements", args=[number])
    messages.success(request, _("Taken out of sight.") if hidden else _("Shown again."))
    return HttpResponseRedirect(back)


def _shuffled(one: Statement) -> bytes:
    return hashlib.sha256(f"{one.pk} {settings.SECRET_KEY}".encode()).digest()


def _side(invitation: Invitation) -> str:
    return "customers" if invitation.is_customer else "staff"
