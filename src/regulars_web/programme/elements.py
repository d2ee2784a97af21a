"""The seven elements as staff rate them: by level and department, with the gap and the evidence of the log beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.workspace import Workspace
from regulars_web.home.provenance import origins
from regulars_web.programme import figures
from regulars_web.shared import numbers
from regulars_web.shared.readings import Readings, Row

SCALE = "1-5"
NAMES: Mapping[str, Any] = {
    "strategy": gettext_lazy("Strategy"),
    "structure": gettext_lazy("Structure"),
    "systems": gettext_lazy("Systems"),
    "shared-values": gettext_lazy("Shared values"),
    "skills": gettext_lazy("Skills"),
    "staff": gettext_lazy("Staff"),
    "style": gettext_lazy("Style"),
}
LEVELS: Mapping[str, Any] = {
    "management": gettext_lazy("Management"),
    "front line": gettext_lazy("Front line"),
    "support": gettext_lazy("Support"),
}


def elements_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """The newest wave: each element for all, by level and by department; earlier waves for all."""
    reading = read["elements"]
    waves = sorted({row["wave_on"] for row in reading.rows if row.get("wave_on")})
    newest = waves[-1] if waves else None
    now = [row for row in reading.rows if row.get("wave_on") == newest]
    levels, departments = _groups(now, "level", LEVELS), _groups(now, "department", {})
    whole = [row for row in now if row["split"] == "all"]
    rows = [_element(row, now, levels, departments) for row in sorted(whole, key=lambda row: row["place"])]
    return {
        "reading": reading,
        "rows": rows,
        "levels": [LEVELS.get(name, name) for name in levels],
        "departments": departments,
        "wave": _wave(whole),
        "hidden": _why_hidden(now),
        "finding": finding(whole, rows),
        "earlier": _earlier(reading.rows, waves[:-1]),
        "origins": origins(read, "elements"),
    }


def finding(whole: Sequence[Row], rows: Sequence[Mapping[str, Any]]) -> str:
    """What the page says first: where management and the front line surely differ, else the weakest element."""
    sure = [row for row in whole if _sure(row)]
    if sure:
        widest = max(sure, key=lambda row: abs(float(row["gap"])))
        told = {"element": _name(widest), "points": figures.plain(abs(float(widest["gap"])), 1)}
        if widest["gap"] > 0:
            return _("On “%(element)s” management is %(points)s points happier than the front line") % told
        return _("On “%(element)s” the front line is %(points)s points happier than management") % told
    known = [row for row in whole if numbers.known(row.get("mean"))]
    if not known:
        return _("What staff say of the seven elements")
    weakest = min(known, key=lambda row: float(row["mean"]))
    return _("Staff rate “%(element)s” lowest") % {"element": _name(weakest)}


def _element(row: Row, now: Sequence[Row], levels: Sequence[str], departments: Sequence[str]) -> Mapping[str, Any]:
    mine = [one for one in now if one["element"] == row["element"]]
    return {
        "name": _name(row),
        "mean": figures.figure(row, "mean", SCALE),
        "levels": [{"name": LEVELS.get(name, name), "mean": _of(mine, "level", name)} for name in levels],
        "departments": [{"name": name, "mean": _of(mine, "department", name)} for name in departments],
        "gap": figures.change(row.get("gap"), 1),
        "gap_span": _span(row.get("gap_low"), row.get("gap_high")),
        "gap_reason": row.get("gap_reason") or "",
        "gap_known": numbers.known(row.get("gap")),
        "gap_sure": _sure(row),
        "evidence_name": row.get("evidence_name") or "",
        "evidence": figures.figure(row, "evidence", "share", counted="evidence_n"),
    }


def _why_hidden(now: Sequence[Row]) -> list[str]:
    """Why some means are not shown, each reason once."""
    return list(dict.fromkeys(str(row["mean_reason"]) for row in now if row.get("mean_reason")))


def _of(rows: Sequence[Row], split: str, group: str) -> figures.Figure:
    found = next((row for row in rows if row["split"] == split and row["group"] == group), {})
    return figures.figure(found, "mean", SCALE)


def _groups(rows: Sequence[Row], split: str, order: Mapping[str, Any]) -> list[str]:
    found = {row["group"] for row in rows if row["split"] == split}
    return [name for name in order if name in found] + sorted(found - set(order))


def _name(row: Row) -> str:
    return str(NAMES.get(row["element"], row.get("name") or row["element"]))


def _sure(row: Row) -> bool:
    low, high = row.get("gap_low"), row.get("gap_high")
    return numbers.known(low) and numbers.known(high) and float(low or 0) * float(high or 0) > 0


def _span(low: float | None, high: float | None) -> str:
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": figures.change(low, 1), "high": figures.change(high, 1)}


def _wave(whole: Sequence[Row]) -> Mapping[str, Any]:
    if not whole:
        return {}
    return {
        "first": whole[0].get("wave_on"),
        "last": whole[0].get("wave_to"),
        "n": max((int(row.get("n") or 0) for row in whole), default=0),
    }


def _earlier(rows: Sequence[Row], waves: Sequence[date]) -> list[Mapping[str, Any]]:
    """Means of all, wave by wave, the newest first."""
    found: list[Mapping[str, Any]] = []
    for wave in reversed(waves):
        mine = [row for row in rows if row.get("wave_on") == wave and row["split"] == "all"]
        ordered = sorted(mine, key=lambda row: row["place"])
        found.append(
            {
                **_wave(ordered),
                "means": [{"name": _name(row), "mean": figures.figure(row, "mean", SCALE)} for row in ordered],
            }
        )
    return found
