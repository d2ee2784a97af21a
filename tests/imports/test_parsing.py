"""Cells become typed rows; a row that cannot be used says why, and never stops the others."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from regulars.imports.contract import LINE, REASON, VALUE, WARNING, ColumnMapping
from regulars.imports.formats import decide_formats
from regulars.imports.mapping import guess_mapping
from regulars.imports.parsing import parse
from tests.imports.messy_files import frame, text_cells

ORDERS = ColumnMapping("orders", {"customer_id": "client", "occurred": "day", "amount": "sum", "cost": "cost"})
LINES = ColumnMapping("orders", {"occurred": "day", "quantity": "qty", "unit_price": "price"})


def typed(rows: pl.DataFrame, mapping: ColumnMapping, zone: str = "UTC") -> pl.DataFrame:
    return parse(rows, mapping, decide_formats(mapping, [rows]), time_zone=zone)


def test_a_day_of_real_sales_adds_up_to_the_cent_of_its_slow_twin() -> None:
    rows = text_cells("online_retail_2010-12-01.csv")
    sold = typed(rows, guess_mapping(None, rows.columns, rows, {}))
    slow = sum(Decimal(q) * Decimal(p) for q, p in zip(rows["Quantity"], rows["UnitPrice"], strict=True))
    fast = sum(q * p for q, p in zip(sold["quantity"], sold["unit_price"], strict=True))
    assert fast == slow
    assert sold[REASON].null_count() == len(rows)
    assert sold[LINE].to_list() == rows[LINE].to_list()


def test_customers_written_as_floats_are_whole_and_guests_stay_unknown() -> None:
    rows = text_cells("online_retail_2010-12-01.csv")
    sold = typed(rows, guess_mapping(None, rows.columns, rows, {}))
    slow = [None if cell is None else cell.removesuffix(".0") for cell in rows["CustomerID"]]
    assert sold["customer_id"].to_list() == slow
    assert sold["customer_id"].null_count() > 0


def test_the_patient_whose_case_is_called_na_is_not_lost() -> None:
    rows = text_cells("sepsis_only_case_NA.csv", separator=";")
    events = typed(rows, guess_mapping(None, rows.columns, rows, {}))
    assert events["thread"].unique().to_list() == ["NA"]
    assert events["occurred"][0] == datetime(2014, 11, 10, 1, 45, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "ids"),
    [
        (["17850.0", "13047.0"], ["17850", "13047"]),
        (["17850.0", "13047.0", "NA", None], ["17850", "13047", "NA", None]),
        (["17850.0", "13047"], ["17850.0", "13047"]),
        (["12.0", "12.5"], ["12.0", "12.5"]),
        (["00042", " 7 ", "  "], ["00042", "7", None]),
    ],
)
def test_ids_keep_what_belongs_to_them(cells: list[str | None], ids: list[str | None]) -> None:
    assert typed(frame(id=cells), ColumnMapping("customers", {"customer_id": "id"}))["customer_id"].to_list() == ids


@pytest.mark.parametrize(
    ("day", "total", "reason", "value"),
    [
        ("2024-01-31", "5.50", None, None),
        (None, "5.50", "no date", None),
        ("   ", "5.50", "no date", None),
        ("2024-02-31", "5.50", "date not readable", "2024-02-31"),
        ("2024-01-31", None, "no amount", None),
        ("2024-01-31", "free", "amount not a number", "free"),
        ("2024-01-31", "50%", "amount not a number", "50%"),
        ("2024-01-31", "1e30", "amount too large", "1e30"),
        ("soon", "free", "date not readable", "soon"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(
    day: str | None, total: str | None, reason: str | None, value: str | None
) -> None:
    good = ["2024-01-30", "7.25"]
    rows = frame(client=["1", "1"], day=[good[0], day], sum=[good[1], total], cost=[None, None])
    sold = typed(rows, ORDERS)
    assert sold.select(REASON, VALUE).rows() == [(None, None), (reason, value)]
    assert sold["amount"][0] == Decimal("7.25")


def test_a_cost_that_cannot_be_read_does_not_cost_the_sale() -> None:
    rows = frame(client=["1", "1"], day=["2024-01-30"] * 2, sum=["7.25", "1.5"], cost=["abc", "2.5"])
    sold = typed(rows, ORDERS)
    assert sold.select("amount", "cost", REASON, WARNING).rows() == [
        (Decimal("7.25"), None, None, "cost not a number"),
        (Decimal("1.5"), Decimal("2.5"), None, None),
    ]


def test_quantity_times_price_serves_where_there_is_no_amount() -> None:
    rows = frame(day=["2024-01-30"] * 3, qty=["2", None, "x"], price=["1.255", "3.5", "4.5"])
    sold = typed(rows, LINES)
    assert sold[REASON].to_list() == [None, "no amount", "quantity not a number"]
    assert sold["unit_price"].dtype == pl.Decimal(18, 6)


def test_the_local_day_of_a_late_purchase_is_the_customers_day() -> None:
    rows = frame(client=["1"], day=["31.01.2024 00:30"], sum=["5.5"], cost=[None])
    sold = typed(rows, ORDERS, "Europe/Sofia")
    assert sold["occurred"][0] == datetime(2024, 1, 30, 22, 30, tzinfo=UTC)
    assert sold["occurred_on"][0] == date(2024, 1, 31)


def test_a_constant_stands_in_every_row() -> None:
    rows = frame(mark=["5", "3"], words=["good", "bad"])
    mapping = ColumnMapping("answers", {"score": "mark", "text": "words"}, constants={"occurred": "2024-01-31"})
    answers = typed(rows, mapping)
    assert answers["occurred_on"].to_list() == [date(2024, 1, 31)] * 2
    assert answers[REASON].null_count() == 2


def test_waiting_times_are_seconds_whether_counted_or_read_off_a_clock() -> None:
    rows = frame(day=["2024-01-30"] * 3, wait=["75", "0:01:15", "long"])
    waits = typed(rows, ColumnMapping("contacts", {"occurred": "day", "wait_seconds": "wait"}))
    assert waits["wait_seconds"].to_list() == [Decimal(75), Decimal(75), None]
    assert waits[WARNING].to_list() == [None, None, "wait seconds not a number"]


def test_parts_of_a_file_have_the_same_columns_whatever_is_wrong_in_them() -> None:
    good = frame(client=["1"], day=["2024-01-30"], sum=["7.25"], cost=["1.5"])
    bad = frame(client=[None], day=["never"], sum=["x"], cost=["y"])
    formats = decide_formats(ORDERS, [good, bad])
    parts = [parse(part, ORDERS, formats) for part in (good, bad, good.clear())]
    assert parts[0].schema == parts[1].schema == parts[2].schema
    assert pl.concat(parts).height == 2


def test_emptiness_and_blanks_in_texts_are_the_same() -> None:
    rows = frame(day=["2024-01-30"] * 2, sum=["7.5", "8.5"], note=[" \u00a0 ", " left at door "])
    sold = typed(rows, ColumnMapping("orders", {"occurred": "day", "amount": "sum", "text": "note"}))
    assert sold["text"].to_list() == [None, "left at door"]
