"""Who is slipping away."""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import Any

import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.clv.tests.customers import CALIBRATION_END, cdnow_sample_log
from regulars.measures.scope import Scope
from tests.small_log import orders_log

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, Rows]:
    """Slipping customers, and everybody's value, from the same log."""
    engine = DuckDBEngine(cdnow_sample_log(tmp_path_factory.mktemp("cdnow")))
    scope = Scope(as_of=CALIBRATION_END)
    found = [run_measure(engine, find(name), scope).to_arrow().to_pylist() for name in ("slipping", "clv")]
    engine.close()
    return found[0], found[1]


def test_the_customer_with_most_at_stake_comes_first(cdnow: tuple[Rows, Rows]) -> None:
    slipping, _ = cdnow
    stakes = [row["at_stake"] for row in slipping]
    assert stakes == sorted(stakes, reverse=True)
    assert [row["rank"] for row in slipping] == list(range(1, len(slipping) + 1))
    assert len(slipping) > 100


def test_only_doubtful_customers_silent_for_longer_than_usual_are_named(cdnow: tuple[Rows, Rows]) -> None:
    slipping, everybody = cdnow
    named = {row["client_key"] for row in slipping}
    typical = median(row["age_at_last_order_days"] / row["repeat_orders"] for row in everybody if row["repeat_orders"])
    for row in everybody:
        silence = row["customer_age_days"] - row["age_at_last_order_days"]
        gap = row["age_at_last_order_days"] / row["repeat_orders"] if row["repeat_orders"] else float("inf")
        both = row["age_at_last_order_days"] + typical
        longer = silence > gap and silence > both / (row["repeat_orders"] + 1)
        assert (row["client_key"] in named) == (0.05 <= row["p_alive"] <= 0.60 and longer)


def test_what_is_at_stake_is_the_value_times_the_chance_of_having_left(cdnow: tuple[Rows, Rows]) -> None:
    slipping, everybody = cdnow
    value = {row["client_key"]: row["clv"] for row in everybody}
    for row in slipping:
        assert row["at_stake"] == pytest.approx((1 - row["p_alive"]) * row["value_if_alive"])
        assert row["value_if_alive"] - row["at_stake"] == pytest.approx(value[row["client_key"]])
        assert row["at_stake_low"] < row["at_stake"] < row["at_stake_high"]
        assert row["recency_days"] == (CALIBRATION_END - row["last_on"]).days


def test_a_company_too_young_for_a_model_names_nobody_and_says_why(tmp_path: Any) -> None:
    engine = DuckDBEngine(orders_log(tmp_path, [(1, "2024-01-01", 5), (1, "2024-02-01", 5)]))
    result = run_measure(engine, find("slipping"), Scope(as_of=date(2024, 3, 1)))
    assert len(result) == 0
    assert "26 weeks" in result.notes[0]
