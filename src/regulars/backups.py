"""Backups: the whole workspace in one archive, taken while nobody writes the log."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
import zlib
from contextlib import closing
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path

from regulars import state_store
from regulars.errors import WorkspaceError
from regulars.log import maintenance
from regulars.log.inbox import Inbox
from regulars.log.scratch import PREFIXES, SPOOL, open_scratch
from regulars.log.store import LogStore
from regulars.log.vault import Vault
from regulars.places import BACKUP_FOLDER, CACHE_FOLDER, INBOX_FILE, LOG_FOLDER, SAVED_FOLDER, STATE_ID_FILE, VAULT_FILE

NOT_PACKED = (BACKUP_FOLDER, CACHE_FOLDER, STATE_ID_FILE)
DATABASE = ".sqlite3"
# A row of the inbox may stand for a client whom the vault got to know a moment before.
_FIRST = {INBOX_FILE: 0, VAULT_FILE: 1}


def backup(
    folder: Path, log: LogStore, path: Path | None, *, database: tuple[Vault, Inbox] | None, now: datetime
) -> Path:
    """Copy the workspace into one archive that only its owner can read; returns its path.

    database  vault and inbox where they are kept in PostgreSQL; they are saved as files
    """
    stamp = now.strftime("%Y-%m-%d-%H%M%S")
    target = path or folder / BACKUP_FOLDER / f"{folder.resolve().name}-{stamp}.tar.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(target.name + ".part")
    own = {path.resolve() for path in (*(folder / name for name in NOT_PACKED), target, draft)}
    draft.touch(mode=0o600)
    try:
        with maintenance.alone(log), tarfile.open(draft, "w:gz", compresslevel=1) as packed:
            there = [entry for entry in sorted(folder.iterdir()) if entry.resolve() not in own]
            for entry in there:
                if DATABASE not in entry.name:
                    packed.add(entry, arcname=entry.name, filter=_without_scratch)
            databases = [entry for entry in there if entry.name.endswith(DATABASE)]
            for entry in sorted(databases, key=lambda entry: _FIRST.get(entry.name, len(_FIRST))):
                _pack_database(log, entry, packed)
            if database:
                _pack_state(folder, log, *database, packed)
        shutil.move(draft, target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return target


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a backup into a new folder. Raises WorkspaceError for a folder in use or an archive that is none."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} is not empty. Restore into a new folder.")
    try:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise WorkspaceError(f"{archive} is not a backup that can be read: {error}.") from error


def _pack_database(log: LogStore, database: Path, packed: tarfile.TarFile) -> None:
    """A copy made by SQLite itself: copied file by file, a reader's checkpoint in between would tear it."""
    scratch = open_scratch(log.folder, SPOOL)
    try:
        copy = scratch.folder / database.name
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(database)) as original, closing(sqlite3.connect(copy)) as copied:
            original.backup(copied)
        packed.add(copy, arcname=database.name)
    finally:
        scratch.close()


def _pack_state(folder: Path, log: LogStore, vault: Vault, inbox: Inbox, packed: tarfile.TarFile) -> None:
    """Names and inbox, and whatever other programs (the pages) keep in the same database."""
    scratch = open_scratch(log.folder, SPOOL)
    try:
        state_store.save(vault, inbox, scratch.folder / SAVED_FOLDER)
        packed.add(scratch.folder / SAVED_FOLDER, arcname=SAVED_FOLDER)
        for keeper in entry_points(group="regulars.saved"):
            for path in keeper.load()(folder, scratch.folder):
                packed.add(path, arcname=path.name)
    finally:
        scratch.close()


def _without_scratch(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if entry.name.startswith(tuple(f"{LOG_FOLDER}/{prefix}" for prefix in PREFIXES)) else entry
