"""The file on its way: raw cells once through, formats decided over all of it, then typed rows on disk.

A column's format is known only when the last row was seen, so the mapped cells wait in a folder beside the log
(they may be personal; the folder is private and removed with the import).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from regulars.imports.contract import (
    LINE,
    REASON,
    VALUE,
    WARNING,
    BrokenRow,
    ColumnFormats,
    ColumnMapping,
    RawFile,
)
from regulars.imports.formats import decide_formats
from regulars.imports.parsing import parse
from regulars.imports.questionnaires import CELL, counted_days
from regulars.imports.scales import Marks
from regulars.log.scratch import SPOOL, Scratch, open_scratch

# Kinds of file that hold numbers as numbers: 1.234 there is never 1,234.
TYPED_KINDS = frozenset({"xlsx", "xls", "xlsb", "ods", "parquet", "jsonl", "json"})
Progress = Callable[[str, float], None]


@dataclass
class Spool:
    """Counts gathered on the way.

    rejected  line -> (reason, value that could not be read)
    left_out  lines of people who were erased
    marks     what each question's column holds, over the whole file
    """

    scratch: Scratch
    lines_read: int = 0
    rejected: dict[int, tuple[str, str]] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    marks: dict[str, Marks] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the cells and the typed rows wait."""
        return self.scratch.folder

    def typed_parts(self) -> list[Path]:
        """The files of typed rows, in the order of the lines."""
        return sorted(self.folder.glob("typed-*.parquet"))

    def close(self) -> None:
        """Remove everything that was written."""
        self.scratch.close()


def open_spool(log_folder: Path) -> Spool:
    """A private folder for one import; folders of imports that died are removed first."""
    return Spool(open_scratch(log_folder, SPOOL))


def read_cells(
    spool: Spool,
    raw: RawFile,
    mapping: ColumnMapping,
    progress: Progress,
    *,
    date_format: str | None = None,
    decimal_mark: str | None = None,
) -> ColumnFormats:
    """Read the file once: keep the mapped cells, count lines and broken rows, decide every column's format."""
    asked = [one.column for one in mapping.questions]
    columns = [LINE, *dict.fromkeys(column for column in (*mapping.fields.values(), *asked) if column in raw.columns)]
    spool.marks = {one.column: Marks() for one in mapping.questions if one.scored}

    def frames() -> Iterator[pl.DataFrame]:
        for place, batch in enumerate(raw.batches(lambda share: progress("Reading", share))):
            spool.lines_read += batch.cells.height + len(batch.broken)
            spool.rejected |= {row.line: _broken(row) for row in batch.broken}
            cells = counted_days(batch.cells.select(columns), mapping)
            for column, marks in spool.marks.items():
                marks.add(cells[column])
            cells.write_ipc(spool.folder / f"cells-{place:06}.arrow", compression="uncompressed")
            yield cells

    typed = raw.format.kind in TYPED_KINDS
    return decide_formats(mapping, frames(), date_format=date_format, decimal_mark=decimal_mark, typed=typed)


def type_rows(spool: Spool, mapping: ColumnMapping, formats: ColumnFormats, time_zone: str, progress: Progress) -> None:
    """Turn the kept cells into typed rows; those that cannot be used are noted with their reason."""
    parts = sorted(spool.folder.glob("cells-*.arrow"))
    for place, part in enumerate(parts):
        cells = _cells(part)
        answers = [cells[one.column].alias(f"{CELL}{number}") for number, one in enumerate(mapping.questions)]
        typed = parse(cells, mapping, formats, time_zone=time_zone).with_columns(answers)
        bad = typed.filter(pl.col(REASON).is_not_null())
        for line, reason, value in bad.select(LINE, REASON, VALUE).iter_rows():
            spool.rejected[line] = (reason, value or "")
        for warning, times in typed.get_column(WARNING).drop_nulls().value_counts().iter_rows():
            spool.warnings[warning] = spool.warnings.get(warning, 0) + times
        typed.write_parquet(spool.folder / f"typed-{place:06}.parquet", compression="lz4")
        part.unlink()
        progress("Checking", (place + 1) / len(parts))


def _broken(row: BrokenRow) -> tuple[str, str]:
    return row.reason, ""


def _cells(part: Path) -> pl.DataFrame:
    """Cells kept by ``read_cells``; by handle, because polars takes brackets in a path for a pattern."""
    with part.open("rb") as handle:
        return pl.read_ipc(handle)
