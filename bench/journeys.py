"""Which step follows which, and after how long: PM4Py's discovery and hand-written SQL against our one query.

PM4Py starts from a frame in memory that it has already put into its own form and order; we start from Parquet files.
It counts moves by one call and times them by another: both together answer what our one query answers, and the counts
alone are told beside it. The hand-written query is the fastest form we found.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bench import made_up
from bench.timing import Comparison, Sizes, median_of, medians_in_turn
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure, to_columns
from regulars.measures import find
from regulars.measures.journeys.moves import with_ends
from regulars.measures.journeys.naming import labels, names_of
from regulars.measures.log_tables import log_tables
from regulars.measures.scope import Scope

TOUCHES_A_THREAD = 10
STEPS = 20
SCOPE = Scope(as_of=made_up.LAST_ON)
FASTER_THAN_PM4PY = 8.0
OF_HAND_WRITTEN = 1 / 1.5

Moves = dict[tuple[str, str], int]

# Numbers in place of texts halve the sorting, small ones save a tenth of it; ties in time stand as in the file.
BY_HAND = """
    WITH touches AS (
        SELECT hash(thread) AS journey, hash(coalesce(step, touchpoint, kind)) AS code, epoch_us(occurred_at) AS micros,
            CAST(source_row AS INTEGER) AS line
        FROM read_parquet({files}) WHERE thread IS NOT NULL),
    moves AS (
        SELECT code, lag(code) OVER journeys AS before, micros - lag(micros) OVER journeys AS wait
        FROM touches WINDOW journeys AS (PARTITION BY journey ORDER BY micros, line))
    SELECT before, code, count(*) AS count, avg(wait) AS mean, quantile_cont(wait, [0.5, 0.9]) AS waits
    FROM moves GROUP BY before, code"""


def run(sizes: Sizes, folder: Path) -> list[Comparison]:
    """PM4Py and the hand-written query, each beside ours; the whole measure's time is told too."""
    rows = sizes.rows // 4
    file = touches(folder, rows)
    engine = DuckDBEngine({"interactions": [str(file)]})
    expressions = find("journey").expressions
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    by_hand = BY_HAND.format(files=[str(file)])
    seconds = medians_in_turn(
        sizes.runs,
        {
            "ours": lambda: engine.run_expression(expressions["moves"](log_tables(), SCOPE)),
            "hand": lambda: connection.execute(by_hand).to_arrow_table(),
            "whole": lambda: run_measure(engine, find("journey"), SCOPE),
        },
    )
    ours = _ours(engine)
    same = _same(connection.execute(by_hand).to_arrow_table(), ours)
    task = f"directly-follows with times, {rows:,} touches in {rows // TOUCHES_A_THREAD:,} threads"
    whole = f"; whole measure {seconds['whole']:.2f} s"
    found = [
        Comparison(task, "hand-written SQL", seconds["hand"], seconds["ours"], same + whole, at_least=OF_HAND_WRITTEN)
    ]
    connection.close()
    theirs = _pm4py(sizes.runs, file)
    if theirs is not None:
        counting, timing, moves = theirs
        verdict = f"equal, {len(moves):,} moves" if moves == ours else "DIFFERENT"
        both = "PM4Py, discovery of counts and of times, frame in memory"
        alone = "PM4Py, discovery of counts alone; ours with times"
        found[:0] = [
            Comparison(task, both, counting + timing, seconds["ours"], verdict, at_least=FASTER_THAN_PM4PY),
            Comparison(task, alone, counting, seconds["ours"], verdict),
        ]
    engine.close()
    return found


def touches(folder: Path, rows: int, *, seed: int = 4) -> Path:
    """One Parquet file of the log's interactions: threads that walk at random over twenty steps; written once."""
    path = folder / f"touches-{rows}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        _write(draft, _walks(np.random.default_rng(seed), rows))
        draft.rename(path)
    return path


def _walks(dice: np.random.Generator, rows: int) -> pa.Table:
    threads = max(rows // TOUCHES_A_THREAD, 1)
    each = 1 + dice.multinomial(rows - threads, np.full(threads, 1 / threads))
    owner = np.repeat(np.arange(threads), each)
    first = np.cumsum(each) - each
    step = _steps(dice, each, first)
    seconds = dice.exponential(86_400, rows).astype(np.int64)
    seconds[first] = 0
    # A tenth of touches fall on the same second as the one before: ties have to be told apart by the file's order.
    seconds[dice.random(rows) < 0.1] = 0
    passed = np.cumsum(seconds)
    begun = dice.integers(0, (made_up.DAYS - 60) * 86_400, threads)
    at = np.minimum(begun[owner] + passed - passed[first][owner], made_up.DAYS * 86_400 - 1)
    return pa.table({"owner": owner, "step": step, "at": at, "id": dice.permutation(rows) + 1})


def _steps(dice: np.random.Generator, each: np.ndarray, first: np.ndarray) -> np.ndarray:
    """What every touch is: the next step depends on the one before."""
    after = dice.dirichlet(np.full(STEPS, 0.15), STEPS).cumsum(axis=1)
    step = np.zeros(int(each.sum()), dtype=np.int64)
    now = dice.choice(STEPS, len(each), p=dice.dirichlet(np.full(STEPS, 0.3)))
    for place in range(int(each.max())):
        walking = each > place
        step[first[walking] + place] = now[walking]
        now = np.minimum((after[now] < dice.random(len(each))[:, None]).sum(axis=1), STEPS - 1)
    return step


def _write(path: Path, made: pa.Table) -> None:
    """With the order, compression and row groups that the log's own files have."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("made", made)
    connection.execute(
        f"""
        COPY (
            SELECT id AS interaction_id, 7 AS import_id, 'cases' AS source,
                row_number() OVER () AS source_row, owner % 100_000 + 1 AS client_key,
                make_timestamptz({made_up.FIRST_ON.year}, 1, 1, 0, 0, 0) + to_seconds("at") AS occurred_at,
                CAST(make_date({made_up.FIRST_ON.year}, 1, 1) + CAST("at" // 86400 AS INTEGER) AS DATE) AS occurred_on,
                'contact' AS kind, 'Activity number ' || step AS touchpoint, CAST(NULL AS VARCHAR) AS step,
                'Department ' || (step % 4) AS department, 'Case ' || owner AS thread
            FROM made ORDER BY client_key, occurred_at, interaction_id
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
        """
    )
    connection.close()


def _ours(engine: DuckDBEngine) -> Moves:
    expressions = find("journey").expressions
    found = {
        name: to_columns(engine.run_expression(expressions[name](log_tables(), SCOPE))) for name in ("moves", "names")
    }
    named, ended = names_of(found["names"]), with_ends(found["moves"])
    both = zip(labels(ended["before"], named), labels(ended["code"], named), strict=True)
    return dict(zip(both, ended["count"].tolist(), strict=True))


def _same(by_hand: pa.Table, ours: Mapping[tuple[str, str], int]) -> str:
    """Codes differ, so the counts of moves are compared as a set."""
    theirs = sorted(by_hand["count"].to_pylist())
    mine = sorted(count for (_, after), count in ours.items() if after != "(end)")
    return f"equal counts, {len(mine):,} moves" if theirs == mine else "DIFFERENT"


def _pm4py(runs: int, file: Path) -> tuple[float, float, Moves] | None:
    """Seconds of PM4Py's discovery of counts, and of times, and the counts; None where it is not installed."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import pm4py
    except ImportError:
        return None
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    frame = connection.execute(
        f"SELECT thread, touchpoint, occurred_at FROM read_parquet('{file}') ORDER BY source_row"
    ).df()
    connection.close()
    frame = pm4py.format_dataframe(frame, case_id="thread", activity_key="touchpoint", timestamp_key="occurred_at")
    seconds, (moves, starts, ends) = median_of(runs, lambda: pm4py.discover_dfg(frame))
    timing, _ = median_of(runs, lambda: pm4py.discover_performance_dfg(frame))
    first = {("(start)", step): count for step, count in starts.items()}
    last = {(step, "(end)"): count for step, count in ends.items()}
    return seconds, timing, {**moves, **first, **last}
