"""The last step of an import: compare with the log, stage every table, publish all at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC

import duckdb
import polars as pl
import pyarrow as pa
from deltalake.exceptions import DeltaError
from sqlalchemy.exc import DBAPIError

from regulars.errors import LogError
from regulars.imports import people, questionnaires
from regulars.imports.contract import ColumnFormats, ColumnMapping, RawFile
from regulars.imports.fields import ATTRIBUTE
from regulars.imports.forms import FORMS, Batch, Form
from regulars.imports.rejects import forget_rejects, rejected_rows, rejects_name, write_rejects
from regulars.imports.request import Desk, Request
from regulars.imports.rows import count, load
from regulars.imports.spool import Spool
from regulars.imports.summary import ImportSummary
from regulars.log.store import Overtaken, StagedFile
from regulars.log.tables import IMPORTS
from regulars.privacy.leaving_out import leave_out, leave_out_rejected

ATTEMPTS = 5
# What a full or failing disk shows itself as in the libraries that write.
FAULTS = (OSError, duckdb.IOException, duckdb.OutOfMemoryException, DeltaError, DBAPIError)


@dataclass(frozen=True)
class Checked:
    """A file that was read and checked: its typed rows wait in the spool."""

    raw: RawFile
    mapping: ColumnMapping
    formats: ColumnFormats
    spool: Spool
    checksum: str
    notes: tuple[str, ...]


@contextmanager
def faults_in_words() -> Iterator[None]:
    """What a full or failing disk says, as a sentence for a person."""
    try:
        yield
    except FAULTS as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        raise LogError(
            f"The customer log could not be written: {said}. Nothing was imported. Free some space or mend the disk, "
            "then import the file again."
        ) from error


def write(desk: Desk, request: Request, checked: Checked) -> ImportSummary:
    """Put the checked rows into the log, or only count them in a dry run.

    When another import publishes some of the same lines meanwhile, looks again and repeats.
    """
    for _attempt in range(ATTEMPTS):
        try:
            if request.dry_run:
                return _count_only(desk, request, checked)
            return _write_once(desk, request, checked)
        except Overtaken:
            continue
    raise LogError("Other imports keep adding the same lines. Wait until they are done, then import again.")


def _count_only(desk: Desk, request: Request, checked: Checked) -> ImportSummary:
    with desk.store.connection() as connection:
        now = desk.now().astimezone(UTC)
        batch = Batch(connection, desk.vault, desk.settings, request.source, 0, now, checked.mapping.questions)
        form = _prepare(batch, desk, checked)
        _leave_out_rejected(desk, request, checked)
        return _summary(batch, form, request, checked)


def _write_once(desk: Desk, request: Request, checked: Checked) -> ImportSummary:
    with desk.store.staging() as import_id, desk.store.connection() as connection:
        now = desk.now().astimezone(UTC)
        batch = Batch(connection, desk.vault, desk.settings, request.source, import_id, now, checked.mapping.questions)
        head = desk.store.head()
        form = _prepare(batch, desk, checked)
        _leave_out_rejected(desk, request, checked)
        desk.progress("Writing", 0.0)
        try:
            summary, staged = _stage(batch, form, desk, request, checked)
            # Before the import is published: whoever is told of rejected lines finds them, whatever dies meanwhile.
            summary = _with_rejects(desk, request, checked, summary)
            desk.store.publish(staged, import_id, since=head)
        except BaseException:
            # The vault commits at once; what it got must not outlive the import. After a kill, tidy does it.
            desk.vault.forget_import(import_id)
            forget_rejects(desk.rejects, import_id)
            raise
        desk.progress("Writing", 1.0)
        return summary


def _with_rejects(desk: Desk, request: Request, checked: Checked, summary: ImportSummary) -> ImportSummary:
    """The summary with the rejects file; the lines that were good are imported whether it can be written or not."""
    # An import that was killed before it was published may have left one under the same number.
    forget_rejects(desk.rejects, summary.import_id)
    if not checked.spool.rejected:
        return summary
    path = desk.rejects / rejects_name(request.path, summary.import_id)
    try:
        write_rejects(path, checked.raw, checked.spool.rejected)
    except OSError as error:
        note = f"The rejected lines could not be written to {path}: {error.strerror or error}. The rest is imported."
        return replace(summary, notes=(*summary.notes, note))
    return replace(summary, rejects_file=str(path))


def _leave_out_rejected(desk: Desk, request: Request, checked: Checked) -> None:
    """Rejected lines of people who were erased are not kept for mending either."""
    kept_out, work = desk.erased_people(), checked.spool
    if work.rejected and len(kept_out):
        gone = leave_out_rejected(rejected_rows(checked.raw, work.rejected), kept_out, request.source)
        work.left_out |= gone
        for line in gone:
            del work.rejected[line]


def _stage(
    batch: Batch, form: Form, desk: Desk, request: Request, checked: Checked
) -> tuple[ImportSummary, list[StagedFile]]:
    """Every table's new rows as files that no head names yet, and the personal details in the vault."""
    connection, store = batch.connection, desk.store
    summary = _summary(batch, form, request, checked)
    people.give_keys(connection, desk.vault, request.source, form.fresh_lines)
    staged = [store.stage(connection, table, query) for table, query in form.queries(batch).items()]
    staged.append(store.stage(connection, "clients", form.clients(batch)))
    if people.said_something(connection, form.fresh_lines, form.fields):
        new = people.store_details(
            connection, desk.vault, batch.import_id, request.source, form.fresh_lines, form.at(batch)
        )
        summary = replace(summary, counts=replace(summary.counts, new_details=new))
    staged.append(_stage_history(batch, desk, request, summary, checked.checksum))
    return summary, [file for file in staged if file]


def _prepare(batch: Batch, desk: Desk, checked: Checked) -> Form:
    form = FORMS[checked.mapping.form]
    parts = checked.spool.typed_parts()
    known: set[str] = set()
    if parts:
        with parts[0].open("rb") as handle:
            known = set(pl.read_parquet_schema(handle))
    named = sorted(name for name in known if name.startswith(ATTRIBUTE))
    load(batch.connection, parts, known, (*form.fields, *named), _written_currency(checked.formats))
    if batch.questions:
        questionnaires.load(batch.connection, parts, batch.questions)
    kept_out = desk.erased_people()
    checked.spool.left_out |= leave_out(batch.connection, kept_out, batch.vault, batch.source, form.fields)
    form.prepare(batch, desk.store.files())
    checked.spool.rejected |= {line: (reason, cell) for line, reason, cell in form.refused(batch)}
    return form


def _summary(batch: Batch, form: Form, request: Request, checked: Checked) -> ImportSummary:
    imported = count(batch.connection, f"SELECT count(*) FROM {form.fresh_lines}")
    read, rejected, left_out = checked.spool.lines_read, len(checked.spool.rejected), len(checked.spool.left_out)
    return ImportSummary(
        file=request.file_name,
        form=checked.mapping.form,
        source=request.source,
        import_id=None if request.dry_run else batch.import_id,
        lines_read=read,
        lines_imported=imported,
        lines_rejected=rejected,
        lines_already_there=read - rejected - imported - left_out,
        lines_left_out=left_out,
        counts=form.counts(batch),
        reasons=_by_reason(checked.spool),
        warnings=checked.spool.warnings,
        mapping={**checked.mapping.fields, **{name: f"={text}" for name, text in checked.mapping.constants.items()}},
        mapping_reasons=dict(checked.mapping.reasons),
        unused=checked.mapping.unused,
        notes=checked.notes,
        dry_run=request.dry_run,
        questions=questionnaires.answered(batch.connection, batch.questions) if batch.questions else (),
    )


def _written_currency(formats: ColumnFormats) -> str:
    """The currency that stands beside the amounts themselves, for files without a currency column."""
    written = {name: formats.fields[name].currency for name in ("amount", "unit_price") if name in formats.fields}
    return next((code for code in written.values() if code), "")


def _stage_history(
    batch: Batch, desk: Desk, request: Request, summary: ImportSummary, checksum: str
) -> StagedFile | None:
    row = {
        "import_id": batch.import_id,
        "event": "imported",
        "recorded_at": batch.now,
        "recorded_by": request.by,
        "source": request.source,
        "form": summary.form,
        "file_name": request.file_name,
        "checksum": checksum,
        "lines_read": summary.lines_read,
        "lines_imported": summary.lines_imported,
        "lines_rejected": summary.lines_rejected,
        "lines_already_there": summary.lines_already_there,
        "summary": json.dumps(summary.as_dict(), ensure_ascii=False),
    }
    batch.connection.register("history", pa.Table.from_pylist([row], schema=IMPORTS))
    return desk.store.stage(batch.connection, "imports", "SELECT * FROM history")


def _by_reason(spool: Spool) -> dict[str, int]:
    counted: dict[str, int] = {}
    for reason, _value in spool.rejected.values():
        counted[reason] = counted.get(reason, 0) + 1
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
