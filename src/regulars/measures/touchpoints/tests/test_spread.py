"""Units that are alike are rarely told apart, and a planted spread is found with its size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from regulars.measures.touchpoints.spread import spread

COUNTS = np.array([12, 15, 20, 30, 45, 60, 90, 140, 200, 300], dtype=float)


def drawn_units(rng, between, *, noise=1.0, counts=COUNTS):
    """Sample means and deviations of units whose true means differ by so much."""
    true = rng.normal(5.0, between, len(counts))
    samples = [rng.normal(mean, noise, int(n)) for mean, n in zip(true, counts, strict=True)]
    return np.array([one.mean() for one in samples]), np.array([one.std(ddof=1) for one in samples])


def kept_units(rng, shares, counts=COUNTS):
    """The same for promises kept or broken."""
    hits = rng.binomial(counts.astype(int), shares)
    means = hits / counts
    return means, np.sqrt(means * (1 - means) * counts / (counts - 1))


def test_units_that_are_alike_are_told_apart_in_one_case_of_twenty():
    rng = np.random.default_rng(1)
    found = [spread(*drawn_units(rng, 0.0), COUNTS) for _ in range(600)]
    told = np.mean([one.p_value < 0.05 for one in found])
    assert 0.03 < told < 0.075
    assert np.mean([one.sd_low > 0 for one in found]) < 0.045  # one side of a 95% interval


def test_promises_kept_equally_often_are_told_apart_as_rarely():
    rng = np.random.default_rng(2)
    told = np.mean([spread(*kept_units(rng, 0.87), COUNTS).p_value < 0.05 for _ in range(600)])
    assert 0.03 < told < 0.08


@pytest.mark.parametrize("between", [0.1, 0.3, 1.0])
def test_the_interval_holds_the_planted_spread(between):
    rng = np.random.default_rng(3)
    found = [spread(*drawn_units(rng, between), COUNTS) for _ in range(400)]
    held = np.mean([one.sd_low <= between <= one.sd_high for one in found])
    assert 0.92 < held < 0.98
    assert abs(np.mean([one.sd**2 for one in found]) - between**2) < 0.1 * between**2 + 0.004


def test_a_clear_spread_is_nearly_always_found():
    rng = np.random.default_rng(4)
    assert np.mean([spread(*drawn_units(rng, 0.4), COUNTS).p_value < 0.001 for _ in range(200)]) > 0.95


def test_with_equal_counts_it_is_the_textbooks_analysis_of_variance():
    rng = np.random.default_rng(5)
    samples = [rng.normal(mean, 2.0, 25) for mean in (3.0, 4.0, 5.5, 4.4)]
    means, deviations = (np.array([kind(one) for one in samples]) for kind in (np.mean, lambda x: x.std(ddof=1)))
    found = spread(means, deviations, np.full(4, 25.0))
    textbook = stats.f_oneway(*samples)
    inside = np.mean(deviations**2)
    assert found.p_value == pytest.approx(textbook.pvalue, rel=1e-9)
    assert found.sd**2 == pytest.approx((25 * means.var(ddof=1) - inside) / 25, rel=1e-6)
    assert found.mean == pytest.approx(np.concatenate(samples).mean())


def test_small_units_are_drawn_to_the_mean_more_than_large_ones():
    means, deviations = np.array([2.0, 2.0, 1.0, 0.9, 1.1]), np.full(5, 1.0)
    counts = np.array([12.0, 400.0, 100.0, 100.0, 100.0])
    small, large = spread(means, deviations, counts).drawn[:2]
    assert 1.0 < small < large < 2.0


def test_units_without_any_difference_have_no_spread():
    found = spread(np.full(3, 0.8), np.full(3, 0.4), np.full(3, 50.0))
    assert (found.sd, found.sd_low, found.p_value) == (0.0, 0.0, 1.0)
    assert found.drawn == pytest.approx(0.8)


def test_units_that_differ_without_any_noise_differ_for_certain():
    found = spread(np.array([0.0, 1.0]), np.zeros(2), np.full(2, 50.0))
    assert found.p_value < 1e-12
    assert found.beyond == pytest.approx(1.0)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 20), st.floats(-50, 50))
def test_another_unit_of_measurement_changes_only_the_scale(seed, factor, shift):
    means, deviations = drawn_units(np.random.default_rng(seed), 0.3, counts=COUNTS[:5])
    one = spread(means, deviations, COUNTS[:5])
    other = spread(means * factor + shift, deviations * factor, COUNTS[:5])
    assert other.sd == pytest.approx(one.sd * factor, rel=1e-4, abs=1e-4 * factor)
    assert other.p_value == pytest.approx(one.p_value, rel=1e-6)
    assert other.beyond == pytest.approx(one.beyond, abs=1e-4)
    assert one.sd_low <= one.sd + 1e-9
    assert one.sd <= one.sd_high + 1e-9 or one.sd_high == 0
