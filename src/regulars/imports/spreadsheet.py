"""Workbooks (XLSX, XLSB, ODS, XLS): measured, read by a child process under limits, and kept as rows of text.

The parser never runs in this process: a workbook that makes it ask for too much memory or time ends the child
and gives a sentence here. The child's rows are kept in a temporary file without a name, so reading the
workbook again costs little.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.batches import Row, collector_paused, first_records, make_batch
from regulars.imports.contract import BrokenRow, FileFormat, RawBatch
from regulars.imports.headers import find_header
from regulars.imports.kinds import COMPOUND
from regulars.imports.streams import ByteSource, Progress, TableFile, extracted
from regulars.imports.workbook_measure import damaged, measure_workbook, too_large

_CHILD = Path(__file__).with_name("spreadsheet_child.py")


@dataclass
class Spreadsheet:
    """One sheet of a workbook. ``rows`` holds the child's lines from ``begin`` to ``end``."""

    format: FileFormat
    columns: list[str]
    rows: IO[bytes]
    begin: int
    end: int
    skip: int

    def batches(self, progress: Progress | None = None) -> Iterator[RawBatch]:
        """Every record as text, some thousand at a time; the line is the sheet's row number."""
        for number, rows, place in _row_blocks(self.rows, self.begin):
            first = max(number, self.skip + 1)
            batch = self._batch(rows[first - number :], first)
            if batch.cells.height or batch.broken:
                yield batch
            if progress is not None:
                progress((place - self.begin) / max(1, self.end - self.begin))
        if progress is not None:
            progress(1.0)

    def sample(self, rows: int = 200) -> RawBatch:
        """The first records."""
        return first_records(self.batches(), rows, self.columns)

    def _batch(self, rows: list[list[str]], first: int) -> RawBatch:
        width = len(self.columns)
        good: list[Row] = []
        lines: list[int] = []
        broken: list[BrokenRow] = []
        for line, row in enumerate(rows, start=first):
            if any(row[width:]):
                last = max(place for place, cell in enumerate(row, start=1) if cell)
                reason = (
                    f"This row has {last} cells where there are {width} columns: name the column, or empty the cell."
                )
                broken.append(BrokenRow(line, reason, tuple(row)))
            else:
                good.append((row + [""] * (width - len(row)))[:width])
                lines.append(line)
        return make_batch(good, lines, self.columns, broken)


def open_spreadsheet(source: ByteSource, sheet: str | None) -> Spreadsheet:
    """Open a workbook: the named sheet, or the first that holds something.

    Raises FileUnreadable where it is damaged, encrypted, too large, or has no such sheet.
    """
    file = extracted(source)
    with file.path.open("rb") as stream:
        start = stream.read(len(COMPOUND))
        kind = _kind(file, compound=start == COMPOUND)
    if start != COMPOUND:
        measure_workbook(file.path, file.name)
    rows = cast("IO[bytes]", tempfile.TemporaryFile(prefix="regulars-"))  # noqa: SIM115 - lives as long as the sheet
    _run_child(file, sheet, rows)
    opening, begin, end = _opening(rows, file.name)
    number, block, _ = next(_row_blocks(rows, begin))
    header = find_header(block[:500], file.name)
    notes = (_sheet_note(opening), *header.notes)
    form = FileFormat(
        kind,
        has_header=header.has_header,
        member=source.member,
        sheet=str(opening["sheet"]),
        notes=notes,
        sheets=tuple(map(str, cast("list[object]", opening["sheets"]))),
    )
    return Spreadsheet(form, header.columns, rows, begin, end, number - 1 + header.skip)


def _kind(file: TableFile, *, compound: bool) -> str:
    suffix = Path(file.name.rstrip(")")).suffix.lower().lstrip(".")
    if compound:
        return "xls"
    return suffix if suffix in ("xlsx", "xlsm", "xlsb", "ods") else "xlsx"


def _run_child(file: TableFile, sheet: str | None, rows: IO[bytes]) -> None:
    """Let the child write into ``rows``; a child that was stopped leaves them without an end."""
    limits = (budget.WORKBOOK_MEMORY_BYTES, budget.WORKBOOK_SECONDS, budget.MAX_WORKBOOK_CELLS)
    command = [sys.executable, "-I", str(_CHILD), str(file.path), sheet or "", *map(str, limits)]
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=rows,
            stderr=subprocess.DEVNULL,
            timeout=budget.WORKBOOK_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_large(file.name, "needs more memory or time to read than is allowed") from error


def _opening(rows: IO[bytes], name: str) -> tuple[dict[str, object], int, int]:
    """What the child said first, where its rows begin and where they end."""
    rows.seek(0)
    first = rows.readline()
    begin = rows.tell()
    end = rows.seek(0, 2)
    if not first.endswith(b"\n"):
        raise too_large(name, "needs more memory or time to open than is allowed")
    opening = cast("dict[str, object]", json.loads(first))
    if "error" in opening:
        raise _child_error(opening, name)
    rows.seek(max(begin, end - 100))
    if not rows.read().rstrip().endswith(b"}"):
        raise too_large(name, "needs more memory or time to read than is allowed")
    return opening, begin, end


def _child_error(opening: dict[str, object], name: str) -> FileUnreadable:
    sheets = ", ".join(map(str, cast("list[object]", opening.get("sheets", []))))
    match opening["error"]:
        case "password":
            return FileUnreadable(f"{name} is protected by a password: save it without one and import that.")
        case "no such sheet":
            return FileUnreadable(f"{name} has no sheet of that name. Its sheets: {sheets}.")
        case "empty":
            return FileUnreadable(f"{name} is empty: no sheet holds a filled cell.")
        case "too large":
            return too_large(name, f"has a sheet of {opening.get('rows', 'too many')} rows")
        case _:
            return damaged(name)


def _sheet_note(opening: dict[str, object]) -> str:
    sheets = cast("list[str]", opening["sheets"])
    place = sheets.index(str(opening["sheet"])) + 1
    if len(sheets) == 1:
        return f"The workbook's only sheet, {opening['sheet']}, was read."
    return f"Sheet {opening['sheet']} was read, number {place} of {len(sheets)}; the others were not."


def _row_blocks(rows: IO[bytes], begin: int) -> Iterator[tuple[int, list[list[str]], int]]:
    """Row number of the first row, the rows, and the place in the file after them."""
    place = begin
    while True:
        rows.seek(place)
        with collector_paused():
            block = json.loads(rows.readline())
        place = rows.tell()
        if isinstance(block, dict):
            return
        yield block[0], block[1], place
