"""What the pages about imports read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from regulars.imports.fields import FORMS
from regulars.log.inbox import PAGES
from regulars.places import REJECTS_FOLDER
from regulars_web.accounts.models import User
from regulars_web.accounts.roles import Role
from regulars_web.imports.models import State, Upload
from regulars_web.imports.works import UNDO
from regulars_web.jobs.models import Job
from regulars_web.jobs.models import State as JobState
from regulars_web.shared.company import company, workspace_folder

PAGE = 25


@dataclass(frozen=True)
class Imported:
    """One import of the history. ``summary`` is what it told when it was done."""

    number: int
    at: datetime
    by: str
    source: str
    form: str
    file_name: str
    read: int
    imported: int
    rejected: int
    there: int
    checksum: str
    undone_at: datetime | None = None
    undone_by: str = ""
    summary: dict[str, Any] = field(default_factory=dict)

    @property
    def of_file(self) -> bool:
        """Whether a file was imported; else the program itself wrote the rows."""
        return self.form in FORMS


def history() -> list[Imported]:
    """Every import, newest first; what pages wrote is not one."""
    rows = company().imports()
    undone = {row["import_id"]: row for row in rows if row["event"] == "undone"}
    names = dict(User.objects.values_list("email", "name"))
    done = [row for row in rows if row["event"] == "imported" and row["form"] != PAGES]
    return [_imported(row, undone.get(row["import_id"]), names) for row in reversed(done)]


def one_import(number: int) -> Imported:
    """One import. Raises Http404."""
    for found in history():
        if found.number == number:
            return found
    raise Http404(f"import {number}")


def _imported(row: dict[str, object], undone: dict[str, object] | None, names: dict[str, str]) -> Imported:
    def who(email: object) -> str:
        return names.get(str(email), str(email))

    return Imported(
        number=int(str(row["import_id"])),
        at=_instant(row["recorded_at"]),
        by=who(row["recorded_by"]),
        source=str(row["source"]),
        form=str(row["form"]),
        file_name=str(row["file_name"] or ""),
        read=int(str(row["lines_read"])),
        imported=int(str(row["lines_imported"])),
        rejected=int(str(row["lines_rejected"])),
        there=int(str(row["lines_already_there"])),
        checksum=str(row["checksum"] or ""),
        undone_at=_instant(undone["recorded_at"]) if undone else None,
        undone_by=who(undone["recorded_by"]) if undone else "",
        summary=json.loads(str(row["summary"] or "{}")),
    )


def _instant(value: object) -> datetime:
    assert isinstance(value, datetime)  # noqa: S101  the log's own column type
    return value


def rejects_of(number: int) -> Path | None:
    """The file of an import's rejected lines; None where it has none."""
    found = sorted((workspace_folder() / REJECTS_FOLDER).glob(f"*.import-{number}.rejects.csv"))
    return found[0] if found else None


def uploads_of(user: User) -> QuerySet[Upload]:
    """Files that are not finished: one's own; an owner sees everybody's."""
    waiting = Upload.objects.filter(state=State.OPEN).select_related("uploaded_by", "check_job", "import_job")
    return waiting if user.role == Role.OWNER else waiting.filter(uploaded_by=user)


def upload_of(user: User, pk: int) -> Upload:
    """One file that this person may see, finished or not. Raises Http404."""
    found = Upload.objects.select_related("uploaded_by", "check_job", "import_job").filter(pk=pk).first()
    if found is None or (user.role != Role.OWNER and found.uploaded_by_id != user.pk):
        raise Http404(f"upload {pk}")
    return found


def sources(rows: list[dict[str, object]]) -> list[str]:
    """The sources that imports in force came from, the one used last first."""
    undone = {row["import_id"] for row in rows if row["event"] == "undone"}
    named = [
        str(row["source"])
        for row in reversed(rows)
        if row["event"] == "imported" and row["import_id"] not in undone and row["form"] != PAGES
    ]
    return list(dict.fromkeys(named))


def seen_before(upload: Upload, form: str) -> Imported | None:
    """The import in force that brought these very bytes as this form."""
    same = (one for one in history() if one.checksum == upload.checksum and one.form == form and not one.undone_at)
    return next((one for one in same if one.imported), None)


def undo_job(number: int) -> Job | None:
    """The newest attempt to take an import back, unless it has done so."""
    jobs = Job.objects.filter(kind=UNDO, said__import_id=number).exclude(state=JobState.DONE)
    return jobs.order_by("-asked_at").first()
