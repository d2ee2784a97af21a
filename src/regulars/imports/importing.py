"""One import from file to log: open, map, read, check, write, tell."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import polars as pl

from regulars.imports import spool
from regulars.imports.contract import LINE, ColumnFormats, ColumnMapping, RawFile
from regulars.imports.fields import meant
from regulars.imports.mapping import guess_mapping
from regulars.imports.reading import open_file
from regulars.imports.rejects import LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN
from regulars.imports.request import Desk, Request
from regulars.imports.scales import settle
from regulars.imports.summary import Counts, ImportSummary
from regulars.imports.writing import FAULTS, Checked, faults_in_words, write
from regulars.log.maintenance import compact, tidy
from regulars.log.store import LogStore

SAMPLE_ROWS = 200
SHOWN_ROWS = 5
SHOWN_EXAMPLES = 3


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
    with faults_in_words():
        work = spool.open_spool(desk.store.folder)
    try:
        with faults_in_words():
            summary = _read_and_write(desk, request, raw, mapping, checksum, work)
        if request.dry_run:
            return replace(summary, first_rows=_first_rows(work), examples=_examples(work))
    finally:
        work.close()
    _put_in_order(desk, work)
    return summary


def _read_and_write(
    desk: Desk, request: Request, raw: RawFile, mapping: ColumnMapping, checksum: str, work: spool.Spool
) -> ImportSummary:
    formats = spool.read_cells(
        work,
        raw,
        mapping,
        desk.progress,
        date_format=request.date_format,
        decimal_mark=request.decimal_mark,
    )
    mapping = replace(mapping, questions=settle(mapping.questions, work.marks))
    spool.type_rows(work, mapping, formats, desk.settings.time_zone, desk.progress)
    notes = _notes(raw.format.notes, formats)
    return write(desk, request, Checked(raw, mapping, formats, work, checksum, notes))


def _put_in_order(desk: Desk, work: spool.Spool) -> None:
    """House-keeping after an import. The import is done, so a disk that is full now must not report it as failed."""
    with suppress(*FAULTS):
        compact(desk.store, wait=False)
        tidy(desk.store, desk.vault, thorough=work.scratch.left_behind > 0)


def _map(request: Request, columns: list[str], sample: pl.DataFrame) -> ColumnMapping:
    """The mapping; columns that a rejects file added are not the file's own."""
    ours = {LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN}
    own = [column for column in columns if column not in ours]
    form = "orders" if request.form == "items" else request.form
    overrides = meant(request.overrides)
    counts_days = request.on is not None and not overrides.get("occurred", "=").startswith("=")
    if request.on is not None and not counts_days:
        overrides["occurred"] = f"={request.on}"
    mapping = guess_mapping(form, own, sample.drop(LINE), overrides, request.questions)
    return replace(mapping, first_day=request.on) if counts_days else mapping


def _checksum(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _earlier(store: LogStore, checksum: str, form: str) -> dict[str, object] | None:
    """The import in force that brought these very bytes as this form.

    One of which every line was rejected brought nothing: now there may be a rate, or a better mapping. One that
    found lines already there is compared line by line again: what it found may have been taken back since.
    """
    rows = store.imported()
    undone = {row["import_id"] for row in rows if row["event"] == "undone"}
    same = [row for row in rows if row["checksum"] == checksum and row["form"] == form]
    whole = [row for row in same if not row["lines_already_there"]]
    brought = [row for row in whole if row["lines_imported"] or not row["lines_rejected"]]
    return next((row for row in brought if row["import_id"] not in undone), None)


def _seen_before(request: Request, mapping: ColumnMapping, earlier: Mapping[str, object]) -> ImportSummary:
    read, rejected = int(str(earlier["lines_read"])), int(str(earlier["lines_rejected"]))
    number = earlier["import_id"]
    return ImportSummary(
        file=request.file_name,
        form=mapping.form,
        source=str(earlier["source"]),
        import_id=None,
        lines_read=read,
        lines_imported=0,
        lines_rejected=rejected,
        lines_already_there=read - rejected,
        counts=Counts(),
        mapping=dict(mapping.fields),
        earlier_import=int(str(number)),
        notes=(
            f"This very file was imported before, as import {number}; nothing was added. To read it in "
            f"another way, take that import back first: regulars imports undo {number}",
        ),
    )


def _notes(about_file: tuple[str, ...], formats: ColumnFormats) -> tuple[str, ...]:
    columns = [f"{name}: {written.note}" for name, written in formats.fields.items() if written.note]
    return (*about_file, *columns)


def _examples(work: spool.Spool) -> dict[str, tuple[tuple[int, str], ...]]:
    """The first lines of each reason, with the cell that could not be read."""
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for line in sorted(work.rejected):
        reason, value = work.rejected[line]
        if len(found.get(reason, ())) < SHOWN_EXAMPLES:
            found[reason] = (*found.get(reason, ()), (line, value))
    return found


def _first_rows(work: spool.Spool) -> tuple[Mapping[str, str | None], ...]:
    parts = work.typed_parts()
    if not parts:
        return ()
    with parts[0].open("rb") as handle:
        shown = pl.read_parquet(handle, n_rows=SHOWN_ROWS + len(work.left_out))
    shown = shown.filter(~pl.col(LINE).is_in(list(work.left_out))).head(SHOWN_ROWS)
    keep = [name for name in shown.columns if not name.startswith("__") or name == LINE]
    return tuple(shown.select(pl.col(keep).cast(pl.String)).to_dicts())
