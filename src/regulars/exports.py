"""Results as files for other programs. A cell that a spreadsheet would run as a formula is made inert."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pyarrow as pa

# Spreadsheets run cells that begin with these, also after white space and in full-width forms.
_DANGEROUS = re.compile(r"^[\s\0]*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"^\s*[+-]?[\d\s.,'’]+$")  # one run only: two would take minutes over a long cell


def inert(cell: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it; plain numbers stay numbers."""
    return "'" + cell if _DANGEROUS.match(cell) and not _NUMBER.match(cell) else cell


def as_csv(table: pa.Table) -> str:
    """A table as CSV text with a header; missing is an empty cell, money has a decimal point."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([inert(name) for name in table.column_names])
    for row in table.to_pylist():
        writer.writerow([_cell(value) for value in row.values()])
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value
