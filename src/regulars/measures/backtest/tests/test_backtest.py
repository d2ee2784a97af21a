"""The back-test: a prediction from the first part of the log against its second part."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult, run_measure
from regulars.measures import find
from regulars.measures.backtest.statistics import Comparison, mean_and_interval, verdict
from regulars.measures.clv.statistics import count_histories, fit_bgnbd
from regulars.measures.clv.tests.customers import CALIBRATION_END, cdnow_sample_days, cdnow_sample_log, made_up
from regulars.measures.scope import Scope
from tests.small_log import Files, orders_log


def back_tested(files: Files, as_of: date, **scope: Any) -> MeasureResult:
    engine = DuckDBEngine(files)
    try:
        return run_measure(engine, find("backtest"), Scope(as_of=as_of, **scope))
    finally:
        engine.close()


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    files = cdnow_sample_log(tmp_path_factory.mktemp("cdnow"))
    return back_tested(files, date(1998, 6, 30)).to_arrow().to_pylist()


def view(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["view"] == name]


def test_cdnow_is_split_after_39_weeks_and_1882_orders_came_after(cdnow: list[dict[str, Any]]) -> None:
    (total,) = view(cdnow, "total")
    assert (total["holdout_days"], total["n"], total["actual"]) == (273, 2357, 1882)
    assert total["actual_low"] < 1882 < total["actual_high"]
    assert total["correlation"] > 0.5
    assert "1,882 came: 12.1% too few" in total["verdict"]


def test_weeks_run_up_to_the_total(cdnow: list[dict[str, Any]]) -> None:
    (total,), weeks = view(cdnow, "total"), view(cdnow, "week")
    assert [row["step"] for row in weeks] == list(range(1, 40))
    assert weeks[-1]["actual"] == total["actual"]
    assert weeks[-1]["predicted"] == pytest.approx(total["predicted"])
    later = [(row["occurred_on"] - CALIBRATION_END).days for row in cdnow_sample_days().to_dicts()]
    for row in weeks:
        assert row["actual"] == sum(0 < day <= 7 * row["step"] for day in later)


def test_groups_of_repeat_orders_add_up_to_the_total(cdnow: list[dict[str, Any]]) -> None:
    (total,), groups = view(cdnow, "total"), view(cdnow, "repeat_orders")
    assert [row["step"] for row in groups] == list(range(8))
    assert sum(row["n"] for row in groups) == total["n"]
    for name in ("predicted", "actual"):
        assert sum(row["n"] * row[name] for row in groups) == pytest.approx(total[name])


def test_a_company_of_one_spring_gets_a_reason_instead_of_a_back_test(tmp_path: Path) -> None:
    orders = [
        (key, date(2024, 1, 1) + timedelta(days=key % 30 + 20 * visit), 5) for key in range(90) for visit in (0, 1, 2)
    ]
    rows = back_tested(orders_log(tmp_path, orders), date(2024, 4, 30)).to_arrow().to_pylist()
    assert [row["view"] for row in rows] == ["total"]
    assert rows[0]["predicted"] is None
    assert "26 weeks" in rows[0]["verdict"]


def test_customers_who_came_after_the_split_are_not_predicted(tmp_path: Path) -> None:
    orders = [
        (key, date(2023, 1, 1) + timedelta(days=key % 60 + 25 * visit * (1 + key % 4)), 5)
        for key in range(1, 150)
        for visit in range(1 + key % 6)
    ]
    late = [(1000, date(2024, 6, 1) + timedelta(days=day), 5) for day in range(30)]
    without = back_tested(orders_log(tmp_path / "a", orders), date(2024, 7, 30)).to_arrow().to_pylist()
    with_late = back_tested(orders_log(tmp_path / "b", orders + late), date(2024, 7, 30)).to_arrow().to_pylist()
    assert len(with_late) == len(without)
    for row, expected in zip(with_late, without, strict=True):
        # Customers come from the engine in any order, and a sum of floats depends on it in its last digit.
        assert {name: pytest.approx(value) if isinstance(value, float) else value for name, value in row.items()} == (
            expected
        )


@pytest.mark.parametrize(
    ("came", "words"),
    [(100.0, "trust it"), (85.0, "fits roughly"), (60.0, "do not plan with it"), (9.0, "too few to judge")],
)
def test_the_verdict_follows_the_error_of_the_total(came: float, words: str) -> None:
    customers, _ = count_histories([0], [0], [300])
    scale = 10.0 if came > 10 else 1.0
    compared = Comparison(
        fit=fit_bgnbd(made_up(500, seed=1)),
        histories=customers,
        place=np.array([0]),
        actual=np.array([came * scale]),
        customers=np.array([1.0]),
        predicted=np.array([100.0 * scale]),
        holdout_days=100,
    )
    assert words in verdict(compared)


def test_counted_values_have_the_mean_and_interval_of_the_values_written_out() -> None:
    written = np.array([0.0, 0, 0, 1, 1, 4])
    mean, low, high = mean_and_interval(np.array([0.0, 1, 4]), np.array([3.0, 2, 1]))
    assert mean == pytest.approx(written.mean())
    assert high - mean == pytest.approx(1.959964 * written.std(ddof=1) / np.sqrt(6), rel=1e-5)
    assert low == 0.0
