"""The page everyone reads and confirms, and the versions it had."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.programme.challenges import challenges
from regulars.programme.parts import Definition
from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME, CONFIRM_DEFINITION, SEE_CUSTOMERS, SEE_PROGRAMME
from regulars_web.definition import actions, queries, sentences, targets
from regulars_web.definition.dependence import dependence
from regulars_web.definition.models import Doubt, Invitation, Round
from regulars_web.definition.typed import plain_words, whole_number
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.parts import Around, render_part
from regulars_web.voice.submitting import local_day


@needs(SEE_PROGRAMME)
@require_GET
def read(request: HttpRequest) -> HttpResponse:
    """What customer focus means here, with all that belongs to it; where to begin where nothing was written."""
    shop, today = company(), local_day(timezone.now())
    decided = list(queries.versions(shop))
    told: dict[str, Any] = {"round": queries.open_round(), "scope_hidden": True, "invited": _invited(request)}
    if not decided:
        return render(request, "definition/empty.html", told)
    newest = decided[-1]
    language = _language(request, newest.body)
    told |= {
        "decided": newest,
        "told": newest.body.told(language),
        "language": language,
        "languages_there": [(code, str(name)) for code, name in settings.LANGUAGES if newest.body.text.get(code)],
        "targets": targets.named(shop, newest.body.targets),
        "by": queries.names_of([newest.decided_by]).get(newest.decided_by, newest.decided_by),
        "reading": queries.reading(shop, newest.version, today),
        "came_of": Round.objects.filter(version=newest.version).first(),
        **_mine(request, newest.body),
    }
    if holds(request.user, CHANGE_PROGRAMME):
        keys = [key for key, _name in targets.offered(shop)]
        told["challenges"] = challenges(newest.body, groups=keys, languages=shop.settings.languages)
    return render(request, "definition/read.html", told)


@needs(CONFIRM_DEFINITION)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Keep that this colleague has read and understood the version that was shown, or what is not clear to them."""
    version, text = whole_number(request.POST.get("version", "")), plain_words(request.POST.get("text", ""), None)
    now, shop = timezone.now(), company()
    newest = queries.versions(shop)
    if not newest or newest[-1].version != version:
        messages.warning(request, _("A newer definition was published meanwhile. Please read it and answer again."))
    elif request.POST.get("clear") == "yes":
        actions.confirm(request.user, shop, version, text, now=now)  # type: ignore[arg-type]
        messages.success(request, _("It is kept that you have read and understood this version."))
    elif request.POST.get("clear") == "no":
        actions.doubt(request.user.email, version, text, now=now)  # type: ignore[union-attr]
        messages.success(request, _("It is kept. Whoever runs the programme sees it and will talk with you."))
    else:
        messages.warning(request, _("Choose one of the two answers."))
    return HttpResponseRedirect(reverse("definition:read"))


@needs(SEE_PROGRAMME)
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every version with what it changed, newest first."""
    shop = company()
    decided = list(queries.versions(shop))
    names = queries.names_of([one.decided_by for one in decided])
    rounds = {one.version: one for one in Round.objects.exclude(version=None)}
    before: list[Definition | None] = [None, *(one.body for one in decided)]
    shown = [
        {
            "decided": one,
            "by": names.get(one.decided_by, one.decided_by),
            "told": one.body.told(_language(request, one.body)),
            "changed": [sentences.PARTS[part] for part in queries.changed_parts(earlier, one.body)],
            "round": rounds.get(one.version),
        }
        for earlier, one in zip(before, decided, strict=False)
    ]
    return render(request, "definition/versions.html", {"versions": shown[::-1], "scope_hidden": True})


@needs(SEE_PROGRAMME)
@require_GET
def parity(request: HttpRequest) -> HttpResponse:
    """Dependence measured both ways: their share in our sales, our share in their purchases where it is known."""
    named = holds(request.user, SEE_CUSTOMERS)
    told = dependence(company(), named=named)
    if named and told["rows"]:
        trail.note(request.user, "definition: dependence seen", customers=len(told["rows"]))  # type: ignore[arg-type]
    around = Around(_("Parity"), (reverse("definition:read"), _("The definition")))
    return render_part(request, "definition/_parity.html", told, around)


def _mine(request: HttpRequest, newest: Definition) -> dict[str, Any]:
    """Whether this colleague has confirmed, and with which words."""
    if not holds(request.user, CONFIRM_DEFINITION):
        return {"confirms": False}
    found = queries.mine(company(), request.user)  # type: ignore[arg-type]
    email = request.user.email  # type: ignore[union-attr]
    return {
        "confirms": True,
        "mine": found,
        "i_have_read": found is not None and found.version >= newest.version,
        "doubt": Doubt.objects.filter(person=email, version=newest.version, cleared_at=None).first(),
    }


def _invited(request: HttpRequest) -> Invitation | None:
    """This colleague's own invitation to the round that goes on."""
    return (
        Invitation.objects.filter(user=request.user, revoked_at=None)  # type: ignore[misc]
        .exclude(round=None)
        .filter(round__state__in=("writing", "weighing"))
        .first()
    )


def _language(request: HttpRequest, found: Definition) -> str:
    wanted = request.GET.get("language", "")
    return wanted if found.text.get(wanted) else str(get_language() or settings.LANGUAGE_CODE)
