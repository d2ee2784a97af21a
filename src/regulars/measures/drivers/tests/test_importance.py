"""Importance is shown with what is not known of it: intervals, thin data, factors that look alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.measures.drivers import bootstrap
from regulars.measures.drivers.importance import ALONE, SAME_OUTCOME, SAME_RATING, TOO_FEW, Importance, importance_of
from regulars.measures.drivers.shapley import lmg
from regulars.measures.drivers.tests.forms import ecsi, numbers, reputation

HYPOTHESIS = settings(max_examples=8, deadline=None)
MIXED = np.array([[1, 0.4, 0.3, 0.1], [0.4, 1, 0.5, 0.2], [0.3, 0.5, 1, 0], [0.1, 0.2, 0, 1]])


def survey(seed: int, respondents: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Four factors that go together as MIXED says; the outcome goes with three of them."""
    draw = np.random.default_rng(seed)
    ratings = draw.multivariate_normal(np.zeros(4), MIXED, respondents)
    return ratings, ratings @ np.array([0.6, 0.3, 0.3, 0.0]) + draw.normal(0, 1, respondents)


def found(
    ratings: np.ndarray, outcome: np.ndarray, weights: np.ndarray | None = None, who: np.ndarray | None = None
) -> Importance:
    count = len(outcome)
    return importance_of(
        [f"f{place:02}" for place in range(ratings.shape[1])],
        ratings,
        outcome,
        np.ones(count) if weights is None else weights,
        np.arange(count) if who is None else who,
    )


def shares(importance: Importance) -> np.ndarray:
    return np.array([figure.value for figure in importance.shares])


def ends(importance: Importance) -> np.ndarray:
    return np.array([(figure.low, figure.high) for figure in importance.shares])


@given(seed=st.integers(0, 10_000), times=st.sampled_from([0.01, 7.0, 1e6]))
@HYPOTHESIS
def test_weights_of_any_size_give_the_same_importance_and_interval(seed: int, times: float) -> None:
    ratings, outcome = survey(seed, 150)
    weights = np.random.default_rng(seed).uniform(0.5, 2, 150)
    one, other = found(ratings, outcome, weights), found(ratings, outcome, weights * times)
    assert shares(one).sum() == pytest.approx(1)
    assert shares(other) == pytest.approx(shares(one), abs=1e-9)
    assert ends(other) == pytest.approx(ends(one), abs=1e-9)


@given(seed=st.integers(0, 10_000), order=st.permutations(range(4)))
@HYPOTHESIS
def test_the_order_of_factors_changes_neither_share_nor_interval(seed: int, order: list[int]) -> None:
    ratings, outcome = survey(seed, 150)
    one, other = found(ratings, outcome), found(ratings[:, order], outcome)
    assert shares(other) == pytest.approx(shares(one)[order], abs=1e-9)
    assert ends(other) == pytest.approx(ends(one)[order], abs=1e-9)


@given(seed=st.integers(0, 10_000))
@HYPOTHESIS
def test_a_factor_of_pure_noise_may_have_no_share_at_all(seed: int) -> None:
    draw = np.random.default_rng(seed)
    ratings, outcome = survey(seed)
    noisy = np.column_stack([ratings[:, :3], draw.integers(1, 11, len(outcome))])
    assert found(noisy, outcome).shares[3].low < 0.01


@pytest.mark.slow
def test_95_of_100_intervals_hold_the_true_share() -> None:
    load = np.array([0.6, 0.3, 0.3, 0.0])
    covariance = np.zeros((5, 5))
    covariance[:4, :4], covariance[:4, 4] = MIXED, MIXED @ load
    covariance[4, :4], covariance[4, 4] = MIXED @ load, load @ MIXED @ load + 1
    deviation = np.sqrt(np.diagonal(covariance))
    parts = lmg((covariance / np.outer(deviation, deviation))[None])[0]
    true = parts / parts.sum()
    held = np.array([(low <= true) & (true <= high) for low, high in (ends(found(*survey(s))).T for s in range(150))])
    # The last factor's true share is near 0, where percentiles lean to one side.
    assert (held[:, :3].mean(axis=0) > 0.90).all()
    assert (held[:, :3].mean(axis=0) < 0.99).all()


def test_more_answers_make_narrower_intervals() -> None:
    few, many = found(*survey(1, 150)), found(*survey(1, 1500))
    assert (np.diff(ends(many)) < np.diff(ends(few))).all()


def test_the_same_answers_give_the_same_interval_every_time() -> None:
    assert (ends(found(*survey(2))) == ends(found(*survey(2)))).all()


def test_a_customer_who_answers_ten_times_is_one_customer() -> None:
    ratings, outcome = survey(4, 100)
    tenfold = found(np.repeat(ratings, 10, axis=0), np.repeat(outcome, 10), who=np.repeat(np.arange(100), 10))
    strangers = found(np.repeat(ratings, 10, axis=0), np.repeat(outcome, 10))
    assert ends(tenfold) == pytest.approx(ends(found(ratings, outcome)), abs=1e-9)
    assert (np.diff(ends(strangers)) < np.diff(ends(tenfold))).all()


def test_intervals_of_many_factors_agree_with_exact_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = numbers(ecsi(), *[name for name in ecsi().columns if name.startswith(("IMAG", "PERQ"))], "CUSA1")
    who, weights = np.arange(len(scores)), np.ones(len(scores))
    exact = bootstrap.share_intervals(scores, weights, who)
    monkeypatch.setattr(bootstrap, "EXACT_SETS", 1)
    foretold = bootstrap.share_intervals(scores, weights, who)
    assert (exact.exact_draws, foretold.exact_draws) == (1000, 60)
    assert foretold.low == pytest.approx(exact.low, abs=0.01)
    assert foretold.high == pytest.approx(exact.high, abs=0.02)
    assert (foretold.r2_low, foretold.r2_high) == pytest.approx((exact.r2_low, exact.r2_high))


def test_blocks_of_customers_spread_as_customers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings, outcome = survey(6, 1200)
    one_by_one = found(ratings, outcome)
    monkeypatch.setattr(bootstrap, "MOST_BLOCKS", 400)
    assert np.diff(ends(found(ratings, outcome))) == pytest.approx(np.diff(ends(one_by_one)), rel=0.15)


def test_beyond_20_factors_relative_weights_are_taken_and_said() -> None:
    columns = [name for name in reputation().columns if name.startswith(("qual_", "perf_", "csor_", "attr_", "like_"))]
    scores = numbers(reputation(), *columns, "cusa")
    importance = found(scores[:, :-1], scores[:, -1])
    assert len(columns) > 20
    assert shares(importance).sum() == pytest.approx(1)
    assert "relative weights" in importance.notes[0]
    assert importance.r2.low < importance.r2.value


def test_twenty_factors_are_exact_and_say_how_many_draws_are() -> None:
    columns = [name for name in reputation().columns if name.startswith(("qual_", "perf_", "csor_"))][:20]
    scores = numbers(reputation(), *columns, "cusa")
    importance = found(scores[:, : len(columns)], scores[:, -1])
    assert len(columns) == 20
    assert shares(importance).sum() == pytest.approx(1)
    assert "60" in importance.notes[0]
    assert (ends(importance)[:, 0] < shares(importance)).all()


def test_nothing_is_said_of_five_factors_from_29_customers() -> None:
    ratings, outcome = survey(1, 29)
    importance = found(ratings, outcome)
    assert np.isnan(shares(importance)).all()
    assert [figure.reason for figure in importance.shares] == [TOO_FEW] * 4
    assert importance.r2.reason == TOO_FEW
    assert np.isfinite(shares(found(*survey(1, 30)))).all()


def test_a_hundred_forms_of_three_customers_say_nothing() -> None:
    ratings, outcome = survey(1, 100)
    assert np.isnan(shares(found(ratings, outcome, who=np.arange(100) % 3))).all()


def test_few_answers_are_called_thin_until_there_are_enough() -> None:
    assert found(*survey(1, 81)).thin
    assert not found(*survey(1, 82)).thin


def test_a_factor_that_hardly_anyone_rated_is_left_out_and_the_others_stay() -> None:
    ratings, outcome = survey(3)
    ratings[25:, 1] = np.nan
    importance = found(ratings, outcome)
    assert importance.shares[1].reason == TOO_FEW
    assert importance.shares[1].n == 25
    assert np.nansum(shares(importance)) == pytest.approx(1)


def test_two_factors_that_nobody_rated_both_cannot_stand_side_by_side() -> None:
    ratings, outcome = survey(3)
    ratings[:150, 1], ratings[150:, 2] = np.nan, np.nan
    reasons = [figure.reason for figure in found(ratings, outcome).shares]
    assert reasons == [None, None, TOO_FEW, None]


def test_a_rating_that_everybody_gave_and_an_outcome_that_never_varies_say_nothing() -> None:
    ratings, outcome = survey(3)
    ratings[:, 0] = 5.0
    assert found(ratings, outcome).shares[0].reason == SAME_RATING
    assert {figure.reason for figure in found(ratings, np.full(len(outcome), 4.0)).shares} == {SAME_OUTCOME}
    ratings[:, 1:3] = 5.0
    assert found(ratings, outcome).shares[3].reason == ALONE


def test_factors_rated_alike_are_named_and_others_are_not() -> None:
    ratings, outcome = survey(5)
    copied = np.column_stack([ratings, ratings[:, 0] + np.random.default_rng(1).normal(0, 0.2, len(outcome))])
    importance = found(copied, outcome)
    assert importance.alike == [("f04",), (), (), (), ("f00",)]


def test_a_factor_that_several_others_foretell_together_is_named_too() -> None:
    ratings, outcome = survey(5)
    total = ratings[:, :3].sum(axis=1) + np.random.default_rng(1).normal(0, 0.3, len(outcome))
    importance = found(np.column_stack([ratings, total]), outcome)
    assert importance.alike[4]


def test_answers_that_have_nothing_to_do_with_each_other_are_called_chance() -> None:
    ratings, outcome = survey(7, 100)
    chance = [found(ratings, np.random.default_rng(seed).permutation(outcome)).by_chance for seed in range(40)]
    assert 34 <= sum(chance) <= 40, "one in 20 passes for more than chance"
    assert not found(ratings, outcome).by_chance


def test_a_factor_rated_against_the_outcome_shows_its_sign() -> None:
    ratings, outcome = survey(9)
    importance = found(np.column_stack([ratings[:, :3], -outcome + ratings[:, 3]]), outcome)
    assert importance.association[3] < 0 < importance.association[0]
