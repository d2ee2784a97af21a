"""Measuring a workbook before anything opens it: a small file may claim more cells than a machine holds.

A workbook keeps each sheet as the rectangle around its filled cells, so two cells at opposite corners
(A1 and XFD1048576) ask for hundreds of gigabytes. The parts of the zip are streamed and searched here for
the cells they name; nothing is built from them.
"""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.streams import DAMAGE

_END_RECORD = b"PK\x05\x06"
# As every program writes a cell's place. One that writes it otherwise is caught by the child's memory limit.
_CELL = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_LONGEST_PLACE = 16
_RATIO = 1_000  # XML of empty rows packs well


def measure_workbook(path: Path, name: str) -> None:
    """Raise FileUnreadable where a zipped workbook is damaged, encrypted, or larger than we read."""
    _refuse_many_parts(path, name)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _measure_parts(parts, name)
            for part in parts:
                with archive.open(part) as stream:
                    if _SHEET.fullmatch(part.filename):
                        _measure_cells(stream, name)
                    elif part.filename == "content.xml":
                        _measure_repeats(stream, name)
    except DAMAGE as error:
        raise damaged(name) from error


def damaged(name: str) -> FileUnreadable:
    """The error for a workbook that does not open."""
    return FileUnreadable(
        f"{name} is a damaged or cut-off workbook. Export or download it again; if it opens in a spreadsheet program, "
        "save it there as CSV and import that."
    )


def too_large(name: str, what: str) -> FileUnreadable:
    """The error for a workbook beyond the budget; ``what`` says which measure broke it."""
    return FileUnreadable(
        f"{name} {what}, more than is read from a workbook. Delete stray cells far from the table, or save the sheet "
        "as CSV and import that."
    )


def _refuse_many_parts(path: Path, name: str) -> None:
    """The number of parts stands at the end of a zip; the list itself is read only when it is short."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 66_000))
        tail = file.read()
    place = tail.rfind(_END_RECORD)
    if place < 0 or len(tail) < place + 12:
        raise damaged(name)
    (parts,) = struct.unpack_from("<H", tail, place + 10)
    if parts > budget.MAX_WORKBOOK_PARTS:
        raise too_large(name, f"consists of {parts:,} parts")


def _measure_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise FileUnreadable(f"{name} is protected by a password: save it without one and import that.")
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise FileUnreadable(f"{name} is an office document, but not a workbook. Save its table as XLSX or CSV.")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > budget.MAX_WORKBOOK_BYTES:
        raise too_large(name, f"unpacks to {unpacked / 1e9:,.1f} GB")
    if unpacked > budget.RATIO_COUNTS_FROM and unpacked > _RATIO * packed:
        raise too_large(name, f"unpacks to {unpacked // max(1, packed):,} times its size")


def _measure_cells(stream: IO[bytes], name: str) -> None:
    """The rectangle around the cells an XLSX sheet names (what it says of its own size is not trusted)."""
    columns: set[bytes] = set()
    top, bottom = 2**62, 0
    kept = b""
    while piece := stream.read(budget.MIB):
        found = _CELL.findall(kept + piece)
        kept = piece[-_LONGEST_PLACE:]
        if found:
            columns.update(column for column, _ in found)
            rows = {int(row) for row in {row for _, row in found}}
            top, bottom = min(top, min(rows)), max(bottom, max(rows))
    if columns:
        places = [_column_number(column) for column in columns]
        _check(max(places) - min(places) + 1, bottom - top + 1, name)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check(columns: int, rows: int, name: str) -> None:
    if columns * rows > budget.MAX_WORKBOOK_CELLS:
        raise too_large(
            name,
            f"has a sheet whose filled cells span {rows:,} rows and {columns:,} columns ({columns * rows:,} cells)",
        )


class _Repeats:
    """Rows and columns of an ODS sheet up to the last filled cell; cells and rows may be repeated in one tag."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row = self.rows = self.column = self.columns = self.repeat = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if tag == "table:table":
            self.row = self.rows = self.columns = 0
        elif tag == "table:table-row":
            self.column = 0
            self.repeat = _number(attributes.get("table:number-rows-repeated"))
            self.row += self.repeat
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.column += _number(attributes.get("table:number-columns-repeated"))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
                _check(self.columns, self.rows, self.name)


def _number(written: str | None) -> int:
    return int(written) if written and written.isdigit() and len(written) < 12 else 1


def _measure_repeats(stream: IO[bytes], name: str) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = _Repeats(name).start
    try:
        while piece := stream.read(budget.MIB):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(name) from error
