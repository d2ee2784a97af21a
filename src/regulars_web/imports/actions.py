"""What people do with files: send, describe, check, import, give up; and take an import back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.errors import RegularsError
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import IMPORT_FILES, UNDO_IMPORTS
from regulars_web.imports import storing
from regulars_web.imports.models import State, Upload
from regulars_web.imports.proposing import HOW, look_of, read, remembered
from regulars_web.imports.queries import one_import, undo_job
from regulars_web.imports.works import CHECK, IMPORT, UNDO
from regulars_web.jobs import actions as jobs
from regulars_web.jobs.models import Job
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused


def start(by: User, received: storing.Received) -> Upload:
    """Take a file that has arrived; where one with the same columns was imported before, read it the same way."""
    require(by, IMPORT_FILES)
    upload = Upload.objects.create(
        folder=received.folder,
        file_name=received.name,
        size=received.size,
        checksum=received.checksum,
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    try:
        said = remembered(list(look_of(upload).columns), company().imports())
    except RegularsError:
        said = {}  # its page says what is wrong, and offers other ways of reading
    if said:
        upload.said = said
        upload.save(update_fields=["said"])
    return upload


def describe(by: User, upload: Upload, said: Mapping[str, Any]) -> Upload:
    """Say how the file is to be understood; what is left out stays. A change makes earlier checks void."""
    require(by, IMPORT_FILES)
    with transaction.atomic():
        held = _held(upload)
        changed = {**held.said, **said}
        if changed == held.said:
            return held
        _refuse_begun(held)
        other = any((changed.get(name) or "") != (held.said.get(name) or "") for name in ("form", *HOW))
        if other and "map" not in said:
            changed.pop("map", None)
            changed.pop("remembered", None)
            changed.pop("questions", None)
        held.said, held.version, held.problem = changed, held.version + 1, {}
        held.save(update_fields=["said", "version", "problem"])
        return held


def ask_check(by: User, upload: Upload) -> Upload:
    """Have the whole file read in the background; a check that is under way for just this is not asked for twice."""
    require(by, IMPORT_FILES)
    reading = read(upload)
    if not reading.ready:
        raise Refused(_("Something is still missing. Choose the columns first."))
    with transaction.atomic():
        held = _held(upload)
        _refuse_begun(held)
        job = held.check_job
        if job is None or not (job.open and job.said["version"] == held.version):
            held.check_job = jobs.ask(CHECK, {"upload": held.pk, "version": held.version}, by=by)
            held.problem = {}
            held.save(update_fields=["check_job", "problem"])
        return held


def ask_import(by: User, upload: Upload, version: int) -> Upload:
    """Have the file imported in the background, exactly as it was checked, once."""
    require(by, IMPORT_FILES)
    with transaction.atomic():
        held = _held(upload)
        if held.import_job is not None and held.import_job.open:
            return held
        if held.version != version or held.checked != version:
            raise Refused(_("How the file is read was changed since this check. Check it again, then import."))
        held.import_job = jobs.ask(IMPORT, {"upload": held.pk}, by=by)
        held.problem = {}
        held.save(update_fields=["import_job", "problem"])
        return held


def cancel(by: User, upload: Upload) -> None:
    """Give the file up and delete it at once. One that is being imported is left alone."""
    require(by, IMPORT_FILES)
    with transaction.atomic():
        held = (
            Upload.objects.select_for_update(of=("self",)).select_related("check_job", "import_job").get(pk=upload.pk)
        )
        if held.state != State.OPEN:
            return
        if held.import_job is not None and held.import_job.open and not jobs.cancel(held.import_job):
            raise Refused(_("The import has begun. Wait until it is done, then take it back if you do not want it."))
        if held.check_job is not None:
            jobs.cancel(held.check_job)
        held.state = State.CANCELLED
        held.save(update_fields=["state"])
    storing.discard(upload.folder)


def ask_undo(by: User, number: int) -> Job:
    """Have an import taken back in the background."""
    require(by, UNDO_IMPORTS)
    found = one_import(number)
    if found.undone_at is not None:
        raise Refused(_("This import was taken back before."))
    with transaction.atomic():
        under_way = undo_job(number)
        if under_way is not None and under_way.open:
            return under_way
        return jobs.ask(UNDO, {"import_id": number}, by=by)


def note_rejects(by: User, number: int) -> None:
    """Tell the trail that rejected lines were downloaded."""
    require(by, IMPORT_FILES)
    trail.note(by, "rejected lines exported", import_id=number)


def _held(upload: Upload) -> Upload:
    """The upload, locked. Raises Refused where it is not open any more."""
    jobs_too = Upload.objects.select_for_update(of=("self",)).select_related("check_job", "import_job")
    held = jobs_too.get(pk=upload.pk)
    if held.state != State.OPEN:
        raise Refused(_("This file was imported or given up meanwhile. Drop it again to go on."))
    return held


def _refuse_begun(upload: Upload) -> None:
    if upload.import_job is not None and upload.import_job.open:
        raise Refused(_("This file is being imported. Wait until it is done."))
