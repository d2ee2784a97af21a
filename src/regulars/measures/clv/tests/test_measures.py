"""Lifetime value from the log to the result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult, run_measure
from regulars.measures import find
from regulars.measures.clv.tests.customers import CALIBRATION_END, cdnow_sample_days, cdnow_sample_log
from regulars.measures.scope import Scope
from tests.small_log import Files, orders_log, purchase, write_log


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(cdnow_sample_log(tmp_path_factory.mktemp("cdnow")))
    yield engine
    engine.close()


def asked(files: Files, name: str, **scope: Any) -> MeasureResult:
    engine = DuckDBEngine(files)
    try:
        return run_measure(engine, find(name), Scope(**{"as_of": date(2024, 12, 31), **scope}))
    finally:
        engine.close()


def company(*, cost: str | None = None, refunded: bool = False, channel: str | None = None) -> list[dict[str, Any]]:
    """120 customers of two years: each comes more or less often, many stop."""
    rows = []
    for key in range(1, 121):
        day = date(2023, 1, 1) + timedelta(days=key % 90)
        for visit in range(1 + key % 7 if key % 3 else 1):
            amount = str(10 + key % 13 + 2 * (visit % 3))
            on = day + timedelta(days=visit * (9 + 5 * (key % 11)))
            rows.append(purchase(key, on, amount, cost=cost, channel=channel))
            if refunded and key % 4 == 0:
                rows.append(purchase(key, on, f"-{amount}", "refund", channel=channel))
    return rows


def test_the_model_table_names_the_published_cdnow_figures(cdnow: DuckDBEngine) -> None:
    rows = run_measure(cdnow, find("clv_model"), Scope(as_of=CALIBRATION_END)).to_arrow().to_pylist()
    found = {(row["model"], row["parameter"]): row for row in rows}
    assert found["BG/NBD", "alpha"]["value"] == pytest.approx(4.4135, rel=2e-4)
    assert found["BG/NBD", "alpha"]["log_likelihood"] == pytest.approx(-9582.43, abs=0.005)
    assert found["Gamma-Gamma", "q"]["value"] == pytest.approx(3.74, rel=2e-3)
    assert {row["customers"] for row in rows} == {2357}
    assert {row["n"] for row in rows if row["model"] == "Gamma-Gamma"} == {946}
    assert {row["time_unit"] for row in rows if row["model"] != "Gamma-Gamma"} == {"weeks"}
    assert {row["model"] for row in rows if row["chosen"]} == {"BG/NBD", "Gamma-Gamma"}
    assert all(row["value_low"] < row["value"] < row["value_high"] and row["standard_error"] > 0 for row in rows)


def test_every_cdnow_customer_has_the_history_that_counting_days_gives(cdnow: DuckDBEngine) -> None:
    days = cdnow_sample_days().to_dicts()
    visits: dict[int, list[date]] = {}
    for row in days:
        if row["occurred_on"] <= CALIBRATION_END:
            visits.setdefault(row["client_key"], []).append(row["occurred_on"])
    rows = run_measure(cdnow, find("clv"), Scope(as_of=CALIBRATION_END)).to_arrow().to_pylist()
    assert {row["client_key"] for row in rows} == set(visits)
    for row in rows:
        seen = visits[row["client_key"]]
        assert row["repeat_orders"] == len(seen) - 1
        assert row["age_at_last_order_days"] == (max(seen) - min(seen)).days
        assert row["customer_age_days"] == (CALIBRATION_END - min(seen)).days
        assert row["clv_low"] <= row["clv"] <= row["clv_high"]


def test_value_is_expected_orders_times_spend_when_money_keeps_its_worth(cdnow: DuckDBEngine) -> None:
    scope = Scope(as_of=CALIBRATION_END, settings={"discount_rate": 0.0, "margin_share": 0.25, "horizon_days": 273})
    rows = run_measure(cdnow, find("clv"), scope).to_arrow().to_pylist()
    for row in rows:
        assert row["clv"] == pytest.approx(0.25 * row["expected_orders"] * row["expected_spend"])
    assert next(row for row in rows if row["client_key"] == 1)["expected_orders"] == pytest.approx(1.226, abs=0.0005)


def test_the_margin_comes_from_costs_where_they_are_known_and_refunds_come_off(tmp_path: Path) -> None:
    plain = asked(write_log(tmp_path / "plain", interactions=company()), "clv")
    costed = asked(write_log(tmp_path / "costed", interactions=company(cost="6.5")), "clv")
    refunded = asked(write_log(tmp_path / "refunded", interactions=company(refunded=True)), "clv")
    assert any("Revenue, not profit" in note for note in plain.notes)
    assert any("found in the log's costs" in note for note in costed.notes)
    orders = company()
    margin = 1 - 6.5 * len(orders) / float(sum(row["amount"] for row in orders))
    kept = 1 - float(sum(row["amount"] for row in orders if row["client_key"] % 4 == 0)) / float(
        sum(row["amount"] for row in orders)
    )
    for one, two, three in zip(*(result.to_arrow().to_pylist() for result in (plain, costed, refunded)), strict=True):
        assert two["clv"] == pytest.approx(margin * one["clv"])
        assert three["expected_spend"] == pytest.approx(kept * one["expected_spend"])


def test_each_channel_gets_a_model_of_its_own_or_a_reason(tmp_path: Path) -> None:
    rows = company(channel="web") + [purchase(500 + key, "2024-05-05", channel="shop") for key in range(9)]
    found = asked(write_log(tmp_path, interactions=rows), "clv", by=("channel",)).to_arrow().to_pylist()
    alone = asked(write_log(tmp_path / "web", interactions=company()), "clv").to_arrow().to_pylist()
    web = [row for row in found if row["channel"] == "web"]
    assert [row["clv"] for row in web] == pytest.approx([row["clv"] for row in alone])
    shop = [row for row in found if row["channel"] == "shop"]
    assert len(shop) == 9
    assert all(
        row["clv"] is None and "0 customers have come back" in row["clv_reason"] and row["small_sample"] for row in shop
    )


def test_a_period_asks_for_customers_who_first_came_in_it(tmp_path: Path) -> None:
    files = orders_log(
        tmp_path, [(1, "2023-02-01", 5), (1, "2024-02-01", 5), (2, "2024-03-01", 5), (2, "2024-04-01", 5)]
    )
    found = asked(files, "clv", from_on=date(2024, 1, 1), to_on=date(2024, 6, 30)).to_arrow().to_pylist()
    assert [(row["client_key"], row["repeat_orders"], row["customer_age_days"]) for row in found] == [(2, 1, 121)]


def test_an_order_of_unknown_amount_counts_as_a_visit_but_not_as_spend(tmp_path: Path) -> None:
    rows = company()
    plain = asked(write_log(tmp_path / "a", interactions=rows), "clv_model").to_arrow().to_pylist()
    rows.append(purchase(1, rows[0]["occurred_on"], None))
    unknown = asked(write_log(tmp_path / "b", interactions=rows), "clv_model").to_arrow().to_pylist()
    assert [row["value"] for row in unknown] == pytest.approx([row["value"] for row in plain])


def test_an_empty_log_has_no_customers_and_no_model(tmp_path: Path) -> None:
    for name in ("clv", "clv_model", "slipping", "backtest"):
        assert len(asked({}, name)) == 0
        assert len(asked({}, name, by=("channel",))) == 0
