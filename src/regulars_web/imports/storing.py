"""Where dropped files lie: a private folder of the workspace, one folder a file, gone when the import is."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, StopUpload
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars_web.imports.models import State, Upload
from regulars_web.shared.company import workspace_folder
from regulars_web.shared.sentences import Refused

UPLOADS = "uploads"
MOST_BYTES = 1000 * 2**20
MOST_FILES = 10
KEPT_DAYS = 7
LOOK_FILE, CHECK_FILE = ".look.json", ".checked.json"
_CHUNK = 2**20
_LONGEST_NAME = 180  # bytes; the name of the rejects file is made of it
_ORPHAN_SECONDS = 3 * 3600  # a folder that no upload names is one that somebody is still sending, or was


@dataclass(frozen=True)
class Received:
    """A file that has arrived: its folder, name, size and digest."""

    folder: str
    name: str
    size: int
    checksum: str


def uploads_folder() -> Path:
    """The folder of all dropped files; nobody but this user may look into it."""
    folder = workspace_folder() / UPLOADS
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def folder_of(upload: Upload) -> Path:
    """The private folder of one file."""
    return workspace_folder() / UPLOADS / upload.folder


def path_of(upload: Upload) -> Path:
    """The file itself. Raises Refused where it is not kept any more."""
    path = folder_of(upload) / upload.file_name
    if not path.is_file():
        raise Refused(_("This file is not kept any more. Drop it again to go on."))
    return path


def keep(upload: Upload, name: str, content: dict[str, Any]) -> None:
    """Keep what was read of the file beside it, readable by this user alone; nothing where the file is gone."""
    folder = folder_of(upload)
    if not folder.is_dir():
        return
    draft = folder / f"{name}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        json.dump(content, handle, ensure_ascii=False)
    draft.replace(folder / name)


def kept(upload: Upload, name: str) -> dict[str, Any] | None:
    """What was kept beside the file; None where nothing was."""
    try:
        content: dict[str, Any] = json.loads((folder_of(upload) / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content


def discard(folder: str) -> None:
    """Delete a file with all that was read of it."""
    shutil.rmtree(workspace_folder() / UPLOADS / folder, ignore_errors=True)


def orphans(known: set[str]) -> list[str]:
    """Folders that belong to no open upload and that nobody is sending into."""
    place = workspace_folder() / UPLOADS
    if not place.is_dir():
        return []
    before = time.time() - _ORPHAN_SECONDS
    return [path.name for path in place.iterdir() if path.name not in known and path.stat().st_mtime < before]


def sweep() -> int:
    """Delete files that nobody finished within their days, and folders that belong to none; returns how many."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    gone = 0
    for upload in Upload.objects.filter(uploaded_at__lt=before).select_related("import_job"):
        if upload.state == State.OPEN and upload.import_job is not None and upload.import_job.open:
            continue
        discard(upload.folder)
        upload.delete()
        gone += 1
    waiting = Upload.objects.filter(state=State.OPEN)
    for upload in waiting:
        if not (folder_of(upload) / upload.file_name).is_file():  # erasing a person deletes files that name them
            discard(upload.folder)
            upload.delete()
            gone += 1
    known = set(waiting.values_list("folder", flat=True))
    for folder in orphans(known):
        discard(folder)
        gone += 1
    return gone


def safe_name(name: str) -> str:
    """The name under which a file is kept: its own, without what a disk or a terminal would take for a command."""
    bare = "".join(letter for letter in name.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())
    bare = bare.strip().lstrip(".").strip()
    stem, dot, suffix = bare.rpartition(".")
    if not dot or len(suffix.encode()) > 12:
        stem, suffix = bare, ""
    room = _LONGEST_NAME - len(suffix.encode()) - 1
    stem = stem.encode()[:room].decode(errors="ignore").strip()
    return f"{stem or 'file'}.{suffix}" if suffix else stem or "file"


class IntoFolder(FileUploadHandler):
    """Streams what is sent into private folders, piece by piece, and stops where it is too much."""

    chunk_size = _CHUNK

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.arrived: list[Received] = []
        self.refusal = ""
        self._announced = 0
        self._handle: Any = None
        self._folder = self._name = ""
        self._digest = hashlib.sha256()

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: bytes, encoding: str | None = None
    ) -> None:
        """Note how much is announced."""
        self._announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a folder for the next file."""
        super().new_file(*args, **kwargs)
        if self._announced > MOST_BYTES * MOST_FILES:
            self.refusal = "size"
            raise StopUpload(connection_reset=True)
        if len(self.arrived) >= MOST_FILES:
            self.refusal = "number"
            raise StopUpload(connection_reset=False)
        self._folder, self._name = secrets.token_hex(16), safe_name(self.file_name or "")
        self._digest = hashlib.sha256()
        folder = uploads_folder() / self._folder
        folder.mkdir(mode=0o700)
        path = folder / self._name
        self._handle = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write one piece."""
        if start + len(raw_data) > MOST_BYTES:
            self._give_up("size")
        try:
            self._handle.write(raw_data)
        except OSError:
            self._give_up("disk")
        self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Note the file; the view makes an upload of it."""
        self._handle.close()
        self.arrived.append(Received(self._folder, self._name, file_size, self._digest.hexdigest()))
        return UploadedFile(name=self._name, size=file_size)

    def upload_interrupted(self) -> None:
        """The person left: nothing is kept."""
        self.forget()

    def forget(self) -> None:
        """Delete everything that came with this request."""
        if self._handle is not None:
            self._handle.close()
        for folder in {self._folder, *(one.folder for one in self.arrived)} - {""}:
            discard(folder)
        self.arrived = []

    def _give_up(self, why: str) -> None:
        self.refusal = why
        self._handle.close()
        discard(self._folder)
        raise StopUpload(connection_reset=False)
