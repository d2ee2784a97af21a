"""A CSV export of a million order lines, from file to durable log.

The peer does far less: pandas only reads the file into memory. It is there to show what reading alone costs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import regulars as rg
from bench import made_up
from bench.timing import Comparison, Sizes, median_of
from regulars.imports.summary import ImportSummary

AIM_SECONDS = 10.0


def run(sizes: Sizes, folder: Path) -> list[Comparison]:
    """One comparison; each of our runs imports into a workspace of its own."""
    path = made_up.order_lines(folder, sizes.lines)
    peer_seconds, frame = median_of(sizes.runs, lambda: pd.read_csv(path))
    our_seconds, summary = median_of(sizes.runs, _importer(path), warm_up=False)
    added = summary.lines_imported + summary.lines_rejected + summary.lines_already_there
    verdict = "" if added == summary.lines_read == len(frame) else "DIFFERENT: "
    aim = f"under {AIM_SECONDS:g} s at a million lines"
    agreement = (
        f"{verdict}{summary.lines_read:,} read, {summary.lines_imported:,} imported, {summary.lines_rejected:,} "
        f"rejected, {summary.counts.documents:,} documents, net {summary.counts.net_total:,.2f}; "
        f"{sizes.lines / our_seconds:,.0f} lines a second, aim {aim}: "
        f"{'met' if our_seconds / sizes.lines * 1e6 < AIM_SECONDS else 'MISSED'}"
    )
    return [Comparison(f"CSV import, {sizes.lines:,} lines", "pandas.read_csv", peer_seconds, our_seconds, agreement)]


def _importer(path: Path) -> Callable[[], ImportSummary]:
    def imported() -> ImportSummary:
        with tempfile.TemporaryDirectory() as folder, rg.init(Path(folder) / "shop") as shop:
            return shop.import_file(path, form="orders")

    return imported
