"""The lines that could not be used, written so that a person can mend them and import the file again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from regulars.imports.contract import LINE, RawFile

LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN = "regulars_line", "regulars_reason", "regulars_value"
# A spreadsheet runs a cell that begins with one of these (also full-width), so it gets an apostrophe in front.
_DANGEROUS = re.compile(r"^[\s\0]*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"^[+-]?[\d\s.,'’]+$")


def write_rejects(path: Path, raw: RawFile, rejected: Mapping[int, tuple[str, str]]) -> None:
    """Write the rejected rows of the file with line number, reason and value, as CSV that spreadsheets open.

    Reads the file once more, so that rows are given whole, with the columns nothing is read from too.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow([LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN, *raw.columns])
        for line, cells in _rows(raw, rejected):
            reason, value = rejected[line]
            writer.writerow([line, reason, _inert(value), *(_inert(cell or "") for cell in cells)])


def _rows(raw: RawFile, rejected: Mapping[int, tuple[str, str]]) -> Iterator[tuple[int, tuple[str | None, ...]]]:
    for batch in raw.batches():
        found: list[tuple[int, tuple[str | None, ...]]] = [(row.line, row.cells) for row in batch.broken]
        wanted = batch.cells.filter(batch.cells.get_column(LINE).is_in(list(rejected)))
        found += [(row[0], row[1:]) for row in wanted.select(LINE, *raw.columns).iter_rows()]
        yield from sorted((row for row in found if row[0] in rejected), key=lambda row: row[0])


def _inert(cell: str) -> str:
    return "'" + cell if _DANGEROUS.match(cell) and not _NUMBER.match(cell.strip()) else cell
