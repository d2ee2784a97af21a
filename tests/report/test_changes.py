"""Changes against the year before, and whether they are real."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.report.changes import Difference, count_difference, estimate_difference, share_difference


def test_the_interval_is_the_one_newcombe_published() -> None:
    """Newcombe (1998), table II, example (a), method 10: 56/70 against 48/80."""
    change = share_difference(56, 70, 48, 80)
    assert change is not None
    assert change.value == pytest.approx(0.2)
    assert (change.low, change.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert change.is_real


def test_a_share_of_nobody_has_no_change() -> None:
    assert share_difference(0, 0, 3, 10) is None
    assert share_difference(3, 10, 0, 0) is None


def test_a_few_customers_more_or_less_are_not_called_a_change() -> None:
    assert not count_difference(104, 97).is_real
    assert count_difference(1400, 1100).is_real


def test_an_interval_that_touches_zero_is_not_clear_of_it() -> None:
    assert not Difference(0.1, 0.0, 0.2).is_real


def test_ends_of_a_difference_come_from_the_facing_ends_of_the_two_intervals() -> None:
    change = estimate_difference((0.5, 0.4, 0.5), (0.3, 0.3, 0.7))
    assert change.low == pytest.approx(0.2 - (0.1**2 + 0.4**2) ** 0.5)
    assert change.high == pytest.approx(0.2)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50), st.integers(1, 50))
def test_turning_the_years_round_turns_the_change_round(hits: int, before: int, more: int, more_before: int) -> None:
    n, n_before = hits + more, before + more_before
    forth = share_difference(hits, n, before, n_before)
    back = share_difference(before, n_before, hits, n)
    assert forth is not None
    assert back is not None
    assert (forth.value, forth.low, forth.high) == pytest.approx((-back.value, -back.high, -back.low))
    assert forth.low <= forth.value <= forth.high
