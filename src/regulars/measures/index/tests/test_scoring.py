"""The index as a mean of scores: what better evidence, unknown evidence and weights do to it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regulars.measures.index.counting import NET, Counted
from regulars.measures.index.parts import COMPONENTS, PARTS, VIEWS
from regulars.measures.index.scoring import (
    NO_WEIGHT,
    TOO_LITTLE,
    Company,
    component_score,
    component_value,
    groups,
    mean_score,
    weighed,
)
from regulars.measures.index.tests.companies import FOUR, Units, companies, counted, nothing, weights

NAMES = tuple(one.name for one in FOUR)


def company(told: Mapping[str, Units], new: Mapping[str, float] | None = None, samples: int = 200) -> Company:
    return weighed(weights(FOUR, new or {}), {name: counted(units) for name, units in told.items()}, samples=samples)


def twin(told: Mapping[str, Units]) -> tuple[float, float]:
    """The mean of known components and their share of the weight, slowly."""
    above = weight = whole = 0.0
    for one in FOUR:
        whole += one.weight
        num, den = (sum(pair[place] for pair in told[one.name].values()) for place in (0, 1))
        if den:
            value = 100 * num / den if one.name in NET else num / den
            score = 100 * (value - one.floor) / (one.target - one.floor)
            above += one.weight * min(max(score, 0), 100)
            weight += one.weight
    return (above / weight if weight else math.nan), weight / whole


@given(companies())
@settings(max_examples=60)
def test_the_index_is_the_mean_of_what_is_known_and_silent_below_half(told: dict[str, Units]) -> None:
    of = company(told)
    value, coverage = twin(told)
    figure = mean_score(of, NAMES)
    assert of.coverage(NAMES) == pytest.approx(coverage)
    if coverage < 0.5:
        assert math.isnan(figure.value)
        assert figure.reason == TOO_LITTLE
    else:
        assert figure.value == pytest.approx(value)
        assert figure.reason is None
        assert figure.low <= figure.value <= figure.high


@given(companies(), st.sampled_from(NAMES), st.data())
@settings(max_examples=60)
def test_better_evidence_never_lowers_the_index(told: dict[str, Units], name: str, data: st.DataObject) -> None:
    assume(told[name])
    key = data.draw(st.sampled_from(sorted(told[name])))
    num, den = told[name][key]
    assume(num < den)
    better = told | {name: {**told[name], key: (num + 1, den)}}
    before, after = mean_score(company(told), NAMES), mean_score(company(better), NAMES)
    if before.reason is None:
        assert after.value >= before.value - 1e-12


@given(companies(), st.sampled_from(NAMES))
@settings(max_examples=60)
def test_a_component_that_becomes_unknown_changes_the_coverage_and_no_other_score(
    told: dict[str, Units], name: str
) -> None:
    assume(told[name])
    before, after = company(told), company(told | {name: {}})
    assert after.coverage(NAMES) < before.coverage(NAMES)
    assert {one: before.scores[one] for one in after.scores} == after.scores
    others = tuple(one for one in NAMES if one != name)
    one, two = mean_score(before, others), mean_score(after, others)
    assert one.reason == two.reason
    assert one.reason or one.value == two.value


@given(companies(), st.sampled_from(NAMES))
@settings(max_examples=60)
def test_a_weight_of_zero_is_the_same_as_not_being_there(told: dict[str, Units], name: str) -> None:
    left = tuple(one for one in FOUR if one.name != name)
    whole = tuple(one.name for one in left)
    without = weighed(left, {one: counted(told[one]) for one in whole}, samples=200)
    zero = company(told, {name: 0.0})
    assert mean_score(zero, NAMES) == pytest.approx(mean_score(without, whole), nan_ok=True)
    assert zero.coverage(NAMES) == without.coverage(whole)


@given(companies(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_in_which_order_files_came_changes_nothing(told: dict[str, Units], random: object) -> None:
    first = company(told)
    shuffled: dict[str, Counted] = {}
    for name, units in told.items():
        # Other keys for the same customers, rows in another order.
        one = counted({key * 7_919 + 13: pair for key, pair in units.items()})
        order = np.arange(len(one.unit))
        random.shuffle(order)  # type: ignore[attr-defined]
        shuffled[name] = Counted("customers", one.unit[order], one.num[order], one.den[order], one.times[order])
    second = weighed(FOUR, shuffled, samples=200)
    assert mean_score(first, NAMES) == pytest.approx(mean_score(second, NAMES), nan_ok=True)


def test_a_thousand_equal_guests_are_drawn_as_a_thousand_and_not_as_one() -> None:
    name = FOUR[0].name
    component = FOUR[0]
    together = component_value(component, counted({0: (1, 1)}, times=600))
    one_by_one = component_value(component, counted(dict.fromkeys(range(1, 601), (1, 1))))
    assert together.n == one_by_one.n == 600
    assert together.low == pytest.approx(one_by_one.low, abs=0.002)
    mixed = Counted(
        "customers",
        np.zeros(2, dtype=np.int64),
        np.array([0, 1]),
        np.array([1, 1]),
        np.array([300, 700]),
    )
    found = component_value(component, mixed)
    margin = 1.96 * math.sqrt(0.7 * 0.3 / 1000)
    assert found.value == 0.7
    assert found.high - found.low == pytest.approx(2 * margin, rel=0.1)
    assert weighed((component,), {name: mixed}).units((name,)) == 1000


def test_five_of_five_who_agree_are_no_certainty() -> None:
    value = component_value(FOUR[0], counted(dict.fromkeys(range(1, 6), (1, 1))))
    assert value.value == value.high == 1.0
    assert 0.55 < value.low < 0.75  # Jeffreys' interval for 5 of 5 begins at 0.62
    score = component_score(FOUR[0], value)
    assert score.value == 100
    assert score.low < 75


def test_nothing_known_gives_a_reason_and_no_number() -> None:
    value = component_value(FOUR[0], nothing())
    assert math.isnan(value.value)
    assert value.n == 0
    assert value.reason == FOUR[0].nobody
    none = weighed(FOUR, {name: nothing() for name in NAMES})
    assert mean_score(none, NAMES).reason == TOO_LITTLE
    assert mean_score(weighed(weights(FOUR, dict.fromkeys(NAMES, 0.0)), none.counted), NAMES).reason == NO_WEIGHT


def test_customers_weigh_twice_what_staff_do_and_every_component_has_words_and_a_way_to_go() -> None:
    by_view = {view: sum(one.weight for one in COMPONENTS if one.view == view) for view in VIEWS}
    assert by_view["customers"] == by_view["evidence"] == 2 * by_view["staff"]
    assert len({sum(one.weight for one in COMPONENTS if one.part == part) for part in PARTS}) == 1
    assert all(one.floor < one.target and one.meaning and one.formula and one.title for one in COMPONENTS)
    assert [len(group.members) for group in groups(COMPONENTS)].count(0) == 0
