"""What the log cannot tell is said in words."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

import regulars as rg
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.real_data import real_data
from tests.real_logs import cdnow_log, online_retail_log
from tests.small_log import client, purchase, write_log


def coverage(files: dict[str, list[str]], scope: Scope) -> dict[str, dict[str, Any]]:
    rows = run_measure(DuckDBEngine(files), find("coverage"), scope).to_arrow().to_pylist()
    return {row["name"]: row for row in rows}


def test_each_gap_in_the_records_is_counted_and_said(tmp_path: Path) -> None:
    rows = [
        purchase(1, "2024-01-01", 100, cost=40, channel="web", touchpoint="shop"),
        purchase(1, "2024-01-02", 0, channel="web"),
        purchase(2, "2024-01-03", 50, channel="web"),
        purchase(None, "2024-01-11", 50),
        purchase(2, "2024-01-09", -10, "refund"),
        purchase(None, "2024-01-10", -3, "adjustment"),
    ]
    found = coverage(write_log(tmp_path, interactions=rows), Scope(as_of=date(2024, 1, 31), currency="BGN"))
    counts = {name: (row["n"], row["total"]) for name, row in found.items()}
    assert counts == {
        "guest_orders": (1, 4),
        "missing_cost": (3, 4),
        "zero_orders": (1, 4),
        "negative_orders": (0, 4),
        "refunds": (1, 6),
        "adjustments": (1, 6),
        "no_touchpoint": (3, 4),
        "no_channel": (1, 4),
        "one_order_customers": (1, 2),
        "history_days": (11, None),
        "days_since_newest": (20, None),
    }
    assert found["guest_orders"]["sentence"] == (
        "1 of 4 orders (25.0%), worth BGN 50.00, name no customer; measures of customers leave them out."
    )
    assert found["negative_orders"]["sentence"] == "No order has an amount below zero."
    assert found["adjustments"]["amount"] == Decimal(-3)
    assert found["missing_cost"]["amount_share"] == 0.5


def test_a_log_without_purchases_has_nothing_to_check(tmp_path: Path) -> None:
    files = write_log(tmp_path, interactions=[purchase(1, "2024-01-01", None, "visit")])
    assert coverage(files, Scope(as_of=date(2024, 1, 31))) == {}


def test_only_guests_means_nothing_can_be_said_of_customers(tmp_path: Path) -> None:
    files = write_log(tmp_path, interactions=[purchase(None, "2024-01-01", 5)])
    found = coverage(files, Scope(as_of=date(2024, 1, 31)))
    assert found["one_order_customers"]["share"] is None
    assert "nothing can be said of customers" in found["one_order_customers"]["sentence"]


def test_online_retails_guests_and_bad_debt_are_shown(tmp_path: Path) -> None:
    found = coverage(online_retail_log(tmp_path), Scope(as_of=date(2011, 12, 9)))
    assert (found["adjustments"]["n"], found["refunds"]["n"]) == (3, 3_836)
    assert found["refunds"]["total"] == 25_900
    assert found["guest_orders"]["total"] == 22_061
    assert found["guest_orders"]["n"] > 0
    assert found["history_days"]["n"] == 374


def test_cdnows_80_orders_of_zero_dollars_are_shown_not_hidden(tmp_path: Path) -> None:
    found = coverage(cdnow_log(tmp_path), Scope(as_of=date(1998, 6, 30)))
    assert found["zero_orders"]["n"] == 80
    assert found["one_order_customers"]["n"] == 11_908


def under_contract(key: int, **told: str) -> dict[str, Any]:
    return client(key, attributes=json.dumps({"contract_from": "2020-01-01", **told}))


def test_customers_with_a_running_contract_are_active_without_an_order(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-01-05", 10), purchase(2, "2024-01-06", 10), purchase(9, "2024-01-07", 10)]
    clients = [
        *(under_contract(key) for key in (1, 3, 4)),
        under_contract(5, left_on="2024-01-15"),
        under_contract(6, contract_from="2024-03-01"),
    ]
    found = coverage(write_log(tmp_path, interactions=rows, clients=clients), Scope(as_of=date(2024, 1, 31)))
    assert (found["under_contract"]["n"], found["under_contract"]["total"]) == (2, 3)
    assert found["under_contract"]["sentence"] == (
        "2 of 3 customers with a running contract (66.7%) did not order in the period; they are active customers all "
        "the same."
    )
    assert (found["one_order_customers"]["n"], found["one_order_customers"]["total"]) == (2, 3)
    assert found["one_order_customers"]["sentence"].startswith("2 of 3 customers (66.7%) have a single order and no c")


def test_an_order_before_the_period_is_none_in_it_and_the_contract_runs_all_the_same(tmp_path: Path) -> None:
    files = write_log(tmp_path, interactions=[purchase(1, "2024-01-05", 10)], clients=[under_contract(1)])
    asked = Scope(as_of=date(2024, 3, 31), from_on=date(2024, 2, 1))
    assert {name: (row["n"], row["total"]) for name, row in coverage(files, asked).items()} == {
        "under_contract": (1, 1)
    }
    assert coverage(files, Scope(as_of=date(2024, 3, 31)))["under_contract"]["sentence"] == (
        "Every customer with a running contract ordered in the period."
    )


def test_a_shop_without_contracts_hears_nothing_of_them(tmp_path: Path) -> None:
    files = write_log(tmp_path, interactions=[purchase(1, "2024-01-05", 10)], clients=[client(1), client(2)])
    assert "under_contract" not in coverage(files, Scope(as_of=date(2024, 3, 31)))


def test_all_telephone_customers_who_have_not_left_are_active(tmp_path: Path) -> None:
    """Who came this month, with 0 months, is a customer too; figures of the file itself."""
    file = pl.read_parquet(real_data("telco_churn/telco_churn.parquet"))
    with rg.init(tmp_path / "shop") as shop:
        shop.import_file(real_data("telco_churn/telco_churn.parquet"), form="customers")
        rows = shop.measure("coverage", as_of=date(2024, 1, 31), by="contract").to_arrow().to_pylist()
    stays = file.filter(pl.col("Churn") == "No")["Contract"].value_counts()
    assert {row["contract"]: row["total"] for row in rows} == dict(stays.iter_rows())
