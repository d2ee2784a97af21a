"""Fifths and segments of customers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.rfm.expressions import segment_name
from regulars.measures.rfm.segments import SEGMENTS, WHAT_TO_DO
from regulars.measures.scope import Scope
from tests.real_logs import cdnow_log, cdnow_orders, online_retail_log
from tests.small_log import known_orders, orders_log, purchase, purchase_lists, write_log

AS_OF = date(2024, 12, 31)
HYPOTHESIS = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
GONE = {"lost", "hibernating", "about to sleep", "at risk", "cannot lose"}


def rfm(files: dict[str, list[str]], as_of: date = AS_OF, **scope: Any) -> dict[int, dict[str, Any]]:
    engine = DuckDBEngine(files)
    rows = run_measure(engine, find("rfm"), Scope(as_of=as_of, **scope)).to_arrow().to_pylist()
    engine.close()
    return {row["client_key"]: row for row in rows}


@pytest.fixture(scope="module")
def grid() -> list[dict[str, Any]]:
    """All 125 codes, for a customer who bought today, yesterday and the day before."""
    scored = ibis.table(
        dict.fromkeys(["recency_fifth", "frequency_fifth", "monetary_fifth", "recency_days"], "int64"), name="scored"
    )
    engine = DuckDBEngine({})
    engine.run(
        "CREATE TABLE scored AS SELECT r.range AS recency_fifth, f.range AS frequency_fifth, "
        "m.range AS monetary_fifth, d.range AS recency_days "
        "FROM range(1, 6) r, range(1, 6) f, range(1, 6) m, range(3) d"
    )
    return engine.run_expression(scored.mutate(segment=segment_name(scored))).to_pylist()


def test_each_of_the_125_codes_has_exactly_one_segment(grid: list[dict[str, Any]]) -> None:
    codes = {(row["recency_fifth"], row["frequency_fifth"], row["monetary_fifth"]): row["segment"] for row in grid}
    assert len(codes) == 125
    assert set(codes.values()) == set(WHAT_TO_DO) == {segment.name for segment in SEGMENTS}


def test_whoever_bought_yesterday_is_never_called_gone(grid: list[dict[str, Any]]) -> None:
    assert {row["segment"] for row in grid if row["recency_days"] <= 1}.isdisjoint(GONE)
    assert {row["segment"] for row in grid if row["recency_days"] == 2} > GONE


def test_the_best_are_champions_and_the_worst_are_lost(grid: list[dict[str, Any]]) -> None:
    codes = {
        (row["recency_fifth"], row["frequency_fifth"], row["monetary_fifth"]): row["segment"]
        for row in grid
        if row["recency_days"] == 2
    }
    assert codes[5, 5, 5] == "champions"
    assert codes[1, 1, 1] == "lost"
    assert codes[5, 1, 1] == "new"
    assert codes[4, 1, 1] == "promising", "recent but rare and small is not gone"
    assert codes[1, 5, 5] == codes[2, 3, 5] == "cannot lose"
    assert codes[1, 1, 5] == "at risk", "a big spender is never written off"


def test_a_day_on_which_everybody_buys_for_the_first_time_makes_everybody_new(tmp_path: Path) -> None:
    found = rfm(orders_log(tmp_path, [(key, AS_OF, 10) for key in range(1, 8)]))
    assert {row["segment"] for row in found.values()} == {"new"}
    assert {row["rfm"] for row in found.values()} == {"1-1-1"}


def test_ten_customers_fall_into_fifths_by_pairs(tmp_path: Path) -> None:
    orders = [(key, date(2024, 1, 1) + timedelta(days=20 * key), 100 * key) for key in range(1, 11)]
    orders += [(key, date(2024, 1, 1), 1) for key in range(1, 11) for _ in range(key)]
    found = rfm(orders_log(tmp_path, orders))
    assert [found[key]["rfm"] for key in range(1, 11)] == [
        f"{(key + 1) // 2}-" * 2 + f"{(key + 1) // 2}" for key in range(1, 11)
    ]


def test_refunds_lower_the_value_but_are_no_orders(tmp_path: Path) -> None:
    rows = [
        purchase(1, "2024-01-01", 50),
        purchase(1, "2024-06-01", -20, "refund"),
        purchase(2, "2024-01-02", -5, "refund"),
    ]
    found = rfm(write_log(tmp_path, interactions=rows))
    assert list(found) == [1], "who only returned something is not a customer of the period"
    assert found[1]["monetary_value"] == Decimal(30)
    assert found[1]["frequency"] == 1
    assert found[1]["last_on"] == date(2024, 1, 1)


def test_end_users_and_resellers_are_ranked_among_their_like(tmp_path: Path) -> None:
    small = [purchase(key, "2024-01-01", key, channel="end user") for key in range(1, 11)]
    large = [purchase(key, "2024-01-01", 1000 * key, channel=None) for key in range(11, 21)]
    found = rfm(write_log(tmp_path, interactions=small + large), by=("channel",))
    assert found[10]["monetary_fifth"] == found[20]["monetary_fifth"] == 5
    assert found[1]["monetary_fifth"] == found[11]["monetary_fifth"] == 1


@given(rows=purchase_lists())
@HYPOTHESIS
def test_a_slow_twin_scores_every_customer_alike(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    found = rfm(write_log(tmp_path, interactions=rows))
    twin = {}
    for key, orders in known_orders(rows).items():
        spent = sum(
            row["amount"]
            for row in rows
            if row["client_key"] == key and row["kind"] in ("order", "refund", "adjustment")
        )
        twin[key] = ((AS_OF - orders[-1]["occurred_on"]).days, len(orders), spent)
    assert {key: (row["recency_days"], row["frequency"], row["monetary_value"]) for key, row in found.items()} == twin
    for place, name in enumerate(("recency", "frequency", "monetary")):
        values = [float(value[place]) for value in twin.values()]
        cuts = np.quantile(values, [0.2, 0.4, 0.6, 0.8]).round(6) if values else []
        for key, row in found.items():
            mine = float(twin[key][place])
            assert row[f"{name}_fifth"] == 1 + sum(mine < cut if name == "recency" else mine > cut for cut in cuts)


@given(rows=purchase_lists(), day=st.integers(0, 700))
@HYPOTHESIS
def test_one_more_order_never_lowers_a_customers_frequency_fifth(
    tmp_path: Path, rows: list[dict[str, Any]], day: int
) -> None:
    before = rfm(write_log(tmp_path / "before", interactions=rows))
    for key in list(before)[:2]:
        more = [*rows, purchase(key, date(2023, 1, 1) + timedelta(days=day))]
        after = rfm(write_log(tmp_path / "after", interactions=more))
        assert after[key]["frequency_fifth"] >= before[key]["frequency_fifth"]


def test_cdnows_customers_are_scored_as_a_slow_twin_scores_them(tmp_path: Path) -> None:
    found = rfm(cdnow_log(tmp_path), date(1998, 6, 30))
    assert len(found) == 23_570
    assert sum(row["frequency"] for row in found.values()) == 69_659
    assert sum(row["monetary_value"] for row in found.values()) == Decimal("2500315.63")
    spent: dict[int, float] = {}
    for key, amount in cdnow_orders().select("client_key", "amount").iter_rows():
        spent[key] = spent.get(key, 0.0) + float(amount)
    cuts = np.quantile(np.round(list(spent.values()), 4), [0.2, 0.4, 0.6, 0.8])
    assert all(row["monetary_fifth"] == 1 + int((round(spent[key], 4) > cuts).sum()) for key, row in found.items())


def test_segments_add_up_to_all_customers_and_all_money_of_online_retail(tmp_path: Path) -> None:
    engine = DuckDBEngine(online_retail_log(tmp_path))
    scope = Scope(as_of=date(2011, 12, 9))
    customers = run_measure(engine, find("rfm"), scope).to_polars()
    segments = run_measure(engine, find("segments"), scope).to_polars()
    assert segments["customers"].sum() == len(customers)
    assert segments["revenue"].sum() == customers["monetary_value"].sum()
    assert segments["share_of_revenue"].sum() == pytest.approx(1)
    champions = customers.filter(segment="champions")
    row = segments.filter(segment="champions")
    assert row["median_recency_days"][0] == champions["recency_days"].median()
    values = champions["monetary_value"].cast(float)
    assert row["average_value"][0] == pytest.approx(values.mean())
    half = 1.96 * values.std() / len(values) ** 0.5
    assert row["average_value_high"][0] == pytest.approx(values.mean() + half, rel=1e-3)
