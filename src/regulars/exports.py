"""Results as files for other programs. A cell that a spreadsheet would run as a formula is made inert.

What counts is what the reader's spreadsheet sees first: signs that do not show (white space, zero width, quotes) may
stand before a formula, and a semicolon or a line feed inside a cell begins a new one where the program expects other
separators than we write.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Literal
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from regulars.errors import RegularsError

# Spreadsheets run cells that begin with these, also in full-width and small forms, or after what does not show.
_SIGNS = "=+\\-@\t\r＝＋－＠﹦﹢﹣﹫−"
_UNSEEN = "\\s\0-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
_UNSEEN += "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
_QUOTES = "'\"`´‘’‚‛“”„‟＇＂"
_DANGEROUS = re.compile(f"[{_UNSEEN}{_QUOTES}]*[{_SIGNS}]")
# Tab and carriage return are signs themselves and are unseen too, so a cell that begins with one is caught as well.
_BEGINS_BADLY = re.compile(r"[\t\r]")
_NEW_CELL = re.compile(f"([;\t\r\n])(?=[{_UNSEEN}{_QUOTES}]*[{_SIGNS}])")
_NUMBER = re.compile(r"\s*[+-]?[\d\s.,'’]+$")  # one run only: two would take minutes over a long cell

ROWS_A_PART = 5_000
MOST_XLSX_ROWS = 1_048_575
LONGEST_XLSX_TEXT = 32_767
WIDEST_COLUMN = 40
EXACT_IN_A_SPREADSHEET = 10**15  # larger whole numbers lose their last digits there, so keys are texts
Kind = Literal["money", "number", "date", "instant", "other"]
_FORMATS: Mapping[Kind, str] = {"money": "#,##0.00", "date": "yyyy-mm-dd", "instant": "yyyy-mm-dd hh:mm:ss"}


class ExportError(RegularsError):
    """A result that does not fit into the kind of file asked for."""

    code = "export"


def inert(cell: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it; plain numbers stay numbers."""
    if _NUMBER.match(cell):
        return cell
    calm = _NEW_CELL.sub(r"\1'", cell) if not cell.isalnum() else cell
    return "'" + calm if is_dangerous(cell) else calm


def is_dangerous(cell: str) -> bool:
    """Whether a spreadsheet might run the text."""
    return bool(_DANGEROUS.match(cell) or _BEGINS_BADLY.match(cell)) and not _NUMBER.match(cell)


def as_csv(table: pa.Table) -> str:
    """A table as CSV text with a header; missing is an empty cell, money has a decimal point."""
    return "".join(csv_parts(table))


def csv_parts(table: pa.Table, *, headings: Mapping[str, str] | None = None, mark: bool = False) -> Iterator[str]:
    """The same in parts of some thousand rows, for results that are sent while they are made.

    headings  what to call columns in the header; the column's own name where left out
    mark      begin with a byte-order mark, by which Excel knows UTF-8
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff" if mark else "")
    writer.writerow([inert((headings or {}).get(name, name)) for name in table.column_names])
    yield text.getvalue()
    for batch in table.to_batches(max_chunksize=ROWS_A_PART):
        text.seek(0)
        text.truncate()
        writer.writerows([_cell(value) for value in row] for row in _rows(batch))
        yield text.getvalue()


def as_parquet(table: pa.Table, target: Path | BinaryIO) -> None:
    """Write a table as a Parquet file, with the types it has."""
    pq.write_table(table, target, compression="zstd")


def as_xlsx(
    table: pa.Table,
    target: Path | BinaryIO,
    *,
    headings: Mapping[str, str] | None = None,
    sheet: str = "Regulars",
    time_zone: str = "UTC",
) -> None:
    """Write a table as an Excel workbook of one sheet, in constant memory.

    Texts are text cells, whatever they begin with; money has two decimals and no currency sign, dates are dates, times
    are those of ``time_zone``, whole numbers of more than 15 digits (keys) are texts, unknown is an empty cell.
    Raises ExportError for more rows than a sheet holds.
    """
    if table.num_rows > MOST_XLSX_ROWS:
        raise ExportError(
            f"A sheet holds {MOST_XLSX_ROWS:,} rows, and this list has {table.num_rows:,}. Take CSV or Parquet, or "
            "filter the list."
        )
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    place = str(target) if isinstance(target, Path) else target
    with xlsxwriter.Workbook(place, {**options, "strings_to_numbers": False}) as book:
        page = book.add_worksheet(_sheet_name(sheet))
        formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        # Stays a text also after somebody has gone into the cell and out again.
        quoted = book.add_format({"quote_prefix": True})
        names = [(headings or {}).get(name, name) for name in table.column_names]
        _write_header(page, names, table.num_rows, book.add_format({"bold": True, "bottom": 1}))
        write = _Writer(page, formats, quoted, ZoneInfo(time_zone))
        number = 0
        for batch in table.to_batches(max_chunksize=ROWS_A_PART):
            for row in _rows(batch):
                number += 1
                for column, value in enumerate(row):
                    write.cell(number, column, value)


class _Writer:
    """Writes one value as the cell it should be."""

    def __init__(self, page: Worksheet, formats: Mapping[Kind, Format], quoted: Format, zone: ZoneInfo) -> None:
        self._page, self._formats, self._quoted, self._zone = page, formats, quoted, zone

    def cell(self, row: int, column: int, value: object) -> None:
        page = self._page
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            return
        if isinstance(value, bool):
            page.write_boolean(row, column, value)
        elif isinstance(value, Decimal):
            page.write_number(row, column, float(value), self._formats["money"])
        elif isinstance(value, int | float) and abs(value) < EXACT_IN_A_SPREADSHEET:
            page.write_number(row, column, value)
        elif isinstance(value, datetime):
            page.write_datetime(row, column, self._local(value), self._formats["instant"])
        elif isinstance(value, date):
            page.write_datetime(row, column, datetime(value.year, value.month, value.day), self._formats["date"])
        else:
            text = str(value)[:LONGEST_XLSX_TEXT]
            page.write_string(row, column, text, self._quoted if is_dangerous(text) else None)

    def _local(self, value: datetime) -> datetime:
        """Spreadsheets know no time zones."""
        known = value if value.tzinfo else value.replace(tzinfo=UTC)
        return known.astimezone(self._zone).replace(tzinfo=None)


def _write_header(page: Worksheet, names: Sequence[str], rows: int, bold: Format) -> None:
    for column, name in enumerate(names):
        page.set_column(column, column, min(max(len(name) + 2, 10), WIDEST_COLUMN))
    for column, name in enumerate(names):
        page.write_string(0, column, name, bold)
    page.freeze_panes(1, 0)
    if names:
        page.autofilter(0, 0, max(rows, 1), len(names) - 1)


def _sheet_name(name: str) -> str:
    """A name that Excel takes: 31 characters, none of those that addresses of cells are made of."""
    return re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:31] or "Regulars"


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _cell(value: object) -> object:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value
