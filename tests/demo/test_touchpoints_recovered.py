"""What was planted at touchpoints is found again by the measures: promises, who spoke first, one slow branch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from regulars.demo.company import UNTIL, Company
from regulars.demo.notices import STEP
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.demo.sampling import share_agrees

Row = dict[str, Any]
Measured = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def measured(oakline: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    """Rows of a measure over the company of 30,000 customers."""
    folder, files = tmp_path_factory.mktemp("oakline"), {}
    for name in ("interactions", "answers", "clients", "decisions"):
        pq.write_table(oakline.tables[name], folder / f"{name}.parquet")
        files[name] = [str(folder / f"{name}.parquet")]
    engine = DuckDBEngine(files)

    def rows(name: str, **scope: Any) -> list[Row]:
        asked = Scope(as_of=UNTIL, time_zone=oakline.zone, **scope)
        found: list[Row] = run_measure(engine, find(name), asked).to_arrow().to_pylist()
        return found

    yield rows
    engine.close()


def test_promises_are_kept_as_often_as_planted(oakline: Company, measured: Measured) -> None:
    truths, rows = oakline.truths, {row["promise"]: row for row in measured("promises")}
    day, complaints = rows["deliver on the due day"], rows["answer complaints within a day"]
    assert share_agrees(day["kept"], day["n"], 1 - truths.late_share)
    assert share_agrees(complaints["kept"], complaints["n"], truths.answered_within_day_share)
    assert rows["settle complaints within three days"]["n"] >= complaints["n"]


def test_the_company_spoke_first_as_often_as_planted(oakline: Company, measured: Measured) -> None:
    rows = measured("announced", choices={"announcement": "named"})
    told = next(row for row in rows if row["spoke_first"] == "company")
    assert (told["event"], told["touchpoint"]) == ("late", "delivery")
    assert share_agrees(told["events"], told["n"], oakline.truths.announced_share)
    # Telling early changes nothing later, by design.
    assert told["difference_low"] < 0 < told["difference_high"]


def test_one_branch_makes_callers_wait_and_nothing_else_differs(oakline: Company, measured: Measured) -> None:
    truths = oakline.truths
    rows = {(row["touchpoint"], row["unit_of"], row["figure"]): row for row in measured("consistency")}
    slow = rows["call centre", "branch", "wait"]
    assert (slow["told_apart"], slow["worst_unit"], slow["start_with"]) == (
        True,
        truths.slow_branch,
        truths.slow_branch,
    )
    hour = rows["call centre", "branch and hour", "wait"]
    assert hour["worst_unit"] in {f"{truths.slow_branch}, {one}" for one in range(*truths.slow_hours)}
    assert hour["worst"] == pytest.approx(truths.slow_wait_median_seconds, rel=0.15)
    assert hour["mean"] < 1.3 * truths.wait_median_seconds
    alike = [row for (place, _, figure), row in rows.items() if place in ("delivery", "chat") and figure != "score"]
    assert len(alike) >= 10
    assert not any(row["told_apart"] for row in alike)


def test_early_words_are_the_companys_own_and_none_stands_twice(oakline: Company) -> None:
    rows = oakline.tables["interactions"]
    notices = rows.filter(pc.equal(rows["step"], STEP))
    assert set(notices["initiated_by"].to_pylist()) == {"company"}
    assert pc.count_distinct(rows["interaction_id"]).as_py() == rows.num_rows
    assert pc.count_distinct(notices["thread"]).as_py() == notices.num_rows
