"""How a file is written is decided over all of it, once, and never guessed in silence."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.errors import NeedsDecision
from regulars.imports.contract import ColumnMapping
from regulars.imports.formats import decide_formats
from regulars.imports.mapping import guess_mapping
from regulars.imports.parsing import parse
from tests.imports.messy_files import frame, text_cells

SALES = ColumnMapping(
    "orders", {"customer_id": "client", "occurred": "day", "due": "due", "amount": "sum", "cost": "cost"}
)


def sales(
    sums: list[str | None], days: list[str] | None = None, costs: list[str] | None = None, dues: list[str] | None = None
) -> pl.DataFrame:
    rows = len(sums)
    blank: list[str | None] = [None] * rows
    return frame(
        client=["7"] * rows,
        day=list(days or ["2024-01-31"] * rows),
        due=list(dues or blank),
        sum=sums,
        cost=list(costs or blank),
    )


@given(cuts=st.lists(st.integers(0, 1122), max_size=6), seed=st.integers(0, 5))
@settings(max_examples=10, deadline=None)
def test_a_day_of_real_sales_is_read_the_same_in_any_parts_and_order(cuts: list[int], seed: int) -> None:
    rows = text_cells("online_retail_2011-08-12_bad_debt.csv")
    mapping = guess_mapping("orders", rows.columns, rows, {})
    shuffled = rows.sample(fraction=1, shuffle=True, seed=seed)
    edges = [0, *sorted(cuts), len(rows)]
    parts = [shuffled[start:end] for start, end in itertools.pairwise(edges)]
    assert decide_formats(mapping, parts) == decide_formats(mapping, [rows])


def test_the_costs_of_a_file_settle_how_its_sums_are_written() -> None:
    formats = decide_formats(SALES, [sales(["1,234"], costs=["2,5"])])
    assert formats.fields["amount"].decimal_mark == ","
    assert "other columns" in formats.fields["amount"].note


def test_one_date_column_settles_the_order_in_another() -> None:
    formats = decide_formats(SALES, [sales(["1.5"], days=["02/03/2024"], dues=["02/14/2024"])])
    assert formats.fields["occurred"].pattern == "%m/%d/%Y"
    assert "other dates" in formats.fields["occurred"].note


def test_the_last_row_of_a_long_file_may_settle_it() -> None:
    frames = [sales(["1.5"] * 500, days=["02/03/2024"] * 500) for _ in range(20)]
    formats = decide_formats(SALES, [*frames, sales(["1.5"], days=["25/03/2024"])])
    assert formats.fields["occurred"].pattern == "%d/%m/%Y"


def test_numbers_that_a_spreadsheet_kept_as_numbers_need_no_question() -> None:
    with pytest.raises(NeedsDecision, match="--decimal-mark"):
        decide_formats(SALES, [sales(["1.234"])])
    assert decide_formats(SALES, [sales(["1.234"])], typed=True).fields["amount"].decimal_mark == "."


def test_a_strptime_pattern_reads_what_nothing_else_does() -> None:
    rows = sales(["1.5", "2.5"], days=["2024w05-3", "2024w06-1"])
    formats = decide_formats(SALES, [rows], date_format="%Gw%V-%u")
    assert parse(rows, SALES, formats)["occurred"].to_list() == [
        datetime(2024, 1, 31, tzinfo=UTC),
        datetime(2024, 2, 5, tzinfo=UTC),
    ]


@pytest.mark.parametrize("wrong", ["dd.mm.yyyy", "%Q", "european"])
def test_a_date_format_that_cannot_work_is_refused_in_words(wrong: str) -> None:
    with pytest.raises(NeedsDecision, match="date format"):
        decide_formats(SALES, [sales(["1.5"])], date_format=wrong)


def test_a_decimal_mark_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(NeedsDecision, match="decimal mark"):
        decide_formats(SALES, [sales(["1.5"])], decimal_mark=";")


def test_an_empty_file_has_a_format_too() -> None:
    assert decide_formats(SALES, [sales([])]).fields["amount"].decimal_mark == "."
    assert decide_formats(SALES, []).fields["customer_id"].kind == "id"


def test_the_ids_of_real_tweets_are_said_to_have_been_rounded_by_a_spreadsheet() -> None:
    rows = text_cells("us_airline_tweets_EXCEL_MANGLED_head1000.csv")
    mapping = guess_mapping(None, rows.columns, rows, {})
    assert "rounded by a spreadsheet" in decide_formats(mapping, [rows]).fields["thread"].note


def test_ids_in_powers_of_ten_are_said_to_have_been_rounded_by_a_spreadsheet() -> None:
    mapping = ColumnMapping("customers", {"customer_id": "id"})
    assert "5.7E+17" in decide_formats(mapping, [frame(id=["5.70306E+17", "12"])]).fields["customer_id"].note
