"""Opens the customers of a workspace as they are known now, or as they were known on a past date."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa

from regulars.base import Base, open_base
from regulars.base import columns as base_columns
from regulars.engines.duckdb import DuckDBEngine
from regulars.groups.conditions import Rule
from regulars.groups.snapshot import KEY, Snapshot

if TYPE_CHECKING:
    from regulars.workspace import Workspace

KEPT = 2
# What past dates can be told of without working out every measure anew.
TRAITS = ("customer_type", "acquired_by", "country", "region", "city", "gender", "birth_year")

_kept: list[tuple[Base, Snapshot]] = []
_guard = threading.Lock()


def open_snapshot(workspace: Workspace, *, as_of: date | None = None) -> Snapshot:
    """The customers on a date, with every column of the customer base; the newest date where none is named.

    Quick where the base of that date is there already. Shared by threads.
    """
    base = open_base(workspace, as_of=as_of)
    with _guard:
        found = next((snapshot for kept, snapshot in _kept if kept is base), None)
        if found is None:
            found = Snapshot(base, base_columns(), base.about.as_of or date.min, base.about.basis)
            _kept.insert(0, (base, found))
            del _kept[KEPT:]
        return found


def past_snapshot(workspace: Workspace, as_of: date, rules: Iterable[Rule]) -> Snapshot:
    """The customers on a past date, with what these rules need.

    Rules of traits and facts alone are answered from a light reading of the log; any other field needs the whole
    base of that date, which takes as long as building one. A customer is there from the first touch on. A trait is
    what was said last by that date; where it was said only later, the earliest word of it holds before, too, since
    lists carry no history. A fact holds from when it became known.
    """
    asked = [field for rule in rules for field in rule.fields]
    light = all(field.kind == "fact" or field.name in TRAITS for field in asked)
    with workspace.engine() as engine:
        facts = _facts(engine, as_of, workspace.settings.time_zone)
        if light:
            columns = [column for column in base_columns() if column.name in (KEY, *TRAITS)]
            return Snapshot.of_tables(_traits(engine, as_of, workspace.settings.time_zone), columns, facts, as_of)
    base = open_base(workspace, as_of=as_of)
    there = "SELECT * FROM base WHERE first_seen_on IS NOT NULL"
    return Snapshot.of_tables(base.run(there), base_columns(), facts, as_of, base.about.basis)


def _facts(engine: DuckDBEngine, as_of: date, zone: str) -> pa.Table:
    end = _end_of(as_of, zone).isoformat()
    return engine.run(f"SELECT * FROM facts WHERE greatest(known_at, confirmed_at) < TIMESTAMPTZ '{end}'")  # noqa: S608


def _traits(engine: DuckDBEngine, as_of: date, zone: str) -> pa.Table:
    end = f"TIMESTAMPTZ '{_end_of(as_of, zone).isoformat()}'"
    said = "coalesce(asserted_at, TIMESTAMPTZ '1900-01-01 00:00:00+00')"
    each = ", ".join(
        f"coalesce(max_by({name}, ({said}, {name})) FILTER (asserted_at IS NULL OR asserted_at < {end}), "
        f"min_by({name}, ({said}, {name}))) AS {name}"
        for name in TRAITS
    )
    return engine.run(f"""
        WITH seen AS (SELECT DISTINCT client_key FROM interactions WHERE occurred_on <= DATE '{as_of.isoformat()}'),
        who AS (SELECT client_key, max(kind) AS kind, {each} FROM clients GROUP BY client_key)
        SELECT seen.client_key, who.* EXCLUDE (client_key, kind) FROM seen LEFT JOIN who USING (client_key)
        WHERE seen.client_key IS NOT NULL AND coalesce(kind, 'customer') = 'customer'
    """)  # noqa: S608


def _end_of(day: date, zone: str) -> datetime:
    """The instant at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
