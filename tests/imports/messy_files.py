"""The raw files as frames of text, read the plain way, for tests that are not about reading."""

from __future__ import annotations

import io

import polars as pl

from regulars.imports.contract import LINE
from tests.real_data import real_data


def text_cells(name: str, *, encoding: str = "utf-8-sig", separator: str = ",") -> pl.DataFrame:
    """The file's columns as text, empty cells null, with LINE counting records from 2."""
    text = real_data(f"messy_raw/{name}").read_bytes().decode(encoding)
    cells = pl.read_csv(io.BytesIO(text.encode()), separator=separator, infer_schema=False)
    return cells.with_row_index(LINE, offset=2).with_columns(pl.col(LINE).cast(pl.Int64))


def frame(**columns: list[str | None]) -> pl.DataFrame:
    """A frame of text cells; double underscores in a name stand for a blank."""
    return pl.DataFrame({name.replace("__", " "): pl.Series(cells, dtype=pl.String) for name, cells in columns.items()})
