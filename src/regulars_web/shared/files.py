"""Tables handed out as files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import pyarrow as pa
from django.conf import settings
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from regulars.exports import as_parquet, as_xlsx, csv_parts

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
IN_MEMORY = 8 * 2**20


def table_file(table: pa.Table, form: str, *, name: str, sheet: str, headings: Mapping[str, str]) -> HttpResponseBase:
    """A table as a file to save, called by its name and today's date. Cells that a spreadsheet would run are inert.

    form   a key of TYPES
    sheet  what the sheet of a workbook is called
    """
    answer = _answer(table, form, sheet, headings)
    day = timezone.localdate().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day}.{form}"'
    answer["Content-Type"] = TYPES[form]
    answer["Cache-Control"] = "no-store"
    return answer


def _answer(table: pa.Table, form: str, sheet: str, headings: Mapping[str, str]) -> HttpResponseBase:
    """CSV goes out while it is made; the others need their end before their beginning, on disk where they are large."""
    if form == "csv":
        return StreamingHttpResponse(_encoded(csv_parts(table, headings=headings, mark=True)))
    file: BinaryIO = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115
    if form == "xlsx":
        as_xlsx(table, file, headings=headings, sheet=sheet, time_zone=settings.TIME_ZONE)
    else:
        as_parquet(table, file)
    file.seek(0)
    return FileResponse(file)


def _encoded(parts: Iterator[str]) -> Iterator[bytes]:
    for part in parts:
        yield part.encode("utf-8")
