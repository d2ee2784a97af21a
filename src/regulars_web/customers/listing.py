"""The list of customers as an address asks for it: search, filters, order, columns and page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from regulars.base import Base, open_base
from regulars.log.search_index import matching_keys, newest_names
from regulars.workspace import Workspace
from regulars_web.customers.columns import DEFAULT_COLUMNS, NAME, choosable_columns, read_columns
from regulars_web.customers.filters import Filter, joined, read_filters
from regulars_web.customers.groups import group_rule
from regulars_web.shared.paging import wanted_page

PAGE_ROWS = 50
LONGEST_SEARCH = 200
KEPT = ("q", "where", "sort", "columns", "group")  # of the address, in a saved view
DEFAULT_SORT = "-spend"


@dataclass(frozen=True)
class Asked:
    """What an address asks of the list.

    sort      a column or "name"; "" keeps the best matches of a search first
    wrong     sentences about parts of the address that could not be read
    """

    search: str
    filters: list[Filter]
    sort: str
    descending: bool
    columns: tuple[str, ...]
    group: str
    page: int
    wrong: list[str]

    @property
    def where(self) -> str:
        """The filters as they stand in the address."""
        return joined([one.text for one in self.filters])

    @property
    def query(self) -> str:
        """What a saved view keeps of this."""
        return view_query(self.plain)

    @property
    def plain(self) -> dict[str, str]:
        """The same as single parameters; what is usual is left out."""
        sort = f"{'-' if self.descending else ''}{self.sort}" if self.sort else ""
        usual = "" if self.search else DEFAULT_SORT
        columns = "" if self.columns == DEFAULT_COLUMNS else ",".join(self.columns)
        said = {"q": self.search, "where": self.where, "sort": "" if sort == usual else sort}
        return {name: text for name, text in {**said, "columns": columns, "group": self.group}.items() if text}

    @property
    def narrowed(self) -> bool:
        """Whether anybody is left out on purpose."""
        return bool(self.search or self.filters or self.group)


@dataclass(frozen=True)
class Listed:
    """One page of the list: rows of the base with names and references, how many there are, and their sums."""

    rows: list[dict[str, Any]]
    total: int
    everybody: int
    sums: dict[str, Any]


def read_asked(request: HttpRequest, currency: str) -> Asked:
    """What the address of a request asks for."""
    said = request.GET
    filters, wrong = read_filters(said.get("where", ""), currency)
    search = said.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    sort, descending = _sort(said.get("sort", ""), search)
    # Boxes ticked without JavaScript come one by one.
    columns = read_columns(",".join(said.getlist("column")) or said.get("columns", ""))
    group = request.scope.group  # type: ignore[attr-defined]
    return Asked(search, filters, sort, descending, columns, group, wanted_page(request), wrong)


def view_query(said: dict[str, str] | QueryDict) -> str:
    """The parts of an address that a view keeps, always in one order, so that two can be compared."""
    return urlencode([(name, said[name]) for name in KEPT if said.get(name)])


def conditions(workspace: Workspace, asked: Asked) -> dict[str, object] | None:
    """The group and the filters as one rule; None where nobody is left out. Raises GroupError for an unknown group."""
    parts: list[object] = list(group_rule(workspace, asked.group)) if asked.group else []
    parts += [one.rule for one in asked.filters]
    return {"all": parts} if parts else None


def searched_keys(workspace: Workspace, asked: Asked) -> list[int] | None:
    """Keys of the customers whom the search finds, best first; None without a search."""
    return matching_keys(workspace, asked.search) if asked.search else None


def read_listed(workspace: Workspace, asked: Asked, *, language: str) -> Listed:
    """The page that is asked for."""
    base = open_base(workspace)
    page = base.page(
        conditions(workspace, asked),
        search_keys=searched_keys(workspace, asked),
        sort=asked.sort or None,
        descending=asked.descending,
        limit=PAGE_ROWS,
        offset=(asked.page - 1) * PAGE_ROWS,
        language=language,
    )
    everybody = page.total if not asked.narrowed else _everybody(base)
    return Listed(with_names(workspace, page.rows), page.total, everybody, dict(page.sums))


def with_names(workspace: Workspace, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with ``name`` and ``reference`` from the vault."""
    keys = [row["client_key"] for row in rows]
    names, references = newest_names(workspace, keys), workspace.references(keys)
    return [
        {**row, NAME: names.get(row["client_key"], ""), "reference": references.get(row["client_key"], "")}
        for row in rows
    ]


def _everybody(base: Base) -> int:
    return int(base.aggregate()[0]["customers"])


def _sort(text: str, search: str) -> tuple[str, bool]:
    """Column and direction; best matches first in a search that names none."""
    known = {NAME, *(one.name for one in choosable_columns())}
    if text.removeprefix("-") in known:
        return text.removeprefix("-"), text.startswith("-")
    return ("", False) if search else (DEFAULT_SORT.removeprefix("-"), True)
