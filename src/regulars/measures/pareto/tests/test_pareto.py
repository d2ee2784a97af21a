"""Which few customers bring most."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.pareto.statistics import Values, gini, top_customers, top_share
from regulars.measures.scope import Scope
from tests.real_logs import cdnow_log, cdnow_orders, online_retail_log
from tests.small_log import orders_log, purchase, purchase_lists, write_log

SCOPE = Scope(as_of=date(2024, 12, 31))


def pareto(files: dict[str, list[str]], scope: Scope = SCOPE) -> dict[str, Any]:
    engine = DuckDBEngine(files)
    (row,) = run_measure(engine, find("pareto"), scope).to_arrow().to_pylist()
    engine.close()
    return dict(row)


def values_of(amounts: list[float]) -> Values:
    value, customers = np.unique(-np.array(amounts, dtype=np.float64), return_counts=True)
    return Values(-value, customers, "revenue", None)


def test_one_of_five_brings_four_fifths(tmp_path: Path) -> None:
    found = pareto(orders_log(tmp_path, [(1, "2024-01-01", 80), *((key, "2024-01-01", 5) for key in (2, 3, 4, 5))]))
    assert (found["top_customers"], found["top_share"]) == (1, 0.2)
    assert (found["customers"], found["total"]) == (5, Decimal(100))
    assert found["top20_percent_share"] == pytest.approx(0.8)
    assert found["basis"] == "revenue"
    assert found["small_sample"]


def test_profit_counts_where_costs_are_known_and_a_costly_buyer_falls_behind(tmp_path: Path) -> None:
    rows = [
        purchase(1, "2024-01-01", 1000, cost=990),
        purchase(2, "2024-01-01", 100, cost=10),
        purchase(3, "2024-01-01", 90),
    ]
    found = pareto(write_log(tmp_path, interactions=rows))
    assert (found["basis"], found["basis_reason"], found["total"]) == ("profit", None, Decimal(100))
    assert found["top_customers"] == 1
    rows.append(purchase(4, "2024-01-01", 200))
    found = pareto(write_log(tmp_path, interactions=rows))
    assert found["basis"] == "revenue"
    assert "79%" in found["basis_reason"]


def test_customers_who_cost_money_stay_in_and_are_counted(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-01-01", 100), purchase(2, "2024-01-01", 20), purchase(3, "2024-01-01", -20, "refund")]
    found = pareto(write_log(tmp_path, interactions=rows))
    assert (found["negative_customers"], found["negative_total"]) == (1, Decimal(-20))
    assert (found["top_customers"], found["customers"]) == (1, 3)
    assert 0 <= found["gini"] <= 1


def test_a_total_that_is_not_positive_has_no_top_share_but_a_reason(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-01-01", 5), purchase(1, "2024-01-02", -20, "refund"), purchase(2, "2024-01-01", 1)]
    files = write_log(tmp_path, interactions=rows)
    found = pareto(files)
    assert found["top_share"] is None
    assert found["top_customers"] is None
    assert found["top10_percent_share"] is None
    assert "not above zero" in found["top_share_reason"]
    assert len(run_measure(DuckDBEngine(files), find("pareto_curve"), SCOPE)) == 0


@given(rows=purchase_lists())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slow_twin_counts_the_same_top_customers(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    spent: dict[int, Decimal] = {}
    for row in rows:
        if row["client_key"] is not None and row["kind"] in ("order", "refund", "adjustment"):
            spent[row["client_key"]] = spent.get(row["client_key"], Decimal(0)) + row["amount"]
    files = write_log(tmp_path, interactions=rows)
    if not spent:
        assert len(run_measure(DuckDBEngine(files), find("pareto"), SCOPE)) == 0
        return
    found = pareto(files)
    total = sum(spent.values())
    assert (found["customers"], found["total"]) == (len(spent), total)
    assert found["negative_total"] == sum(value for value in spent.values() if value < 0)
    if total > 0:
        best, brought = 0, Decimal(0)
        for value in sorted(spent.values(), reverse=True):
            best, brought = best + 1, brought + value
            if brought * 5 >= total * 4:
                break
        assert found["top_customers"] == best
    size = sum(abs(value) for value in spent.values())
    if size:
        difference = sum(abs(one - other) for one in spent.values() for other in spent.values())
        assert found["gini"] == pytest.approx(float(difference / (2 * len(spent) * size)))


def test_gini_is_the_textbook_one_for_positive_values_and_at_most_one_with_negative_ones() -> None:
    assert gini(values_of([1, 1, 1, 1])) == pytest.approx(0)
    assert gini(values_of([0, 0, 0, 8])) == pytest.approx(0.75)
    assert gini(values_of([1, 2, 3, 4])) == pytest.approx(0.25)
    assert 0 <= gini(values_of([-50, 1, 2, 60])) <= 1


def test_the_interval_of_the_top_share_covers_the_truth_about_95_times_in_100() -> None:
    draw = np.random.default_rng(11)
    population = np.sort(draw.lognormal(3, 1, 200_000))[::-1]
    truth = (np.searchsorted(np.cumsum(population), 0.8 * population.sum()) + 1) / len(population)
    covered = 0
    for _ in range(400):
        share = top_share(values_of(draw.choice(population, 500).tolist()))
        covered += bool(share.low[0] <= truth <= share.high[0])
    assert 0.92 <= covered / 400 <= 0.98


def test_cdnow_needs_a_third_of_its_customers_for_80_percent(tmp_path: Path) -> None:
    found = pareto(cdnow_log(tmp_path), Scope(as_of=date(1998, 6, 30)))
    spent = cdnow_orders().group_by("client_key").agg(total=pl.col("amount").sum())["total"]
    twin = np.sort(spent.cast(float).to_numpy())[::-1]
    assert found["top_customers"] == int(np.searchsorted(np.cumsum(twin), 0.8 * twin.sum()) + 1)
    assert found["top10_percent_share"] == pytest.approx(twin[:2357].sum() / twin.sum())
    assert found["total"] == Decimal("2500315.63")


def test_online_retails_curve_rises_above_the_total_before_its_negative_customers(tmp_path: Path) -> None:
    scope = Scope(as_of=date(2011, 12, 9))
    engine = DuckDBEngine(online_retail_log(tmp_path))
    (found,) = run_measure(engine, find("pareto"), scope).to_arrow().to_pylist()
    curve = run_measure(engine, find("pareto_curve"), scope).to_polars()
    assert found["customers"] == 4_372
    assert found["negative_customers"] > 0
    assert curve["value_share"].max() > 1
    assert curve["value_share"].to_list()[::100] == [0, pytest.approx(1)]
    at = curve["customers_share"].to_list().index(round(found["top_share"], 2))
    assert curve["value_share"][at] == pytest.approx(0.8, abs=0.02)
    assert top_customers(values_of([10.0] * 10)) == 8
