"""The numbers of one step or one path, for the panel beside the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from regulars.measures.intervals import share_estimate
from regulars_web.journeys import words
from regulars_web.journeys.detail import END, START, Path
from regulars_web.journeys.maps import FEW, Addresses, path_cells
from regulars_web.shared import numbers
from regulars_web.shared.readings import Reading, Row

Context = dict[str, Any]
SHOWN = 6


def path_panel(rows: Mapping[Path, Row], path: Path, addresses: Addresses) -> Context | None:
    """A path: how often, in how many journeys, after how long, and which part of those who leave and arrive."""
    row = rows.get(path)
    if row is None:
        return None
    leaving = sum(one["count"] for (source, _to), one in rows.items() if source == path[0])
    arriving = sum(one["count"] for (_from, target), one in rows.items() if target == path[1])
    return {
        "from": words.step_name(path[0]),
        "to": words.step_name(path[1]),
        "from_address": addresses.of_step(path[0]),
        "to_address": addresses.of_step(path[1]),
        "row": path_cells(row),
        "of_leaving": _share(int(row["count"]), int(leaving)),
        "of_arriving": _share(int(row["count"]), int(arriving)),
        "begins": path[0] == START,
        "ends": path[1] == END,
    }


def step_panel(rows: Mapping[Path, Row], steps: Reading, step: str, addresses: Addresses) -> Context | None:
    """A step: how often, where journeys come from and go to, how long they wait, and whether they come again."""
    before = [row for (_from, target), row in rows.items() if target == step]
    after = [row for (source, _to), row in rows.items() if source == step]
    if not before and not after:
        return None
    return {
        "name": words.step_name(step),
        "is_end": step in (START, END),
        "row": step_cells(steps.where("step", step)) if steps.rows else None,
        "unknown": steps.unknown,
        "before": _neighbours(before, "from_step", addresses, target=step),
        "after": _neighbours(after, "to_step", addresses, source=step),
    }


def step_cells(row: Row) -> Context | None:
    """A step's numbers as they are shown; None where there are none."""
    if not row:
        return None
    told: Context = {
        name: numbers.number(row.get(name)) for name in ("count", "journeys", "starts", "ends", "self_loops", "repeats")
    }
    for name, of in (("share", row), ("repeat_share", row)):
        told[name] = words.share(of.get(name))
        told[f"{name}_span"] = words.share_span(of.get(f"{name}_low"), of.get(f"{name}_high"))
    for name in ("before", "after"):
        told[name] = words.duration(row.get(f"median_{name}_seconds"))
        told[f"{name}_span"] = words.duration_span(
            row.get(f"median_{name}_seconds_low"), row.get(f"median_{name}_seconds_high")
        )
        told[f"{name}_p90"] = words.duration(row.get(f"p90_{name}_seconds"))
        told[f"{name}_n"] = numbers.number(row.get(f"median_{name}_seconds_n"))
    return told | {"n": numbers.number(row.get("n")), "few": int(row.get("n") or 0) < FEW}


def _neighbours(rows: Sequence[Row], name: str, addresses: Addresses, **fixed: str) -> Context:
    """The strongest paths to or from a step, each with its share of them all."""
    rows = sorted(rows, key=lambda row: (-row["count"], row[name]))
    total = int(sum(row["count"] for row in rows))
    shown = [
        {
            "name": words.step_name(row[name]),
            "address": addresses.of_path((fixed.get("source", row["from_step"]), fixed.get("target", row["to_step"]))),
            "count": numbers.number(row["count"]),
            "share": _share(int(row["count"]), total),
            "time": words.short_duration(row.get("median_seconds")),
        }
        for row in rows[:SHOWN]
    ]
    return {"rows": shown, "more": len(rows) - len(shown)}


def _share(part: int, whole: int) -> str:
    """A share with its interval, in words."""
    found = share_estimate([part], [whole], nobody="")
    if not whole:
        return numbers.UNKNOWN
    told = {"share": words.share(float(found.value[0])), "n": numbers.number(whole)}
    told["ends"] = words.share_span(float(found.low[0]), float(found.high[0]))
    return _("%(share)s of %(n)s (%(ends)s)") % told
