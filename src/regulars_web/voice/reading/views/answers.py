"""Single answers: the list, its file, one answer, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.surveys.taking_back import typed_answer
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import EXPORT_CUSTOMERS, FOLLOW_UP, SEE_VOICE, allowed
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.files import table_file
from regulars_web.shared.frame import Frame, frame_of, is_empty
from regulars_web.shared.paging import Pages, wanted_page
from regulars_web.shared.sentences import Refused
from regulars_web.voice.models_reading import FollowUp
from regulars_web.voice.reading import following
from regulars_web.voice.reading.answers import (
    BANDS,
    MOST_IN_FILE,
    SIZE,
    choices_of,
    conditions,
    page_of,
    read_asked,
)
from regulars_web.voice.reading.exports import as_table, headings
from regulars_web.voice.reading.people import nameless, with_names
from regulars_web.voice.reading.single import Single, read_single
from regulars_web.voice.reading.theming import answers_of_theme, theme_names
from regulars_web.voice.typing_in.actions import may_take_back

FORMS = ("csv", "xlsx")


@needs(SEE_VOICE)
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """The list of answers, filtered, newest first."""
    workspace = company()
    if is_empty(workspace):
        return HttpResponseRedirect(reverse("voice:overview"))
    frame = frame_of(workspace, request.scope)  # type: ignore[attr-defined]
    asked, here = read_asked(request.GET), wanted_page(request)
    found, rows = page_of(frame, _where(frame, asked), page=here)
    marks = {
        one.answer: one
        for one in FollowUp.objects.filter(answer__in=[one.key for one in found]).select_related("person")
    }
    shown = [replace(one, follow_up=marks.get(one.key)) for one in with_names(workspace, found, request.user)]
    if shown:
        trail.note(request.user, "answers seen", rows=len(shown))  # type: ignore[arg-type]
    told = {
        "answers": shown,
        "asked": asked,
        "bands": BANDS,
        "choices": choices_of(frame),
        "themes": theme_names(frame),
        "rows": rows,
        "pages": Pages(here, rows, SIZE),
    }
    return render(request, "voice/reading/answers.html", told)


@needs(EXPORT_CUSTOMERS)
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as a file, personal data masked. It is in the trail before the first byte leaves."""
    if form not in FORMS:
        raise Http404
    workspace = company()
    frame = frame_of(workspace, request.scope)  # type: ignore[attr-defined]
    asked = read_asked(request.GET)
    if asked.refused:  # a search that fell away would export more than was asked for
        raise Refused(asked.refused)
    found, rows = page_of(frame, _where(frame, asked), page=1, size=MOST_IN_FILE)
    if rows > len(found):
        raise Refused(_("A file holds 100,000 answers at most. Choose a shorter period or filter the list."))
    table = as_table(with_names(workspace, found, request.user))
    trail.note(request.user, "answers exported", rows=table.num_rows, form=form)  # type: ignore[arg-type]
    return table_file(table, form, name="answers", sheet=_("Answers"), headings=headings())


@needs(SEE_VOICE)
@require_GET
def answer(request: HttpRequest, touch: int) -> HttpResponse:
    """One answer: every question with what was answered, who gave it, and what was done."""
    single = _existing(touch)
    [shown] = with_names(company(), [single.answer], request.user)
    trail.note(request.user, "answer seen", answer=touch, customer=shown.client_key)  # type: ignore[arg-type]
    told = {
        "single": single if shown.client_key is not None else _hidden(single, request.user),
        "answer": shown,
        "mark": FollowUp.objects.filter(answer=touch).select_related("person", "done_by").first(),
        "colleagues": _colleagues(),
        "channels": following.CHANNELS,
        "now": timezone.now(),
        "take_back": may_take_back(_user(request), typed_answer(company(), touch)),
        "scope_hidden": True,
    }
    return render(request, "voice/reading/answer.html", told)


@needs(FOLLOW_UP)
@require_POST
def follow_up(request: HttpRequest, touch: int) -> HttpResponse:
    """Mark the answer for a colleague, or close the mark."""
    single, by = _existing(touch), _user(request)
    if request.POST.get("do") == "end":
        following.end_follow_up(by, single.answer, now=timezone.now())
        messages.success(request, _("The follow-up is closed."))
    else:
        person = _chosen(request.POST.get("person", ""))
        note = request.POST.get("note", "")
        following.open_follow_up(by, single.answer, person=person, note=note, now=timezone.now())
        messages.success(request, _("The answer is marked for follow-up."))
    return HttpResponseRedirect(reverse("voice:answer", args=[touch]))


@needs(FOLLOW_UP)
@require_POST
def reply(request: HttpRequest, touch: int) -> HttpResponse:
    """Keep what the customer was told."""
    single = _existing(touch)
    kept = following.reply(
        _user(request),
        company(),
        single.answer,
        text=request.POST.get("text", ""),
        channel=request.POST.get("channel", ""),
        now=timezone.now(),
        request_id=request.POST.get("request_id", "")[:100],
    )
    messages.success(
        request, _("The reply is logged.") if kept else _("This reply was logged before; it is kept once.")
    )
    return HttpResponseRedirect(reverse("voice:answer", args=[touch]))


def _where(frame: Frame, asked: Any) -> str:
    followed: Iterable[int] = FollowUp.objects.values_list("answer", flat=True) if asked.waiting else ()
    themed = answers_of_theme(frame, asked.theme) if asked.theme else None
    return conditions(asked, frame, followed=list(followed), themed=themed)


def _existing(touch: int) -> Single:
    single = read_single(company(), touch) if touch < 2**63 else None
    if single is None:
        raise Http404(touch)
    return single


def _hidden(single: Single, user: Any) -> Single:
    """For those who may not see customers: replies, too, often name them."""
    if single.answer.client_key is None or holds(user, "see customers"):
        return single
    [name_free] = with_names(company(), [single.answer], user)
    texts = {one.question: one.text for one in name_free.texts}
    given = tuple(replace(one, answer=texts.get(one.key, one.answer)) if one.written else one for one in single.given)
    return replace(single, answer=nameless(name_free, ""), given=given, replies=())


def _colleagues() -> list[User]:
    """Those who may follow up."""
    return [one for one in User.objects.filter(is_active=True).order_by("name") if allowed(one.role, FOLLOW_UP)]


def _chosen(text: str) -> User | None:
    if not text:
        return None
    found = next((one for one in _colleagues() if str(one.pk) == text), None)
    if found is None:
        raise Refused(_("This colleague cannot take a follow-up. Choose another one."))
    return found


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101  the middleware has let nobody else in
    return user
