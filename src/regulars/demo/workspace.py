"""A demo company as a workspace: its log, its vault, and the files it would have exported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa

from regulars.demo.company import company_parts
from regulars.demo.complete_journey import load_complete_journey
from regulars.demo.second_source import CALL_CENTRE, second_source
from regulars.log.vault import PERSONAL
from regulars.workspace import Workspace, init

DEMO_NAME = "Oakline Furniture"
REAL_NAME = "Complete Journey (dunnhumby)"


def make_demo(folder: Path, *, customers: int = 4000, seed: int = 8, today: date | None = None) -> Workspace:
    """A new workspace with the made-up furniture company. Raises DemoSize or WorkspaceError.

    today  the day after which lies what is planned there; None: after the last day of the log
    """
    parts = company_parts(customers, seed, today=today)
    first = next(parts)
    workspace = init(folder, name=DEMO_NAME, currency="EUR", time_zone=first.zone)
    for part in (first, *parts):
        _add(workspace, part.tables, part.vault, source="demo")
        called = second_source(part, seed=seed).company
        if called.vault.num_rows:
            _add(workspace, called.tables, called.vault, source=CALL_CENTRE)
    return workspace


def make_real_demo(folder: Path) -> Workspace:
    """A new workspace with 2,469 real households of one US grocer. Raises RealDataMissing or WorkspaceError."""
    journey = load_complete_journey()
    workspace = init(folder, name=REAL_NAME, currency="USD", time_zone=journey.zone)
    _add(workspace, journey.tables, journey.vault, source="complete journey")
    return workspace


def _add(workspace: Workspace, tables: dict[str, pa.Table], vault: pa.Table, *, source: str) -> None:
    """One import: personal records first, so that no row of the log ever stands for nobody."""
    known = [name for name in ("client_key", "source", "reference") if name in vault.column_names]
    workspace.vault.add_records(vault.select(known).to_pylist())
    filled = {name: table for name, table in tables.items() if table.num_rows}
    number = workspace.add_tables(filled, form="demo", source=source)
    personal = [name for name in ("client_key", "source", *PERSONAL) if name in vault.column_names]
    if set(personal) & set(PERSONAL):
        workspace.vault.add_details(number, vault.select(personal).to_pylist())
