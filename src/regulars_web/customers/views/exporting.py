"""The list as a file: exactly who is listed, in the same order, with the columns chosen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars.exports import MOST_XLSX_ROWS
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import EXPORT_CUSTOMERS
from regulars_web.customers.exports import headings, listed_table
from regulars_web.customers.listing import read_asked
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.files import TYPES, table_file
from regulars_web.shared.sentences import Refused


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
    return table_file(table, form, name="customers", sheet=_("Customers"), headings=headings(table))
