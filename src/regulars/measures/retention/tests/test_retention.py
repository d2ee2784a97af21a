"""Cohorts and who of them still buys."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.real_logs import cdnow_log, cdnow_orders
from tests.small_log import known_orders, orders_log, purchase, purchase_lists, write_log


def retention(files: dict[str, list[str]], scope: Scope) -> dict[tuple[date, int], dict[str, Any]]:
    engine = DuckDBEngine(files)
    rows = run_measure(engine, find("retention"), scope).to_arrow().to_pylist()
    engine.close()
    return {(row["cohort_on"], row["month_number"]): row for row in rows}


ORDERS = [
    (1, "2024-01-05", 10),
    (1, "2024-03-01", 20),
    (2, "2024-01-31", 5),
    (2, "2024-02-01", 5),
    (3, "2024-03-30", 7),
]
JANUARY = date(2024, 1, 1)


def test_a_month_that_has_not_ended_is_not_shown(tmp_path: Path) -> None:
    files = orders_log(tmp_path, ORDERS)
    assert sorted(retention(files, Scope(as_of=date(2024, 3, 30)))) == [(JANUARY, 0), (JANUARY, 1)]
    ended = retention(files, Scope(as_of=date(2024, 3, 31)))
    assert sorted(ended) == [(JANUARY, 0), (JANUARY, 1), (JANUARY, 2), (date(2024, 3, 1), 0)]


def test_a_month_in_which_nobody_bought_is_zero_not_absent(tmp_path: Path) -> None:
    found = retention(orders_log(tmp_path, ORDERS), Scope(as_of=date(2024, 5, 31)))
    assert [found[JANUARY, month]["active"] for month in range(5)] == [2, 1, 1, 0, 0]
    assert found[JANUARY, 3]["retention_share"] == 0
    assert found[JANUARY, 3]["retention_share_high"] > 0.5, "two customers say little"
    assert found[JANUARY, 0]["revenue"] == Decimal(15)
    assert found[JANUARY, 0]["retention_share_low"] == 1, "everybody buys in the month of the first order"


def test_the_period_chooses_cohorts_and_follows_them(tmp_path: Path) -> None:
    scope = Scope(as_of=date(2024, 3, 31), from_on=date(2024, 1, 10), to_on=date(2024, 1, 31))
    found = retention(orders_log(tmp_path, ORDERS), scope)
    assert [found[JANUARY, month]["customers"] for month in range(3)] == [1, 1, 1]
    assert [found[JANUARY, month]["active"] for month in range(3)] == [1, 1, 0]


def test_a_refund_takes_revenue_but_makes_nobody_active(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-01-05", 10), purchase(1, "2024-02-05", -10, "refund")]
    found = retention(write_log(tmp_path, interactions=rows), Scope(as_of=date(2024, 2, 29)))
    assert found[JANUARY, 1]["active"] == 0
    assert found[JANUARY, 1]["revenue"] == Decimal(-10)


@given(rows=purchase_lists())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slow_twin_follows_the_same_customers(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    members: dict[date, set[int]] = {}
    active: dict[tuple[date, int], set[int]] = {}
    for key, orders in known_orders(rows).items():
        cohort = orders[0]["occurred_on"].replace(day=1)
        members.setdefault(cohort, set()).add(key)
        for order in orders:
            day = order["occurred_on"]
            active.setdefault((cohort, (day.year - cohort.year) * 12 + day.month - cohort.month), set()).add(key)
    found = retention(write_log(tmp_path, interactions=rows), Scope(as_of=date(2025, 1, 15)))
    assert {cohort for cohort, _ in found} == set(members)
    for (cohort, month), row in found.items():
        assert row["customers"] == len(members[cohort])
        assert row["active"] == len(active.get((cohort, month), ()))
    assert set(active) <= set(found)


def test_cdnows_three_cohorts_hold_all_customers_and_all_money(tmp_path: Path) -> None:
    found = retention(cdnow_log(tmp_path), Scope(as_of=date(1998, 6, 30)))
    assert {cohort: row["customers"] for (cohort, month), row in found.items() if month == 0} == {
        date(1997, 1, 1): 7846,
        date(1997, 2, 1): 8476,
        date(1997, 3, 1): 7248,
    }
    assert sum(row["revenue"] for row in found.values()) == cdnow_orders()["amount"].sum()
    assert found[date(1997, 1, 1), 17]["month_number"] == 17
    assert (date(1997, 1, 1), 18) not in found
