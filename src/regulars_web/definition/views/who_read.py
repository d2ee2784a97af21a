"""Who has confirmed the definition and who has not: mails, links on paper, and what is unclear to whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME
from regulars_web.definition import actions, queries
from regulars_web.definition.models import Doubt
from regulars_web.definition.queries import Reading
from regulars_web.definition.views.cards import cards_page, letters_waiting, mail_trouble, post_letters
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused
from regulars_web.voice.submitting import local_day


@needs(CHANGE_PROGRAMME)
@require_GET
def readers(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, with what they have confirmed."""
    found = _reading()
    told: dict[str, Any] = {
        "reading": found,
        "asks": actions.asks_automatically(),
        "mail_lacks": mail_trouble(),
        "waiting": letters_waiting(None),
        "reachable": sum(bool(one.who.email) and one.asked < 2 for one in found.have_not) if found else 0,
        "scope_hidden": True,
    }
    return render(request, "definition/readers.html", told)


@needs(CHANGE_PROGRAMME)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask those who have not confirmed, by mail; whoever was asked is reminded once."""
    found = _reading_or_refuse()
    if lacking := mail_trouble():
        raise Refused(_("Mails cannot leave yet. Set in regulars.toml: %(what)s.") % {"what": "; ".join(lacking)})
    people = [one.who for one in found.have_not]
    first = company().settings.languages[0]
    made = actions.ask_to_read(request.user, people, found.version, first, now=timezone.now())  # type: ignore[arg-type]
    post_letters(request.user)
    told = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", made) % {"n": numbers.number(made)}
    messages.success(request, told if made else _("Nobody is left whom a mail could ask; each gets two at most."))
    return HttpResponseRedirect(reverse("definition:readers"))


@needs(CHANGE_PROGRAMME)
@require_POST
def asking(request: HttpRequest) -> HttpResponse:
    """Have those who have not confirmed asked without anybody pressing a button, or no longer."""
    on = request.POST.get("on") == "yes"
    actions.ask_automatically(request.user, on, now=timezone.now())  # type: ignore[arg-type]
    messages.success(
        request, _("From now on mails ask by themselves.") if on else _("Mails no longer ask by themselves.")
    )
    return HttpResponseRedirect(reverse("definition:readers"))


@needs(CHANGE_PROGRAMME)
@require_POST
def doubt(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody has talked with the person to whom something was not clear."""
    actions.clear_doubt(request.user, get_object_or_404(Doubt, pk=number), now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("Kept. Whether it is understood now, the person confirms."))
    return HttpResponseRedirect(reverse("definition:readers"))


@needs(CHANGE_PROGRAMME)
@require_POST
def links(request: HttpRequest) -> HttpResponse:
    """Cards to print, one a person who has no account and has not confirmed: each has a link of its own."""
    found = _reading_or_refuse()
    wanted = set(request.POST.getlist("person"))
    people = [one.who for one in found.have_not if one.who.user is None]
    people = [one for one in people if one.person in wanted] if wanted else people
    if not people:
        raise Refused(_("Everybody without an account has confirmed, so there is nothing to print."))
    first = company().settings.languages[0]
    made = actions.paper_links(request.user, people, first, now=timezone.now())  # type: ignore[arg-type]
    return cards_page(
        request,
        [(one.name, one.department, token) for one, token in made],
        title=_("What does customer focus mean here? Please read and confirm."),
        back=reverse("definition:readers"),
    )


def _reading() -> Reading | None:
    versions = queries.versions(company())
    return queries.reading(company(), versions[-1].version, local_day(timezone.now())) if versions else None


def _reading_or_refuse() -> Reading:
    found = _reading()
    if found is None:
        raise Refused(_("No definition was published yet, so there is nothing to confirm."))
    return found
