"""Clients as they are known now, out of what every import has said of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

import ibis
import ibis.expr.types as ir

from regulars.measures.engine_words import get_json_object

_BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)


def current_clients(clients: ir.Table, columns: Sequence[str]) -> ir.Table:
    """The newest known value of each asked column, whatever the order of imports.

    Grain    one row per client
    Columns  client_key · the asked columns: the newest value that is not null, by asserted_at; of equally new
             ones the greatest; null where nobody ever said. A name that is no column is an attribute, as text
    Empty    no clients, no rows

    Two plain aggregates and a join rather than ordered first or last, which engines order differently.
    """
    said = clients.select(
        "client_key",
        **{name: clients[name] if name in clients.columns else attribute(clients, name) for name in columns},
        asserted_at=ibis.coalesce(clients.asserted_at, ibis.literal(_BEFORE_ALL).cast(clients.asserted_at.type())),
    )
    newest = said.group_by("client_key").aggregate(
        **{f"{name}_asserted_at": said.asserted_at.max(where=said[name].notnull()) for name in columns}
    )
    both = said.join(newest, "client_key")
    return both.group_by("client_key").aggregate(
        **{name: both[name].max(where=both.asserted_at == both[f"{name}_asserted_at"]) for name in columns}
    )


def attached(rows: ir.Table, clients: ir.Table, columns: Sequence[str]) -> ir.Table:
    """``rows`` with columns of their clients added; null for guests and for what is not known."""
    known = current_clients(clients, columns)
    return rows.left_join(known, rows.client_key == known.client_key).select(rows, *(known[name] for name in columns))


def attribute(clients: ir.Table, name: str) -> ir.StringValue:
    """An attribute of clients as text, out of the JSON object that an import stated; null where it is not in it."""
    return cast(ir.StringValue, get_json_object(clients.attributes, f"$.{name}"))
