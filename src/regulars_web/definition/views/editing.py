"""Writing the definition: all its parts in every language, challenged before it is published."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from regulars.programme.challenges import challenges
from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import Challenge, Definition
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PROGRAMME
from regulars_web.definition import actions, queries, targets
from regulars_web.definition.forms import Filled, definition_of, filled_in, filled_with
from regulars_web.definition.models import Round
from regulars_web.definition.rounds.agreeing import agreed
from regulars_web.definition.rounds.criteria import OFFERED
from regulars_web.definition.typed import whole_number
from regulars_web.shared.company import company
from regulars_web.shared.said import said


@needs(CHANGE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Write the definition or its next version; from a round, with the words that were decided for."""
    sent = request.method == "POST"
    round_ = _decided_round(request.POST.get("round", "") if sent else request.GET.get("round", ""))
    versions = queries.versions(company())
    newest = versions[-1].body if versions else Definition()
    filled = filled_in(request.POST) if sent else filled_with(_with_round(newest, round_))
    based_on = whole_number(request.POST.get("based_on", "")) if sent else newest.version
    trouble = ""
    if sent and based_on != newest.version:
        trouble = _("Somebody published a newer version meanwhile. Look at it, then publish yours if it still holds.")
        based_on = newest.version
    elif sent and not filled.wrong and request.POST.get("do") == "publish":
        try:
            return _publish(request, filled, round_)
        except ProgrammeError as error:
            trouble = said(error)
    return _page(request, filled, round_, based_on, trouble, sent)


def _publish(request: HttpRequest, filled: Filled, round_: Round | None) -> HttpResponse:
    request_id = request.POST.get("request_id", "")[:100]
    made = definition_of(filled)
    actions.publish(request.user, company(), made, round_=round_, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
    messages.success(request, _("The definition is published. Everybody is asked to read and confirm it."))
    return HttpResponseRedirect(reverse("definition:read"))


def _page(
    request: HttpRequest, filled: Filled, round_: Round | None, based_on: int, trouble: str, sent: bool
) -> HttpResponse:
    first = list(company().settings.languages)
    if round_ and round_.draft:
        first = [round_.draft.language, *(code for code in first if code != round_.draft.language)]
    shown = {
        "languages": filled.languages(first),
        "ticked": filled.targets,
        "groups": _groups(filled),
        "round": round_,
        "based_on": based_on,
        "trouble": trouble,
        "wrong": bool(filled.wrong),
        "challenges": _challenged(definition_of(filled)) if (sent or based_on) and not filled.wrong else (),
        "checked": sent and not filled.wrong,
        "request_id": request.POST.get("request_id", "")[:100] or uuid4().hex,
        "scope_hidden": True,
    }
    status = 422 if sent and (filled.wrong or trouble) else 200
    return render(request, "definition/edit.html", shown, status=status)


def _challenged(made: Definition) -> list[Challenge]:
    shop = company()
    return challenges(made, groups=[key for key, _name in targets.offered(shop)], languages=shop.settings.languages)


def _groups(filled: Filled) -> list[tuple[str, str, bool]]:
    """Groups to tick: key, name, ticked; one that has ended stays as long as it is ticked."""
    there = targets.offered(company())
    known = dict(there)
    ended = [(key, key) for key in filled.targets if key not in known]
    return [(key, name, key in filled.targets) for key, name in [*there, *ended]]


def _decided_round(text: str) -> Round | None:
    """The round that was decided, where the address names it."""
    return Round.objects.filter(pk=whole_number(text), state=Round.State.DECIDED).select_related("draft").first()


def _with_round(newest: Definition, round_: Round | None) -> Definition:
    """The newest version with the decided words in it, and the criteria that were agreed on."""
    if round_ is None or round_.draft is None:
        return newest
    language = round_.draft.language or settings.LANGUAGE_CODE
    criteria = tuple(_in_all_languages(one.key, one.words, language) for one in agreed(round_))
    return Definition(
        text={language: round_.draft.text},
        competences=newest.competences,
        targets=newest.targets,
        granted=newest.granted,
        refused=newest.refused,
        parity=newest.parity,
        criteria=criteria or newest.criteria,
        version=newest.version,
    )


def _in_all_languages(key: str, words: str, language: str) -> dict[str, str]:
    if key not in OFFERED:
        return {language: words}
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(OFFERED[key])
    return found
