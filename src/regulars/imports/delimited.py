"""Tables written as text: CSV, TSV and their relatives, and columns aligned with white space."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.batches import Row, collector_paused, first_records, make_batch
from regulars.imports.contract import BrokenRow, FileFormat, RawBatch
from regulars.imports.encoding import NAMES, Encoding, shown
from regulars.imports.headers import Header, find_header
from regulars.imports.records import Dialect, Records, split_records
from regulars.imports.streams import ByteSource, Progress

# What separates columns, with what a person is told of it; each sentence stands whole, for pages to translate.
DELIMITERS = {
    ",": "The columns are separated by commas.",
    ";": "The columns are separated by semicolons.",
    "\t": "The columns are separated by tabs.",
    "|": "The columns are separated by vertical bars.",
}
WHITE_SPACE = " "
_SAMPLE_ROWS = 500
_ANNOUNCED = re.compile(r'"?sep=(.)"?\s*$')  # what Excel writes and reads as a first line


@dataclass
class DelimitedFile:
    """A text table opened for reading. ``skip`` is how many physical lines precede the first record."""

    format: FileFormat
    columns: list[str]
    source: ByteSource
    codec: str
    dialect: Dialect
    skip: int

    def batches(self, progress: Progress | None = None) -> Iterator[RawBatch]:
        """Every record as text, some 40,000 at a time.

        Raises FileUnreadable where the file turns out to be damaged, on the way.
        """
        with self.source.text(self.codec, progress) as (stream, report):
            for _ in range(self.skip):
                stream.readline()
            line, carried, at_end = self.skip + 1, list[str](), False
            while not at_end:
                fresh = stream.readlines(budget.CHUNK_CHARACTERS)
                at_end = not fresh
                lines = carried + fresh
                with collector_paused():
                    records = split_records(lines, line, self.dialect, len(self.columns), at_end=at_end)
                    carried = lines[len(lines) - records.left_over :]
                    line += len(lines) - len(carried)
                    batch = self._batch(records)
                if batch.cells.height or batch.broken:
                    yield batch
                report()

    def sample(self, rows: int = 200) -> RawBatch:
        """The first records, and the broken rows among them."""
        return first_records(self.batches(), rows, self.columns)

    def _batch(self, records: Records) -> RawBatch:
        rows, lines, broken = fit(records, len(self.columns))
        return make_batch(rows, lines, self.columns, broken, NAMES.get(self.codec, self.codec))


def fit(records: Records, width: int) -> tuple[list[Row], Sequence[int], list[BrokenRow]]:
    """Rows of exactly ``width`` cells: shorter ones filled with empty cells, longer ones broken."""
    if set(map(len, records.rows)) <= {width}:
        return list(records.rows), records.lines, records.broken
    rows: list[Row] = []
    lines: list[int] = []
    broken = list(records.broken)
    for row, line in zip(records.rows, records.lines, strict=True):
        if len(row) > width and any(row[width:]):
            reason = (
                f"This row has {len(row)} cells where there are {width} columns: a cell that holds the delimiter "
                "or a quotation mark needs quotation marks around it."
            )
            broken.append(BrokenRow(line, reason, tuple(map(shown, row))))
        elif any(cell.strip() for cell in row):
            rows.append((row + [""] * (width - len(row)))[:width])
            lines.append(line)
    return rows, lines, broken


def open_delimited(source: ByteSource, encoding: Encoding, delimiter: str | None) -> DelimitedFile:
    """Find delimiter, header and columns. Raises FileUnreadable where there is no row at all."""
    csv.field_size_limit(budget.MAX_CELL_CHARACTERS)
    with source.text(encoding.name) as (stream, _):
        lines = stream.readlines(budget.SAMPLE_BYTES)
        whole = not stream.readline()
    announced = _ANNOUNCED.match(lines[0]) if lines else None
    delimiter = delimiter or (announced[1] if announced else None)
    start = 1 if announced else 0
    dialect = Dialect(delimiter, False) if delimiter else _find_delimiter(lines)
    dialect = Dialect(dialect.delimiter, _blank_before_quote(lines, dialect.delimiter))
    records = split_records(lines[start:], start + 1, dialect, 0, at_end=whole)
    header = find_header([*islice(records.rows, _SAMPLE_ROWS)], source.name)
    skip = _lines_above(records, header, start + len(lines[start:]) - records.left_over)
    notes = (encoding.note, _delimiter_note(dialect.delimiter), *header.notes, *_sample_notes(lines))
    form = FileFormat(
        _kind(dialect.delimiter),
        NAMES.get(encoding.name, encoding.name),
        dialect.delimiter,
        header.has_header,
        source.member,
        notes=notes,
    )
    return DelimitedFile(form, header.columns, source, encoding.name, dialect, skip)


def _lines_above(records: Records, header: Header, total: int) -> int:
    """Physical lines before the first record (or before the first broken line, which is to be told of)."""
    if not header.has_header:
        return records.lines[header.skip] - 1
    header_line = records.lines[header.skip - 1]
    starts = chain(records.lines, (row.line for row in records.broken))
    return min((line for line in starts if line > header_line), default=total + 1) - 1


def named_delimiter(given: str) -> str:
    """The delimiter a person asked for: one character, or tab, comma, semicolon, space by name."""
    names = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
    delimiter = names.get(given.lower(), given)
    if len(delimiter) != 1 or delimiter in '"\r\n\0' or (not delimiter.isprintable() and delimiter != "\t"):
        raise FileUnreadable(f"{given!r} cannot separate columns. Name one character, or: {', '.join(names)}.")
    return delimiter


def _kind(delimiter: str | None) -> str:
    return {"\t": "tsv", None: "txt", WHITE_SPACE: "txt"}.get(delimiter, "csv")


def _delimiter_note(delimiter: str | None) -> str:
    if delimiter is None:
        return "Every line is one cell."
    if delimiter == WHITE_SPACE:
        return "The columns are separated by white space."
    return DELIMITERS.get(delimiter) or f"The columns are separated by {delimiter!r}."


def _sample_notes(lines: list[str]) -> tuple[str, ...]:
    if any("\0" in line for line in lines):
        return ("The file holds zero characters.",)
    return ()


def _find_delimiter(lines: list[str]) -> Dialect:
    """The delimiter that cuts most rows into equally many cells, more than one."""
    best, found = (0.0, 0), Dialect(None, False)
    for delimiter in DELIMITERS:
        dialect = Dialect(delimiter, _blank_before_quote(lines, delimiter))
        widths = [len(row) for row in _first_rows(lines, dialect)]
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        alike = sum(1 for width in widths if width == usual) / len(widths)
        several = sum(1 for width in widths if width > 1) / len(widths)
        score = (round(alike + (widths[0] == usual), 1), usual)
        # A ragged table with titles above has few rows alike, but nearly all of them have several cells.
        if usual > 1 and (alike > 0.5 or (usual > 2 and several > 0.7)) and score > best:
            best, found = score, dialect
    return found if found.delimiter else _white_space(lines)


def _first_rows(lines: list[str], dialect: Dialect) -> list[list[str]]:
    try:
        reader = csv.reader(lines[:2000], delimiter=dialect.delimiter or ",", skipinitialspace=dialect.blank_first)
        return [row for row in islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return []


def _white_space(lines: list[str]) -> Dialect:
    """White-space aligned columns: every line has the same number of words, more than one."""
    widths = {len(line.split()) for line in lines[:_SAMPLE_ROWS] if line.strip()}
    several = len(widths) == 1 and widths.pop() > 1 and len(lines) > 1
    return Dialect(WHITE_SPACE if several else None, False)


def _blank_before_quote(lines: list[str], delimiter: str | None) -> bool:
    """Whether cells are written ``a, "b"``: a blank before the quotation mark must not spoil it."""
    if delimiter is None or delimiter == WHITE_SPACE:
        return False
    sample = "".join(lines[:_SAMPLE_ROWS])
    return sample.count(f'{delimiter} "') > sample.count(f'{delimiter}"')
