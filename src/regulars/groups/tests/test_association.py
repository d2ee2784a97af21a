from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from regulars.groups.association import (
    Variable,
    association,
    categories,
    cramers_v,
    crossed,
    noncentrality_interval,
    numbers,
    partial_rank_correlation,
    rank_correlation_ratio,
    spearman,
)

# Snee (1974), The American Statistician 28(1): hair (black, brown, red, blond) by eyes (brown, blue, hazel, green)
# of 592 students; chi-squared 138.29 and Cramér's V 0.279 are printed in many books.
HAIR_BY_EYES = [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]]


def test_hair_and_eyes_go_together_as_in_the_books_less_the_small_bias() -> None:
    found = cramers_v(HAIR_BY_EYES).strength
    uncorrected = stats.contingency.association(np.array(HAIR_BY_EYES), method="cramer")
    assert uncorrected == pytest.approx(0.279, abs=0.0005)
    phi2, n = 138.2898 / 592, 592
    slow = np.sqrt((phi2 - 9 / (n - 1)) / (4 - 9 / (n - 1) - 1))
    assert found.value == pytest.approx(slow, abs=1e-5)
    assert found.value is not None
    assert found.value < uncorrected
    assert found.n == 592
    assert found.low is not None
    assert found.high is not None
    assert 0.2 < found.low < found.value < found.high < 0.34


def test_two_things_that_are_one_have_strength_one() -> None:
    value = categories(["a", "b", "c"] * 40)
    found = association(value, value)
    assert found.strength.value == pytest.approx(1.0)
    assert found.strength.high == 1.0


def test_ranks_agree_with_the_textbook_functions() -> None:
    generator = np.random.default_rng(3)
    x, y = generator.normal(size=80), generator.normal(size=80)
    y = y + 0.7 * x
    assert spearman(x, y).strength.value == pytest.approx(abs(stats.spearmanr(x, y).statistic))
    codes = np.arange(80) % 4
    h = stats.kruskal(*(y[codes == code] for code in range(4))).statistic
    epsilon = max(0.0, (h - 3) / (80 - 4))
    assert rank_correlation_ratio(codes, y).strength.value == pytest.approx(np.sqrt(epsilon), abs=1e-9)


def test_a_falling_line_is_strong_with_a_minus() -> None:
    x = np.arange(50.0)
    found = spearman(x, -(x**3))
    assert found.strength.value == pytest.approx(1.0)
    assert found.sign == -1


def test_people_who_are_never_both_have_a_minus_sign() -> None:
    members, others = np.array([True, False, False] * 20), np.array([False, True, False] * 20)
    assert cramers_v(crossed(members, others)).sign == -1
    assert cramers_v(crossed(members, members)).sign == 1


def test_what_both_follow_from_a_third_thing_is_gone_when_that_is_held_equal() -> None:
    generator = np.random.default_rng(5)
    size = generator.normal(size=3000)
    gifts, calls = size + generator.normal(size=3000), size + generator.normal(size=3000)
    plain, held = spearman(gifts, calls).strength, partial_rank_correlation(gifts, calls, [size]).strength
    assert plain.low is not None
    assert plain.low > 0.4
    assert held.value is not None
    assert held.value < 0.06


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (numbers([1.0, 2.0] * 10), numbers([1.0, 2.0] * 10)),
        (categories(["a", "b"] * 10), categories(["a", "b"] * 10)),
        (categories(["a", "b"] * 10), numbers([1.0, 2.0] * 10)),
        (numbers([1.0] * 50), numbers(np.arange(50.0))),
        (categories(["a"] * 50), numbers(np.arange(50.0))),
        (categories(["a"] * 50), categories(["a", "b"] * 25)),
    ],
)
def test_of_few_or_all_equal_customers_nothing_is_said(one: Variable, other: Variable) -> None:
    found = association(one, other).strength
    assert found.value is None
    assert found.reason


def test_customers_of_whom_one_is_unknown_are_left_out() -> None:
    known = association(categories(["a", "b"] * 30), numbers(np.arange(60.0)))
    gaps = association(categories([*["a", "b"] * 30, None, "a"]), numbers([*np.arange(60.0), 5.0, np.nan]))
    assert gaps == known


def test_hundreds_of_towns_are_twenty_categories() -> None:
    towns = categories([f"town {number % 300}" for number in range(1200)])
    assert set(np.unique(towns.values)) == set(range(20))


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_strength_is_a_share_within_its_interval_whatever_the_table(table: list[list[int]]) -> None:
    found = cramers_v(table).strength
    if found.value is None:
        assert found.reason
        return
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("seen", [3.0, 12.0, 80.0, 4_000.0, 6_000.0])
def test_the_interval_of_a_noncentrality_leaves_a_fortieth_outside_each_end(seen: float) -> None:
    low, high = noncentrality_interval(seen, 3)
    assert stats.ncx2.cdf(seen, 3, high) == pytest.approx(0.025, abs=0.002)
    if low:
        assert stats.ncx2.sf(seen, 3, low) == pytest.approx(0.025, abs=0.002)
    else:
        assert stats.chi2.sf(seen, 3) > 0.024


def test_things_that_have_nothing_to_do_with_one_another_are_seldom_called_linked() -> None:
    generator = np.random.default_rng(11)
    false_alarms = 0
    for _ in range(400):
        a, b = generator.integers(0, 3, 120), generator.integers(0, 4, 120)
        low = cramers_v(crossed(a, b)).strength.low
        false_alarms += low is not None and low > 0
    assert false_alarms <= 20  # 2.5% expected: 10 of 400; 20 has a chance below 0.3%


@pytest.mark.slow
def test_the_interval_of_a_known_strength_holds_it_about_95_times_in_100() -> None:
    generator, table = np.random.default_rng(13), np.array([[0.3, 0.1, 0.1], [0.1, 0.2, 0.2]])
    expected = np.outer(table.sum(1), table.sum(0))
    true = np.sqrt(((table - expected) ** 2 / expected).sum())
    held = 0
    for _ in range(600):
        counts = generator.multinomial(150, table.ravel()).reshape(2, 3)
        found = cramers_v(counts).strength
        held += bool(found.low is not None and found.high is not None and found.low <= true <= found.high)
    assert 550 <= held <= 595
