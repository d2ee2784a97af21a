"""What the worker does with a dropped file: check it, bring it in; and take an import back.

Each may be begun again by another worker when one dies, and nothing is counted twice: the log knows the bytes of a
file, and an import that got through before the worker died is found by them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from regulars.errors import LogError, NeedsDecision, RegularsError
from regulars.imports.summary import ImportSummary
from regulars_web.imports import storing
from regulars_web.imports.models import State, Upload
from regulars_web.imports.proposing import arguments
from regulars_web.jobs import actions as jobs
from regulars_web.jobs.models import Job
from regulars_web.shared import trail
from regulars_web.shared.company import company

CHECK, IMPORT, UNDO, REFRESH = "import-check", "import", "import-undo", "refresh"
# The part of the way that each step of an import takes; the library counts every step from 0 to 1.
_PARTS = {"Reading": (0.0, 0.5), "Checking": (0.5, 0.35), "Writing": (0.85, 0.15)}


class Gone(RegularsError):
    """The file was taken away while it was being read."""

    code = "gone"


def check(job: Job, progress: jobs.Progress) -> Mapping[str, Any]:
    """Read the whole file without importing it, and keep beside it what would happen."""
    storing.sweep()
    upload = Upload.objects.filter(pk=job.said["upload"]).first()
    if upload is None or upload.state != State.OPEN or upload.version != job.said["version"]:
        return {}
    try:
        summary = _read(job, upload, progress, dry_run=True)
    except RegularsError as error:
        _keep_problem(upload, error)
        return {"stopped": error.code}
    storing.keep(upload, storing.CHECK_FILE, {"version": upload.version, "summary": summary.as_dict()})
    Upload.objects.filter(pk=upload.pk, version=upload.version).update(checked=upload.version, problem={})
    return {"lines_read": summary.lines_read}


def bring_in(job: Job, progress: jobs.Progress) -> Mapping[str, Any]:
    """Import the file, tell the trail, and delete it."""
    upload = Upload.objects.filter(pk=job.said["upload"]).first()
    if upload is None or upload.state != State.OPEN:
        return {}
    told = _brought_by_a_dead_worker(job, upload)
    if told is None:
        try:
            told = _read(job, upload, progress, dry_run=False).as_dict()
        except RegularsError as error:
            _keep_problem(upload, error)
            return {"stopped": error.code}
    number = told["import_id"]
    kept = {name: value for name, value in told.items() if name not in ("first_rows", "examples", "rejects_file")}
    if number is not None and job.asked_by is not None:
        counted = {name: told[name] for name in ("lines_read", "lines_imported", "lines_rejected")}
        trail.note(job.asked_by, "file imported", import_id=number, **counted)
    Upload.objects.filter(pk=upload.pk).update(state=State.IMPORTED, import_id=number, result=kept, problem={})
    storing.discard(upload.folder)
    _refresh(job)
    return {"import_id": number}


def take_back(job: Job, progress: jobs.Progress) -> Mapping[str, Any]:
    """Undo an import; one that a dead worker has undone already is done."""
    number, by = int(job.said["import_id"]), _who(job)
    progress("Taking back", 0.1)
    try:
        removed = company().undo(number, by=by)
    except LogError:
        if not _undone_since(number, job):
            raise
        removed = 0
    if job.asked_by is not None:
        trail.note(job.asked_by, "import undone", import_id=number, rows=removed)
    _refresh(job)
    return {"rows": removed}


def _read(job: Job, upload: Upload, progress: jobs.Progress, *, dry_run: bool) -> ImportSummary:
    folder = storing.folder_of(upload)

    def steady(step: str, share: float) -> None:
        if not folder.is_dir():
            raise Gone("The file was taken away.")
        begin, part = _PARTS.get(step, (0.0, 1.0))
        progress(step, min(begin + part * share, 0.99))

    try:
        path, told = storing.path_of(upload), arguments(upload)
        return company().import_file(path, **told, dry_run=dry_run, by=_who(job), progress=steady)
    except OSError as error:
        if folder.is_dir():
            raise
        raise Gone("The file was taken away.") from error


def _keep_problem(upload: Upload, error: RegularsError) -> None:
    asks = error if isinstance(error, NeedsDecision) else None
    problem = {
        "code": error.code,
        "sentence": asks.question if asks else str(error),
        "asks": asks.asks if asks else "",
        "options": list(asks.options) if asks else [],
    }
    Upload.objects.filter(pk=upload.pk, version=upload.version).update(problem=problem, checked=0)


def _brought_by_a_dead_worker(job: Job, upload: Upload) -> dict[str, Any] | None:
    """The summary of the import that an earlier attempt at this job finished before it died."""
    if job.attempts < 2 or job.started_at is None:
        return None
    rows = company().imports()
    undone = {row["import_id"] for row in rows if row["event"] == "undone"}
    for row in reversed(rows):
        mine = row["checksum"] == upload.checksum and row["recorded_by"] == _who(job)
        if mine and row["import_id"] not in undone and _since(row, job):
            told: dict[str, Any] = json.loads(str(row["summary"]))
            return told
    return None


def _undone_since(number: int, job: Job) -> bool:
    rows = company().imports()
    return job.attempts > 1 and any(
        row["import_id"] == number and row["event"] == "undone" and _since(row, job) for row in rows
    )


def _since(row: Mapping[str, Any], job: Job) -> bool:
    return job.started_at is not None and row["recorded_at"] >= job.started_at


def _who(job: Job) -> str:
    return job.asked_by.email if job.asked_by else "pages"


def _refresh(job: Job) -> None:
    """What pages show is made anew in the background, where the program knows how."""
    if jobs.known(REFRESH):
        jobs.ask_once(REFRESH, {}, by=job.asked_by)
