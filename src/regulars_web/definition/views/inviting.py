"""Who is invited to a round: mails, links on paper, reminders, and who has written (not what)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME
from regulars_web.definition import tokens
from regulars_web.definition.models import Invitation, Letter, Round
from regulars_web.definition.rounds import actions, agreeing, inviting, posting
from regulars_web.definition.typed import whole_number
from regulars_web.definition.views.cards import cards_page, letters_waiting, mail_trouble, post_letters
from regulars_web.shared import numbers, trail
from regulars_web.shared.company import company
from regulars_web.shared.paging import Pages, wanted_page
from regulars_web.shared.sentences import Refused
from regulars_web.voice.submitting import local_day

ON_A_PAGE = 100


@needs(CHANGE_PROGRAMME)
@require_GET
def people(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody invited: whether the link was opened and a statement written."""
    found = get_object_or_404(Round, pk=number)
    invited = found.invitations.select_related("user").order_by("sort", "pk")
    pages = Pages(wanted_page(request), invited.count(), ON_A_PAGE)
    start = (pages.here - 1) * ON_A_PAGE
    listed = list(invited[start : start + ON_A_PAGE])
    named = posting.names_of(company(), listed)
    customers = sum(one.is_customer for one in listed)
    if customers:
        trail.note(request.user, "definition round: customers seen", round=number, customers=customers)  # type: ignore[arg-type]
    asked = dict(
        Letter.objects.filter(invitation__in=listed, about=Letter.About.STATE).values_list("invitation_id", "state")
    )
    told: dict[str, Any] = {
        "round": found,
        "listed": [(one, named[one.pk], asked.get(one.pk, "")) for one in listed],
        "took": agreeing.took_part(found),
        "pages": pages,
        "mail_lacks": mail_trouble(),
        "waiting": letters_waiting(found),
        "to_ask": posting.to_ask(found).count(),
        "to_remind": posting.to_remind(found).count(),
        "on_paper": _on_paper(found).count(),
        "takes": found.takes_statements(local_day(timezone.now())),
        "most_customers": inviting.MOST_CUSTOMERS,
        "scope_hidden": True,
    }
    return render(request, "definition/rounds/people.html", told)


@needs(CHANGE_PROGRAMME)
@require_POST
def more(request: HttpRequest, number: int) -> HttpResponse:
    """Invite those who came meanwhile, and further loyal customers."""
    found = get_object_or_404(Round, pk=number)
    shop = company()
    asked = inviting.everybody(shop, local_day(timezone.now())) if request.POST.get("staff") == "yes" else []
    asked = [*asked, *inviting.loyal_customers(shop, whole_number(request.POST.get("customers", "")))]
    made = actions.invite(request.user, found, asked, now=timezone.now())  # type: ignore[arg-type]
    told = ngettext("%(n)s more person is invited.", "%(n)s more people are invited.", made) % {
        "n": numbers.number(made)
    }
    messages.success(request, told if made else _("Everybody chosen was invited already."))
    return HttpResponseRedirect(reverse("definition:people", args=[number]))


@needs(CHANGE_PROGRAMME)
@require_POST
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """Send the links by mail: the first ones, a reminder to those who have not written, or the drafts."""
    found = get_object_or_404(Round, pk=number)
    if lacking := mail_trouble():
        raise Refused(_("Mails cannot leave yet. Set in regulars.toml: %(what)s.") % {"what": "; ".join(lacking)})
    made = posting.post(request.user, found, request.POST.get("about", ""), now=timezone.now())  # type: ignore[arg-type]
    post_letters(request.user)
    told = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", made) % {"n": numbers.number(made)}
    messages.success(request, told if made else _("Nobody is left whom this mail has not asked already."))
    return HttpResponseRedirect(reverse("definition:people", args=[number]))


@needs(CHANGE_PROGRAMME)
@require_POST
def links(request: HttpRequest, number: int) -> HttpResponse:
    """Cards to print: for employees without an account who have not written yet, or for one person."""
    found = get_object_or_404(Round, pk=number)
    one = whole_number(request.POST.get("invitation", ""))
    chosen = found.invitations.filter(pk=one, revoked_at=None) if one else _on_paper(found)
    listed = list(chosen.select_related("user"))
    if not listed or not found.open:
        raise Refused(_("There is nobody to print a link for."))
    now = timezone.now()
    named = posting.names_of(company(), listed)
    made = [(named[each.pk], "", tokens.issue(each, now)) for each in listed]
    trail.note(request.user, "definition links printed", round=number, links=len(made))  # type: ignore[arg-type]
    title = found.question or _("What does customer focus mean here?")
    return cards_page(request, made, title=title, back=reverse("definition:people", args=[number]))


@needs(CHANGE_PROGRAMME)
@require_POST
def take_back(request: HttpRequest, number: int, invitation: int) -> HttpResponse:
    """Make one link stop working."""
    found = get_object_or_404(Invitation, pk=invitation, round_id=number)
    actions.take_back(request.user, found, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The link no longer works."))
    return HttpResponseRedirect(reverse("definition:people", args=[number]))


def _on_paper(round_: Round) -> QuerySet[Invitation]:
    """Employees without an account whose statement is missing; once drafts are weighed, all of them."""
    found = round_.invitations.filter(sort=Invitation.Sort.EMPLOYEE, revoked_at=None)
    return found.filter(Q(stated_at=None)) if round_.state == Round.State.WRITING else found
