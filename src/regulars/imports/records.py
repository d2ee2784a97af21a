"""From physical lines to records: quoting, line breaks inside quotes, and quotation marks never closed.

The csv module does the cutting. A chunk in which every line is one record (nearly all are) takes one call;
only a chunk with line breaks inside quotes is walked record by record, to know each one's first line and to
notice a stray quotation mark that swallows the lines after it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from regulars.imports import budget
from regulars.imports.contract import BrokenRow
from regulars.imports.encoding import shown

_BLANK = "\n"  # fed after the last line: it comes back as an empty row unless a quotation mark is still open
_NOT_CLOSED = (
    "A quotation mark opened in this line is never closed, so the line was set aside and reading went on with "
    "the next one. Close it, or double it if it belongs to the text."
)


@dataclass(frozen=True)
class Dialect:
    """How cells are cut. ``delimiter`` None: the line is one cell; a blank: white space aligns columns."""

    delimiter: str | None
    blank_first: bool  # cells are written as in: a, "b"


@dataclass(frozen=True)
class Records:
    """Rows with the physical line each begins in; ``left_over`` lines at the end await the next chunk."""

    rows: list[list[str]]
    lines: Sequence[int]
    broken: list[BrokenRow] = field(default_factory=list)
    left_over: int = 0


def split_records(lines: list[str], first: int, dialect: Dialect, width: int, *, at_end: bool) -> Records:
    """Cut lines into records.

    first   number of the first line
    width   columns of the table; 0 while unknown: then the first record tells
    at_end  no more lines will come
    """
    numbers = range(first, first + len(lines))
    if dialect.delimiter is None:
        return Records([[line.strip("\r\n")] for line in lines], numbers)
    if dialect.delimiter == " ":
        return Records([line.split() for line in lines], numbers)
    try:
        reader = _reader(chain(lines, (_BLANK,)), dialect)
        rows = list(reader)
    except csv.Error:
        return _walk(lines, _Walk(lines, first, dialect, width), at_end=at_end)
    if len(rows) == len(lines) + 1 and not rows[-1]:
        rows.pop()
        return Records(rows, numbers)
    return _walk(lines, _Walk(lines, first, dialect, width), at_end=at_end)


def _reader(lines: Iterator[str], dialect: Dialect) -> csv._reader:  # type: ignore[name-defined]
    return csv.reader(lines, delimiter=dialect.delimiter or ",", skipinitialspace=dialect.blank_first)


def _walk(lines: list[str], walk: _Walk, *, at_end: bool) -> Records:
    """Record by record; after a quotation mark that is never closed, again from the line after it."""
    position = 0
    while position < len(lines):
        position, is_open = walk.until_trouble(position)
        if position == len(lines):
            break
        if is_open and not at_end and len(lines) - position <= budget.MAX_RECORD_LINES:
            break
        walk.set_aside(position)
        position += 1
    return Records(walk.rows, walk.starts, walk.broken, len(lines) - position)


class _Walk:
    """The records found so far in a chunk of lines."""

    def __init__(self, lines: list[str], first: int, dialect: Dialect, width: int) -> None:
        self.lines, self.first, self.dialect, self.width = lines, first, dialect, width
        self.rows: list[list[str]] = []
        self.starts: list[int] = []
        self.broken: list[BrokenRow] = []

    def until_trouble(self, start: int) -> tuple[int, bool]:
        """Take records from ``start`` on; where it stopped, and whether a record there is still open."""
        reader = _reader(chain(islice(self.lines, start, None), (_BLANK,)), self.dialect)
        position = start
        try:
            for row in reader:
                end = start + reader.line_num
                if end > len(self.lines):
                    return position, position < len(self.lines)
                if end - position > 1 and self._swallowed(row, position, end):
                    return position, False
                self.rows.append(row)
                self.starts.append(self.first + position)
                self.width = self.width or len(row)
                position = end
        except csv.Error:
            return position, False
        return position, False

    def set_aside(self, position: int) -> None:
        """Give up the line at ``position``: its quotation mark is never closed."""
        cells = shown(self.lines[position].rstrip("\r\n")).split(self.dialect.delimiter)
        self.broken.append(BrokenRow(self.first + position, _NOT_CLOSED, tuple(cells)))

    def _swallowed(self, row: list[str], position: int, end: int) -> bool:
        """Whether a record of several lines is really a stray quotation mark and the records after it.

        The lines inside then are whole records themselves: at least half of them where the record has
        a wrong number of cells, every one of two or more where it happens to have the right number.
        """
        if self.width < 3:
            return False
        inside = self.lines[position + 1 : end]
        whole = sum(1 for line in inside if self._is_record(line))
        if len(row) > self.width:
            return 2 * whole >= len(inside)
        return len(inside) > 2 and whole >= len(inside) - 1

    def _is_record(self, line: str) -> bool:
        if line.count(self.dialect.delimiter or ",") < self.width - 1:
            return False
        cells: list[str] = next(_reader(iter((line,)), self.dialect), [])
        return len(cells) == self.width and 2 * sum(map(bool, cells)) >= self.width
