"""What fitted models expect of customers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.measures.clv.fitting import differentiate
from regulars.measures.clv.scoring import _bgnbd_log_odds, _bgnbd_odds_slopes
from regulars.measures.clv.statistics import Fit, Histories, Scorer, count_histories, fit_bgnbd
from regulars.measures.clv.tests.customers import (
    cdnow_calibration,
    histories,
    made_up,
    simulated_future,
    slow_expected_orders,
)

NAMES = {"BG/NBD": ("r", "alpha", "a", "b"), "Pareto/NBD": ("r", "alpha", "s", "beta")}
HYPOTHESIS = settings(max_examples=25, deadline=None)


def assumed(model: str, parameters: tuple[float, ...]) -> Fit:
    """A model whose parameters are known roughly."""
    return Fit(model, NAMES[model], np.array(parameters), 0.0, 100, 0, np.diag([0.01] * 4), None)


@st.composite
def assumed_fits(draw: st.DrawFn) -> Fit:
    model = draw(st.sampled_from(sorted(NAMES)))
    return assumed(model, tuple(draw(st.floats(0.1, 15)) for _ in range(4)))


def test_the_published_customer_is_expected_to_order_1_226_times_in_39_weeks() -> None:
    fitted = fit_bgnbd(cdnow_calibration())
    customer, _ = count_histories([2], [213], [272])
    expected = Scorer(fitted, customer).expected_orders(273)
    assert expected.value[0] == pytest.approx(1.226, abs=0.0005)
    assert expected.low[0] < 1.226 < expected.high[0]


@HYPOTHESIS
@given(
    customer=st.tuples(st.integers(0, 15), st.integers(15, 300), st.integers(0, 200)),
    parameters=st.tuples(st.floats(0.1, 5), st.floats(1, 20), st.floats(1.05, 5), st.floats(0.5, 8)),
    days=st.integers(7, 700),
)
def test_expected_orders_are_the_papers_closed_form(
    customer: tuple[int, int, int], parameters: tuple[float, ...], days: int
) -> None:
    x, day, more = customer
    last = day if x else 0
    one, _ = count_histories([x], [last], [day + more])
    found = Scorer(assumed("BG/NBD", parameters), one).expected_orders(days).value[0]
    slow = slow_expected_orders(parameters, x, last / 7, (day + more) / 7, days / 7)
    assert found == pytest.approx(slow, rel=1e-6)


def test_pareto_customers_fare_as_a_simulation_of_many_of_them() -> None:
    parameters, history = (0.55, 10.6, 0.61, 11.7), (3, 120, 210)
    one, _ = count_histories(*([value] for value in history))
    scorer = Scorer(assumed("Pareto/NBD", parameters), one)
    alive, ahead = simulated_future(parameters, (3, 120 / 7, 30.0), 52.0, draws=400_000)
    assert scorer.p_alive().value[0] == pytest.approx(alive, rel=0.02)
    assert scorer.expected_orders(364).value[0] == pytest.approx(ahead, rel=0.02)


@HYPOTHESIS
@given(fitted=assumed_fits(), customers=histories())
def test_nobody_is_more_than_certainly_a_customer(fitted: Fit, customers: Histories) -> None:
    alive = Scorer(fitted, customers).p_alive()
    for bound in (alive.low, alive.value, alive.high):
        assert ((bound >= 0) & (bound <= 1)).all()
    assert ((alive.low <= alive.value) & (alive.value <= alive.high)).all()


@HYPOTHESIS
@given(fitted=assumed_fits(), customers=histories(), silence=st.integers(1, 500))
def test_more_silence_never_makes_a_customer_more_alive(fitted: Fit, customers: Histories, silence: int) -> None:
    later = replace(customers, customer_age_days=customers.customer_age_days + silence)
    now, then = (Scorer(fitted, some).p_alive().value for some in (customers, later))
    assert (then <= now + 1e-9).all()


@HYPOTHESIS
@given(fitted=assumed_fits(), customers=histories(), days=st.integers(1, 900), more=st.integers(1, 900))
def test_a_longer_horizon_never_brings_fewer_orders(fitted: Fit, customers: Histories, days: int, more: int) -> None:
    scorer = Scorer(fitted, customers)
    short, long = (scorer.expected_orders(horizon).value for horizon in (days, days + more))
    assert np.isfinite(long).all()
    assert (long >= short * (1 - 1e-9)).all()
    assert scorer.expected_over(np.array([float(days)]))[0] == pytest.approx(short @ customers.customers)


@HYPOTHESIS
@given(fitted=assumed_fits(), customers=histories())
def test_money_tomorrow_is_worth_less_than_money_today(fitted: Fit, customers: Histories) -> None:
    scorer = Scorer(fitted, customers)
    plain, discounted = scorer.expected_orders(364).value, scorer.discounted_orders(364, 0.10).value
    assert scorer.discounted_orders(364, 0.0).value == pytest.approx(plain)
    assert (discounted <= plain * (1 + 1e-12)).all()
    assert (discounted >= plain / 1.10).all()


def test_discounting_equals_adding_up_single_days() -> None:
    customers, _ = count_histories([2, 0, 9], [213, 0, 100], [272, 30, 400])
    scorer = Scorer(assumed("BG/NBD", (0.24, 4.4, 0.8, 2.4)), customers)
    until = np.array([scorer.expected_orders(day).value for day in range(1, 365)])
    daily = np.diff(until, axis=0, prepend=0.0)
    worth = 1.10 ** -((np.arange(364) + 0.5) / 365)
    assert scorer.discounted_orders(364, 0.10).value == pytest.approx(worth @ daily, rel=1e-6)


@HYPOTHESIS
@given(fitted=assumed_fits(), customers=histories())
def test_what_is_expected_and_what_is_at_stake_add_up_to_a_sure_customer(fitted: Fit, customers: Histories) -> None:
    scorer = Scorer(fitted, customers)
    parts = scorer.discounted_orders(364, 0.1).value + scorer.orders_at_stake(364, 0.1).value
    assert parts == pytest.approx(scorer.orders_if_alive(364, 0.1).value, rel=1e-9)


def test_intervals_are_about_as_wide_as_estimates_from_other_customers_scatter() -> None:
    customer, _ = count_histories([2], [213], [272])
    found = [Scorer(fit_bgnbd(made_up(1500, seed)), customer).expected_orders(273) for seed in range(40)]
    scatter = float(np.std([np.log(one.value[0]) for one in found], ddof=1))
    claimed = float(np.mean([np.log(one.high[0] / one.low[0]) / (2 * 1.96) for one in found]))
    assert claimed == pytest.approx(scatter, rel=0.4)


def test_without_standard_errors_there_is_a_value_but_no_interval() -> None:
    fitted = replace(assumed("BG/NBD", (0.24, 4.4, 0.8, 2.4)), log_covariance=None)
    customer, _ = count_histories([2], [213], [272])
    expected = Scorer(fitted, customer).expected_orders(273)
    assert np.isfinite(expected.value).all()
    assert np.isnan(expected.low).all()


def test_a_buyer_of_hundreds_of_orders_overflows_nothing() -> None:
    customers, place = count_histories([900, 900], [919, 901], [920, 1200])
    for model, parameters in (("BG/NBD", (0.24, 4.4, 1.0, 2.4)), ("Pareto/NBD", (0.55, 10.6, 1.0, 11.7))):
        scorer = Scorer(assumed(model, parameters), customers)
        busy, gone = scorer.expected_orders(364).value[place]
        assert busy == pytest.approx(364 / 7 * (900 + parameters[0]) / (920 / 7 + parameters[1]), rel=0.2)
        assert 0 <= gone < 1e-9


def test_slopes_worked_out_by_hand_are_those_of_small_steps() -> None:
    log_parameters = np.log([0.24, 4.4, 0.8, 2.4])
    customers, _ = count_histories([0, 1, 2, 7, 40], [0, 27, 213, 300, 390], [200, 235, 272, 310, 400])
    by_hand = _bgnbd_odds_slopes(np.exp(log_parameters), customers)
    again = customers.repeat_orders > 0
    with np.errstate(invalid="ignore"):
        by_steps = differentiate(lambda place: _bgnbd_log_odds(np.exp(place), customers), log_parameters)
    assert by_hand[:, again] == pytest.approx(by_steps[:, again], rel=1e-6)
    assert not by_hand[:, ~again].any()
