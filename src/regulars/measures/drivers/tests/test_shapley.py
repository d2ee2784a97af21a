"""R-squared is shared out among factors as the average over all orders says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.measures.drivers.correlations import correlations
from regulars.measures.drivers.relative_weights import relative_weights
from regulars.measures.drivers.shapley import MOST_FACTORS, lmg, subset_r2
from regulars.measures.drivers.tests.forms import ecsi, numbers, reputation
from regulars.measures.drivers.tests.twins import average_over_orders, from_correlations, pairwise, regressions

HYPOTHESIS = settings(max_examples=30, deadline=None)


def answers(seed: int, factors: int, respondents: int = 120) -> np.ndarray:
    """Ratings that share a mood, and an outcome in the last column."""
    draw = np.random.default_rng(seed)
    ratings = draw.normal(size=(respondents, factors)) + draw.normal(size=(respondents, 1)) * draw.uniform(0, 1.5)
    outcome = ratings @ draw.normal(size=factors) + draw.normal(0, 2, respondents)
    return np.column_stack([ratings, outcome])


def matrix(scores: np.ndarray) -> np.ndarray:
    return correlations(scores, np.ones(len(scores))).values


def test_mobile_phone_customers_satisfaction_is_shared_out_as_all_40320_orders_say() -> None:
    factors = ["IMAG1", "IMAG2", "IMAG3", "PERQ1", "PERQ3", "PERQ7", "PERV1", "PERV2"]
    scores = numbers(ecsi(), *factors, "CUSA1")
    twin = average_over_orders(8, regressions(scores[:, :-1], scores[:, -1]))
    assert lmg(matrix(scores)[None])[0] == pytest.approx(twin, abs=1e-9)


@pytest.mark.parametrize(
    "factors",
    [
        ["comp_1", "comp_2", "comp_3", "like_1", "like_2", "like_3", "qual_1"],
        ["qual_1", "qual_2", "qual_6", "perf_2", "csor_1", "attr_1", "switch_1"],
    ],
)
def test_reputation_of_mobile_providers_is_shared_out_as_all_orders_say(factors: list[str]) -> None:
    complete = reputation().select(*factors, "cusa").drop_nulls()
    scores = numbers(complete, *factors, "cusa")
    twin = average_over_orders(7, regressions(scores[:, :-1], scores[:, -1]))
    assert lmg(matrix(scores)[None])[0] == pytest.approx(twin, abs=1e-9)


def test_blanks_of_reputation_are_left_out_pair_by_pair() -> None:
    frame = reputation()
    gaps = [name for name in frame.columns if frame[name].null_count() and name != "cusa"]
    names = [*gaps[:5], "comp_1", "like_1"]
    scores = numbers(frame, *names, "cusa")
    assert np.isnan(scores).any()
    found = correlations(scores, np.ones(len(scores)))
    assert found.values == pytest.approx(pairwise(scores), abs=1e-12)
    assert found.n.min() < len(frame)
    twin = average_over_orders(len(names), from_correlations(pairwise(scores)))
    assert lmg(found.values[None])[0] == pytest.approx(twin, abs=1e-9)


def test_a_minus_99_taken_for_a_rating_would_change_the_shares() -> None:
    frame = reputation()
    names = [name for name in frame.columns if frame[name].null_count() and name != "cusa"][:4]
    right = numbers(frame, *names, "cusa")
    wrong = np.where(np.isnan(right), -99.0, right)
    assert abs(lmg(matrix(right)[None]) - lmg(matrix(wrong)[None])).max() > 0.001


def test_the_published_shares_of_swiss_fertility_are_found() -> None:
    # R's data set swiss: Agriculture, Examination, Education, Catholic, Infant.Mortality, and Fertility last.
    # Shares: Groemping (2006), Journal of Statistical Software 17(1), metric lmg.
    upper = [
        [-0.68654221, -0.63952252, 0.40109505, -0.06085861, 0.35307918],
        [0.6984153, -0.57274181, -0.1140216, -0.64588271],
        [-0.15385892, -0.09932185, -0.66378886],
        [0.17549591, 0.4636847],
        [0.41655603],
    ]
    among = np.eye(6)
    for row, values in enumerate(upper):
        among[row, row + 1 :] = among[row + 1 :, row] = values
    published = [0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592]
    assert lmg(among[None])[0] == pytest.approx(published, abs=1e-7)


@given(seed=st.integers(0, 10_000), factors=st.integers(1, 9))
@HYPOTHESIS
def test_all_shares_add_up_to_r_squared(seed: int, factors: int) -> None:
    scores = answers(seed, factors)
    whole = regressions(scores[:, :-1], scores[:, -1])(frozenset(range(factors)))
    among = matrix(scores)[None]
    assert lmg(among).sum() == pytest.approx(whole, abs=1e-10)
    assert relative_weights(among).sum() == pytest.approx(whole, abs=1e-10)
    assert (lmg(among) >= -1e-12).all()
    assert (relative_weights(among) >= -1e-12).all()


@given(seed=st.integers(0, 10_000), factors=st.integers(2, 8), data=st.data())
@HYPOTHESIS
def test_the_order_of_questions_on_the_form_does_not_matter(seed: int, factors: int, data: st.DataObject) -> None:
    scores = answers(seed, factors)
    order = data.draw(st.permutations(range(factors)))
    moved = scores[:, [*order, factors]]
    for method in (lmg, relative_weights):
        assert method(matrix(moved)[None])[0] == pytest.approx(method(matrix(scores)[None])[0][list(order)], abs=1e-9)


@given(seed=st.integers(0, 10_000), factors=st.integers(1, 6))
@HYPOTHESIS
def test_weights_count_as_they_do_in_a_weighted_regression(seed: int, factors: int) -> None:
    scores = answers(seed, factors)
    weights = np.random.default_rng(seed).uniform(0.2, 5, len(scores))
    twin = average_over_orders(factors, regressions(scores[:, :-1], scores[:, -1], weights))
    assert lmg(correlations(scores, weights).values[None])[0] == pytest.approx(twin, abs=1e-9)
    assert lmg(correlations(scores, weights * 1000).values[None])[0] == pytest.approx(twin, abs=1e-9)


def test_every_set_of_factors_has_its_own_place() -> None:
    scores = answers(3, 4)
    among = matrix(scores)
    twin = from_correlations(among)
    for place, found in enumerate(subset_r2(among[None])[0]):
        assert found == pytest.approx(twin(frozenset(bit for bit in range(4) if place >> bit & 1)), abs=1e-12)


@pytest.mark.parametrize("factors", [15, 16, 17])
def test_more_factors_than_fit_one_step_are_shared_out_alike(factors: int) -> None:
    # Uncorrelated factors: each has its own squared correlation, whatever the order.
    outcome = np.linspace(0.02, 0.24, factors)
    among = np.eye(factors + 1)
    among[:-1, -1] = among[-1, :-1] = outcome
    assert lmg(among[None])[0] == pytest.approx(outcome**2, abs=1e-12)
    assert relative_weights(among[None])[0] == pytest.approx(outcome**2, abs=1e-12)


def test_a_question_asked_twice_halves_its_share() -> None:
    scores = answers(5, 3)
    twice = np.column_stack([scores[:, 0], scores])
    once, both = lmg(matrix(scores)[None])[0], lmg(matrix(twice)[None])[0]
    assert both[0] == pytest.approx(both[1], abs=1e-9)
    assert both.sum() == pytest.approx(once.sum(), abs=1e-9)
    assert relative_weights(matrix(twice)[None])[0][:2] == pytest.approx(relative_weights(matrix(twice)[None])[0][0])


def test_relative_weights_lie_near_the_exact_shares_on_real_answers() -> None:
    scores = numbers(ecsi(), *[name for name in ecsi().columns if name.startswith(("IMAG", "PERQ", "PERV"))], "CUSA1")
    exact, near = lmg(matrix(scores)[None])[0], relative_weights(matrix(scores)[None])[0]
    assert abs(exact - near).max() < 0.01
    assert near.sum() == pytest.approx(exact.sum(), abs=1e-9)


def test_too_many_factors_for_exact_shares_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 20"):
        lmg(np.eye(MOST_FACTORS + 2)[None])


def test_correlations_that_do_not_fit_together_are_mended() -> None:
    # Three questions answered two at a time: A goes with B and with C, but B and C go against each other.
    draw = np.random.default_rng(1).normal(size=(300, 1))
    scores = np.full((900, 3), np.nan)
    scores[:300, [0, 1]] = draw
    scores[300:600, [0, 2]] = draw
    scores[600:, [1, 2]] = draw * [[1, -1]]
    found = correlations(scores, np.ones(900))
    assert found.mended
    assert np.linalg.eigvalsh(found.values).min() > 0
    assert np.diagonal(found.values) == pytest.approx([1, 1, 1])
    assert 0 <= lmg(found.values[None]).sum() <= 1
