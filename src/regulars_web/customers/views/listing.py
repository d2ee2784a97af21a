"""The customer base as a list, and the form that adds a filter to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from regulars.base import open_base
from regulars.groups.errors import RuleError
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_CUSTOMERS
from regulars_web.customers import columns, filters, listing
from regulars_web.customers.forms import filter_choices, wanted_values
from regulars_web.customers.queries import views_for
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.paging import Pages
from regulars_web.shared.said import said as told_words


@needs(SEE_CUSTOMERS)
@require_GET
def customer_list(request: HttpRequest) -> HttpResponse:
    """The customers who meet search, filters and group; the address says all of it."""
    workspace = company()
    asked = listing.read_asked(request, workspace.settings.currency)
    for sentence in asked.wrong:
        messages.warning(request, sentence)
    listed = listing.read_listed(workspace, asked, language=(get_language() or "en")[:2])
    trail.note(request.user, "customers listed", rows=len(listed.rows), searched=bool(asked.search))
    told = {
        **_list_told(workspace, asked, listed),
        "views": _views(request, workspace, asked),
        "period_query": replace(request.scope, group="").query,  # type: ignore[attr-defined]
        "import_address": _import_address(),
        "scope_group_only": True,
    }
    part = getattr(request, "htmx", False) and request.htmx.target == "listed"  # type: ignore[attr-defined]
    return render(request, "customers/_listed.html" if part else "customers/list.html", told)


@needs(SEE_CUSTOMERS)
@require_GET
def add_filter(request: HttpRequest) -> HttpResponse:
    """Put one more condition into the address of the list; a value that does not fit becomes a message."""
    said = request.GET.copy()
    where = said.get("where", "")
    try:
        text = filters.write_filter(said.get("field", ""), said.get("op", ""), wanted_values(said))
        where = filters.joined([*where.split(filters.BETWEEN_CONDITIONS), text])
    except RuleError as error:
        messages.warning(request, told_words(error))
    kept = {**{name: said[name] for name in (*listing.KEPT, "period", "from", "to") if said.get(name)}, "where": where}
    return HttpResponseRedirect(f"{reverse('customers:list')}?{urlencode({k: v for k, v in kept.items() if v})}")


@needs(SEE_CUSTOMERS)
@require_GET
def filter_values(request: HttpRequest) -> HttpResponse:
    """The operators and the value field that fit a chosen field: a part of the filter form."""
    choice = filter_choices(company(), request.GET.get("field", ""), request.GET.get("op", ""))
    return render(request, "customers/_filter_value.html", {"choice": choice})


def _list_told(workspace: Workspace, asked: listing.Asked, listed: listing.Listed) -> dict[str, Any]:
    currency = workspace.settings.currency
    shown = columns.headings(asked.columns, asked.sort, asked.descending)
    rows = [{**row, "cells": columns.cells(row, shown, currency)} for row in listed.rows]
    return {
        "asked": asked,
        "listed": listed,
        "rows": rows,
        "name_heading": columns.name_heading(asked.sort, asked.descending),
        "headings": shown,
        "pages": Pages(asked.page, listed.total, listing.PAGE_ROWS),
        "column_groups": columns.grouped_columns(asked.columns),
        "choice": filter_choices(workspace, "", ""),
        "export_forms": ("csv", "xlsx", "parquet"),
        "sorts": [columns.name_heading("", False), *columns.headings(asked.columns, "", False)],
    }


def _views(request: HttpRequest, workspace: Workspace, asked: listing.Asked) -> Any:
    as_of = open_base(workspace).about.as_of
    return views_for(request.user, as_of=as_of, query=asked.query)  # type: ignore[arg-type]


def _import_address() -> str:
    """Where a first file is brought in."""
    try:
        return reverse("imports:history")
    except NoReverseMatch:
        return reverse("home:home")
