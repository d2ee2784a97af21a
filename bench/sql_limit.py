"""Our measures against hand-written DuckDB SQL for the same tables, on the same Parquet files.

A measure with statistics is compared by the queries it reads; its whole time, statistics included, is told beside.
Each measure runs in a child process of its own, so that its peak memory is its own; starting that process, importing
and opening files do not count on either side.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench import made_up
from bench.hand_sql import HAND_WRITTEN
from bench.timing import Comparison, Sizes

MEMORY_AIM_MIB = 3 * 1024


def run(sizes: Sizes, folder: Path) -> list[Comparison]:
    """One comparison a measure."""
    files = made_up.interactions(folder, sizes.rows)
    return [_comparison(measure, sizes, files) for measure in HAND_WRITTEN]


def _comparison(measure: str, sizes: Sizes, files: list[str]) -> Comparison:
    print(f"  {measure}", file=sys.stderr, flush=True)
    seconds = _child("times", measure, sizes.runs, files)
    memory = _child("memory", measure, sizes.runs, files)
    whole = f"; whole measure {seconds['whole']:.2f} s" if seconds["whole"] else ""
    greedy = "; MORE THAN 3 GiB" if memory["peak_mib"] > MEMORY_AIM_MIB else ""
    return Comparison(
        task=f"{measure}, {sizes.rows:,} interactions",
        peer="hand-written SQL",
        peer_seconds=seconds["hand"],
        our_seconds=seconds["ours"],
        agreement=seconds["agreement"] + whole + greedy,
        at_least=0.5,
        peak_mib=memory["peak_mib"],
    )


def _child(asked: str, measure: str, runs: int, files: list[str]) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.sql_child", asked, measure, str(runs), *files]
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(finished.stdout)
