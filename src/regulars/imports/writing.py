"""The last step of an import: compare with the log, stage every table, publish all at once."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import polars as pl
import pyarrow as pa

from regulars.errors import LogError
from regulars.imports import people
from regulars.imports.contract import ColumnFormats, ColumnMapping
from regulars.imports.forms import FORMS, Batch, Form
from regulars.imports.request import Desk, Request
from regulars.imports.rows import count, load, quoted
from regulars.imports.spool import Spool
from regulars.imports.summary import ImportSummary
from regulars.log.store import Overtaken, StagedFile
from regulars.log.tables import IMPORTS

ATTEMPTS = 5


@dataclass(frozen=True)
class Checked:
    """A file that was read and checked: its typed rows wait in the spool."""

    mapping: ColumnMapping
    formats: ColumnFormats
    spool: Spool
    checksum: str
    notes: tuple[str, ...]


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
        batch = Batch(connection, desk.vault, desk.settings, request.source, 0, desk.now().astimezone(UTC))
        form = _prepare(batch, desk, checked)
        return _summary(batch, form, request, checked)


def _write_once(desk: Desk, request: Request, checked: Checked) -> ImportSummary:
    with desk.store.staging() as import_id, desk.store.connection() as connection:
        now = desk.now().astimezone(UTC)
        batch = Batch(connection, desk.vault, desk.settings, request.source, import_id, now)
        head = desk.store.head()
        form = _prepare(batch, desk, checked)
        summary = _summary(batch, form, request, checked)
        desk.progress("Writing", 0.0)
        people.give_keys(connection, desk.vault, request.source, form.fresh_lines)
        staged = [desk.store.stage(connection, table, query) for table, query in form.queries(batch).items()]
        staged.append(desk.store.stage(connection, "clients", form.clients(batch)))
        if people.said_something(connection, form.fresh_lines, form.fields):
            new = people.store_details(
                connection, desk.vault, import_id, request.source, form.fresh_lines, form.at(batch)
            )
            summary = replace(summary, counts=replace(summary.counts, new_details=new))
        staged.append(_stage_history(batch, desk, request, summary, checked.checksum, now))
        desk.store.publish([file for file in staged if file], import_id, since=head)
        desk.progress("Writing", 1.0)
        return summary


def _prepare(batch: Batch, desk: Desk, checked: Checked) -> Form:
    form = FORMS[checked.mapping.form]
    parts = sorted(checked.spool.folder.glob("typed-*.parquet"))
    known = set(pl.read_parquet_schema(parts[0])) if parts else set()
    load(batch.connection, parts, known, form.fields, _written_currency(checked.formats))
    if "currency" in form.fields:
        _reject_unknown_currencies(batch, checked.spool)
    form.prepare(batch, desk.store.files())
    return form


def _summary(batch: Batch, form: Form, request: Request, checked: Checked) -> ImportSummary:
    imported = count(batch.connection, f"SELECT count(*) FROM {form.fresh_lines}")
    read, rejected = checked.spool.lines_read, len(checked.spool.rejected)
    return ImportSummary(
        file=request.path.name,
        form=checked.mapping.form,
        source=request.source,
        import_id=None if request.dry_run else batch.import_id,
        lines_read=read,
        lines_imported=imported,
        lines_rejected=rejected,
        lines_already_there=read - rejected - imported,
        counts=form.counts(batch),
        reasons=_by_reason(checked.spool),
        warnings=checked.spool.warnings,
        mapping={**checked.mapping.fields, **{name: f"={text}" for name, text in checked.mapping.constants.items()}},
        mapping_reasons=dict(checked.mapping.reasons),
        unused=checked.mapping.unused,
        notes=checked.notes,
        dry_run=request.dry_run,
    )


def _written_currency(formats: ColumnFormats) -> str:
    """The currency that stands beside the amounts themselves, for files without a currency column."""
    written = {name: formats.fields[name].currency for name in ("amount", "unit_price") if name in formats.fields}
    return next((code for code in written.values() if code), "")


def _reject_unknown_currencies(batch: Batch, spool: Spool) -> None:
    """Lines in a currency without a rate cannot be counted; they wait in the rejects file."""
    known = ", ".join(quoted(code) for code in [batch.settings.currency, *batch.settings.rates])
    unknown = f"currency IS NOT NULL AND upper(trim(currency)) NOT IN ({known})"
    for line, code in batch.connection.execute(f"SELECT line, currency FROM typed WHERE {unknown}").fetchall():
        spool.rejected[line] = (f"no rate for currency {code}: add it under [rates] in regulars.toml", code)


def _stage_history(
    batch: Batch, desk: Desk, request: Request, summary: ImportSummary, checksum: str, now: datetime
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
    return desk.store.stage(batch.connection, "imports", "SELECT * FROM history")


def _by_reason(spool: Spool) -> dict[str, int]:
    counted: dict[str, int] = {}
    for reason, _value in spool.rejected.values():
        counted[reason] = counted.get(reason, 0) + 1
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
