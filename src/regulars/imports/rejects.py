"""The lines that could not be used, written so that a person can mend them and import the file again."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from regulars.exports import inert
from regulars.imports.contract import LINE, RawFile

LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN = "regulars_line", "regulars_reason", "regulars_value"
_LONGEST_NAME = 50  # characters kept of the file's own name: file systems end at 255 bytes


def write_rejects(path: Path, raw: RawFile, rejected: Mapping[int, tuple[str, str]]) -> None:
    """Write the rejected rows of the file with line number, reason and value, as CSV that spreadsheets open.

    Reads the file once more, so that rows are given whole, with the columns nothing is read from too. They may be
    personal, so only this user may read them.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow([LINE_COLUMN, REASON_COLUMN, VALUE_COLUMN, *map(inert, raw.columns)])
        for line, cells in rejected_rows(raw, rejected):
            reason, value = rejected[line]
            writer.writerow([line, reason, inert(value), *(inert(cell or "") for cell in cells)])


def rejects_name(file: Path, import_id: int | None) -> str:
    """What the rejects file of an import is called."""
    return f"{file.stem[:_LONGEST_NAME]}.import-{import_id}.rejects.csv"


def forget_rejects(folder: Path, import_id: int | None) -> None:
    """Delete the rejects files of an import that was never published; nothing there is no fault."""
    for path in folder.glob(f"*.import-{import_id}.rejects.csv"):
        path.unlink(missing_ok=True)


def rejected_rows(
    raw: RawFile, rejected: Mapping[int, tuple[str, str]]
) -> Iterator[tuple[int, tuple[str | None, ...]]]:
    """(line, cells) of the rejected rows, in the order of the file, which is read once more for it."""
    for batch in raw.batches():
        found: list[tuple[int, tuple[str | None, ...]]] = [(row.line, row.cells) for row in batch.broken]
        wanted = batch.cells.filter(batch.cells.get_column(LINE).is_in(list(rejected)))
        found += [(row[0], row[1:]) for row in wanted.select(LINE, *raw.columns).iter_rows()]
        yield from sorted((row for row in found if row[0] in rejected), key=lambda row: row[0])
