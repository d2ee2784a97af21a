"""One import from file to log: open, map, read, check, stage, publish, tell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa

from regulars.errors import LogError
from regulars.imports import people, spool
from regulars.imports.contract import LINE, ColumnFormats, ColumnMapping
from regulars.imports.forms import FORMS, Batch
from regulars.imports.mapping import guess_mapping
from regulars.imports.reading import open_file
from regulars.imports.rejects import LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN, write_rejects
from regulars.imports.rows import count, load, quoted
from regulars.imports.summary import Counts, ImportSummary
from regulars.log.maintenance import compact
from regulars.log.store import LogStore, Overtaken, StagedFile
from regulars.log.tables import IMPORTS
from regulars.log.vault import Vault
from regulars.settings import Settings

SAMPLE_ROWS = 200
SHOWN_ROWS = 5
ATTEMPTS = 5
DEFAULT_SOURCE = "main"


@dataclass(frozen=True)
class Request:
    """What a person asked to import, and how they want the file understood."""

    path: Path
    form: str | None = None
    source: str = DEFAULT_SOURCE
    overrides: Mapping[str, str] = field(default_factory=dict)
    date_format: str | None = None
    decimal_mark: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    dry_run: bool = False
    by: str = ""


@dataclass(frozen=True)
class Desk:
    """Where an import happens: the company's log, vault and settings, and a folder for rejected lines."""

    store: LogStore
    vault: Vault
    settings: Settings
    rejects: Path
    now: Callable[[], datetime]
    progress: spool.Progress = lambda step, share: None


def import_file(desk: Desk, request: Request) -> ImportSummary:
    """Import a file, or only say what would be imported (``dry_run``).

    Bad rows never stop the rest: they are counted by reason and written to a rejects file. The same bytes
    imported before add nothing. Raises FileUnreadable, MappingError or NeedsDecision, and then nothing changed.
    """
    raw = open_file(request.path, encoding=request.encoding, delimiter=request.delimiter, sheet=request.sheet)
    mapping = _map(request, raw.columns, raw.sample(SAMPLE_ROWS).cells)
    checksum = _checksum(request.path)
    earlier = _earlier(desk.store, checksum, mapping.form)
    if earlier is not None and not request.dry_run:
        return _seen_before(request, mapping, earlier)
    work = spool.open_spool(desk.store.folder)
    try:
        hints = {"date_format": request.date_format, "decimal_mark": request.decimal_mark}
        formats = spool.read_cells(work, raw, mapping, desk.progress, **hints)
        spool.type_rows(work, mapping, formats, desk.settings.time_zone, desk.progress)
        summary = _write(desk, request, mapping, work, checksum, _notes(raw.format.notes, mapping, formats))
        if work.rejected and not request.dry_run:
            path = desk.rejects / f"{request.path.stem}.import-{summary.import_id}.rejects.csv"
            write_rejects(path, raw, work.rejected)
            summary = replace(summary, rejects_file=str(path))
        if request.dry_run:
            summary = replace(summary, first_rows=_first_rows(work))
    finally:
        work.close()
    if not request.dry_run:
        compact(desk.store, wait=False)
    return summary


def _map(request: Request, columns: list[str], sample: pl.DataFrame) -> ColumnMapping:
    """The mapping; columns that a rejects file added are not the file's own."""
    ours = {LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN}
    own = [column for column in columns if column not in ours]
    form = "orders" if request.form == "items" else request.form
    return guess_mapping(form, own, sample.drop(LINE), request.overrides)


def _checksum(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _earlier(store: LogStore, checksum: str, form: str) -> dict[str, object] | None:
    """The import in force that brought these very bytes as this form."""
    rows = store.imported()
    undone = {row["import_id"] for row in rows if row["event"] == "undone"}
    same = [row for row in rows if row["checksum"] == checksum and row["form"] == form]
    return next((row for row in same if row["import_id"] not in undone), None)


def _seen_before(request: Request, mapping: ColumnMapping, earlier: Mapping[str, object]) -> ImportSummary:
    read, rejected = int(str(earlier["lines_read"])), int(str(earlier["lines_rejected"]))
    number = earlier["import_id"]
    return ImportSummary(
        file=request.path.name,
        form=mapping.form,
        source=str(earlier["source"]),
        import_id=None,
        lines_read=read,
        lines_imported=0,
        lines_rejected=rejected,
        lines_already_there=read - rejected,
        counts=Counts(),
        mapping=dict(mapping.fields),
        notes=(
            f"This very file was imported before, as import {number}; nothing was added. To read it in "
            f"another way, take that import back first: regulars imports undo {number}",
        ),
    )


def _write(
    desk: Desk,
    request: Request,
    mapping: ColumnMapping,
    work: spool.Spool,
    checksum: str,
    notes: tuple[str, ...],
) -> ImportSummary:
    """Stage and publish; when another import published the same lines meanwhile, look again and repeat."""
    for _attempt in range(ATTEMPTS):
        try:
            return _write_once(desk, request, mapping, work, checksum, notes)
        except Overtaken:
            continue
    raise LogError("Other imports keep adding the same lines. Wait until they are done, then import again.")


def _write_once(
    desk: Desk,
    request: Request,
    mapping: ColumnMapping,
    work: spool.Spool,
    checksum: str,
    notes: tuple[str, ...],
) -> ImportSummary:
    form = FORMS[mapping.form]
    with desk.store.staging() as import_id, desk.store.connection() as connection:
        now = desk.now().astimezone(UTC)
        batch = Batch(
            connection, desk.vault, desk.settings, request.source, import_id, f"TIMESTAMPTZ '{now.isoformat()}'"
        )
        head = desk.store.head()
        load(connection, work.pattern, _typed_names(work), form.fields)
        _reject_unknown_currencies(batch, work)
        form.prepare(batch, desk.store.files(head))
        imported = count(connection, f"SELECT count(*) FROM {form.fresh_lines}")
        summary = ImportSummary(
            file=request.path.name,
            form=mapping.form,
            source=request.source,
            import_id=None if request.dry_run else import_id,
            lines_read=work.lines_read,
            lines_imported=imported,
            lines_rejected=len(work.rejected),
            lines_already_there=work.lines_read - len(work.rejected) - imported,
            counts=form.counts(batch),
            reasons=_by_reason(work),
            warnings=work.warnings,
            mapping=dict(mapping.fields),
            mapping_reasons=dict(mapping.reasons),
            unused=mapping.unused,
            notes=notes,
            dry_run=request.dry_run,
        )
        if request.dry_run:
            return summary
        desk.progress("Writing", 0.0)
        people.give_keys(connection, desk.vault, request.source, form.fresh_lines)
        staged = [desk.store.stage(connection, table, query) for table, query in form.queries(batch).items()]
        staged.append(desk.store.stage(connection, "clients", form.clients(batch)))
        at = form.at or batch.asserted_at
        if people.said_something(connection, form.fresh_lines):
            new = people.store_details(connection, desk.vault, import_id, request.source, form.fresh_lines, at)
            summary = replace(summary, counts=replace(summary.counts, new_details=new))
        staged.append(_stage_history(batch, desk.store, request, summary, checksum, now))
        desk.store.publish([file for file in staged if file], import_id, since=head)
        desk.progress("Writing", 1.0)
        return summary


def _typed_names(work: spool.Spool) -> set[str]:
    parts = sorted(work.folder.glob("typed-*.parquet"))
    return set(pl.read_parquet_schema(parts[0])) if parts else set()


def _reject_unknown_currencies(batch: Batch, work: spool.Spool) -> None:
    """Lines in a currency without a rate cannot be counted; they wait in the rejects file."""
    columns = {row[0] for row in batch.connection.execute("DESCRIBE typed").fetchall()}
    if "currency" not in columns:
        return
    known = ", ".join(quoted(code) for code in [batch.settings.currency, *batch.settings.rates])
    unknown = f"currency IS NOT NULL AND upper(trim(currency)) NOT IN ({known})"
    for line, code in batch.connection.execute(f"SELECT line, currency FROM typed WHERE {unknown}").fetchall():
        work.rejected[line] = (f"no rate for currency {code}: add it under [rates] in regulars.toml", code)
    batch.connection.execute(f"DELETE FROM typed WHERE {unknown}")


def _stage_history(
    batch: Batch, store: LogStore, request: Request, summary: ImportSummary, checksum: str, now: datetime
) -> StagedFile | None:
    row = {
        "import_id": batch.import_id,
        "event": "imported",
        "recorded_at": now,
        "recorded_by": request.by,
        "source": request.source,
        "form": summary.form,
        "file_name": request.path.name,
        "checksum": checksum,
        "lines_read": summary.lines_read,
        "lines_imported": summary.lines_imported,
        "lines_rejected": summary.lines_rejected,
        "lines_already_there": summary.lines_already_there,
        "summary": json.dumps(summary.as_dict(), ensure_ascii=False),
    }
    batch.connection.register("history", pa.Table.from_pylist([row], schema=IMPORTS))
    return store.stage(batch.connection, "imports", "SELECT * FROM history")


def _by_reason(work: spool.Spool) -> dict[str, int]:
    counted: dict[str, int] = {}
    for reason, _value in work.rejected.values():
        counted[reason] = counted.get(reason, 0) + 1
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _notes(about_file: tuple[str, ...], mapping: ColumnMapping, formats: ColumnFormats) -> tuple[str, ...]:
    columns = [f"{name}: {written.note}" for name, written in formats.fields.items() if written.note]
    return (*about_file, *columns)


def _first_rows(work: spool.Spool) -> tuple[Mapping[str, str | None], ...]:
    parts = sorted(work.folder.glob("typed-*.parquet"))
    if not parts:
        return ()
    shown = pl.scan_parquet(parts[0]).head(SHOWN_ROWS).collect()
    keep = [name for name in shown.columns if not name.startswith("__") or name == LINE]
    return tuple(shown.select(pl.col(keep).cast(pl.String)).to_dicts())
