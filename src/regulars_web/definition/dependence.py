"""Parity measured both ways: theirs in our sales, and ours in their purchases where somebody told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from regulars.errors import MeasureError
from regulars.workspace import Workspace

MOST_ROWS = 8
VERDICTS = {
    "we depend on them": gettext_lazy("we depend on them"),
    "they depend on us": gettext_lazy("they depend on us"),
    "both": gettext_lazy("both depend on each other"),
    "parity": gettext_lazy("as equals"),
}


def dependence(workspace: Workspace, *, named: bool) -> dict[str, Any]:
    """The largest customers and those of whom it is told, with both shares; ``unknown`` where nothing is counted.

    named  show names, else the reference of the customer's source
    """
    try:
        found = workspace.measure("parity")
    except MeasureError as error:
        return {"rows": [], "unknown": error}
    rows = found.to_arrow().to_pylist()
    shown = [row for place, row in enumerate(rows) if place < MOST_ROWS or row["share_of_theirs"] is not None]
    shown = shown[: 2 * MOST_ROWS]
    keys = [row["client_key"] for row in shown]
    references = workspace.references(keys)
    names = _names(workspace, keys) if named else {}
    told = [_row(row, names.get(row["client_key"]) or references.get(row["client_key"], "")) for row in shown]
    return {"rows": told, "notes": found.notes, "no_theirs": all(row["share_of_theirs"] is None for row in rows)}


def _row(row: dict[str, Any], called: str) -> dict[str, Any]:
    return {**row, "called": called or str(row["client_key"]), "verdict_words": VERDICTS.get(row["verdict"], "")}


def _names(workspace: Workspace, keys: list[int]) -> dict[int, str]:
    customers = workspace.customers()
    of = {key: customers.records_of(key) for key in keys}
    details = workspace.vault.people([record for records in of.values() for record in records])
    return {
        key: next((name for one in records if (name := details.get(one, {}).get("name", ""))), "")
        for key, records in of.items()
    }
