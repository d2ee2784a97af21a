"""The models, against the published fits and against plain slow twins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.errors import MeasureError
from regulars.measures.clv.bgnbd import BgNbdLikelihood
from regulars.measures.clv.fitting import differentiate
from regulars.measures.clv.gamma_gamma import GammaGammaLikelihood
from regulars.measures.clv.paretonbd import ParetoNbdLikelihood, thin
from regulars.measures.clv.statistics import (
    Histories,
    count_histories,
    expected_spend,
    fit_bgnbd,
    fit_gamma_gamma,
    fit_models,
    fit_paretonbd,
)
from regulars.measures.clv.tests.customers import (
    CALIBRATION_END,
    cdnow_calibration,
    cdnow_sample_days,
    histories,
    made_up,
    slow_bgnbd,
    slow_pareto,
)

PARAMETERS = st.tuples(*[st.floats(0.05, 20) for _ in range(4)])
HYPOTHESIS = settings(max_examples=25, deadline=None)
LIKELIHOODS = [(BgNbdLikelihood, slow_bgnbd), (ParetoNbdLikelihood, slow_pareto)]


@pytest.fixture(scope="module")
def cdnow_repeat_spend() -> pl.DataFrame:
    """count and mean of each customer's repeat days, first days left out."""
    days = cdnow_sample_days().filter(pl.col("occurred_on") <= CALIBRATION_END)
    later = days.filter(pl.col("occurred_on") > pl.col("occurred_on").min().over("client_key"))
    return later.group_by("client_key").agg(count=pl.len(), mean=pl.col("amount").mean())


def test_cdnow_customers_buy_and_leave_as_bgnbd_was_published() -> None:
    fitted = fit_bgnbd(cdnow_calibration())
    assert fitted.customers == 2357
    assert fitted.values == pytest.approx([0.2426, 4.4135, 0.7929, 2.4258], rel=2e-4)
    assert fitted.log_likelihood == pytest.approx(-9582.43, abs=0.005)


def test_cdnow_customers_buy_and_leave_as_pareto_nbd_was_published() -> None:
    fitted = fit_paretonbd(cdnow_calibration())
    assert fitted.values == pytest.approx([0.553, 10.578, 0.606, 11.67], rel=1e-3)
    assert fitted.log_likelihood == pytest.approx(-9594.97, abs=0.01)


def test_cdnow_customers_spend_as_gamma_gamma_was_published(cdnow_repeat_spend: pl.DataFrame) -> None:
    fitted = fit_gamma_gamma(cdnow_repeat_spend["count"].to_numpy(), cdnow_repeat_spend["mean"].to_numpy())
    assert fitted.customers == 946
    assert fitted.values == pytest.approx([6.25, 3.74, 15.44], rel=2e-3)
    assert fitted.log_likelihood == pytest.approx(-4055.918, abs=0.001)


def test_a_customer_without_repeat_orders_is_expected_to_spend_what_all_do(cdnow_repeat_spend: pl.DataFrame) -> None:
    fitted = fit_gamma_gamma(cdnow_repeat_spend["count"].to_numpy(), cdnow_repeat_spend["mean"].to_numpy())
    p, q, gamma = fitted.values
    newcomer, loyal = expected_spend(fitted, [0, 500], [np.nan, 12.0])
    assert newcomer == pytest.approx(p * gamma / (q - 1))
    assert loyal == pytest.approx(12.0, rel=0.01)


@pytest.mark.parametrize(("likelihood", "twin"), LIKELIHOODS)
@HYPOTHESIS
@given(
    customer=st.tuples(st.integers(0, 20), st.integers(20, 300), st.integers(0, 300)),
    parameters=PARAMETERS,
)
def test_the_chance_of_a_history_is_what_the_papers_formula_gives(
    likelihood: type, twin: object, customer: tuple[int, int, int], parameters: tuple[float, ...]
) -> None:
    x, day, more = customer
    last = day if x else 0
    one, _ = count_histories([x], [last], [day + more])
    slow = twin(parameters, x, last / 7, (day + more) / 7)  # type: ignore[operator]
    assert likelihood(one)(np.log(parameters)).value == pytest.approx(slow, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("likelihood", [BgNbdLikelihood, ParetoNbdLikelihood])
@HYPOTHESIS
@given(customers=histories(), parameters=PARAMETERS)
def test_slopes_are_those_of_the_likelihood_for_any_customers(
    likelihood: type, customers: Histories, parameters: tuple[float, ...]
) -> None:
    log_likelihood, place = likelihood(customers), np.log(parameters)
    found = log_likelihood(place)
    # What central differences of numbers of this size leave.
    scale = 1 + abs(found.value)
    slopes = differentiate(lambda there: np.asarray(log_likelihood(there).value), place)
    bends = differentiate(lambda there: log_likelihood(there).gradient, place)
    assert np.isfinite(found.value)
    assert found.gradient == pytest.approx(slopes, abs=1e-6 * scale)
    assert found.hessian.ravel() == pytest.approx(bends.ravel(), abs=1e-5 * scale)


def test_slopes_of_spend_are_those_of_its_likelihood() -> None:
    spend = GammaGammaLikelihood(np.array([1, 1, 4, 30]), np.array([3.0, 80.0, 12.5, 40.0]))
    place = np.log([3.0, 2.0, 9.0])
    slopes = differentiate(lambda there: np.asarray(spend(there).value), place)
    bends = differentiate(lambda there: spend(there).gradient, place)
    assert spend(place).gradient == pytest.approx(slopes, rel=1e-6)
    assert spend(place).hessian.ravel() == pytest.approx(bends.ravel(), rel=1e-5)


@pytest.mark.parametrize("fit", [fit_bgnbd, fit_paretonbd])
def test_twice_the_customers_leave_the_estimates_and_halve_their_variance(fit: object) -> None:
    once = made_up(1500, seed=3)
    twice = replace(once, customers=2 * once.customers)
    one, two = fit(once), fit(twice)  # type: ignore[operator]
    assert two.values == pytest.approx(one.values, rel=1e-4)
    assert two.log_covariance.ravel() == pytest.approx(one.log_covariance.ravel() / 2, rel=1e-3)


@pytest.mark.parametrize("fit", [fit_bgnbd, fit_paretonbd])
def test_the_order_of_customers_changes_nothing(fit: object) -> None:
    customers = made_up(400, seed=4)
    rows = np.repeat(np.arange(len(customers.customers)), customers.customers)
    np.random.default_rng(1).shuffle(rows)
    parts = (customers.repeat_orders, customers.age_at_last_order_days, customers.customer_age_days)
    shuffled, place = count_histories(*(part[rows] for part in parts))
    assert fit(shuffled).values.tolist() == fit(customers).values.tolist()  # type: ignore[operator]
    assert shuffled.repeat_orders[place].tolist() == customers.repeat_orders[rows].tolist()


def test_made_up_customers_give_their_parameters_back_within_three_standard_errors() -> None:
    fitted = fit_bgnbd(made_up(20_000, seed=5))
    away = (fitted.log_values - np.log([0.5, 4.0, 0.8, 2.5])) / np.sqrt(np.diag(fitted.log_covariance))
    # Whole days merge a few orders, which shifts r and alpha a little.
    assert np.abs(away[2:]).max() < 3
    assert fitted.values[:2] == pytest.approx([0.5, 4.0], rel=0.15)


def test_customers_who_never_leave_get_no_standard_errors_but_a_reason() -> None:
    draw = np.random.default_rng(2)
    age = draw.integers(300, 700, 800)
    repeats = 1 + draw.poisson(draw.gamma(2, 0.01, 800) * age)
    customers, _ = count_histories(repeats, age - 1, age)
    fitted = fit_bgnbd(customers)
    assert fitted.standard_errors is None
    assert "zero or infinity" in str(fitted.reason)


def test_a_thinner_sample_keeps_every_kth_customer() -> None:
    customers = made_up(1000, seed=6)
    few = thin(customers, 10)
    assert few.total_customers == 100
    assert abs(few.repeat_customers - customers.repeat_customers / 10) <= 1


def test_an_order_after_the_last_day_is_refused_in_words() -> None:
    with pytest.raises(MeasureError, match="2 repeat orders, the last of them on day 50 of 40"):
        count_histories([0, 2], [0, 50], [10, 40])


def test_fewer_than_fifty_returning_customers_give_a_reason_and_no_numbers() -> None:
    customers, _ = count_histories([0] * 500 + [1] * 49, [0] * 500 + [30] * 49, [400] * 549)
    models = fit_models(customers, np.ones(49, dtype=np.int64), np.full(49, 10.0))
    assert models.chosen is None
    assert all(fitted.fit is None and "49 customers" in str(fitted.reason) for fitted in models.all_fitted)


def test_a_history_of_half_a_year_less_a_day_is_too_short() -> None:
    customers, _ = count_histories([1] * 90, [30] * 90, [181] * 90)
    models = fit_models(customers, np.ones(90, dtype=np.int64), np.full(90, 10.0))
    assert models.chosen is None
    assert "26 weeks" in str(models.bgnbd.reason)


def test_the_clearly_better_model_is_chosen_and_the_reason_given() -> None:
    bgnbd = fit_models(cdnow_calibration(), np.zeros(0, dtype=np.int64), np.zeros(0))
    assert bgnbd.chosen is bgnbd.bgnbd.fit
    assert "12.5 lower" in bgnbd.why
