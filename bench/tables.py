"""The table that a run prints, and the file that it leaves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.timing import Comparison

HEADINGS = ("task", "peer", "peer s", "ours s", "peer / ours", "aim", "peak MiB", "results")


def printed(comparisons: Sequence[Comparison]) -> str:
    """All comparisons as one Markdown table, columns aligned."""
    rows = [HEADINGS, *(_cells(comparison) for comparison in comparisons)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def written(comparisons: Sequence[Comparison], path: Path) -> None:
    """Everything as JSON, ratios included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    records = [asdict(one) | {"times_faster": one.times_faster, "met": one.met} for one in comparisons]
    path.write_text(json.dumps(records, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _cells(one: Comparison) -> tuple[str, ...]:
    aim = "" if one.at_least is None else f"≥ {one.at_least:g} {'met' if one.met else 'MISSED'}"
    memory = "" if one.peak_mib is None else f"{one.peak_mib:,.0f}"
    seconds = f"{one.peer_seconds:.3f}", f"{one.our_seconds:.3f}"
    return one.task, one.peer, *seconds, f"{one.times_faster:.2f}", aim, memory, one.agreement
