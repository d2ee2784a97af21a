"""Builds the customer base: measures and a few direct readings of the log, put side by side in one Parquet file."""

# ruff: noqa: S608  SQL is put together of names of our own columns; values are bound

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import duckdb
import pyarrow as pa

from regulars.base import queries
from regulars.base.assembling import aligned, projection
from regulars.base.trust import Trust, trust
from regulars.engines.connection import connect, quoted
from regulars.measures.clients import current_clients
from regulars.measures.log_tables import log_tables
from regulars.measures.purchases import COST_KNOWN_SHARE

if TYPE_CHECKING:
    from regulars.engines.duckdb import DuckDBEngine
    from regulars.workspace import Workspace

BASE_FILE, FACTS_FILE, ABOUT_FILE = "base.parquet", "facts.parquet", "about.json"
ROW_GROUP_ROWS = 122_880
WHO = ("kind", "customer_type", "acquired_by", "country", "region", "city", "gender", "birth_year")
CLV = tuple(name + end for name in ("clv", "expected_orders", "p_alive") for end in ("", "_low", "_high", "_reason"))
SLIPPING = ("at_stake", "at_stake_low", "at_stake_high", "at_stake_reason")
Basis = Literal["margin", "revenue"]
NOTHING_YET = date(1970, 1, 1)  # a day for a log without interactions: it may know clients all the same


@dataclass(frozen=True)
class About:
    """What must be said beside the base.

    as_of   the local date up to which the log was seen; None where the log is empty
    basis   what customers are ranked by: profit, where costs are known for 90% of all orders by value, or revenue
    trust   whether to believe what the models expect
    notes   sentences of the models
    """

    as_of: date | None
    currency: str
    basis: Literal["profit", "revenue"]
    trust: Trust
    notes: tuple[str, ...] = ()


def build(workspace: Workspace, as_of: date | None, seen_to: date | None, folder: Path) -> None:
    """Write base, facts and what is to be said of them into ``folder``; an empty log gives a base without rows.

    as_of    the day up to which purchases count, and by which measures judge; None where the log is empty
    seen_to  the day up to which contacts, answers, promises and facts count; the same or later
    """
    day, seen = as_of or NOTHING_YET, seen_to or as_of or NOTHING_YET
    verdict = trust(workspace, day)
    parts, notes = _measured(workspace, day, verdict)
    with workspace.engine() as engine:
        parts |= _read(engine, day, seen, workspace.settings.time_zone)
    models_reason = _why_no_models(parts["clv"], verdict)
    facts = parts.pop("facts")
    with closing(connect(spill_to=folder)) as connection:
        for name, table in {**parts, "facts": facts, "stale_days": _stale_days(workspace, facts)}.items():
            connection.register(name, table)
        basis = _basis(connection)
        parts["ranked"] = connection.execute(queries.ranked(basis)).to_arrow_table()
        parts["counted"] = connection.execute(_facts_counted(seen)).to_arrow_table()
        together = aligned(parts, ("who", "touches"))
        connection.register("together", together)
        columns = projection(together.column_names, models_reason=models_reason)
        _write(connection, f"SELECT {columns} FROM together", folder / BASE_FILE)
        _write(connection, "SELECT * FROM facts ORDER BY client_key, name, known_at", folder / FACTS_FILE)
    about = About(as_of, workspace.settings.currency, "profit" if basis == "margin" else "revenue", verdict, notes)
    text = json.dumps(asdict(about), default=str, ensure_ascii=False)
    (folder / ABOUT_FILE).write_text(text, encoding="utf-8")


def read_about(folder: Path) -> About:
    """What was written beside a base."""
    found = json.loads((folder / ABOUT_FILE).read_text(encoding="utf-8"))
    as_of = date.fromisoformat(found["as_of"]) if found["as_of"] else None
    return About(as_of, found["currency"], found["basis"], Trust(**found["trust"]), tuple(found["notes"]))


def _measured(workspace: Workspace, day: date, verdict: Trust) -> tuple[dict[str, pa.Table], tuple[str, ...]]:
    """The measures' columns; where the back-test failed, no customer has an expectation, and each row says why."""
    rfm = workspace.measure("rfm", as_of=day).to_arrow()
    clv = workspace.measure("clv", as_of=day)
    values = clv.to_arrow().select(["client_key", *CLV])
    slipping = workspace.measure("slipping", as_of=day).to_arrow().select(["client_key", *SLIPPING])
    if verdict.reason:
        values, slipping = _withheld(values, verdict.reason), slipping.slice(0, 0)
    return {"rfm": rfm, "clv": values, "slipping": slipping}, tuple(clv.notes)


def _withheld(values: pa.Table, reason: str) -> pa.Table:
    columns = [
        values["client_key"]
        if field.name == "client_key"
        else pa.array([reason] * values.num_rows, pa.string())
        if field.name.endswith("_reason")
        else pa.nulls(values.num_rows, field.type)
        for field in values.schema
    ]
    return pa.table(columns, schema=values.schema)


def _read(engine: DuckDBEngine, day: date, seen: date, time_zone: str) -> dict[str, pa.Table]:
    return {
        "who": engine.run_expression(current_clients(log_tables().clients, WHO)),
        "touches": engine.run(queries.touches(day, seen)),
        "overdue": engine.run(queries.overdue(seen, time_zone)),
        "answered": engine.run(queries.last_answers(seen)),
        "facts": engine.run(queries.FACTS),
    }


def _why_no_models(values: pa.Table, verdict: Trust) -> str | None:
    """Why nobody can be called slipping: the back-test failed, or there is no model."""
    if verdict.reason or not values.num_rows or values["clv"].null_count < values.num_rows:
        return verdict.reason
    return str(values["clv_reason"][0].as_py() or verdict.sentence)


def _basis(connection: duckdb.DuckDBPyConnection) -> Basis:
    known = f"sum(known_value) >= {COST_KNOWN_SHARE} * sum(order_value)"
    row = connection.execute(f"SELECT coalesce({known}, false) FROM touches").fetchone()
    return "margin" if row and row[0] else "revenue"


def _stale_days(workspace: Workspace, facts: pa.Table) -> pa.Table:
    """How many days each name of a fact stays fresh."""
    names = sorted(filter(None, facts["name"].unique().to_pylist()))
    days = [workspace.settings.fact_days(name) for name in names]
    return pa.table({"name": pa.array(names, pa.string()), "days": pa.array(days, pa.int64())})


def _facts_counted(day: date) -> str:
    confirmed = "greatest(f.known_at, coalesce(f.confirmed_at, f.known_at))"
    old = f"date_diff('day', CAST({confirmed} AS DATE), DATE '{day}') > s.days"
    return f"""
        SELECT f.client_key, count(*) AS facts_known, count(*) FILTER ({old}) AS facts_stale
        FROM facts f LEFT JOIN stale_days s USING (name)
        WHERE NOT starts_with(f.name, 'consent') GROUP BY f.client_key"""


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    # The order in which rows come is the order of keys, by which single rows are found.
    connection.execute("SET preserve_insertion_order = true")
    target = f"{quoted(str(path))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
    connection.execute(f"COPY ({query}) TO {target}")
