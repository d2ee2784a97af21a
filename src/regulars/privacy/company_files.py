"""Files beside the log and the vault that may hold a person: rejected lines, exports, uploads, archives."""

# ruff: noqa: S608  SQL is put together of names of our own columns, keys and file names; see quoted()

from __future__ import annotations

import csv
import gzip
import io
import os
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from regulars.engines.connection import connect, quoted
from regulars.log.durable import sync_file, sync_folder
from regulars.log.locks import exclusive
from regulars.places import SAVED_FOLDER
from regulars.privacy.person import Traces
from regulars.state_store import STATE_LOCK

REJECTS, BACKUPS = "rejects", "backups"
REPEATABLE = ("exports", "uploads")  # folders whose files can be made again, so they go as a whole
# What has its own way of forgetting, or holds no words.
KEPT_ELSEWHERE = ("log", "cache", "suppression", REJECTS, BACKUPS, *REPEATABLE)
OWN_FILES = ("vault.sqlite3", "inbox.sqlite3", "state.sqlite3", "regulars.toml", "audit.seal")
LONG_ENOUGH = 5  # letters of a reference that is looked for in files of any kind
MIME_ZIP = b"PK\x03\x04"
PARQUET = b"PAR1"


def clean_rejects(folder: Path, traces: Traces) -> int:
    """Take the person's lines out of the files of rejected lines; returns how many lines."""
    gone = 0
    for path in sorted((folder / REJECTS).glob("*.csv")) if (folder / REJECTS).is_dir() else ():
        gone += _clean_rejects_file(path, traces)
        if traces.named_in_file_name(path.name.partition(".import-")[0]):
            path.rename(path.with_name(f"erased.import-{path.name.partition('.import-')[2]}"))
            sync_folder(path.parent)
    return gone


def delete_files(folder: Path, traces: Traces) -> int:
    """Delete exported and uploaded files that hold the person; returns how many. They can be made again."""
    gone = 0
    for name in REPEATABLE:
        for path in sorted(path for path in (folder / name).rglob("*") if path.is_file()):
            if traces.named_in_file_name(path.name) or mentions(path, traces):
                path.unlink()
                gone += 1
    return gone


def delete_drafts(folder: Path) -> None:
    """Delete the copies of vault and inbox that a move to a database left when it was broken off.

    They hold everybody, and nobody reads them: a move that is asked for again begins anew. A whole copy
    (``saved_state``) is taken in and deleted whenever the workspace is opened, so none is here now.
    """
    with exclusive(folder / STATE_LOCK):
        shutil.rmtree(folder / f"{SAVED_FOLDER}.new", ignore_errors=True)


def other_files(folder: Path, traces: Traces) -> list[str]:
    """Files in the workspace that Regulars does not keep itself and that hold the person: names, for a look."""
    found = []
    traces = replace(traces, cells=frozenset(cell for cell in traces.cells if len(cell) >= LONG_ENOUGH))
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        own = path.relative_to(folder)
        if own.parts[0] in KEPT_ELSEWHERE or own.parts[0].startswith((".", *OWN_FILES)):
            continue
        if traces.named_in_file_name(path.name) or mentions(path, traces):
            found.append(str(own))
    return found


def archives(folder: Path) -> list[str]:
    """The backups in the workspace: they hold the person until they are deleted."""
    place = folder / BACKUPS
    return sorted(path.name for path in place.iterdir() if path.is_file()) if place.is_dir() else []


def mentions(path: Path, traces: Traces) -> bool:
    """Whether a file's rows or texts tell of the person."""
    return any(traces.told_in(row) for row in rows_of(path))


def rows_of(path: Path) -> Iterator[list[str]]:
    """The lines of a file as cells, whatever packs them: text, gzip, zip (workbooks), tar, Parquet."""
    with path.open("rb") as handle:
        head = handle.read(4)
    if head == PARQUET:
        yield from _parquet_rows(path)
    else:
        for text in unpacked(path.read_bytes()):
            decoded = text.decode("utf-8-sig", errors="replace")
            yield from _cells(decoded.replace("\0", ""))


def unpacked(content: bytes) -> Iterator[bytes]:
    """The content, or what an archive packs, to any depth."""
    if content.startswith(b"\x1f\x8b"):
        try:
            inner = gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            yield content
            return
        yield from _members(inner)
    elif content.startswith(MIME_ZIP):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for name in packed.namelist():
                    yield name.encode()
                    yield from unpacked(packed.read(name))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
            yield content
    else:
        yield content


def _members(content: bytes) -> Iterator[bytes]:
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as packed:
            for member in packed:
                yield member.name.encode()
                opened = packed.extractfile(member)
                if opened:
                    yield from unpacked(opened.read())
    except tarfile.TarError:
        yield content


def _parquet_rows(path: Path) -> Iterator[list[str]]:
    connection = connect()
    try:
        cursor = connection.execute(f"SELECT COLUMNS(*)::VARCHAR FROM read_parquet({quoted(str(path))})")
        while rows := cursor.fetchmany(10_000):
            yield from ([cell for cell in row if cell is not None] for row in rows)
    except duckdb.Error:
        return
    finally:
        connection.close()


def _cells(text: str) -> list[list[str]]:
    """The rows of separated text; what is none is one cell."""
    try:
        return list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error:
        return [[text]]


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t|", key=first.count)


def _clean_rejects_file(path: Path, traces: Traces) -> int:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    kept = [row for place, row in enumerate(rows) if place == 0 or not traces.told_in(row)]
    if len(kept) == len(rows):
        return 0
    draft = path.with_name(path.name + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8-sig") as handle:
        csv.writer(handle).writerows(kept)
    sync_file(draft)
    draft.replace(path)
    sync_folder(path.parent)
    return len(rows) - len(kept)
