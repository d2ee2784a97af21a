"""Four real processes, imported as anybody would, give the very numbers that PM4Py counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import regulars as rg
from regulars.workspace import Workspace
from tests.real_data import real_data

START, END, ARROW = "(start)", "(end)", " → "
XES = {"thread": "case:concept:name", "touchpoint": "concept:name", "occurred_at": "time:timestamp"}
PLAIN = {"thread": "Case ID", "touchpoint": "Activity", "occurred_at": "Complete Timestamp"}


@dataclass(frozen=True)
class Process:
    """A log with what its publishers say of it."""

    name: str
    columns: dict[str, str]
    touches: int
    cases: int
    steps: int
    variants: int


PROCESSES = [
    Process("log_bpic2012", XES, 262_200, 13_087, 24, 4_366),
    Process("log_sepsis", PLAIN, 15_214, 1_050, 16, 846),
    Process("log_helpdesk", XES, 21_348, 4_580, 14, 226),
    Process("log_permit_receipt", XES, 8_577, 1_434, 27, 116),
]


@dataclass(frozen=True)
class Imported:
    """The log as we hold it, and PM4Py's own look at the same file."""

    process: Process
    shop: Workspace
    theirs: Any  # a pandas frame in PM4Py's form


@pytest.fixture(scope="module", params=PROCESSES, ids=lambda process: process.name)
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    process: Process = request.param
    with _imported(tmp_path_factory.mktemp(process.name), process) as shop:
        yield Imported(process, shop, _as_pm4py(process))


def test_every_line_arrives_with_its_case_and_no_case_is_lost(log: Imported) -> None:
    with log.shop.engine() as engine:
        found = engine.run(
            "SELECT count(*) AS touches, count(thread) AS of_a_case, count(DISTINCT thread) AS cases, "
            "count(DISTINCT touchpoint) AS steps FROM interactions"
        ).to_pylist()[0]
    process = log.process
    assert found == {
        "touches": process.touches,
        "of_a_case": process.touches,
        "cases": process.cases,
        "steps": process.steps,
    }


def test_the_patient_called_na_is_a_patient(tmp_path: Path) -> None:
    with _imported(tmp_path, PROCESSES[1]) as shop, shop.engine() as engine:
        assert engine.run("SELECT count(*) AS n FROM interactions WHERE thread = 'NA'").to_pylist() == [{"n": 24}]


def test_moves_starts_and_ends_are_those_of_pm4py(log: Imported) -> None:
    import pm4py

    moves, starts, ends = pm4py.discover_dfg(log.theirs)
    theirs = {
        **moves,
        **{(START, step): n for step, n in starts.items()},
        **{(step, END): n for step, n in ends.items()},
    }
    rows = log.shop.measure("journey").to_polars()
    assert dict(_pairs(rows, "count")) == theirs
    assert rows.filter(pl.col("from_step") == START)["count"].sum() == log.process.cases


def test_times_between_steps_are_those_of_pm4py(log: Imported) -> None:
    import pm4py

    times, _, _ = pm4py.discover_performance_dfg(log.theirs)
    rows = log.shop.measure("journey").to_polars().filter(pl.col("median_seconds_n") > 0)
    assert dict(_pairs(rows, "mean_seconds")) == pytest.approx(
        {move: found["mean"] for move, found in times.items()}, rel=1e-6, abs=1e-3
    )
    assert dict(_pairs(rows, "median_seconds")) == pytest.approx(
        {move: found["median"] for move, found in times.items()}, rel=1e-6, abs=1e-3
    )


def test_variants_are_those_of_pm4py(log: Imported) -> None:
    import pm4py

    theirs = {ARROW.join(steps): found for steps, found in pm4py.get_variants(log.theirs).items()}
    rows = log.shop.measure("variants").to_polars()
    assert dict(rows.select("variant", "count").iter_rows()) == theirs
    assert (rows.height, rows["count"].sum()) == (log.process.variants, log.process.cases)


def test_a_step_may_be_called_step_as_well(tmp_path: Path) -> None:
    process = PROCESSES[3]
    other = replace(
        process, columns={"step" if name == "touchpoint" else name: c for name, c in process.columns.items()}
    )
    with _imported(tmp_path / "one", process) as one, _imported(tmp_path / "other", other) as two:
        rows = [shop.measure("journey").to_polars() for shop in (one, two)]
    assert dict(_pairs(rows[0], "count")) == dict(_pairs(rows[1], "count"))


def test_journeys_of_a_move_are_the_cases_in_which_it_happens(log: Imported) -> None:
    cases = log.theirs.sort_values(["case:concept:name", "time:timestamp"], kind="stable")
    before = cases.groupby("case:concept:name")["concept:name"].shift()
    theirs = cases.assign(before=before).dropna(subset=["before"])
    expected = theirs.groupby(["before", "concept:name"])["case:concept:name"].nunique().to_dict()
    rows = log.shop.measure("journey", choices={"details": "yes"}).to_polars()
    inner = rows.filter((pl.col("from_step") != START) & (pl.col("to_step") != END))
    assert dict(_pairs(inner, "journeys")) == expected
    assert rows["n"].unique().to_list() == [log.process.cases]


def _pairs(rows: pl.DataFrame, column: str) -> Iterator[tuple[tuple[str, str], Any]]:
    for before, after, value in rows.select("from_step", "to_step", column).iter_rows():
        yield (before, after), value


def _imported(folder: Path, process: Process) -> Workspace:
    shop = rg.init(folder / "shop")
    shop.import_file(_path(process), form="contacts", map=process.columns)
    return shop


def _path(process: Process) -> Path:
    return real_data(f"{process.name}/{process.name}.parquet")


def _as_pm4py(process: Process) -> Any:
    import pandas as pd
    import pm4py

    columns = process.columns
    frame = pl.read_parquet(_path(process), columns=list(columns.values())).to_pandas()
    frame["moment"] = pd.to_datetime(frame[columns["occurred_at"]], utc=True, format="mixed")
    named = {"case_id": columns["thread"], "activity_key": columns["touchpoint"], "timestamp_key": "moment"}
    return pm4py.format_dataframe(frame, **named)
