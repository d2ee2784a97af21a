"""Entering, changing and ending what the register of people holds."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from regulars.people.errors import PeopleError
from regulars.people.parts import Department, Employee, KeyAccount
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_STAFF
from regulars_web.shared.company import company
from regulars_web.staff import actions, naming, queries, sentences
from regulars_web.staff.editing import EDITORS, Editor
from regulars_web.voice.finding_customers import Named, named

BACK_WORDS = {
    "staff:overview": gettext_lazy("People and departments"),
    "staff:authority": gettext_lazy("Authority"),
    "staff:promises": gettext_lazy("Promises inside"),
    "staff:service": gettext_lazy("Service group"),
    "staff:partners": gettext_lazy("Partners"),
}


@needs(CHANGE_STAFF)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, noun: str) -> HttpResponse:
    """Something new."""
    editor = _editor(noun)
    there = editor.there(company(), "") if noun == "group" else None
    return _answer(request, noun, editor, there)


@needs(CHANGE_STAFF)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, noun: str, key: str) -> HttpResponse:
    """A new version of something that is there."""
    editor = _editor(noun)
    return _answer(request, noun, editor, _there(editor, key))


@needs(CHANGE_STAFF)
@require_POST
def end(request: HttpRequest, noun: str, key: str) -> HttpResponse:
    """Take something out; sent twice, it is out once."""
    editor = _editor(noun)
    there = _there(editor, key)
    if editor.texts.end and not getattr(there, "retired", False):
        request_id = request.POST.get("request_id", "")[:100]
        actions.end(request.user, company(), noun, there, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        messages.success(request, _("Done. Its versions stay."))
    return HttpResponseRedirect(reverse(editor.back))


def _answer(request: HttpRequest, noun: str, editor: Editor, there: Any) -> HttpResponse:
    workspace, asks = company(), editor.customer and there is None
    sent = request.POST if request.method == "POST" else None
    begins = editor.begins(there, request.GET.dict())
    if editor.personal:
        begins |= editor.personal(workspace, there)
    form = editor.form(sent, offered=editor.offered(workspace), initial=begins, new=there is None)
    customer = named(workspace, (sent or request.GET).dict()) if asks else Named(None, "")
    wrong = ""
    if sent is not None and form.is_valid():
        wrong = _no_customer(customer) if asks and customer.key is None else ""
        if not wrong:
            try:
                return _published(request, noun, editor, {**form.cleaned_data, "customer": customer.key}, there)
            except PeopleError as error:
                form.add_error(None, sentences.wrong_words(error))
    told = {
        "form": form,
        "customer_field": asks,
        "customer": customer,
        "customer_wrong": wrong,
        "request_id": request.POST.get("request_id", "")[:100] or uuid4().hex,
        "back": reverse(editor.back),
        "back_words": BACK_WORDS[editor.back],
        "scope_hidden": True,
        **_texts(noun, editor, there),
    }
    return render(request, "staff/edit.html", told, status=422 if form.errors or wrong else 200)


def _published(request: HttpRequest, noun: str, editor: Editor, told: dict[str, Any], there: Any) -> HttpResponse:
    one = editor.read(told, there)
    request_id, user = request.POST.get("request_id", "")[:100], request.user
    at: dict[str, Any] = {"now": timezone.now(), "request_id": request_id}
    if noun == "employees":
        made = naming.publish_employee(user, company(), one, there, told, **at)  # type: ignore[arg-type]
        messages.success(request, str(editor.texts.done))
        return HttpResponseRedirect(reverse("staff:employee", args=[made.code]))
    if noun == "partners":
        naming.publish_partner(user, company(), there, told, **at)  # type: ignore[arg-type]
        messages.success(request, str(editor.texts.done))
        return HttpResponseRedirect(reverse(editor.back))
    made = actions.publish(user, company(), noun, one, **at)  # type: ignore[arg-type]
    if noun == "limits" and there is not None and made.key != there.key:  # given to somebody else, or for another thing
        actions.end(user, company(), noun, there, **at)  # type: ignore[arg-type]
    messages.success(request, str(editor.texts.done))
    return HttpResponseRedirect(reverse(editor.back))


def _texts(noun: str, editor: Editor, there: Any) -> dict[str, Any]:
    fresh = there is None or (noun == "group" and not there.version)
    name = "" if fresh else _name(there)
    found = {"title": editor.texts.new if fresh else str(editor.texts.change) % {"name": name}}
    found["about"] = editor.texts.about
    if not fresh and editor.texts.end and not getattr(there, "retired", False):
        found |= {
            "end_address": reverse("staff:end", args=[noun, _key(there)]),
            "end_words": editor.texts.end,
            "end_about": editor.texts.end_about,
        }
    return found


def _name(there: Any) -> str:
    workspace = company()
    if isinstance(there, Employee):
        return queries.names_of(workspace, [there])[there.code]
    if isinstance(there, Department):
        return there.called
    if isinstance(there, KeyAccount):
        return queries.customer_names(workspace, [there.client_key])[there.client_key]
    return str(getattr(there, "name", ""))


def _key(there: Any) -> str:
    if isinstance(there, Employee):
        return there.code
    return str(there.client_key) if isinstance(there, KeyAccount) else str(there.key)


def _no_customer(customer: Named) -> str:
    if customer.choices:
        return _("Several customers fit. Choose one.")
    return _("No customer fits. Correct it.") if customer.text else _("Choose the customer.")


def _editor(noun: str) -> Editor:
    if noun not in EDITORS:
        raise Http404(noun)
    return EDITORS[noun]


def _there(editor: Editor, key: str) -> Any:
    """What is under a key. Raises Http404 where nothing is."""
    try:
        return editor.there(company(), key)
    except PeopleError:
        raise Http404(key) from None
