from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from regulars.groups.shares import (
    difference_of_shares,
    holm,
    p_of_two_shares,
    part_of_total,
    share_figure,
)


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_differences_of_shares_are_those_newcombe_printed(
    a: tuple[int, int], b: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), Statistics in Medicine 17(8), table II, method 10."""
    assert difference_of_shares(*a, *b)[1:] == pytest.approx((low, high), abs=6e-5)


def test_holm_corrects_as_in_his_rule() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1.0, 1.0]


@given(st.lists(st.floats(0, 1), max_size=30))
@settings(max_examples=60, deadline=None)
def test_a_correction_never_makes_anything_surer_nor_changes_the_order(p_values: list[float]) -> None:
    corrected = holm(p_values)
    assert all(0 <= p <= c <= 1 for p, c in zip(p_values, corrected, strict=True))
    for p, c in zip(p_values, corrected, strict=True):
        assert all(c <= d for q, d in zip(p_values, corrected, strict=True) if q > p)


def test_few_customers_are_compared_exactly_and_many_by_chi_squared() -> None:
    assert p_of_two_shares(3, 4, 1, 4) == pytest.approx(stats.fisher_exact([[3, 1], [1, 3]]).pvalue)
    plain = stats.chi2_contingency([[30, 70], [50, 50]], correction=False).statistic
    assert p_of_two_shares(30, 100, 50, 100) == pytest.approx(stats.chi2.sf(plain * 199 / 200, 1))
    assert p_of_two_shares(0, 40, 0, 40) == 1.0


def test_a_part_of_the_total_has_the_interval_that_resampling_gives() -> None:
    generator = np.random.default_rng(2)
    amounts, members = generator.gamma(0.5, 300, 2000), generator.random(2000) < 0.2
    found = part_of_total(amounts, members)
    drawn = []
    for _ in range(500):
        rows = generator.integers(0, 2000, 2000)
        drawn.append(amounts[rows][members[rows]].sum() / amounts[rows].sum())
    low, high = np.quantile(drawn, (0.025, 0.975))
    assert found.value == pytest.approx(amounts[members].sum() / amounts.sum())
    assert (found.low, found.high) == (pytest.approx(low, abs=0.008), pytest.approx(high, abs=0.008))


def test_unknown_amounts_are_not_counted_as_nothing() -> None:
    found = part_of_total([10.0, math.nan, 30.0], [True, True, False])
    assert found.value == 0.25
    assert found.n == 2
    assert part_of_total([-5.0, 1.0], [True, False]).value is None
    assert share_figure(0, 0).value is None
