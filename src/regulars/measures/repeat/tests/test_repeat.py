"""Who comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.repeat.expressions import WINDOWS_DAYS
from regulars.measures.scope import Scope
from tests.real_data import real_data
from tests.real_logs import cdnow_log
from tests.small_log import known_orders, orders_log, purchase, purchase_lists, write_log

AS_OF = date(2024, 3, 31)


def repeat(files: dict[str, list[str]], scope: Scope) -> dict[int | None, dict[str, Any]]:
    engine = DuckDBEngine(files)
    rows = run_measure(engine, find("repeat"), scope).to_arrow().to_pylist()
    engine.close()
    return {row["window_days"]: row for row in rows}


def counts(found: dict[int | None, dict[str, Any]]) -> dict[int | None, tuple[int, int]]:
    return {window: (row["customers"], row["repeat_customers"]) for window, row in found.items()}


def test_two_orders_on_the_first_day_are_one_visit(tmp_path: Path) -> None:
    files = orders_log(
        tmp_path, [(1, "2023-01-01", 5), (1, "2023-01-01", 6), (2, "2023-01-01", 5), (2, "2023-01-02", 1)]
    )
    assert counts(repeat(files, Scope(as_of=AS_OF)))[None] == (2, 1)


def test_a_customer_too_young_to_have_come_back_is_not_counted_as_staying_away(tmp_path: Path) -> None:
    files = orders_log(
        tmp_path, [(1, "2024-03-01", 5), (2, "2024-03-02", 5), (2, "2024-03-03", 5), (3, "2023-12-01", 5)]
    )
    found = repeat(files, Scope(as_of=AS_OF))
    assert counts(found)[30] == (2, 0), "the first of March is exactly 30 days back, the second is not"
    assert found[180]["repeat_share"] is None
    assert found[180]["repeat_share_reason"] == "No customer's first order is that long ago."


def test_the_period_chooses_first_orders_and_follows_them_to_as_of(tmp_path: Path) -> None:
    files = orders_log(
        tmp_path,
        [(1, "2023-01-15", 5), (1, "2023-06-01", 5), (2, "2022-12-31", 5), (2, "2023-01-20", 5), (3, "2023-02-01", 5)],
    )
    scope = Scope(as_of=AS_OF, from_on=date(2023, 1, 1), to_on=date(2023, 1, 31))
    assert counts(repeat(files, scope))[None] == (1, 1)


def test_a_refund_is_not_a_return(tmp_path: Path) -> None:
    rows = [purchase(1, "2023-01-01", 50), purchase(1, "2023-02-01", -50, "refund"), purchase(None, "2023-02-01", 5)]
    assert counts(repeat(write_log(tmp_path, interactions=rows), Scope(as_of=AS_OF)))[None] == (1, 0)


@given(rows=purchase_lists())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slow_twin_counts_the_same(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    expected: dict[int | None, tuple[int, int]] = {}
    days = [
        sorted({order["occurred_on"] for order in orders if order["occurred_on"] <= AS_OF})
        for orders in known_orders(rows).values()
    ]
    days = [seen for seen in days if seen]
    expected[None] = (len(days), sum(len(seen) > 1 for seen in days))
    for window in WINDOWS_DAYS:
        old = [seen for seen in days if (AS_OF - seen[0]).days >= window]
        back = [seen for seen in old if len(seen) > 1 and (seen[1] - seen[0]).days <= window]
        expected[window] = (len(old), len(back))
    assert counts(repeat(write_log(tmp_path, interactions=rows), Scope(as_of=AS_OF))) == expected


def test_half_of_cdnows_customers_came_back_on_a_later_day(tmp_path: Path) -> None:
    found = repeat(cdnow_log(tmp_path), Scope(as_of=date(1998, 6, 30)))
    assert counts(found)[None] == (23_570, 11_516)
    assert found[None]["repeat_share"] == pytest.approx(0.4886, abs=1e-4)
    assert found[None]["repeat_share_low"] < 0.4886 < found[None]["repeat_share_high"]
    shares = [found[window]["repeat_share"] for window in (*WINDOWS_DAYS, None)]
    assert shares == sorted(shares)


def test_the_calibration_period_of_cdnows_sample_has_the_published_repeat_buyers(tmp_path: Path) -> None:
    # Fader and Hardie: of the 2,357 customers of the systematic tenth, 1,411 make no repeat purchase by 1997-09-30.
    rows = pl.read_parquet(real_data("cdnow/sample.parquet")).with_columns(pl.col("date").str.to_date("%Y%m%d"))
    orders = [(int(key), day, 1) for key, day in rows.select("sample_id", "date").iter_rows()]
    found = repeat(orders_log(tmp_path, orders), Scope(as_of=date(1997, 9, 30)))
    assert counts(found)[None] == (2_357, 2_357 - 1_411)
