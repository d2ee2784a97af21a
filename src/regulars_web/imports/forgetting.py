"""Dropped files that tell of a person: they go, with all that was read of them, when that person is erased."""

from __future__ import annotations

from regulars.privacy.company_files import mentions
from regulars.privacy.person import Person, Traces
from regulars.workspace import Workspace
from regulars_web.imports import storing
from regulars_web.imports.models import State, Upload

NAME = "dropped files"


def forget_uploads(workspace: Workspace, person: Person, traces: Traces) -> int:
    """Delete every file that is kept or named and tells of the person; returns how many. Harmless when repeated."""
    gone = 0
    for upload in Upload.objects.iterator():
        path = workspace.folder / storing.UPLOADS / upload.folder / upload.file_name
        kept = upload.state == State.OPEN
        lost = kept and not path.is_file()  # the file went with the other files of the workspace
        if lost or traces.named_in_file_name(upload.file_name) or (kept and mentions(path, traces)):
            storing.discard(upload.folder)
            upload.delete()
            gone += 1
    return gone
