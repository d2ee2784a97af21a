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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from regulars import audit, backups, state_store
from regulars import settings as configuration
from regulars.attributes import with_attributes
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult
from regulars.engines.sharing import SharedEngines
from regulars.errors import MeasureError, WorkspaceError
from regulars.log import maintenance, pages, sealing
from regulars.log.head import SCHEMA_VERSION
from regulars.log.inbox import Entry
from regulars.log.locks import shared
from regulars.log.store import STAGING_LOCK, LogStore
from regulars.measures import find
from regulars.measures.scope import Scope
from regulars.places import CACHE_FOLDER, LOG_FOLDER, REJECTS_FOLDER, VAULT_FILE
from regulars.privacy.opening import clean_on_opening
from regulars.results import Results
from regulars.words import measures as _words  # noqa: F401  registers what is measured of texts

if TYPE_CHECKING:
    from regulars.imports.summary import ImportSummary
    from regulars.log.customers import Customers

Progress = Callable[[str, float], None]


class Workspace:
    """One company's data. Make it with ``init`` or ``open``; close it, or use it in a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = configuration.read_settings(folder)
        self.inbox = state_store.inbox_of(folder, self.settings.state)
        self.log = LogStore(folder / LOG_FOLDER, self.inbox)
        self.vault = state_store.vault_of(folder, self.settings.state)
        self._engines = SharedEngines(self.log, self.inbox)
        self._results = Results(folder / CACHE_FOLDER / "results", self.log, self._engines)
        self._pages_import: int | None = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files, memory, the inbox and the vault."""
        self.vault.close()
        self.inbox.close()
        self._engines.close()

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
        questions: Sequence[str] = (),
        on: date | None = None,
        dry_run: bool = False,
        by: str | None = None,
        progress: Progress = lambda step, share: None,
    ) -> ImportSummary:
        """Read a file of orders, contacts, answers, reviews or customers into the log.

        form       orders, contacts, answers, reviews or customers; found from the columns when left out
        source     the system the file comes from; ids mean the same client only within one source
        map        field -> column of the file, where the guess should be overruled; "=EUR" is a constant
        questions  of a questionnaire: which columns are what kind of question, as "NETPRO=nps missing 11"
        on         the day of every line; where "occurred" is mapped to a column that counts days, the day that is its 1

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
            questions=tuple(questions),
            on=on,
        )
        return import_file(desk, request)

    def imports(self) -> list[dict[str, object]]:
        """The history: one dict an import or undo, oldest first, columns as in ``log.tables.IMPORTS``."""
        return self.log.imported()

    def undo(self, import_id: int, *, by: str | None = None) -> int:
        """Take exactly that import back, from log and vault; returns how many rows left the log."""
        return maintenance.undo(self.log, self.vault, import_id, by=by or _user(), now=_now())

    def compact(self) -> dict[str, int]:
        """Seal what waits in the inbox, then merge the log's files into few sorted ones; table -> files merged."""
        self.seal()
        return maintenance.compact(self.log, everything=True)

    # Single facts ------------------------------------------------------------------------------------

    def add(self, entries: Sequence[Entry], *, request_id: str | None = None) -> bool:
        """Keep single rows: a logged contact, a fact, a decision, a link. Durable and visible when this returns.

        request_id  whatever names the request, so that one sent twice (a double click) is kept once, for at least 30
                    days

        Returns False where the request was acknowledged before and nothing was added. Raises LogError for a row
        that its table cannot hold.
        """
        offset = self.log.head().inbox_offset
        return self.inbox.add(entries, import_id=self.pages_import(), sealed_to=offset, request_id=request_id)

    def seal(self) -> int:
        """Move the rows that wait in the inbox into the log's tables, exactly once; returns how many."""
        moved = sealing.seal(self.log, self.inbox, now=_now())
        if moved:
            maintenance.compact(self.log, wait=False)
        return moved

    def pages_import(self) -> int:
        """The import under which pages write, to log and vault alike. It is made once and cannot be undone."""
        if self._pages_import is None:
            self._pages_import = pages.pages_import(self.log, by=_user(), now=_now())
        return self._pages_import

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep out undo, erasing and tidying while the block puts a new record into the vault and its row into the log.

        Otherwise the record, of whom the log knows nothing yet, could be taken for one that a dead import left.
        """
        with shared(self.log.folder / STAGING_LOCK):
            yield

    # Measures ----------------------------------------------------------------------------------------

    @contextmanager
    def engine(self, members: Iterable[int] | None = None) -> Iterator[DuckDBEngine]:
        """The engine over the newest state of the log; its files stay while the block runs.

        Views ``interactions``, ``items``, ... show joined records under their customer's key; ``recorded_...`` show
        rows as they were written, and answer for single keys fastest. Threads share engines.

        members  customer keys of a group: the log is seen for these alone, without guests
        """
        with self._engines.engine(None if members is None else frozenset(members)) as engine:
            yield engine

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """What a query finds in the log's newest state, asked once as long as that lasts; for small tables.

        The rows are shared by all who ask: nobody may change them.
        """
        return self._engines.rows(sql)

    def customer_of(self, client_key: int) -> int:
        """The customer that a record belongs to; a record that is not joined is its own customer."""
        with self._engines.reading() as state:
            return self._engines.customers(state).of(client_key)

    def customers(self) -> Customers:
        """Which records are joined with others, and into whom: for callers that ask about many."""
        with self._engines.reading() as state:
            return self._engines.customers(state)

    def records_of(self, customer_key: int) -> list[int]:
        """The records of a customer, smallest key first; the key alone where nothing is joined."""
        with self._engines.reading() as state:
            return self._engines.customers(state).records_of(customer_key)

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
        choices: Mapping[str, str] | None = None,
        members: Iterable[int] | None = None,
        cached: bool = True,
    ) -> MeasureResult:
        """Run a measure; ``regulars measure --list`` names them all.

        as_of    the date up to which the log is seen; the newest interaction's date when left out
        by       columns of interactions or clients to split by
        choices  words that this measure is chosen by, as it declares them
        members  customer keys of a group: the log is seen for these alone
        cached   True takes the result that is kept, where nothing it was counted from has changed; False counts anew

        Raises MeasureError for an unknown name, column or condition, or when the log is empty.
        """
        chosen = day_of(as_of)
        scope = Scope(
            as_of=chosen or date.max,
            from_on=day_of(from_on),
            to_on=day_of(to_on),
            by=(by,) if isinstance(by, str) else tuple(by),
            where=where,
            currency=self.settings.currency,
            settings={**self.settings.value, **(settings or {})},
            languages=self.settings.languages,
            country=self.settings.country,
            choices=choices or {},
            time_zone=self.settings.time_zone,
        )
        scope = with_attributes(scope, self.engine)
        group = None if members is None else frozenset(members)
        return self._results.measure(find(name), scope, default_as_of=chosen is None, members=group, cached=cached)

    def newest_on(self) -> date:
        """The local date of the newest interaction that files brought. Raises MeasureError when there is none."""
        with self._engines.reading() as state:
            return self._results.newest_on(state)

    def drop_cache(self) -> None:
        """Delete kept results and all else that can be counted anew; erasing a person does so."""
        self._results.drop()
        shutil.rmtree(self.folder / CACHE_FOLDER, ignore_errors=True)

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

        return write_report(self, Path(path), as_of=day_of(as_of))

    # Safety ------------------------------------------------------------------------------------------

    def backup(self, path: Path | None = None) -> Path:
        """Copy the whole workspace into one archive, while nobody writes; returns its path."""
        database = (self.vault, self.inbox) if self.settings.state else None
        return backups.backup(self.folder, self.log, path, database=database, now=_now())

    def add_tables(self, tables: Mapping[str, pa.Table], *, form: str, source: str, by: str | None = None) -> int:
        """Put ready log tables into the log as one import (the demo company); returns its number.

        The rows follow ``regulars.log.tables``; their import_id is set here.
        """
        from regulars.imports.ready import add_tables  # noqa: PLC0415

        return add_tables(self.log, tables, form=form, source=source, by=by or _user(), now=_now())


def init(
    folder: str | Path, *, name: str | None = None, currency: str = "EUR", time_zone: str = "UTC", state: str = ""
) -> Workspace:
    """Make a new workspace. Raises WorkspaceError where the folder holds something already.

    state  address of a PostgreSQL database for names and inbox; "" keeps them in files of the folder
    """
    path = Path(folder)
    _refuse_name(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WorkspaceError(f"{path} is not empty. Choose a new folder, or open the workspace that is there.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be made: {error.strerror or error}. Choose another place.") from error
    called = name or path.resolve().name
    configuration.write_settings(path, name=called, currency=currency, time_zone=time_zone, state=state)
    LogStore.create(path / LOG_FOLDER)
    workspace = Workspace(path)
    if state:
        state_store.prepare(path, state, workspace.vault, workspace.inbox)
    else:
        (path / VAULT_FILE).touch(mode=0o600)
        workspace.vault.create()
    return workspace


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
    workspace = Workspace(path)
    state_store.prepare(path, workspace.settings.state, workspace.vault, workspace.inbox)
    head = workspace.log.head()
    if head.schema_version < SCHEMA_VERSION:
        workspace.backup()
        maintenance.upgrade(workspace.log, head, SCHEMA_VERSION)
    clean_on_opening(workspace)
    return workspace


def restore(archive: Path, folder: Path) -> Workspace:
    """Unpack a backup into a new folder. Raises WorkspaceError for a folder in use or an archive that is none."""
    backups.unpack(archive, folder)
    return open(folder)


def _refuse_name(path: Path) -> None:
    """The log's library reads these as something else, and would write the log to another folder."""
    if found := re.search(r"[\x00-\x1f\x7f\\]|%[0-9A-Fa-f]{2}", str(path.resolve())):
        raise WorkspaceError(
            f"The folder {str(path)!r} cannot hold a workspace, because {found[0]!r} in its name has another meaning "
            "for the log. Choose a name without it."
        )


def day_of(given: date | str | None) -> date | None:
    """A date as people write it, 2026-06-30; None stays None. Raises MeasureError for what is no date."""
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
