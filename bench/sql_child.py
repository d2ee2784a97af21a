"""One measure in a process of its own: its times beside the hand-written queries', or its peak memory, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bench import made_up
from bench.hand_sql import hand_written
from bench.timing import medians_in_turn
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.log_tables import log_tables
from regulars.measures.scope import Scope

SCOPE = Scope(as_of=made_up.LAST_ON)
CLOSE = 1e-9


def main() -> None:
    """``times|memory MEASURE RUNS FILE...``"""
    asked, measure, runs, *files = sys.argv[1:]
    engine = DuckDBEngine({"interactions": files})
    found = _memory(engine, measure) if asked == "memory" else _times(engine, measure, int(runs), files)
    print(json.dumps(found))


def _memory(engine: DuckDBEngine, measure: str) -> dict[str, object]:
    run_measure(engine, find(measure), SCOPE)
    # Not getrusage: its figure begins with the size of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kibibytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return {"peak_mib": int(kibibytes) / 1024}


def _times(engine: DuckDBEngine, measure: str, runs: int, files: list[str]) -> dict[str, object]:
    expressions = find(measure).expressions
    by_hand = hand_written(measure, files, made_up.LAST_ON.isoformat())
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")

    def ours() -> dict[str, pa.Table]:
        return {name: engine.run_expression(build(log_tables(), SCOPE)) for name, build in expressions.items()}

    def hand() -> dict[str, pa.Table]:
        return {name: connection.execute(by_hand[name]).to_arrow_table() for name in expressions}

    works = {"ours": ours, "hand": hand}
    if find(measure).statistics is not None:
        works["whole"] = lambda: run_measure(engine, find(measure), SCOPE)
    return {"whole": None} | medians_in_turn(runs, works) | {"agreement": _agreement(ours(), hand())}


def _agreement(ours: Mapping[str, pa.Table], hand: Mapping[str, pa.Table]) -> str:
    wrong = [name for name, table in ours.items() if not _equal(table, hand[name])]
    rows = sum(len(table) for table in ours.values())
    return f"DIFFERENT: {', '.join(wrong)}" if wrong else f"equal, {rows:,} rows"


def _equal(one: pa.Table, other: pa.Table) -> bool:
    """The same rows in any order: floats to 1e-9, everything else exactly."""
    if set(one.column_names) != set(other.column_names) or len(one) != len(other):
        return False
    keys = [(field.name, "ascending") for field in one.schema if not pa.types.is_floating(field.type)]
    floats = [(field.name, "ascending") for field in one.schema if pa.types.is_floating(field.type)]
    one, other = (table.sort_by(keys + floats) for table in (one, other.select(one.column_names).cast(one.schema)))
    exact = [name for name, _ in keys]
    if not one.select(exact).equals(other.select(exact)):
        return False
    numbers = [(one[name].to_numpy(), other[name].to_numpy()) for name, _ in floats]
    return all(np.allclose(mine, theirs, rtol=CLOSE, atol=0, equal_nan=True) for mine, theirs in numbers)


if __name__ == "__main__":
    main()
