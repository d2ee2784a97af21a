"""Numbers as a shop owner reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.report import formats
from regulars.report.formats import Notation

EURO = Notation("EUR")


@pytest.mark.parametrize(
    ("currency", "written"),
    [
        ("EUR", "€61,204"),
        ("GBP", "£61,204"),
        ("CZK", "61,204\u00a0Kč"),
        ("BGN", "61,204\u00a0лв"),
        ("TRY", "₺61,204"),
        ("CHF", "CHF\u00a061,204"),
    ],
)
def test_each_currency_stands_where_its_country_writes_it(currency: str, written: str) -> None:
    assert Notation(currency).money(Decimal("61203.50")) == written


def test_small_exact_amounts_keep_their_cents() -> None:
    assert EURO.money(Decimal("12.4")) == "€12.40"
    assert EURO.money(Decimal("12")) == "€12"


def test_estimates_are_never_written_more_exactly_than_three_figures() -> None:
    assert EURO.about(61_203.5) == "€61,200"
    assert EURO.about(4.256) == "€4.26"
    assert EURO.about(9_747_747.93) == "€9,750,000"


def test_a_loss_has_a_minus_before_its_currency_and_nothing_has_none() -> None:
    assert EURO.money(Decimal("-13200")) == "\u2212€13,200"
    assert EURO.money(Decimal("-0.001")) == "€0.00"
    assert EURO.about(0) == "€0"


def test_shares_show_a_decimal_only_where_they_are_small() -> None:
    assert formats.share(0.344) == "34%"
    assert formats.share(0.034) == "3.4%"
    assert formats.share(0.0001) == "under 0.1%"
    assert formats.share(0.0) == "0%"
    assert formats.share(1.0) == "100%"


def test_a_difference_of_shares_is_in_points_with_its_sign() -> None:
    assert formats.points(0.021) == "+2.1"
    assert formats.points(-0.031) == "\u22123.1"


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day"), (9, "9 days"), (42, "6 weeks"), (152, "5 months"), (365, "12 months"), (900, "2.5 years")],
)
def test_time_is_said_in_the_unit_a_person_would_use(days: float, said: str) -> None:
    assert formats.span(days) == said


def test_dates_do_not_depend_on_the_machine() -> None:
    assert formats.day(date(2026, 6, 30)) == "30 June 2026"
    assert formats.month(date(2026, 6, 1)) == "Jun 2026"


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_three_figures_are_within_half_a_percent(value: float) -> None:
    assert abs(formats.three_figures(value) - value) <= 0.005 * abs(value) + 1e-300
