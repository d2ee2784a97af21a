"""The list as a file: exactly who is listed, in the same order, with the columns chosen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars.exports import MOST_XLSX_ROWS, as_parquet, as_xlsx, csv_parts
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import EXPORT_CUSTOMERS
from regulars_web.customers.exports import headings, listed_table
from regulars_web.customers.listing import read_asked
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
IN_MEMORY = 8 * 2**20


@needs(EXPORT_CUSTOMERS)
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """A file of who is listed. It is in the trail, with the count, before the first byte leaves."""
    if form not in TYPES:
        raise Http404
    workspace = company()
    asked = read_asked(request, workspace.settings.currency)
    if asked.wrong:  # a filter that fell away would export more people than were asked for
        raise Refused(asked.wrong[0])
    table = listed_table(workspace, asked, language=(get_language() or "en")[:2])
    if form == "xlsx" and table.num_rows > MOST_XLSX_ROWS:
        raise Refused(_("A sheet does not hold that many rows. Take CSV or Parquet, or filter the list."))
    trail.note(request.user, "customers exported", rows=table.num_rows, form=form, columns=list(table.column_names))  # type: ignore[arg-type]
    answer = _answer(table, form)
    day = timezone.localdate().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="customers-{day}.{form}"'
    answer["Content-Type"] = TYPES[form]
    answer["Cache-Control"] = "no-store"
    return answer


def _answer(table: pa.Table, form: str) -> HttpResponseBase:
    """CSV goes out while it is made; the others need their end before their beginning, on disk where they are large."""
    if form == "csv":
        return StreamingHttpResponse(_encoded(csv_parts(table, headings=headings(table), mark=True)))
    file: BinaryIO = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115
    if form == "xlsx":
        as_xlsx(table, file, headings=headings(table), sheet=_("Customers"), time_zone=settings.TIME_ZONE)
    else:
        as_parquet(table, file)
    file.seek(0)
    return FileResponse(file)


def _encoded(parts: Iterator[str]) -> Iterator[bytes]:
    for part in parts:
        yield part.encode("utf-8")
