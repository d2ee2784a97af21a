"""Known mistakes as the page shows them: those that warn first, with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.workspace import Workspace
from regulars_web.home.addresses import first_address
from regulars_web.home.provenance import origins
from regulars_web.programme import figures
from regulars_web.shared.readings import Readings, Row

QUARTER = timedelta(days=91)
STATES = ("warns", "answered", "unknown", "quiet")

# Where each mistake is looked at and mended; the first that is there.
PLACES: Mapping[str, tuple[str, ...]] = {
    "price-war": ("home:home",),
    "always-right": ("customers:list",),
    "unvalued-spending": ("voice:drivers",),
    "mechanical-standards": ("touchpoints:list",),
    "no-corrective-action": ("touchpoints:list",),
    "training-alone": ("staff:overview",),
    "strategy-unheard": ("definition:read",),
    "departments-silent": ("staff:overview",),
    "no-authority": ("staff:overview",),
    "skipped-level": ("programme:maturity",),
    "chasing-new": ("journeys:losses", "customers:list"),
    "conveyor": ("journeys:touches",),
    "customers-pay": ("journeymap:questions",),
    "refused-returns": ("definition:read",),
}


def mistakes_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """Every known mistake by its state."""
    reading = read["mistakes"]
    rows = [_mistake(row) for row in reading.rows]
    today = timezone.localdate()
    return {
        "reading": reading,
        "finding": finding(rows),
        **{state: [row for row in rows if row["state"] == state] for state in STATES},
        "until": (today + QUARTER).isoformat(),
        "most": (today + timedelta(days=365)).isoformat(),
        "today": today.isoformat(),
        "origins": origins(read, "mistakes"),
    }


def finding(rows: Sequence[Mapping[str, Any]]) -> str:
    """What the page says first."""
    warning = sum(row["state"] == "warns" for row in rows)
    if warning:
        return ngettext("%(count)s known mistake warns", "%(count)s known mistakes warn", warning) % {"count": warning}
    if rows and all(row["state"] == "unknown" for row in rows):
        return _("Nothing can be said of known mistakes yet")
    return _("No known mistake warns")


def _mistake(row: Row) -> Mapping[str, Any]:
    unit = str(row.get("unit") or "share")
    return {
        "key": row["mistake"],
        "name": row["name"],
        "sentence": row.get("sentence") or "",
        "state": row["state"],
        "value": figures.figure(row, "value", unit),
        "limit": figures.written(row.get("limit"), unit),
        "over": row.get("warns_over", True),
        "because": row.get("answered_because") or "",
        "until": row.get("answered_until"),
        "address": first_address(*PLACES.get(row["mistake"], ())),
    }
