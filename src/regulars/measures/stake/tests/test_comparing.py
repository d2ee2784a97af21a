"""Like is compared with like: as a slow twin, as arithmetic by hand, and as in worlds whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from regulars.measures.stake.adjustment import deviations, differences, fitted
from regulars.measures.stake.comparing import NO_OVERLAP, TOO_FEW, Comparison, compared
from regulars.measures.stake.design import Covariate, Design
from regulars.measures.stake.drawing import drawn_gaps, spread_of
from regulars.measures.stake.tests.twins import slow_draws, slow_gap
from regulars.measures.stake.worth import worth_of

Floats = NDArray[np.float64]


def world(
    touches: int = 3000, seed: int = 1, *, drop: float = 0.15, each: int = 1, pull: float = 1.0
) -> tuple[Design, NDArray[np.bool_], Floats, NDArray[np.int64]]:
    """Customers whose poverty makes bad touches likelier and returns rarer; a bad touch takes ``drop`` off returns."""
    draw = np.random.default_rng(seed)
    who = np.arange(touches) // each
    poverty = draw.normal(0, 1, touches // each + 1)[who]
    other = draw.normal(0, 1, touches)
    bad = draw.random(touches) < 1 / (1 + np.exp(1.2 - pull * poverty))
    returns = np.clip(0.55 - 0.12 * poverty - drop * bad, 0, 1)
    returned = (draw.random(touches) < returns).astype(np.float64)
    spend = returned * np.exp(4 - 0.3 * poverty + draw.normal(0, 0.5, touches))
    design = Design(
        np.column_stack([poverty, other]), (Covariate("poverty"), Covariate("other")), np.array([True, True])
    )
    return design, bad, np.column_stack([returned, spend]), who


def figures(found: Comparison) -> dict[str, float]:
    return {name: float(value) for name, value in found.columns().items() if isinstance(value, float)}


# The estimator -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_textbook_written_out_slowly_finds_the_same_gap(seed: int) -> None:
    design, bad, outcomes, _ = world(800, seed)
    columns = design.regressors()
    fit = fitted(columns, bad, outcomes)
    assert fit is not None
    kept = fit.kept
    assert kept.mean() > 0.97
    assert fit.gap == pytest.approx(slow_gap(columns[kept], bad[kept], outcomes[kept]), rel=1e-5)


def test_where_customers_differ_in_one_yes_or_no_the_answer_is_that_of_two_tables_put_together() -> None:
    draw = np.random.default_rng(4)
    far = draw.random(4000) < 0.3
    bad = draw.random(4000) < np.where(far, 0.5, 0.1)
    returned = (draw.random(4000) < np.where(far, 0.3, 0.6) - 0.1 * bad).astype(np.float64)
    design = Design(far[:, None].astype(np.float64), (Covariate("far"),), np.array([True]))
    found = compared(design, bad, np.column_stack([returned, 100 * returned]), np.arange(4000))
    by_hand = sum(
        (returned[bad & (far == where)].mean() - returned[~bad & (far == where)].mean())
        * (bad & (far == where)).sum()
        / bad.sum()
        for where in (True, False)
    )
    assert figures(found)["adjusted_difference"] == pytest.approx(by_hand, abs=1e-6)
    assert figures(found)["spend_difference"] == pytest.approx(100 * by_hand, abs=1e-4)


def test_the_poor_who_live_far_fool_the_plain_difference_but_not_the_adjusted_one() -> None:
    covered, fooled = 0, 0
    for seed in range(40):
        cells = figures(compared(*world(2000, seed, drop=0.10)))
        fooled += not cells["raw_difference_low"] <= -0.10 <= cells["raw_difference_high"]
        covered += cells["adjusted_difference_low"] <= -0.10 <= cells["adjusted_difference_high"]
    assert fooled >= 38
    assert covered >= 35  # of 40 intervals of 95%, fewer than 35 are right less than once in 250 times


def test_what_nobody_wrote_down_cannot_be_taken_off() -> None:
    design, bad, outcomes, who = world(8000, drop=0.0)
    blind = Design(design.values[:, 1:], design.covariates[1:], design.used[1:])
    cells = figures(compared(blind, bad, outcomes, who))
    assert cells["adjusted_difference_high"] < 0
    assert cells["adjusted_difference"] == pytest.approx(cells["raw_difference"], abs=0.01)


def test_a_wrong_regression_of_returns_is_mended_by_the_weights() -> None:
    """Returns bend with poverty in a way that a straight line misses; the odds of a bad touch are straight."""
    draw = np.random.default_rng(9)
    poverty = draw.normal(0, 1, 60_000)
    bad = draw.random(60_000) < 1 / (1 + np.exp(1.5 - poverty))
    returned = (draw.random(60_000) < np.clip(0.2 + 0.15 * poverty**2, 0, 0.9) - 0.1 * bad).astype(np.float64)
    design = Design(poverty[:, None], (Covariate("poverty"),), np.array([True]))
    columns = design.regressors()
    fit = fitted(columns, bad, returned[:, None])
    assert fit is not None
    plain = np.linalg.lstsq(columns[~bad], returned[~bad], rcond=None)[0]
    unweighted = returned[bad].mean() - (columns[bad] @ plain).mean()
    assert abs(fit.gap[0] + 0.1) < 0.02 < abs(unweighted + 0.1)


# Intervals -----------------------------------------------------------------------------------------------------


def test_drawing_and_fitting_everything_anew_varies_as_much() -> None:
    design, bad, outcomes, who = world(900, seed=5, each=3)
    columns = design.regressors()
    fit = fitted(columns, bad, outcomes)
    assert fit is not None
    kept = fit.kept
    ours = spread_of(columns, bad, outcomes, fit, who, np.zeros_like(outcomes))
    slow = slow_draws(columns[kept], bad[kept], outcomes[kept], who[kept], 400, seed=6)
    assert ours.error == pytest.approx(slow.std(axis=0), rel=0.12)
    assert ours.low == pytest.approx(np.quantile(slow, 0.025, axis=0), abs=0.35 * ours.error.max())


def test_touches_of_the_same_customer_make_the_interval_wider() -> None:
    design, bad, outcomes, who = world(600, seed=7)
    again = [np.repeat(values, 4, axis=0) for values in (design.values, bad, outcomes, who)]
    four = Design(again[0], design.covariates, design.used)
    alone = figures(compared(design, bad, outcomes, who))
    repeated = figures(compared(four, again[1], again[2], again[3]))
    pretended = figures(compared(four, again[1], again[2], np.arange(2400)))

    def width(cells: dict[str, float]) -> float:
        return cells["adjusted_difference_high"] - cells["adjusted_difference_low"]

    assert width(repeated) == pytest.approx(width(alone), rel=0.05)
    assert width(pretended) == pytest.approx(width(alone) / 2, rel=0.2)


def test_the_same_touches_have_the_same_interval_every_time() -> None:
    first, again = (figures(compared(*world(600))) for _ in range(2))
    assert first == again


def test_the_mean_of_all_draws_is_the_figure_itself() -> None:
    design, bad, outcomes, who = world(1500)
    columns = design.regressors()
    fit = fitted(columns, bad, outcomes)
    assert fit is not None
    kept, nothing = fit.kept, np.zeros_like(outcomes)
    drawn = drawn_gaps(columns[kept], bad[kept], outcomes[kept], fit, who[kept], nothing[kept])
    assert drawn.mean(axis=0) == pytest.approx(fit.gap, abs=0.1 * drawn.std(axis=0).max())


# Balance and overlap -------------------------------------------------------------------------------------------


def test_weighting_brings_what_was_known_before_together() -> None:
    design, bad, outcomes, who = world(4000)
    before, after = compared(design, bad, outcomes, who).balance()
    assert abs(before[0]) > 0.7
    assert np.abs(after).max() < 0.05


@given(shift=st.floats(-1e6, 1e6), scale=st.floats(1e-3, 1e3))
@settings(max_examples=25, deadline=None)
def test_the_unit_of_a_covariate_changes_no_standardised_difference(shift: float, scale: float) -> None:
    design, bad, _, _ = world(300)
    plain, even = design.values, np.ones(300)
    moved = plain * scale + shift
    one = differences(plain, bad, even)[2] / deviations(plain, bad)
    other = differences(moved, bad, even)[2] / deviations(moved, bad)
    assert one == pytest.approx(other, abs=1e-4)


def test_bad_touches_without_a_like_are_left_out_and_counted() -> None:
    design, bad, outcomes, who = world(3000)
    stranded = design.values.copy()
    nowhere = bad & (np.arange(3000) % 5 == 0)
    stranded[nowhere, 1] = 40.0  # no good touch is anywhere near
    found = compared(Design(stranded, design.covariates, design.used), bad, outcomes, who)
    assert found.fit is not None
    assert not found.fit.kept[nowhere].any()
    assert found.fit.overlap == pytest.approx(1 - nowhere.sum() / bad.sum(), abs=0.02)
    money, plain = found.at_stake(100)["at_stake"], compared(design, bad, outcomes, who).at_stake(100)["at_stake"]
    assert isinstance(money, float)
    assert isinstance(plain, float)
    assert 0 < money < plain


def test_nothing_is_said_where_most_bad_touches_have_no_like() -> None:
    design, bad, outcomes, who = world(1000)
    apart = Design(np.where(bad, 10.0, 0.0)[:, None] + design.values[:, :1], design.covariates[:1], design.used[:1])
    found = compared(apart, bad, outcomes, who)
    assert found.reason == NO_OVERLAP
    assert np.isnan(figures(found)["adjusted_difference"])
    assert np.isfinite(figures(found)["raw_difference"])


@pytest.mark.parametrize("few", ["bad", "good", "none at all"])
def test_nothing_is_said_of_fewer_than_20_customers(few: str) -> None:
    design, _, outcomes, who = world(200)
    bad = np.arange(200) < {"bad": 19, "good": 181, "none at all": 0}[few]
    found = compared(design, bad, outcomes, who)
    assert found.reason == TOO_FEW
    assert np.isnan(figures(found)["adjusted_difference_low"])
    assert found.columns()["touches_bad"] == bad.sum()


# Worth ---------------------------------------------------------------------------------------------------------


def test_a_return_is_worth_what_customers_like_that_spend() -> None:
    draw = np.random.default_rng(3)
    reseller = draw.random(5000) < 0.2
    spend = np.where(reseller, 1000.0, 100.0) * draw.gamma(4, 0.25, 5000)
    columns = np.column_stack([np.ones(5000), reseller])
    worth = worth_of(columns, spend, np.ones(5000)).values
    assert worth[reseller].mean() == pytest.approx(spend[reseller].mean(), rel=0.02)
    assert worth[~reseller].mean() == pytest.approx(spend[~reseller].mean(), rel=0.02)
    assert worth.sum() == pytest.approx(spend.sum(), rel=1e-6)


def test_where_nobody_spent_anything_a_return_is_worth_nothing() -> None:
    assert not worth_of(np.ones((30, 1)), np.zeros(30), np.ones(30)).values.any()
    assert not worth_of(np.ones((30, 1)), np.ones(30), np.zeros(30)).values.any()


def test_money_counts_each_customer_of_a_year_once() -> None:
    found = compared(*world(2000))
    one, ten = found.at_stake(1), found.at_stake(10)
    assert ten["at_stake"] == pytest.approx(10 * one["at_stake"])
    assert found.at_stake(0)["at_stake"] == 0
    for name in ("at_stake", "spend_at_stake"):
        assert one[f"{name}_low"] <= one[name] <= one[f"{name}_high"]
