"""Intervals against published figures and slow twins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from regulars.measures.intervals import mean_estimate, median_interval, quantile, share_estimate


def test_wilson_gives_the_published_interval_of_81_in_263() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81/263 and 0/20, method 3.
    share = share_estimate([81, 0, 20], [263, 20, 20], nobody="-")
    assert np.round(share.low, 4).tolist() == [0.2553, 0.0, 0.8389]
    assert np.round(share.high, 4).tolist() == [0.3662, 0.1611, 1.0]


def test_a_share_of_nobody_is_unknown_and_says_why() -> None:
    share = share_estimate([0], [0], nobody="Nobody was asked.")
    assert np.isnan(share.value[0])
    assert np.isnan(share.low[0])
    assert share.reason[0] == "Nobody was asked."


def test_one_order_has_a_mean_but_no_interval() -> None:
    mean = mean_estimate([5.0, np.nan, 4.0], [np.nan, np.nan, 2.0], [1, 0, 9], nobody="No orders.")
    assert mean.value.tolist()[0] == 5.0
    assert np.isnan(mean.low[0])
    assert mean.reason.tolist() == ["One observation has no interval.", "No orders.", None]
    assert mean.high[2] == pytest.approx(4 + stats.t.ppf(0.975, 8) * 2 / 3)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.sampled_from([0.1, 0.2, 0.25, 0.5, 0.6, 0.75, 0.9]))
@settings(max_examples=60, deadline=None)
def test_a_quantile_of_counted_values_is_that_of_the_values_written_out(values: list[int], share: float) -> None:
    distinct, counts = np.unique(np.array(values, dtype=np.float64), return_counts=True)
    assert quantile(distinct, counts, share) == pytest.approx(np.quantile(values, share), abs=1e-6)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_the_median_lies_between_the_narrowest_order_statistics_of_95_percent(values: list[int]) -> None:
    distinct, counts = np.unique(np.array(values, dtype=np.float64), return_counts=True)
    low, high = median_interval(distinct, counts)
    written, n = sorted(values), len(values)
    ranks = [r for r in range(1, n // 2 + 1) if 1 - 2 * stats.binom.cdf(r - 1, n, 0.5) >= 0.95]
    if not ranks:
        assert np.isnan(low)
        assert np.isnan(high)
    else:
        assert (low, high) == (written[max(ranks) - 1], written[n - max(ranks)])
