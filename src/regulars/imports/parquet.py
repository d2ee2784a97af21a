"""Parquet files: typed columns given as text, so that they take the same path as every other file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.batches import first_records
from regulars.imports.contract import LINE, FileFormat, RawBatch
from regulars.imports.headers import unique_names
from regulars.imports.streams import ByteSource, Progress, TableFile, extracted

_DAMAGE = (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError, pl.exceptions.PolarsError)

_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896  # 0001-01-01 and 9999-12-31, counted from 1970-01-01
_PER_SECOND = {"ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


@dataclass
class ParquetTable:
    """A Parquet file opened for reading; ``file`` keeps an unpacked copy alive as long as it is needed."""

    format: FileFormat
    columns: list[str]
    file: TableFile

    def batches(self, progress: Progress | None = None) -> Iterator[RawBatch]:
        """Every record as text; the line is the record's number, from 1."""
        first = 1
        for batch, share in _record_batches(self.file):
            yield RawBatch(_texts(batch, self.columns, first, self.file.name))
            first += batch.num_rows
            if progress is not None:
                progress(share)

    def sample(self, rows: int = 200) -> RawBatch:
        """The first records."""
        return first_records(self.batches(), rows, self.columns)


def open_parquet(source: ByteSource) -> ParquetTable:
    """Open a Parquet file. Raises FileUnreadable where it is damaged or holds columns that are no text."""
    file = extracted(source)
    try:
        with pq.ParquetFile(file.path) as parquet:
            schema = parquet.schema_arrow
    except _DAMAGE as error:
        raise _damaged(file.name) from error
    columns, renamed = unique_names(schema.names)
    if not columns:
        raise FileUnreadable(f"{file.name} is a Parquet file without a column.")
    if len(columns) > budget.MAX_COLUMNS:
        raise FileUnreadable(f"{file.name} has {len(columns):,} columns; at most {budget.MAX_COLUMNS:,} can be read.")
    notes = (f"Columns renamed: {', '.join(renamed)}.",) if renamed else ()
    return ParquetTable(FileFormat("parquet", member=source.member, notes=notes), columns, file)


def _record_batches(file: TableFile) -> Iterator[tuple[pa.RecordBatch, float]]:
    try:
        with pq.ParquetFile(file.path) as parquet:
            total, done = max(1, parquet.metadata.num_rows), 0
            for batch in parquet.iter_batches(batch_size=budget.BATCH_RECORDS):
                batch.validate(full=True)
                done += batch.num_rows
                yield batch, min(1.0, done / total)
    except _DAMAGE as error:
        raise _damaged(file.name) from error


def _damaged(name: str) -> FileUnreadable:
    return FileUnreadable(f"{name} is a damaged or cut-off Parquet file. Export or download it again.")


def _texts(batch: pa.RecordBatch, columns: list[str], first: int, name: str) -> pl.DataFrame:
    """The batch with every column as text."""
    series = [pl.Series(LINE, range(first, first + batch.num_rows), dtype=pl.Int64)]
    for column, values in zip(columns, batch.columns, strict=True):
        try:
            series.append(_text(values).alias(column))
        except _DAMAGE as error:
            raise FileUnreadable(
                f"Column {column!r} of {name} holds {values.type}, which cannot be shown as text. Leave the column "
                "out, or save the table as CSV and import that."
            ) from error
    frame = pl.DataFrame(series)
    return frame.with_columns(pl.when(pl.col(*columns) != "").then(pl.col(*columns)))


def _text(values: pa.Array) -> pl.Series:
    """One column as text: ISO dates, plain decimals, shortest floats (17850.0), JSON for lists and structs."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _text(values.dictionary_decode())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        values = values.cast(pa.large_string())
    if pa.types.is_null(kind):
        return pl.Series([None] * len(values), dtype=pl.String)
    if pa.types.is_nested(kind):
        return pl.Series([_as_json(item) for item in values.to_pylist()], dtype=pl.String)
    if pa.types.is_decimal(kind):
        values = values.cast(pa.string())
    series = pl.Series(pl.from_arrow(values))
    if series.dtype.is_temporal():
        return _temporal_text(series)
    if series.dtype.is_float():
        series = series.fill_nan(None)
    return series.cast(pl.String)


def _temporal_text(series: pl.Series) -> pl.Series:
    """ISO form of dates and instants, seconds of durations; a date no calendar has stays the number it is."""
    unit = _PER_SECOND[getattr(series.dtype, "time_unit", None) or "ns"]
    numbers = series.to_physical()
    if series.dtype == pl.Time:
        return series.set(~numbers.is_between(0, 86_400 * unit - 1), None).cast(pl.String)
    if series.dtype == pl.Duration:
        return (numbers / unit).cast(pl.String)
    day = 1 if series.dtype == pl.Date else 86_400 * unit
    real = numbers.is_between(_FIRST_DAY * day, (_LAST_DAY + 1) * day - 1)
    known = series.set(~real, None)
    if isinstance(series.dtype, pl.Datetime):
        zone = "%:z" if series.dtype.time_zone else ""
        written = known.dt.strftime(f"%Y-%m-%d %H:%M:%S%.f{zone}")
    else:
        written = known.dt.strftime("%Y-%m-%d")
    return written.zip_with(real.fill_null(True), numbers.cast(pl.String))


def _as_json(item: object) -> str | None:
    return None if item is None else json.dumps(item, ensure_ascii=False, default=str)
