"""The records of a workspace, ready to be compared. What comes out is personal and stays in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import sqlalchemy as sa

from regulars.identity.comparable import RAW, comparable
from regulars.log import vault as store

if TYPE_CHECKING:
    from regulars.workspace import Workspace

# References that were made of what a file knew of a client without a number.
_MADE_OF = {"email:": "email", "phone:": "phone", "name:": "name"}


def records(workspace: Workspace) -> pl.DataFrame:
    """Every customer record of the vault with the columns it is compared by.

    Grain    one row a record (client key) of customers; employees, departments and partners are left out
    Columns  as ``comparable`` says
    """
    return comparable(raw_records(workspace), country=workspace.settings.country)


def raw_records(workspace: Workspace) -> pl.DataFrame:
    """What sources say of every customer record, the newest known value of each column; columns of RAW."""
    known = _records(workspace)
    said = _details(workspace)
    log = _clients(workspace)
    joined = known.join(said, on="key", how="left").join(log, on="key", how="left")
    joined = joined.filter(pl.col("kind").fill_null("customer") == "customer")
    for start, column in _MADE_OF.items():
        told = pl.when(pl.col("reference").str.starts_with(start)).then(pl.col("reference").str.slice(len(start)))
        joined = joined.with_columns(pl.coalesce(column, told).alias(column))
    first = pl.col("known_first").fill_null(pl.col("first_in_log")).fill_null(0).alias("known_first")
    return joined.with_columns(first).select(name for name, _ in RAW if name in joined.columns).sort("key")


def _rows(workspace: Workspace, query: sa.Select[tuple[object, ...]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    with workspace.vault.engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(query)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _records(workspace: Workspace) -> pl.DataFrame:
    """One row a client key; of several references in one source the smallest."""
    table = store.records
    query = sa.select(table.c.client_key, table.c.source, table.c.reference)
    schema = {"key": pl.Int64(), "source": pl.String(), "reference": pl.String()}
    found = _rows(workspace, query, schema)
    return found.sort("key", "source", "reference").unique("key", keep="first", maintain_order=True)


def _details(workspace: Workspace) -> pl.DataFrame:
    """The newest known value of each personal column, and the import that first spoke of the record."""
    table, names = store.details, ("name", "email", "phone", "birthday", "address")
    query = sa.select(table.c.client_key, table.c.import_id, table.c.detail_id, *(table.c[name] for name in names))
    numbers = dict.fromkeys(("key", "known_first", "detail_id"), pl.Int64())
    found = _rows(workspace, query, {**numbers, **dict.fromkeys(names, pl.String())})
    # An empty text is nothing, as in Vault.people.
    filled = found.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in names)
    newest = [pl.col(name).drop_nulls().last() for name in names]
    ordered = filled.sort("known_first", "detail_id")
    return ordered.group_by("key", maintain_order=True).agg(pl.col("known_first").min(), *newest)


def _clients(workspace: Workspace) -> pl.DataFrame:
    """What the log knows of a record that helps to tell people apart: kind, town, country."""
    newest = ", ".join(
        f"arg_max({name}, (asserted_at, {name})) FILTER ({name} IS NOT NULL) AS {name}"
        for name in ("kind", "city", "country")
    )
    with workspace.engine() as engine:
        found = engine.run(
            f"""SELECT client_key AS key, {newest}, min(import_id) AS first_in_log
                FROM recorded_clients GROUP BY client_key"""
        )
    return pl.DataFrame(pl.from_arrow(found))
