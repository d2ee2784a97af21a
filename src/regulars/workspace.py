"""A company's folder: the one entry point to its log, imports, measures and report.

import regulars as rg

shop = rg.open("shop")
shop.import_file("orders.csv")
shop.measure("rfm", by=["customer_type"]).to_polars()
"""

from __future__ import annotations

import getpass
import os
import re
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from regulars import audit
from regulars import settings as configuration
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult, run_measure
from regulars.errors import MeasureError, WorkspaceError
from regulars.log import maintenance
from regulars.log.head import SCHEMA_VERSION
from regulars.log.scratch import PREFIXES, SPOOL, open_scratch
from regulars.log.store import LogStore
from regulars.log.vault import Vault
from regulars.measures import find
from regulars.measures.scope import Scope

if TYPE_CHECKING:
    from regulars.imports.summary import ImportSummary

Progress = Callable[[str, float], None]
LOG_FOLDER, VAULT_FILE, BACKUP_FOLDER, REJECTS_FOLDER = "log", "vault.sqlite3", "backups", "rejects"


class Workspace:
    """One company's data. Make it with ``init`` or ``open``; close it, or use it in a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = configuration.read_settings(folder)
        self.log = LogStore(folder / LOG_FOLDER)
        self.vault = Vault.at(folder / VAULT_FILE)
        self._engine: tuple[Mapping[str, Sequence[str]], DuckDBEngine] | None = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files, memory and the vault."""
        self.vault.close()
        if self._engine:
            self._engine[1].close()
            self._engine = None

    # Imports -----------------------------------------------------------------------------------------

    def import_file(
        self,
        path: str | Path,
        *,
        form: str | None = None,
        source: str | None = None,
        map: Mapping[str, str] | None = None,
        date_format: str | None = None,
        decimal_mark: str | None = None,
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
        dry_run: bool = False,
        by: str | None = None,
        progress: Progress = lambda step, share: None,
    ) -> ImportSummary:
        """Read a file of orders, contacts, answers or customers into the log.

        form     orders, contacts, answers or customers; found from the columns when left out
        source   the system the file comes from; ids mean the same client only within one source
        map      field -> column of the file, where the guess should be overruled; "=EUR" is a constant

        Returns the counts. Raises FileUnreadable, MappingError or NeedsDecision, and then changed nothing.
        """
        from regulars.imports.importing import import_file  # noqa: PLC0415
        from regulars.imports.request import DEFAULT_SOURCE, Desk, Request  # noqa: PLC0415

        desk = Desk(self.log, self.vault, self.settings, self.folder / REJECTS_FOLDER, _now, progress)
        request = Request(
            path=Path(path),
            form=form,
            source=source or DEFAULT_SOURCE,
            overrides=map or {},
            date_format=date_format,
            decimal_mark=decimal_mark,
            encoding=encoding,
            delimiter=delimiter,
            sheet=sheet,
            dry_run=dry_run,
            by=by or _user(),
        )
        return import_file(desk, request)

    def imports(self) -> list[dict[str, object]]:
        """The history: one dict an import or undo, oldest first, columns as in ``log.tables.IMPORTS``."""
        return self.log.imported()

    def undo(self, import_id: int, *, by: str | None = None) -> int:
        """Take exactly that import back, from log and vault; returns how many rows left the log."""
        return maintenance.undo(self.log, self.vault, import_id, by=by or _user(), now=_now())

    def compact(self) -> dict[str, int]:
        """Merge the log's files into few sorted ones; returns table -> files merged."""
        return maintenance.compact(self.log, everything=True)

    # Measures ----------------------------------------------------------------------------------------

    @contextmanager
    def engine(self) -> Iterator[DuckDBEngine]:
        """The engine over the newest state of the log; its files stay while the block runs."""
        with self.log.reading() as files:
            if self._engine is None or self._engine[0] != files:
                if self._engine:
                    self._engine[1].close()
                self._engine = (files, DuckDBEngine(files))
            yield self._engine[1]

    def measure(
        self,
        name: str,
        *,
        by: str | Sequence[str] = (),
        as_of: date | str | None = None,
        from_on: date | str | None = None,
        to_on: date | str | None = None,
        where: str | None = None,
        settings: Mapping[str, float] | None = None,
    ) -> MeasureResult:
        """Run a measure; ``regulars measure --list`` names them all.

        as_of    the date up to which the log is seen; the newest interaction's date when left out
        by       columns of interactions or clients to split by

        Raises MeasureError for an unknown name, column or condition, or when the log is empty.
        """
        measure = find(name)
        with self.engine() as engine:
            scope = Scope(
                as_of=_day(as_of) or self._newest_on(engine),
                from_on=_day(from_on),
                to_on=_day(to_on),
                by=(by,) if isinstance(by, str) else tuple(by),
                where=where,
                currency=self.settings.currency,
                settings={**self.settings.value, **(settings or {})},
            )
            return run_measure(engine, measure, scope)

    def newest_on(self) -> date:
        """The local date of the newest interaction. Raises MeasureError when there is none."""
        with self.engine() as engine:
            return self._newest_on(engine)

    def references(self, keys: Sequence[int]) -> dict[int, str]:
        """Client key -> the id its source uses; e-mail, phone and name references stay in the vault."""
        known = self.vault.references(keys)
        hidden = ("email:", "phone:", "name:")
        return {key: "" if text.startswith(hidden) else text for key, text in known.items()}

    def names(self, keys: Sequence[int]) -> dict[int, str]:
        """Client key -> name, from the vault. Whoever shows names records that they were shown."""
        return {key: person.get("name", "") for key, person in self.vault.people(keys).items()}

    def note_names_shown(self, measure: str, rows: int, *, by: str | None = None) -> None:
        """Keep in the audit trail that names were shown or exported with a measure."""
        audit.record(self.folder, "names shown", by=by or _user(), now=_now(), measure=measure, rows=rows)

    def report(self, path: str | Path, *, as_of: date | str | None = None) -> Path:
        """Write the report as one HTML file; returns its path."""
        from regulars.report import write_report  # noqa: PLC0415

        return write_report(self, Path(path), as_of=_day(as_of))

    # Safety ------------------------------------------------------------------------------------------

    def backup(self, path: Path | None = None) -> Path:
        """Copy the whole workspace into one archive, while nobody writes; returns its path."""
        return _backup(self.folder, self.log, path)

    def _newest_on(self, engine: DuckDBEngine) -> date:
        found = engine.run("SELECT max(occurred_on) AS newest FROM interactions").to_pylist()[0]["newest"]
        if found is None:
            raise MeasureError(
                "The log is empty, so there is nothing to measure. Import a file first: regulars import orders.csv"
            )
        newest: date = found
        return newest

    def add_tables(self, tables: Mapping[str, pa.Table], *, form: str, source: str, by: str | None = None) -> int:
        """Put ready log tables into the log as one import (the demo company); returns its number.

        The rows follow ``regulars.log.tables``; their import_id is set here.
        """
        from regulars.imports.ready import add_tables  # noqa: PLC0415

        return add_tables(self.log, tables, form=form, source=source, by=by or _user(), now=_now())


def init(folder: str | Path, *, name: str | None = None, currency: str = "EUR", time_zone: str = "UTC") -> Workspace:
    """Make a new workspace. Raises WorkspaceError where the folder holds something already."""
    path = Path(folder)
    _refuse_name(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WorkspaceError(f"{path} is not empty. Choose a new folder, or open the workspace that is there.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be made: {error.strerror or error}. Choose another place.") from error
    configuration.write_settings(path, name=name or path.resolve().name, currency=currency, time_zone=time_zone)
    LogStore.create(path / LOG_FOLDER)
    (path / VAULT_FILE).touch(mode=0o600)
    vault = Vault.at(path / VAULT_FILE)
    vault.create()
    vault.close()
    return Workspace(path)


def open(folder: str | Path) -> Workspace:
    """Open a workspace, upgrading an older log after a backup.

    Raises WorkspaceError where there is none, LogError where it was written by a newer Regulars.
    """
    path = Path(folder)
    if not (path / configuration.FILE_NAME).is_file():
        raise WorkspaceError(
            f"{path} is not a workspace (it has no {configuration.FILE_NAME}). Make one: regulars init {path}"
        )
    _refuse_name(path)
    if not (path / VAULT_FILE).is_file():
        raise WorkspaceError(f"{path / VAULT_FILE} is missing, so nobody knows who is who. Restore the latest backup.")
    workspace = Workspace(path)
    head = workspace.log.head()
    if head.schema_version < SCHEMA_VERSION:
        workspace.backup()
        maintenance.upgrade(workspace.log, head, SCHEMA_VERSION)
    return workspace


def restore(archive: Path, folder: Path) -> Workspace:
    """Unpack a backup into a new folder. Raises WorkspaceError for a folder in use or an archive that is none."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} is not empty. Restore into a new folder.")
    try:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise WorkspaceError(f"{archive} is not a backup that can be read: {error}.") from error
    return open(folder)


def _refuse_name(path: Path) -> None:
    """The log's library reads these as something else, and would write the log to another folder."""
    if found := re.search(r"[\x00-\x1f\x7f\\]|%[0-9A-Fa-f]{2}", str(path.resolve())):
        raise WorkspaceError(
            f"The folder {str(path)!r} cannot hold a workspace, because {found[0]!r} in its name has another meaning "
            "for the log. Choose a name without it."
        )


def _backup(folder: Path, log: LogStore, path: Path | None) -> Path:
    stamp = _now().strftime("%Y-%m-%d-%H%M%S")
    target = path or folder / BACKUP_FOLDER / f"{folder.resolve().name}-{stamp}.tar.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(target.name + ".part")
    own = {path.resolve() for path in (folder / BACKUP_FOLDER, target, draft)}
    draft.touch(mode=0o600)
    try:
        with maintenance.alone(log), tarfile.open(draft, "w:gz", compresslevel=1) as packed:
            for entry in sorted(folder.iterdir()):
                if entry.resolve() not in own and not entry.name.startswith(VAULT_FILE):
                    packed.add(entry, arcname=entry.name, filter=_without_scratch)
            _pack_vault(log, folder / VAULT_FILE, packed)
        shutil.move(draft, target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return target


def _pack_vault(log: LogStore, vault: Path, packed: tarfile.TarFile) -> None:
    """A copy made by SQLite itself: copied file by file, a reader's checkpoint in between would tear it."""
    scratch = open_scratch(log.folder, SPOOL)
    try:
        copy = scratch.folder / VAULT_FILE
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(vault)) as original, closing(sqlite3.connect(copy)) as copied:
            original.backup(copied)
        packed.add(copy, arcname=VAULT_FILE)
    finally:
        scratch.close()


def _without_scratch(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if entry.name.startswith(tuple(f"{LOG_FOLDER}/{prefix}" for prefix in PREFIXES)) else entry


def _day(given: date | str | None) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise MeasureError(f"{given!r} is not a date. Write it as 2026-06-30.") from error


def _user() -> str:
    """Who is at work; in a container the user often has a number only."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _now() -> datetime:
    return datetime.now(UTC)
