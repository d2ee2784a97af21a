"""The history of imports, and each of them: what it brought, its rejected lines, taking it back."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from regulars_web.accounts.permissions import holds, needs
from regulars_web.accounts.roles import IMPORT_FILES, UNDO_IMPORTS, Role
from regulars_web.imports import actions, notes, queries, showing, storing, words
from regulars_web.imports.queries import Imported
from regulars_web.shared.context import places
from regulars_web.shared.paging import Pages, wanted_page
from regulars_web.shared.said import said


@needs(IMPORT_FILES)
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """A place to drop files, those that are not finished, and every import so far."""
    found = queries.history()
    page = wanted_page(request)
    shown = found[(page - 1) * queries.PAGE : page * queries.PAGE]
    told = {
        "imports": [(one, words.form_words(one.form)) for one in shown],
        "pages": Pages(page, len(found), queries.PAGE),
        "count": len(found),
        "uploads": queries.uploads_of(request.user),
        "most_megabytes": storing.MOST_BYTES // 2**20,
        "most_bytes": storing.MOST_BYTES,
        "kept_days": storing.KEPT_DAYS,
        "scope_hidden": True,
    }
    return render(request, "imports/history.html", told)


@needs(IMPORT_FILES)
@require_GET
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """What one import brought, and what can be done now."""
    return render(request, "imports/detail.html", _detail(request, queries.one_import(number)))


def _detail(request: HttpRequest, found: Imported) -> dict[str, Any]:
    job = queries.undo_job(found.number)
    theirs = job is not None and (job.asked_by_id == request.user.pk or request.user.role == Role.OWNER)
    summary = found.summary
    return {
        "one": found,
        **_contents(found),
        "form_words": words.form_words(found.form),
        "mapping": words.mapped(summary.get("mapping", {})),
        "reasons": [(notes.why(why), count, []) for why, count in summary.get("reasons", {}).items()],
        "warnings": [(notes.why(why), count) for why, count in summary.get("warnings", {}).items()],
        "notes": [notes.note(one) for one in summary.get("notes", ())],
        "rejects": queries.rejects_of(found.number) is not None,
        "job": job,
        "job_sentence": said(job.sentence) if job else "",
        "job_shown": theirs,
        "may_undo": holds(request.user, UNDO_IMPORTS) and found.of_file and found.undone_at is None,
        "done": "done" in request.GET,
        "next": {place.noun: place.name for place in places(request.user)},
        "scope_hidden": True,
    }


def _contents(found: Imported) -> dict[str, Any]:
    counted = {
        "form": found.form,
        "lines_read": found.read,
        "lines_imported": found.imported,
        "lines_rejected": found.rejected,
        "lines_already_there": found.there,
    }
    return showing.contents({**found.summary, **counted})


@needs(IMPORT_FILES)
@require_GET
def rejects(request: HttpRequest, number: int) -> HttpResponseBase:
    """The lines that could not be used, as a file to mend; the import wrote it so that no cell runs as a formula."""
    queries.one_import(number)
    path = queries.rejects_of(number)
    if path is None:
        raise Http404(f"rejects of {number}")
    actions.note_rejects(request.user, number)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/csv; charset=utf-8")


@needs(UNDO_IMPORTS)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, saying what goes; then take the import back in the background."""
    found = queries.one_import(number)
    if not found.of_file:
        raise Http404(f"import {number}")
    if request.method == "POST":
        actions.ask_undo(request.user, number)
        return redirect("imports:detail", number=number)
    told = {"one": found, **_contents(found), "form_words": words.form_words(found.form), "scope_hidden": True}
    return render(request, "imports/undo.html", told)
