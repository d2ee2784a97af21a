"""From rows of text cells to batches of columns."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import polars as pl

from regulars.imports.contract import LINE, BrokenRow, RawBatch, RawFile
from regulars.imports.encoding import BAD_BYTE, shown
from regulars.imports.streams import Progress

Row = Sequence[str | None]


class ReadableFile(RawFile, Protocol):
    """A file opened for reading, with a sample for previews and a hook for progress bars."""

    def batches(self, progress: Progress | None = None) -> Iterator[RawBatch]:
        """Every record, some ten thousand at a time; ``progress`` hears the share read, 0 to 1."""
        ...

    def sample(self, rows: int = 200) -> RawBatch:
        """The first records, and the broken rows among them."""
        ...


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection while a million row lists are made: none of them is garbage yet (1.4 s saved)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def make_batch(
    rows: list[Row], lines: Sequence[int], columns: list[str], broken: list[BrokenRow], encoding: str | None = None
) -> RawBatch:
    """A batch from rows of as many cells as there are columns.

    Empty cells become null and rows without a filled cell are left out. Rows with undecodable bytes join the
    broken ones.
    """
    try:
        cells = _frame(rows, lines, columns)
    except UnicodeEncodeError:
        good = []
        for row, line in zip(rows, lines, strict=True):
            place = _undecodable(row)
            if place is None:
                good.append((row, line))
            else:
                broken.append(_undecodable_row(row, line, columns[place], encoding))
        cells = _frame([row for row, _ in good], [line for _, line in good], columns)
    return RawBatch(cells, tuple(sorted(broken, key=lambda row: row.line)))


def empty_frame(columns: list[str]) -> pl.DataFrame:
    """A frame of these columns without rows."""
    return pl.DataFrame(schema={LINE: pl.Int64, **dict.fromkeys(columns, pl.String)})


def first_records(batches: Iterator[RawBatch], rows: int, columns: list[str]) -> RawBatch:
    """The first records of a stream of batches, and the broken rows before the last of them."""
    frames: list[pl.DataFrame] = []
    broken: list[BrokenRow] = []
    missing = rows
    for batch in batches:
        frames.append(batch.cells.head(missing))
        broken += batch.broken
        missing -= frames[-1].height
        if missing <= 0:
            break
    cells = pl.concat([empty_frame(columns), *frames])
    last = cells[LINE].max() if cells.height == rows else None
    return RawBatch(cells, tuple(row for row in broken if not isinstance(last, int) or row.line <= last))


def _frame(rows: list[Row], lines: Sequence[int], columns: list[str]) -> pl.DataFrame:
    if not rows:
        return empty_frame(columns)
    series = [
        pl.Series(name, cells, dtype=pl.String) for name, cells in zip(columns, zip(*rows, strict=True), strict=True)
    ]
    # Whatever is not an empty text: null stays null.
    texts = pl.DataFrame(series).select(pl.when(pl.all() != "").then(pl.all()))
    numbered = texts.insert_column(0, pl.Series(LINE, lines, dtype=pl.Int64))
    return numbered.filter(pl.any_horizontal(pl.exclude(LINE).is_not_null()))


def _undecodable(row: Row) -> int | None:
    """Place of the first cell that no valid text can hold."""
    for place, cell in enumerate(row):
        if cell is not None and not cell.isascii():
            try:
                cell.encode()
            except UnicodeEncodeError:
                return place
    return None


def _undecodable_row(row: Row, line: int, column: str, encoding: str | None) -> BrokenRow:
    text = "".join(cell or "" for cell in row)
    found = BAD_BYTE.search(text)
    name = encoding or "text"
    reason = f"A character in column {column!r} is not valid {name}; mend the cell and import the row again."
    if found:
        byte = f"{ord(found[0]) - 0xDC00:#04x}"
        reason = f"The byte {byte} in column {column!r} is not valid {name}; mend the cell and import the row again."
    return BrokenRow(line, reason, tuple(shown(cell or "") for cell in row))
