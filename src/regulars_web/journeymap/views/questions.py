"""The four questions: what the log says to each, and what the people of the company say, signed and dated."""

from __future__ import annotations

from typing import Any, cast, get_args
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from regulars.fourquestions.errors import FourQuestionsError
from regulars.fourquestions.figures import figures
from regulars.fourquestions.parts import Question, Said
from regulars.fourquestions.publishing import LONGEST, histories
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_JOURNEYS, SEE_JOURNEYS
from regulars_web.journeymap import actions, queries, words
from regulars_web.journeymap.figures import shown, sides
from regulars_web.journeymap.views.cells import newest_frame
from regulars_web.journeymap.views.maps import address, request_of, scope_of
from regulars_web.shared.company import company
from regulars_web.shared.parts import Around, render_part

QUESTIONS = get_args(Question)


@needs(SEE_JOURNEYS)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """All four, with what was answered; the figures come by themselves."""
    return _page(request)


@needs(SEE_JOURNEYS)
@require_GET
def part(request: HttpRequest, question: str) -> HttpResponse:
    """What the log says to one question."""
    asked = _asked(question)
    scope = scope_of(request)
    told = {"question": asked, **_figures(request, asked)}
    back = (address("journeymap:questions", scope), _("The four questions"))
    around = Around(str(words.QUESTION_WORDS[asked]), back, ("journeymap/css/journeymap.css",))
    return render_part(request, "journeymap/_figures.html", told, around)


@needs(CHANGE_JOURNEYS)
@require_POST
def answer(request: HttpRequest, question: str) -> HttpResponse:
    """Write down what people say to a question."""
    asked, scope = _asked(question), scope_of(request)
    queries.group_name(company(), scope)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        actions.answer(
            request.user,  # type: ignore[arg-type]
            company(),
            asked,
            text,
            group=queries.key_of(scope),
            now=timezone.now(),
            request_id=request_of(request),
        )
    except FourQuestionsError as error:
        return _page(request, wrong={asked: (text, words.wrong_words(error))})
    messages.success(request, _("Your answer is kept, with your name and today's date."))
    return HttpResponseRedirect(address("journeymap:questions", scope, mark=asked))


def _page(request: HttpRequest, wrong: dict[Question, tuple[str, str]] | None = None) -> HttpResponse:
    workspace, scope = company(), scope_of(request)
    name = queries.group_name(workspace, scope)
    said = histories(workspace, queries.key_of(scope))
    whole = "whole" in request.GET
    cards = [
        {
            **_card(question, said.get(question, []), (wrong or {}).get(question)),
            "found": _figures(request, question) if whole else None,
        }
        for question in QUESTIONS
    ]
    told: dict[str, Any] = {
        "cards": cards,
        "group_name": name,
        "finding": _finding(4 - len(said)),
        "longest": LONGEST,
        "whole": whole,
    }
    return render(request, "journeymap/questions.html", told, status=422 if wrong else 200)


def _card(question: Question, said: list[Said], wrong: tuple[str, str] | None) -> dict[str, Any]:
    newest = said[-1] if said else None
    return {
        "key": question,
        "words": words.QUESTION_WORDS[question],
        "help": words.QUESTION_HELPS[question],
        "part": reverse("journeymap:question_part", args=[question]),
        "newest": newest,
        "by": words.signed_words(newest.by) if newest else "",
        "earlier": [(one, words.signed_words(one.by)) for one in said[-2::-1]],
        "text": wrong[0] if wrong else (newest.text if newest else ""),
        "wrong": wrong[1] if wrong else "",
        "request_id": uuid4().hex,
    }


def _figures(request: HttpRequest, question: Question) -> dict[str, Any]:
    frame = newest_frame(request)
    if frame is None:
        return {"sides": [], "empty": True}
    found = figures(company(), question, queries.lens_of(frame))
    currency = company().settings.currency
    return {
        "sides": sides([shown(one, currency) for one in found], question),
        "as_of": frame.newest,
        "first": frame.first,
        "last": frame.last,
    }


def _finding(open_questions: int) -> str:
    if not open_questions:
        return _("All four questions are answered")
    return ngettext(
        "%(count)s of four questions is not answered yet",
        "%(count)s of four questions are not answered yet",
        open_questions,
    ) % {"count": open_questions}


def _asked(question: str) -> Question:
    if question not in QUESTIONS:
        raise Http404(question)
    return cast(Question, question)
