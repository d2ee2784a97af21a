"""Orders and revenue over time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.errors import MeasureError
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.real_logs import online_retail_documents, online_retail_log
from tests.small_log import client, orders_log, purchase, purchase_lists, write_log

AS_OF = date(2024, 12, 31)


def revenue(files: dict[str, list[str]], scope: Scope) -> dict[date, dict[str, Any]]:
    engine = DuckDBEngine(files)
    rows = run_measure(engine, find("revenue"), scope).to_arrow().to_pylist()
    engine.close()
    return {row["period_on"]: row for row in rows}


def test_a_month_without_a_sale_is_there_with_zeros_and_no_average(tmp_path: Path) -> None:
    found = revenue(
        orders_log(tmp_path, [(1, "2024-01-05", 10), (2, "2024-03-05", 20)]), Scope(as_of=date(2024, 3, 30))
    )
    assert list(found) == [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]
    february = found[date(2024, 2, 1)]
    assert (february["orders"], february["revenue"], february["customers"]) == (0, Decimal(0), 0)
    assert february["average_order"] is None
    assert february["average_order_reason"] == "No orders in this period."
    assert [row["complete"] for row in found.values()] == [True, True, False]


def test_refunds_guests_and_bad_debt_are_counted_apart_and_add_up(tmp_path: Path) -> None:
    rows = [
        purchase(1, "2024-01-05", 100),
        purchase(1, "2024-01-06", -30, "refund"),
        purchase(None, "2024-01-07", 50),
        purchase(None, "2024-01-08", -5, "adjustment"),
        purchase(2, "2024-01-08", 0),
    ]
    (found,) = revenue(write_log(tmp_path, interactions=rows), Scope(as_of=AS_OF, to_on=date(2024, 1, 31))).values()
    assert (found["orders"], found["refunds"], found["guest_orders"]) == (3, 1, 1)
    assert (found["revenue"], found["orders_amount"], found["refunds_amount"]) == (115, 150, -30)
    assert found["guest_revenue"] == 45
    assert (found["customers"], found["new_customers"]) == (2, 2), "an order of zero is an order"
    assert found["average_order"] == 50


def test_a_customer_is_new_once_even_if_the_period_begins_later(tmp_path: Path) -> None:
    files = orders_log(
        tmp_path, [(1, "2023-12-05", 10), (1, "2024-01-05", 10), (2, "2024-01-06", 10), (2, "2024-02-06", 10)]
    )
    found = revenue(files, Scope(as_of=AS_OF, from_on=date(2024, 1, 1)))
    assert [(row["customers"], row["new_customers"]) for row in found.values()][:2] == [(2, 1), (1, 0)]


def test_quarters_and_years_begin_in_january(tmp_path: Path) -> None:
    files = orders_log(tmp_path, [(1, "2023-03-31", 10), (1, "2023-04-01", 10), (1, "2024-12-31", 10)])
    quarters = revenue(files, Scope(as_of=AS_OF, settings={"period_months": 3}))
    assert list(quarters)[:2] == [date(2023, 1, 1), date(2023, 4, 1)]
    years = revenue(files, Scope(as_of=AS_OF, settings={"period_months": 12}))
    assert [(on, row["orders"], row["complete"]) for on, row in years.items()] == [
        (date(2023, 1, 1), 2, True),
        (date(2024, 1, 1), 1, True),
    ]
    with pytest.raises(MeasureError, match="period_months"):
        revenue(files, Scope(as_of=AS_OF, settings={"period_months": 2}))


def test_profit_is_unknown_while_too_few_costs_are_known(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-12-01", 89, cost=40), purchase(1, "2024-12-02", 11)]
    (found,) = revenue(write_log(tmp_path, interactions=rows), Scope(as_of=AS_OF)).values()
    assert found["profit"] is None
    assert found["profit_reason"] == "Only 89.0% of the orders' value has a known cost."
    assert found["cost"] == 40
    rows += [purchase(1, "2024-12-03", 10, cost=4), purchase(1, "2024-12-04", -5, "refund")]
    (found,) = revenue(write_log(tmp_path, interactions=rows), Scope(as_of=AS_OF)).values()
    assert (found["profit"], found["profit_reason"]) == (Decimal(99 - 44 - 5), None)


def test_end_users_and_resellers_are_shown_apart_by_what_is_known_of_them_now(tmp_path: Path) -> None:
    files = write_log(
        tmp_path,
        interactions=[purchase(1, "2024-12-01", 10), purchase(2, "2024-12-01", 90), purchase(3, "2024-12-01", 5)],
        clients=[
            client(1, "2023-01-01", customer_type="reseller"),
            client(1, customer_type="end user"),
            client(2, customer_type="reseller"),
        ],
    )
    rows = run_measure(DuckDBEngine(files), find("revenue"), Scope(as_of=AS_OF, by=("customer_type",))).to_arrow()
    assert [(row["customer_type"], row["revenue"]) for row in rows.to_pylist()] == [
        ("end user", 10),
        ("reseller", 90),
        (None, 5),
    ]


@given(rows=purchase_lists())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slow_twin_adds_up_the_same_months(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    found = revenue(write_log(tmp_path, interactions=rows), Scope(as_of=AS_OF))
    counted = [row for row in rows if row["kind"] in ("order", "refund", "adjustment")]
    firsts: dict[int, date] = {}
    for row in counted:
        if row["kind"] == "order" and row["client_key"]:
            firsts[row["client_key"]] = min(row["occurred_on"], firsts.get(row["client_key"], AS_OF))
    for month, cells in found.items():
        inside = [row for row in counted if row["occurred_on"].replace(day=1) == month]
        orders = [row for row in inside if row["kind"] == "order"]
        assert cells["revenue"] == sum(row["amount"] for row in inside)
        assert cells["orders"] == len(orders)
        assert cells["customers"] == len({row["client_key"] for row in orders} - {None})
        assert cells["new_customers"] == sum(day.replace(day=1) == month for day in firsts.values())
        if orders:
            assert cells["average_order"] == pytest.approx(float(sum(row["amount"] for row in orders)) / len(orders))
    assert sum(cells["revenue"] for cells in found.values()) == sum(row["amount"] for row in counted)


def test_online_retail_adds_up_to_the_published_total_to_the_cent(tmp_path: Path) -> None:
    found = revenue(online_retail_log(tmp_path), Scope(as_of=date(2011, 12, 9)))
    rows = list(found.values())
    assert sum(row["orders"] for row in rows) == 22_061
    assert sum(row["refunds"] for row in rows) == 3_836
    # 9,747,747.93 is the sum of lines as published, rounded to the cent.
    assert round(sum(row["revenue"] for row in rows), 2) == Decimal("9747747.93")
    buyers = online_retail_documents().filter(kind="order")["client_key"].drop_nulls().n_unique()
    assert sum(row["new_customers"] for row in rows) == buyers
    assert [row["complete"] for row in rows] == [True] * 12 + [False]
