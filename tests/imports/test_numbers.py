"""Sums of money come out of a file exactly as its clerk wrote them."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.errors import NeedsDecision
from regulars.imports.contract import ColumnFormat
from regulars.imports.numbers import NumberEvidence, decide_numbers, parse_numbers

STYLES = [  # decimal mark, thousands mark, before, after, negative
    (".", "", "", "", "-{}"),
    (".", ",", "$", "", "-{}"),
    (".", ",", "", " USD", "({})"),
    (".", "'", "CHF ", "", "-{}"),
    (".", " ", "£", "", "\u2212{}"),
    (",", "", "", "", "-{}"),
    (",", ".", "€ ", "", "{}-"),
    (",", " ", "", " лв.", "-{}"),
    (",", "\u00a0", "", " ₽", "\u2212{}"),
    (",", "\u202f", "", " Kč", "-{}"),
    (",", ".", "", " TL", "-{}"),
    (",", "’", "", " руб.", "({})"),
]


def written(value: Decimal, style: tuple[str, str, str, str, str]) -> str:
    """The number as that clerk writes it, with two decimals."""
    decimal, thousands, before, after, negative = style
    digits = f"{abs(value):,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    shown = f"{before}{digits}{after}"
    return negative.format(shown) if value < 0 else shown


def evidence(*cells: str | None) -> NumberEvidence:
    seen = NumberEvidence()
    seen.add(pl.Series(cells, dtype=pl.String))
    return seen


def decided(*cells: str | None, forced: str | None = None, elsewhere: str | None = None) -> ColumnFormat:
    return decide_numbers("Total", evidence(*cells), forced=forced, elsewhere=elsewhere)


def read(*cells: str | None, forced: str | None = None, scale: int = 4) -> list[Decimal | None]:
    values = pl.Series(cells, dtype=pl.String)
    return parse_numbers(values, decided(*cells, forced=forced), scale)[0].to_list()


money = st.decimals(min_value=-99_999_999, max_value=99_999_999, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("style", STYLES)
@given(values=st.lists(money, min_size=1, max_size=20))
@settings(max_examples=25, deadline=None)
def test_every_way_of_writing_money_gives_back_the_exact_sum(
    style: tuple[str, str, str, str, str], values: list[Decimal]
) -> None:
    cells = [written(value, style) for value in values]
    assert read(*cells) == [None if value is None else value for value in values]


@given(values=st.lists(st.decimals(min_value=-99_999_999_999_999, max_value=99_999_999_999_999, places=4), max_size=20))
@settings(max_examples=50, deadline=None)
def test_no_digit_of_a_large_sum_is_lost_on_the_way(values: list[Decimal]) -> None:
    values = [*values, Decimal("0.1"), Decimal("99999999999999.9999")]
    assert read(*[f"{value:f}" for value in values]) == values


@given(values=st.lists(money, min_size=2, max_size=12), style=st.sampled_from(STYLES), data=st.data())
@settings(max_examples=50, deadline=None)
def test_the_order_and_the_parts_of_a_file_do_not_change_how_it_is_read(
    values: list[Decimal], style: tuple[str, str, str, str, str], data: st.DataObject
) -> None:
    cells = [written(value, style) for value in values]
    shuffled = data.draw(st.permutations(cells))
    cut = data.draw(st.integers(0, len(cells)))
    parts = evidence(*shuffled[:cut])
    parts.add(pl.Series(shuffled[cut:], dtype=pl.String))
    whole = decide_numbers("Total", evidence(*cells), forced=None, elsewhere=None)
    assert decide_numbers("Total", parts, forced=None, elsewhere=None) == whole


def test_one_thousand_or_one_and_a_bit_is_asked() -> None:
    with pytest.raises(NeedsDecision, match=r"'1,234'.*--decimal-mark \. or --decimal-mark ,"):
        decided("1,234", "12", "5,678")


@pytest.mark.parametrize(("mark", "value"), [(".", "1234"), (",", "1.234")])
def test_the_answer_to_that_question_is_followed(mark: str, value: str) -> None:
    assert read("1,234", forced=mark) == [Decimal(value)]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (("1,234", "0,500"), ","),  # no thousands begin with 0
        (("1,234", "1,234,567"), "."),  # no number has two decimal marks
        (("1.234", "1.234.567"), ","),
        (("1,234", "99,5"), ","),
        (("1,234", "1 234,567"), ","),  # the blank is the thousands mark already
        (("1.234", "2.5"), "."),
        (("1,234", "2.5"), "."),
    ],
)
def test_one_telling_cell_decides_for_the_whole_column(cells: tuple[str, ...], mark: str) -> None:
    assert decided(*cells).decimal_mark == mark


def test_another_column_of_the_same_file_may_decide_and_it_is_said() -> None:
    form = decided("1,234", elsewhere=",")
    assert (form.decimal_mark, form.note) == (",", "decimal mark ',' as in the file's other columns")


def test_a_column_written_in_two_ways_is_asked_about() -> None:
    with pytest.raises(NeedsDecision, match=r"two ways: '2\.50' and '3,75'"):
        decided("2.50", "3,75")


def test_one_slip_in_a_long_column_is_refused_and_counted_not_read_wrongly() -> None:
    cells = ["2.50"] * 99 + ["3,75"]
    assert read(*cells)[-1] is None
    assert decided(*cells).note == "1 cells written with ',' are refused"


def test_a_group_of_two_digits_is_no_thousand() -> None:
    assert read("1.50", "1,23", forced=".") == [Decimal("1.50"), None]


def test_percents_words_and_doubled_signs_are_no_amounts() -> None:
    assert (
        read("5.5", "50%", "free", "--5", "(-5)", "1 2", "5-6", "1_000", "0x10", "nan") == [Decimal("5.5")] + [None] * 9
    )


def test_empty_and_blank_cells_are_no_numbers_and_no_faults() -> None:
    assert read("1.5", None, "", "  ") == [Decimal("1.5"), None, None, None]


def test_a_sum_of_euros_and_dollars_is_refused_in_words() -> None:
    with pytest.raises(NeedsDecision, match="several currencies"):
        decided("€ 5.00", "$7.00")


def test_the_currency_written_beside_the_amounts_is_known() -> None:
    assert decided("5,00 лв.", "7,10 лв").currency == "BGN"


def test_what_does_not_fit_into_the_log_is_told_from_what_is_no_number() -> None:
    values = pl.Series(["1e30", "999999999999999", "x", "1.5"])
    numbers, too_large = parse_numbers(values, ColumnFormat("number"), 4)
    assert numbers.to_list() == [None, None, None, Decimal("1.5")]
    assert too_large.to_list() == [True, True, False, False]


def test_numbers_as_a_spreadsheet_computes_them_are_rounded_to_the_cent_they_mean() -> None:
    assert read("0.30000000000000004", "1e-05", "5E+3") == [Decimal("0.3"), Decimal(0), Decimal(5000)]
