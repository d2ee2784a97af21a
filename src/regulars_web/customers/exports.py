"""The list as one table for a file: who is listed, in the order of the list, with names and the columns chosen."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from regulars.base import columns as base_columns
from regulars.base import open_base
from regulars.log.search_index import newest_names
from regulars.names.collation import sort_key
from regulars.workspace import Workspace
from regulars_web.customers.columns import NAME
from regulars_web.customers.listing import Asked, conditions, searched_keys
from regulars_web.customers.words import COLUMN_WORDS, column_words

KEY, REFERENCE = "client_key", "reference"


def listed_table(workspace: Workspace, asked: Asked, *, language: str) -> pa.Table:
    """client_key, name, reference and the chosen columns (estimates with their interval) of everybody listed."""
    base = open_base(workspace)
    wanted = _with_intervals(asked.columns)
    sorted_by = [asked.sort] if asked.sort and asked.sort != NAME and asked.sort not in wanted else []
    table = base.table(conditions(workspace, asked), columns=[KEY, *wanted, *sorted_by])
    found = searched_keys(workspace, asked)
    if found is not None:
        table = _in_order_of(table, found)
    table = _with_names(workspace, table)
    return _sorted(table, asked, language).select([KEY, NAME, REFERENCE, *wanted])


def headings(table: pa.Table) -> dict[str, str]:
    """Column -> what it is called in the reader's language; ends of intervals keep their names."""
    return {name: column_words(name) for name in table.column_names if name in COLUMN_WORDS}


def _with_intervals(columns: tuple[str, ...]) -> list[str]:
    known = {one.name for one in base_columns()}
    ends = [[name, *(f"{name}{end}" for end in ("_low", "_high") if f"{name}{end}" in known)] for name in columns]
    return [name for group in ends for name in group]


def _in_order_of(table: pa.Table, keys: list[int]) -> pa.Table:
    """The rows of these customers, best matches first."""
    places = pc.index_in(table[KEY].combine_chunks(), value_set=pa.array(keys, pa.int64()))
    kept = table.append_column("place", places).filter(pc.is_valid(places))
    return kept.sort_by("place").drop_columns(["place"])


def _with_names(workspace: Workspace, table: pa.Table) -> pa.Table:
    keys = table[KEY].to_pylist()
    names, references = newest_names(workspace, keys), workspace.references(keys)
    table = table.append_column(NAME, pa.array([names.get(key, "") for key in keys], pa.string()))
    return table.append_column(REFERENCE, pa.array([references.get(key, "") for key in keys], pa.string()))


def _sorted(table: pa.Table, asked: Asked, language: str) -> pa.Table:
    """As on the page: whoever has no value stands last, equal ones in the order of their keys."""
    if not asked.sort:
        return table
    values = table[asked.sort]
    if asked.sort == NAME:
        keys = [sort_key(name, language) if name else None for name in values.to_pylist()]
        values = pa.chunked_array([pa.array(keys, pa.binary())])
    table = table.append_column("sorted", values).append_column("unknown", pc.is_null(values).cast(pa.int8()))
    direction = "descending" if asked.descending else "ascending"
    order = [("unknown", "ascending"), ("sorted", direction), (KEY, "ascending")]
    return table.take(pc.sort_indices(table, sort_keys=order))
