"""The steps of a dropped file: what it is, its columns, the check, the import."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from regulars.errors import RegularsError
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import IMPORT_FILES
from regulars_web.imports import actions, asking, notes, queries, showing, storing, words
from regulars_web.imports.forms import NEW, WhatForm, said_mapping
from regulars_web.imports.models import State, Upload
from regulars_web.imports.proposing import DECISIONS, HOW, Reading, read
from regulars_web.jobs.models import State as JobState
from regulars_web.shared.company import company
from regulars_web.shared.said import said
from regulars_web.shared.sentences import Refused


@needs(IMPORT_FILES)
@csrf_exempt  # the inner view checks it, once the handler that streams to the disk is in place
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take one or several files; they go to the disk piece by piece."""
    handler = storing.IntoFolder(request)
    request.upload_handlers = [handler]
    answer = _sent(request, handler)
    if answer.status_code == HTTPStatus.FORBIDDEN:  # the form's key did not fit, which shows only in what was sent
        handler.forget()
    return answer


@csrf_protect
def _sent(request: HttpRequest, handler: storing.IntoFolder) -> HttpResponse:
    try:
        request.FILES  # noqa: B018  reading it is what receives the files
        if handler.refusal or not handler.arrived:
            raise Refused(_why_refused(handler.refusal))
        uploads = [actions.start(request.user, received) for received in handler.arrived]
    except BaseException:
        handler.forget()
        raise
    storing.sweep()
    if len(uploads) == 1:
        return _go(request, reverse("imports:what", args=[uploads[0].pk]))
    count = len(uploads)
    told = ngettext(
        "%(count)s file arrived. Go through it below.",
        "%(count)s files arrived. Go through them one by one below.",
        count,
    )
    messages.success(request, told % {"count": count})
    return _go(request, reverse("imports:history"))


def _why_refused(refusal: str) -> str:
    if refusal == "size":
        most = storing.MOST_BYTES // 2**20
        return _("A file may have up to %(most)s MB. Export a shorter period, or compress the file as zip.") % {
            "most": most
        }
    if refusal == "number":
        return _("Up to %(most)s files can be sent at once.") % {"most": storing.MOST_FILES}
    if refusal == "disk":
        return _("The file could not be kept, because the disk is full or cannot be written. Nothing was imported.")
    return _("No file arrived. Choose one and send it again.")


@needs(IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def what(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 1: what the file is and where it comes from."""
    upload = _open(request, pk)
    reading, problem = _try(upload)
    sheets = reading.look.format.sheets if reading else ()
    if request.method == "GET":
        form = WhatForm(initial=_initial(upload, reading), sheets=sheets)
        return render(request, "imports/what.html", _what(upload, reading, problem, form))
    form = WhatForm(request.POST, sheets=sheets)
    if not form.is_valid():
        return render(request, "imports/what.html", _what(upload, reading, problem, form), status=422)
    upload = actions.describe(request.user, upload, form.cleaned_data)
    reading, problem = _try(upload)
    if problem or "again" in request.POST:
        form = WhatForm(initial=_initial(upload, reading), sheets=reading.look.format.sheets if reading else sheets)
        told = _what(upload, reading, problem, form)
        return render(request, "imports/what.html", told, status=422 if problem else 200)
    return redirect("imports:columns", pk=pk)


def _what(upload: Upload, reading: Reading | None, problem: str, form: WhatForm) -> dict[str, Any]:
    rows = company().imports()
    known = queries.sources(rows)
    chosen = str(form["source"].value() or "")
    sure = bool(reading and reading.proposal.form_is_sure)
    return {
        **_around(upload, "what"),
        "form": form,
        "forms": [(name, *told) for name, told in words.FORMS.items()],
        "guessed": reading.guess.mapping.form if reading and not upload.said.get("form") and sure else "",
        "unsure": reading is not None and not sure and not upload.said.get("form"),
        "sources": known[:8],
        "source": chosen,
        "new": NEW,
        "new_source": chosen if chosen and chosen not in known[:8] and chosen != NEW else "",
        "problem": problem,
        "reading": reading,
        "columns": showing.columns_of(reading, None) if reading else [],
        "questions": [showing.question(one) for one in reading.questions] if reading else [],
        "notes": [notes.note(one) for one in reading.look.format.notes] if reading else [],
        "earlier": queries.seen_before(upload, reading.form) if reading else None,
        "orders": showing.DATE_ORDERS.items(),
    }


def _initial(upload: Upload, reading: Reading | None) -> dict[str, Any]:
    told = upload.said
    known = queries.sources(company().imports())
    first = known[0] if known else "shop"
    return {
        **{name: told.get(name, "") for name in (*HOW, *DECISIONS)},
        "form": told.get("form") or (reading.form if reading and reading.proposal.form_is_sure else ""),
        "source": told.get("source") or first,
    }


@needs(IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 2: which column is what, over the file's own rows; a change is looked at once."""
    upload = _open(request, pk)
    reading = read(upload)
    if request.method == "GET":
        return render(request, "imports/columns.html", _columns(upload, reading, []))
    chosen, wrong = said_mapping(request.POST, reading)
    questions: dict[str, str] = {}
    if asking.has_questions(reading) or reading.proposal.mapping.questions:
        questions, unclear = asking.said_questions(request.POST, reading)
        wrong += unclear
        chosen = asking.kept_fields(chosen, questions, reading)
    if not wrong:
        remembered = upload.said.get("remembered") if chosen == upload.said.get("map") else None
        told = {"form": reading.form, "map": chosen, "remembered": remembered, "questions": questions}
        upload = actions.describe(request.user, upload, told)
        reading = read(upload)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "imports/_verdict.html", {**_columns(upload, reading, wrong), "again": True})
    if wrong or not reading.ready:
        return render(request, "imports/columns.html", _columns(upload, reading, wrong), status=422)
    actions.ask_check(request.user, upload)
    return redirect("imports:check", pk=pk)


def _columns(upload: Upload, reading: Reading, wrong: list[str]) -> dict[str, Any]:
    mapping = reading.proposal.mapping
    shown = showing.columns_of(reading, upload.said.get("remembered"), upload.said.get("questions"))
    asked = asking.has_questions(reading)
    return {
        **_around(upload, "columns"),
        "reading": reading,
        "form_words": words.form_words(reading.form),
        "columns": shown[: showing.SHOWN_COLUMNS],
        "groups": showing.field_groups(reading.form),
        "constants": showing.constants_of(reading),
        "wrong": wrong,
        "missing": showing.missing(reading),
        "ties": showing.ties(reading),
        "questions": [showing.question(one) for one in reading.questions],
        "taken": [words.label(name) for name in (*mapping.fields, *mapping.constants)],
        "left_out": [column.name for column in shown if not column.field],
        "asks": asked,
        "kinds": asking.kinds() if asked else [],
        "marks": asking.marks() if asked else [],
        "asked": sum(column.asked for column in shown),
    }


@needs(IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 3: what would be imported, found by reading the whole file in the background."""
    upload = _open(request, pk)
    if request.method == "POST":
        actions.ask_check(request.user, upload)
        return redirect("imports:check", pk=pk)
    kept = storing.kept(upload, storing.CHECK_FILE)
    done = kept["summary"] if kept and upload.checked == upload.version == kept["version"] else None
    job = upload.check_job
    if upload.import_job is not None and upload.import_job.open:
        return redirect("imports:bring", pk=pk)
    told = {**_around(upload, "check"), "job": job if job and job.open and not done else None}
    told |= _problem(upload)
    if job is not None and job.state == JobState.FAILED and not upload.problem:
        told["stopped"] = True
    if done:
        heads, rows = showing.understood(done["form"], done["first_rows"])
        told |= {"heads": heads, "rows": rows, **_reasons(done), **showing.contents(done)}
    return render(request, "imports/check.html", told)


def _problem(upload: Upload) -> dict[str, Any]:
    problem = upload.problem
    if not problem:
        return {"problem": None}
    choices = showing.choices_for(problem["asks"], problem["options"])
    return {"problem": {**problem, "sentence": said(problem["sentence"])}, "choices": choices}


def _reasons(summary: dict[str, Any]) -> dict[str, Any]:
    examples = summary.get("examples", {})
    return {
        "reasons": [(notes.why(why), count, examples.get(why, [])) for why, count in summary["reasons"].items()],
        "warnings": [(notes.why(why), count) for why, count in summary["warnings"].items()],
        "notes": [notes.note(one) for one in summary["notes"]],
    }


@needs(IMPORT_FILES)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question that the file leaves open, and check again."""
    upload = _open(request, pk)
    decided = {name: request.POST[name][:40] for name in DECISIONS if name in request.POST}
    upload = actions.describe(request.user, upload, decided)
    actions.ask_check(request.user, upload)
    return redirect("imports:check", pk=pk)


@needs(IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 4: the import itself, once; then its result."""
    upload = queries.upload_of(request.user, pk)
    if request.method == "POST":
        if upload.state == State.OPEN:
            version = request.POST.get("version", "")
            actions.ask_import(request.user, upload, int(version) if version.isdecimal() and len(version) < 9 else 0)
        return redirect("imports:bring", pk=pk)
    if upload.state == State.IMPORTED and upload.import_id is not None:
        return redirect(f"{reverse('imports:detail', args=[upload.import_id])}?done=1")
    job = upload.import_job
    if upload.state == State.CANCELLED:
        return redirect("imports:history")
    failed = job is not None and job.state == JobState.FAILED
    if upload.state == State.OPEN and not (upload.problem or failed or (job and job.open)):
        return redirect("imports:check", pk=pk)
    told = {**_around(upload, "bring"), "job": job if job and job.open else None, **_problem(upload)}
    told["earlier"] = upload.result.get("earlier_import")
    told["stopped"] = failed and not upload.problem
    return render(request, "imports/bring.html", told)


@needs(IMPORT_FILES)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file up; it is deleted at once."""
    upload = queries.upload_of(request.user, pk)
    actions.cancel(request.user, upload)
    if upload.state == State.OPEN:
        messages.success(request, _("The file is deleted. Nothing of it was imported."))
    return redirect("imports:history")


def _open(request: HttpRequest, pk: int) -> Upload:
    upload = queries.upload_of(request.user, pk)
    if upload.state != State.OPEN:
        raise Refused(_("This file was imported or given up meanwhile. Drop it again to go on."))
    return upload


def _try(upload: Upload) -> tuple[Reading | None, str]:
    """How the file is understood, or why it cannot be read so."""
    try:
        return read(upload), ""
    except RegularsError as error:
        storing.path_of(upload)  # a file that is gone is no question of how it is read
        return None, said(error)


def _around(upload: Upload, step: str) -> dict[str, Any]:
    return {"upload": upload, "step": step, "kept_days": storing.KEPT_DAYS, "scope_hidden": True}


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
