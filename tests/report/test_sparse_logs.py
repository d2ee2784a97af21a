"""Logs that hardly say anything: the report is honest about it, and never fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regulars.errors import WorkspaceError
from tests.report.reading import Parsed, parsed
from tests.report.shops import LAST_DAY, busy_years, shop
from tests.small_log import client, purchase

Rows = list[dict[str, Any]]
Make = Callable[..., Parsed]


@pytest.fixture
def report(tmp_path: Path) -> Make:
    """Makes the report of a shop with these rows, of the same day for most: then its queries are compiled once."""

    def make(interactions: Rows, clients: Rows = (), *, as_of: date | None = LAST_DAY, **shop_options: Any) -> Parsed:  # type: ignore[assignment]
        with shop(tmp_path, interactions, clients, **shop_options) as opened:
            return parsed(opened.report(tmp_path / "report.html", as_of=as_of))

    return make


def test_an_empty_log_says_so_and_what_to_do(report: Make) -> None:
    page = report([], as_of=None)
    assert "nothing to report yet" in page.text_of("h1")
    assert "regulars import orders.csv" in page.words
    assert page.of("figure") == []


def test_a_day_before_the_first_order_says_so(report: Make) -> None:
    page = report([purchase(1, "2025-01-05")], [client(1)], as_of=date(2024, 1, 1))
    assert "The log holds nothing up to 1 January 2024" in page.words


def test_one_customer_with_one_order_is_no_finding(report: Make) -> None:
    page = report([purchase(1, "2025-01-05", 40)], [client(1)], as_of=None)
    assert page.text_of("h1") == "Nothing stands out yet"
    assert page.of("li", class_="action") == []
    assert "Read from 1 interaction of 1 known customer," in page.words
    assert "So far you sold €40 in 1 order" in page.words
    assert "Not known" in page.text_of("section", aria_labelledby="value")
    assert page.of("figure") == []


def test_one_loyal_customer_brings_everything_without_a_firm_share(report: Make) -> None:
    days = [f"2025-0{month}-11" for month in range(1, 7)]
    page = report([purchase(1, day, 40) for day in days], [client(1)])
    assert "1 customer brings 80% of the money, of 1 in all" in page.text_of("section", aria_labelledby="few")


def test_guests_alone_leave_everything_about_customers_unknown(report: Make) -> None:
    orders = [purchase(None, f"2025-0{1 + day % 6}-{1 + day % 28:02}", 20 + day) for day in range(40)]
    page = report(orders)
    assert "No order names its customer" in page.text_of("section", aria_labelledby="coverage")
    for anchor in ("few", "returning", "cohorts", "segments", "value", "slipping"):
        assert "Not known" in page.text_of("section", aria_labelledby=anchor), anchor
    assert "€" in page.text_of("section", aria_labelledby="sales")
    assert "100% of orders name no customer" in page.words


def test_a_log_of_telephone_calls_has_no_sales_to_speak_of(report: Make) -> None:
    page = report([purchase(1, "2025-03-01", None, kind="call")], [client(1)])
    assert "Not known" in page.text_of("section", aria_labelledby="sales")


def test_more_refunds_than_orders_are_shown_as_the_loss_they_are(report: Make) -> None:
    rows = [purchase(key, f"2025-0{key}-03", 50) for key in range(1, 7)]
    rows += [purchase(key, f"2025-0{key}-09", -80, kind="refund") for key in range(1, 7)]
    page = report(rows, [client(key) for key in range(1, 7)])
    assert "\u2212€" in page.text_of("section", aria_labelledby="sales")
    assert "Not known" in page.text_of("section", aria_labelledby="few")


def test_orders_of_zero_make_a_report(report: Make) -> None:
    rows = [purchase(key, f"2025-0{1 + key % 5}-0{1 + key % 9}", 0) for key in range(1, 40)]
    page = report(rows, [client(key) for key in range(1, 40)])
    assert "have an amount of zero" in page.words


def test_without_costs_the_ranking_is_by_sales_and_says_why(report: Make) -> None:
    rows = [purchase(key, f"2025-0{1 + key % 6}-1{key % 9}", 10 + key) for key in range(1, 80)]
    page = report(rows, [client(key) for key in range(1, 80)])
    assert "Revenue is counted, not profit" in page.text_of("section", aria_labelledby="few")
    assert "Profit is not known" in page.words


def test_a_single_kind_of_customer_is_not_split(report: Make) -> None:
    rows = [purchase(key, f"2025-0{1 + key % 6}-1{key % 9}", 10 + key) for key in range(1, 40)]
    page = report(rows, [client(key, customer_type="end user") for key in range(1, 40)])
    assert "Kinds of customers apart" not in page.words


def test_a_short_history_has_no_year_before_and_no_forecast(report: Make) -> None:
    interactions, clients = busy_years(80, years=0.4)
    page = report(interactions, clients)
    assert "on the year before" not in page.words
    assert "Not known" in page.text_of("section", aria_labelledby="value")
    assert "need about two years" in page.words


def test_customers_without_a_reference_are_shown_by_a_part_of_their_key(report: Make) -> None:
    rows = [purchase(key, f"2025-0{1 + key % 6}-1{key % 9}", 10 + key) for key in range(1_234_500, 1_234_540)]
    page = report(rows, [], references={})
    assert "…234539" in page.words


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        shop(tmp_path, [purchase(1, "2025-01-05")], [client(1)]) as opened,
        pytest.raises(WorkspaceError, match="cannot be written"),
    ):
        opened.report(tmp_path / "file" / "report.html")
