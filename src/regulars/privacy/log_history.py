"""What the log remembers besides its rows: replaced files, old versions, and what those say of their contents."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deltalake import DeltaTable

from regulars.log.durable import sync_file, sync_folder
from regulars.log.head import Head
from regulars.log.locks import Busy, exclusive
from regulars.log.store import READERS_LOCK, LogStore
from regulars.privacy.person import PrivacyError

PAUSE_SECONDS = 0.02
DIGITS = 20  # of a version in the name of a commit


def forget_past(store: LogStore, head: Head, *, wait_seconds: float) -> int:
    """Delete every file and every old version of the log that the head does not name; returns how many files.

    Waits for readers, since they may hold such files open. The caller holds the log alone and has published
    ``head``. Raises PrivacyError where somebody reads for longer than ``wait_seconds``; doing it again finishes.
    """
    with _without_readers(store, wait_seconds):
        deleted = sum(_delete_unnamed(store, head, table) for table in head.versions)
        return deleted + sum(_forget_versions(store, head, table) for table in head.versions)


@contextmanager
def _without_readers(store: LogStore, wait_seconds: float) -> Iterator[None]:
    until = time.monotonic() + wait_seconds
    while True:
        try:
            with exclusive(store.folder / READERS_LOCK, wait=False):
                yield
                return
        except Busy as error:
            if time.monotonic() > until:
                raise PrivacyError(
                    "Nobody sees the person any more, but somebody has been reading the log for "
                    f"{wait_seconds:g} seconds, so old files could not be deleted yet. Run the same command again."
                ) from error
            time.sleep(PAUSE_SECONDS)


def _delete_unnamed(store: LogStore, head: Head, table: str) -> int:
    visible = {file.name for file in store.log_files(table, head.versions[table])}
    folder = store.folder / table
    old = [path for path in folder.glob("*.parquet*") if path.name not in visible]
    for path in old:
        path.unlink()
    sync_folder(folder)
    return len(old)


def _forget_versions(store: LogStore, head: Head, table: str) -> int:
    """Keep the visible version alone: first a checkpoint that says all of it, then the commits before it go."""
    version = head.versions[table]
    commits = store.folder / table / "_delta_log"
    old = [path for path in commits.iterdir() if _is_older(path, version)]
    if not old:
        return 0
    DeltaTable((store.folder / table).resolve().as_uri(), version=version).create_checkpoint()
    sync_file(commits / f"{version:0{DIGITS}}.checkpoint.parquet")
    sync_file(commits / "_last_checkpoint")
    sync_folder(commits)
    for path in sorted(old):
        path.unlink()
    sync_folder(commits)
    return len(old)


def _is_older(path: Path, version: int) -> bool:
    """Whether a file of the transaction log is of a version before; half-written ones go too."""
    number = path.name.partition(".")[0]
    unfinished = "#" in path.name or path.suffix == ".tmp"
    return unfinished or (len(number) == DIGITS and number.isdigit() and int(number) < version)
