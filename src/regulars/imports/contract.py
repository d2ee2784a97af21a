"""The pieces an import passes from hand to hand: raw text cells, a mapping, formats, typed rows.

reading.open_file(path)            -> RawFile       what the file is, its columns, its cells as text
mapping.guess_mapping(...)         -> ColumnMapping which column is which field
formats.decide_formats(...)        -> ColumnFormats how numbers, dates and ids are written, column-wide
parsing.parse(frame, ...)          -> typed rows, with a reason where a row cannot be used
commit (log)                       -> documents, interactions, items, answers, clients; the summary
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import polars as pl

# Columns that every raw and parsed frame carries besides the file's own.
LINE = "__line"  # first physical line (text files), sheet row (spreadsheets) or record number; from 1
REASON = "__reason"  # why the row cannot be used; null for a good row
# Columns that parsed frames carry besides.
VALUE = "__value"  # the cell that REASON is about; null where it is an empty one
WARNING = "__warning"  # what was left out of a good row, as "cost not a number"; mostly null


@dataclass(frozen=True)
class FileFormat:
    """What a file turned out to be. ``notes`` are sentences for the person: how the encoding was found."""

    kind: str  # csv, tsv, jsonl, xlsx, ods, parquet, ...
    encoding: str | None = None
    delimiter: str | None = None
    has_header: bool = True
    member: str | None = None  # file inside a zip
    sheet: str | None = None
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()  # all sheets of a workbook


@dataclass(frozen=True)
class BrokenRow:
    """A record that cannot be read as cells of the header's columns (too many cells, undecodable bytes)."""

    line: int
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RawBatch:
    """Some thousand records: every column text, null where the cell is empty, plus LINE (Int64)."""

    cells: pl.DataFrame
    broken: tuple[BrokenRow, ...] = ()


class RawFile(Protocol):
    """A file opened for reading; ``batches`` may be called more than once."""

    format: FileFormat
    columns: list[str]

    def batches(self, progress: Callable[[float], None] | None = None) -> Iterator[RawBatch]: ...


@dataclass(frozen=True)
class Asked:
    """One column of a questionnaire: its cells are the answers to one question.

    question   key of the question in the log
    kind       nps, csat, ces, rating, choice or text
    low, high  ends of the scale; None while it is to be found from the file, or where none fits
    missing    codes that stand for a blank
    never      codes that stand for 'never used' or 'not applicable'
    field      score, choice or text where the column also serves that field of the form; mostly empty
    said       whether a person named the column
    block      what the columns have in common that were named together and share one scale
    """

    column: str
    question: str
    kind: str
    low: float | None = None
    high: float | None = None
    missing: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    field: str = ""
    said: bool = False
    block: str = ""

    @property
    def scored(self) -> bool:
        """Whether answers are marks on a scale."""
        return self.kind not in ("choice", "text")


@dataclass(frozen=True)
class ColumnMapping:
    """Which column of the file is which field of the form.

    questions  of a questionnaire: the columns that are answers, one line being one respondent
    first_day  the day that 1 stands for, where the date column counts days
    """

    form: str  # orders, contacts, answers, customers
    fields: Mapping[str, str]  # field -> column of the file
    unused: tuple[str, ...] = ()  # columns that will not be read
    reasons: Mapping[str, str] = field(default_factory=dict)  # field -> why this column was taken
    constants: Mapping[str, str] = field(default_factory=dict)  # field -> the text every row has
    questions: tuple[Asked, ...] = ()
    first_day: date | None = None


@dataclass(frozen=True)
class ColumnFormat:
    """How one column writes its values, decided over the whole column.

    kind "number": decimal_mark, thousands_mark, and currency where one is written throughout
    kind "date": pattern, a strptime format, "excel serial", "unix seconds" or "unix milliseconds";
    other_patterns for columns that hold several · kind "id": whole_float True when ids are written as
    17850.0 throughout · kind "text". ``note`` is a phrase for the person: what was decided, and why.
    """

    kind: str
    decimal_mark: str = "."
    thousands_mark: str = ""
    pattern: str = ""
    other_patterns: tuple[str, ...] = ()
    currency: str = ""
    whole_float: bool = False
    note: str = ""


@dataclass(frozen=True)
class ColumnFormats:
    """The format of every mapped field."""

    fields: Mapping[str, ColumnFormat]
