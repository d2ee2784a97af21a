"""A file before it is imported: what it is, its first rows, and what a person should decide.

    look = look_at(path)
    proposal = propose_mapping(None, list(look.columns), look.sample, {})
    questions = doubts(look, proposal.mapping)

Nothing here writes anything; ``Workspace.import_file(..., dry_run=True)`` then reads the whole file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from regulars.errors import NeedsDecision
from regulars.imports.contract import LINE, ColumnMapping, FileFormat
from regulars.imports.formats import decide_formats
from regulars.imports.importing import SAMPLE_ROWS
from regulars.imports.reading import open_file
from regulars.imports.rejects import LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN
from regulars.imports.spool import TYPED_KINDS


@dataclass(frozen=True)
class Look:
    """The beginning of a file as text, the way an import reads it.

    columns  the file's own; those that a rejects file added are left out
    lines    line of each row: physical line, sheet row or record number, from 1
    rows     as many cells as there are columns, None for an empty one
    broken   rows among the first that cannot be read as cells: line and reason
    """

    format: FileFormat
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[tuple[str | None, ...], ...]
    broken: tuple[tuple[int, str], ...] = ()

    @property
    def sample(self) -> pl.DataFrame:
        """The rows as a frame of texts, for guessing."""
        schema = dict.fromkeys(self.columns, pl.String)
        return pl.DataFrame(list(self.rows), schema=schema, orient="row")


def look_at(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    rows: int = SAMPLE_ROWS,
) -> Look:
    """The first rows of a file, as many as the guess of an import sees. Raises FileUnreadable."""
    raw = open_file(path, encoding=encoding, delimiter=delimiter, sheet=sheet)
    columns = [column for column in raw.columns if column not in (LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN)]
    first = raw.sample(rows)
    return Look(
        format=raw.format,
        columns=tuple(columns),
        lines=tuple(first.cells[LINE].to_list()),
        rows=tuple(first.cells.select(columns).iter_rows()),
        broken=tuple((row.line, row.reason) for row in first.broken),
    )


def doubts(
    look: Look, mapping: ColumnMapping, *, date_format: str | None = None, decimal_mark: str | None = None
) -> tuple[NeedsDecision, ...]:
    """What the first rows leave open of dates and numbers; the rest of the file may still show it."""
    if not _questions(look, mapping, date_format, decimal_mark):
        return ()
    each = [ColumnMapping(mapping.form, {name: column}) for name, column in mapping.fields.items()]
    each += [ColumnMapping(mapping.form, {}, constants={name: text}) for name, text in mapping.constants.items()]
    return tuple(question for one in each for question in _questions(look, one, date_format, decimal_mark))


def _questions(
    look: Look, mapping: ColumnMapping, date_format: str | None, decimal_mark: str | None
) -> list[NeedsDecision]:
    typed = look.format.kind in TYPED_KINDS
    try:
        decide_formats(mapping, [look.sample], date_format=date_format, decimal_mark=decimal_mark, typed=typed)
    except NeedsDecision as question:
        return [question]
    return []
