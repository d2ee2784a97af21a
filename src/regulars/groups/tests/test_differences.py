from __future__ import annotations

import numpy as np
import pytest

from regulars.groups.differences import of_numbers, of_shares

# Hollander and Wolfe (1973), page 69: permeability of a membrane at term and earlier; the shift is 0.305 and its
# exact interval -0.15 to 0.76, as R's wilcox.test prints them.
AT_TERM = np.array([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46])
EARLIER = np.array([1.15, 0.88, 0.90, 0.74, 1.21])


def test_the_shift_is_the_published_one() -> None:
    found = of_numbers(AT_TERM, EARLIER).difference
    assert found.value == pytest.approx(0.305)
    assert (found.low, found.high) == (pytest.approx(-0.15, abs=0.06), pytest.approx(0.76, abs=0.06))


def test_the_effect_is_counted_pair_by_pair() -> None:
    generator = np.random.default_rng(4)
    a, b = generator.integers(0, 6, 40).astype(float), generator.integers(1, 7, 55).astype(float)
    slow = np.mean([np.sign(x - y) for x in a for y in b])
    found = of_numbers(a, b).effect
    assert found.value == pytest.approx(slow)
    assert found.low is not None
    assert found.high is not None
    assert found.low < slow < found.high


def test_many_customers_give_the_shift_of_their_quantiles() -> None:
    generator = np.random.default_rng(6)
    a, b = generator.normal(3, 1, 20_000), generator.normal(1, 1, 30_000)
    found = of_numbers(a, b)
    assert found.difference.value == pytest.approx(2.0, abs=0.03)
    assert found.difference.low is not None
    assert found.difference.high is not None
    assert found.difference.low < 2.0 < found.difference.high
    assert found.p < 1e-9


def test_for_a_yes_or_no_the_effect_is_the_difference_of_shares() -> None:
    found = of_shares(30, 100, 10, 100)
    as_numbers = of_numbers(np.repeat([1.0, 0.0], [30, 70]), np.repeat([1.0, 0.0], [10, 90]))
    assert found.effect.value == pytest.approx(as_numbers.effect.value)
    assert found.p == pytest.approx(as_numbers.p, rel=0.2)


def test_the_interval_of_the_effect_holds_the_truth_about_95_times_in_100() -> None:
    generator, held = np.random.default_rng(8), 0
    for _ in range(300):
        effect = of_numbers(generator.normal(0.5, 1, 40), generator.normal(0, 1, 60)).effect
        assert effect.low is not None
        assert effect.high is not None
        held += effect.low <= 0.2763 <= effect.high  # 2 * Phi(0.5 / sqrt(2)) - 1
    assert held >= 270
