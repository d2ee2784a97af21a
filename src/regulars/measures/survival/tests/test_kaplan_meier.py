"""Survival curves against slow twins and against another program."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.measures.survival.kaplan_meier import kaplan_meier, log_rank, mean_within, median_time
from regulars.measures.survival.watched import _step

LIVES = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


def arrays(lives: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([time for time, _ in lives], dtype=float), np.array([left for _, left in lives], dtype=bool)


def slow_survival(lives: list[tuple[int, bool]], after: float) -> float:
    """Counted out customer by customer, as in Kaplan and Meier's own example."""
    share = 1.0
    for moment in sorted({time for time, left in lives if left and time <= after}):
        watched = sum(time >= moment for time, _ in lives)
        share *= 1 - sum(left and time == moment for time, left in lives) / watched
    return share


@given(LIVES)
@settings(max_examples=100, deadline=None)
def test_the_curve_is_what_counting_customer_by_customer_gives(lives: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(*arrays(lives))
    assert curve.times.tolist() == sorted({0.0, *(float(time) for time, _ in lives)})
    assert curve.survival == pytest.approx([slow_survival(lives, time) for time in curve.times], abs=1e-12)
    assert curve.at_risk.tolist() == [sum(time >= moment for time, _ in lives) for moment in curve.times]
    assert (curve.left.sum(), curve.censored.sum()) == (
        sum(left for _, left in lives),
        sum(not left for _, left in lives),
    )


@given(LIVES)
@settings(max_examples=60, deadline=None)
def test_without_anybody_last_seen_early_the_curve_is_the_plain_share_of_those_who_stayed(lives) -> None:
    everybody_left = [(time, True) for time, _ in lives]
    curve = kaplan_meier(*arrays(everybody_left))
    stayed = [sum(time > moment for time, _ in lives) / len(lives) for moment in curve.times]
    assert curve.survival == pytest.approx(stayed, abs=1e-12)
    assert np.isnan(curve.low[curve.survival == 0]).all(), "of a share of 0 or 1 Greenwood says nothing"


@given(LIVES, st.lists(st.integers(-1, 11), min_size=40, max_size=40))
@settings(max_examples=60, deadline=None)
def test_who_came_late_is_not_at_risk_before(lives: list[tuple[int, bool]], entries: list[int]) -> None:
    known = [(time, left, entry) for (time, left), entry in zip(lives, entries, strict=False) if entry < time]
    if not known:
        return
    times, left = arrays([(time, gone) for time, gone, _ in known])
    curve = kaplan_meier(times, left, np.array([entry for *_, entry in known], dtype=float))
    assert curve.at_risk.tolist() == [sum(entry < moment <= time for time, _, entry in known) for moment in curve.times]


def test_the_curve_its_interval_median_and_area_are_those_of_another_program() -> None:
    from lifelines import KaplanMeierFitter
    from lifelines.utils import median_survival_times, restricted_mean_survival_time

    draw = np.random.default_rng(5)
    stayed, watched = np.ceil(draw.exponential(20, 400)), np.ceil(draw.uniform(0, 40, 400))
    times, left = np.minimum(stayed, watched), stayed <= watched
    theirs = KaplanMeierFitter().fit(times, left)
    curve = kaplan_meier(times, left)
    at = theirs.survival_function_["KM_estimate"]
    assert curve.survival == pytest.approx(at.loc[curve.times].to_numpy(), abs=1e-12)
    ends = theirs.confidence_interval_.loc[curve.times].to_numpy()
    known = ~np.isnan(curve.low)
    assert curve.low[known] == pytest.approx(ends[known, 0], abs=1e-9)
    assert curve.high[known] == pytest.approx(ends[known, 1], abs=1e-9)
    middle, low, high = median_time(curve)
    interval = median_survival_times(theirs.confidence_interval_).to_numpy().ravel()
    assert (middle, low, high) == (theirs.median_survival_time_, *interval)
    area, _ = mean_within(curve, 30.0)
    assert area == pytest.approx(restricted_mean_survival_time(theirs, t=30.0), rel=1e-9)


@given(LIVES, st.integers(1, 14))
@settings(max_examples=60, deadline=None)
def test_where_everybody_has_left_the_mean_time_is_the_plain_mean(lives: list[tuple[int, bool]], until: int) -> None:
    times = np.array([time for time, _ in lives], dtype=float)
    area, error = mean_within(kaplan_meier(times, np.ones(len(times), dtype=bool)), until)
    inside = np.minimum(times, until)
    assert area == pytest.approx(inside.mean(), abs=1e-9)
    if times.max() > until:  # else the last step, of which Greenwood says nothing, is missing
        assert error == pytest.approx(math.sqrt(inside.var() / len(times)), abs=1e-9)


def test_groups_are_told_apart_as_by_another_program() -> None:
    from lifelines.statistics import multivariate_logrank_test

    draw = np.random.default_rng(6)
    group = draw.integers(0, 3, 300)
    stayed, watched = np.ceil(draw.exponential(10 + 4 * group)), np.ceil(draw.uniform(0, 30, 300))
    times, left = np.minimum(stayed, watched), stayed <= watched
    theirs = multivariate_logrank_test(times, group, left)
    ours = log_rank([kaplan_meier(times[group == one], left[group == one]) for one in range(3)])
    assert ours.chi_square == pytest.approx(theirs.test_statistic, rel=1e-9)
    assert ours.p_value == pytest.approx(theirs.p_value, rel=1e-9)
    assert ours.degrees == 2
    assert ours.expected.sum() == pytest.approx(left.sum())


def test_the_remission_of_leukemia_patients_is_as_published() -> None:
    """Freireich and others (1963), 6-MP group: Kalbfleisch and Prentice, and every textbook since, print the curve."""
    left = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    seen = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = kaplan_meier(*arrays([*((time, True) for time in left), *((time, False) for time in seen)]))
    printed = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {time: round(float(curve.survival[curve.at(time)]), 3) for time in printed} == printed
    assert median_time(curve)[0] == 23
    error = float(curve.survival[curve.at(10)] * math.sqrt(curve.variance[curve.at(10)]))
    assert round(error, 4) == 0.0963


def test_nobody_watched_gives_no_median_and_no_error() -> None:
    curve = kaplan_meier(np.array([]), np.array([], dtype=bool))
    assert all(math.isnan(value) for value in median_time(curve))


def test_a_step_that_is_made_of_silence_is_told_and_a_smooth_curve_is_not_talked_about() -> None:
    bought_once = np.array([393.0, 393.0, 393.0, 20.0])
    assert _step(bought_once, 10).startswith("The curve falls in one step after 393 days: 30% of customers bought once")
    assert _step(np.arange(40.0), 200) == ""
    assert _step(np.array([]), 0) == ""
