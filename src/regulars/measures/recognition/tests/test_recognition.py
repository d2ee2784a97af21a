"""Nobody is ranked for the customers they happen to get, and whoever is truly better is found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import special

from regulars.measures.recognition.comparing import (
    ABOVE,
    BELOW,
    NOT_APART,
    TOO_FEW,
    Compared,
    between_units,
    compare,
    expected_chance,
    expected_value,
)

EMPLOYEES = 12
BETTER, BETTER_BY = "E03", 0.15


def simulated(seed: int, *, better: float = 0.0, cases: int = 6_000) -> Compared:
    """Employees who differ in the customers they get: regulars, resellers, mornings; each customer has own habits."""
    rng = np.random.default_rng(seed)
    people = rng.integers(0, cases // 3, cases)
    habit = rng.normal(0, 0.7, cases // 3)[people]
    regular, reseller = rng.random(cases // 3) < 0.4, rng.random(cases // 3) < 0.2
    regular, reseller = regular[people], reseller[people]
    morning = rng.random(cases) < 0.5
    # Some employees see regulars, some see resellers, some work in the morning.
    leaning = rng.normal(0, 1.0, (EMPLOYEES, 3))
    pull = np.column_stack([regular, reseller, morning]).astype(float) @ leaning.T
    unit = (pull + rng.gumbel(size=pull.shape)).argmax(axis=1)
    names = np.array([f"E{one:02d}" for one in range(EMPLOYEES)])[unit]
    chance = special.expit(-0.8 + 1.4 * regular + 0.7 * reseller - 0.5 * morning + habit)
    chance = np.minimum(0.98, chance + better * (names == BETTER))
    returned = (rng.random(cases) < chance).astype(float)
    expected = expected_chance([regular, reseller, morning], returned)
    return compare(names, people, returned, expected, np.sqrt(expected * (1 - expected)))


def sure(found: Compared) -> dict[str, str]:
    return {unit: said for unit, said in zip(found.units, found.verdict, strict=True) if said in (ABOVE, BELOW)}


def test_employees_who_only_get_other_customers_are_not_ranked() -> None:
    assert sum(bool(sure(simulated(seed))) for seed in range(10)) <= 1


def test_without_like_with_like_the_same_employees_would_be_ranked() -> None:
    """The test above can fail: set against the plain mean, chance alone does not explain who gets which customers."""
    found = simulated(0)
    ranked = 0
    for seed in range(5):
        rng = np.random.default_rng(seed)
        unit = rng.integers(0, 4, 4_000)
        regular = rng.random(4_000) < np.array([0.1, 0.3, 0.5, 0.8])[unit]
        returned = (rng.random(4_000) < np.where(regular, 0.7, 0.3)).astype(float)
        names, people = unit.astype(str), np.arange(4_000)
        ranked += bool(sure(compare(names, people, returned, np.full(4_000, returned.mean()))))
        assert not sure(compare(names, people, returned, expected_chance([regular], returned)))
    assert ranked == 5
    assert found.units


def test_whoever_is_truly_better_is_found() -> None:
    found = [sure(simulated(seed, better=BETTER_BY)) for seed in range(5)]
    assert sum(one.get(BETTER) == ABOVE for one in found) >= 4


def test_whoever_is_surely_above_shares_the_first_place_and_nobody_else_has_one() -> None:
    found = simulated(1, better=0.2)
    for rank, said in zip(found.rank, found.verdict, strict=True):
        assert (rank == 1) is (said == ABOVE)
        assert (rank is None) is (said not in (ABOVE, BELOW))


@pytest.mark.slow(minutes=2)
def test_in_ninety_of_a_hundred_companies_nobody_is_ranked_for_their_customers() -> None:
    quiet = sum(not sure(simulated(seed)) for seed in range(100))
    assert quiet >= 90


@pytest.mark.slow(minutes=2)
def test_in_ninety_of_a_hundred_companies_the_better_one_is_found_and_seldom_anybody_else() -> None:
    found = [sure(simulated(seed, better=BETTER_BY)) for seed in range(100)]
    assert sum(one.get(BETTER) == ABOVE for one in found) >= 90
    assert sum(set(one) <= {BETTER} for one in found) >= 80


def test_a_few_cases_or_a_few_customers_are_too_few() -> None:
    rng = np.random.default_rng(3)
    names = np.array(["one"] * 29 + ["two"] * 400 + ["three"] * 400)
    people = np.concatenate([np.arange(29), 100 + np.arange(400), 1_000 + np.arange(400) % 19])
    values = (rng.random(829) < 0.5).astype(float)
    found = compare(names, people, values, np.full(829, 0.5))
    verdicts = dict(zip(found.units, found.verdict, strict=True))
    assert verdicts == {"one": TOO_FEW, "two": TOO_FEW, "three": TOO_FEW}  # and one alone has nobody to compare with


def test_one_customer_who_comes_a_hundred_times_is_no_hundred_customers() -> None:
    """The variance is that of whole customers: saying everything ten times over makes nobody surer."""
    rng = np.random.default_rng(5)
    names, people = np.repeat(["a", "b", "c"], 200), np.arange(600)
    values = (rng.random(600) < 0.5).astype(float)
    once = compare(names, people, values, np.full(600, 0.5))
    often = compare(np.tile(names, 10), np.tile(people, 10), np.tile(values, 10), np.full(6_000, 0.5))
    np.testing.assert_allclose(once.p_value, often.p_value)


def few_customers(seed: int) -> Compared:
    """Nine a branch serve the same few customers, each with habits of their own: many touches, few people, no truth."""
    rng = np.random.default_rng(seed)
    people = np.repeat(np.arange(300), rng.negative_binomial(1, 0.12, 300))
    habit = rng.normal(-1, 1.5, 300)[people]
    names = np.char.add(rng.integers(0, 5, 300)[people].astype(str), rng.integers(0, 9, len(people)).astype(str))
    returned = (rng.random(len(people)) < special.expit(habit)).astype(float)
    expected = np.full(len(people), returned.mean())
    return compare(names, people, returned, expected, np.sqrt(expected * (1 - expected)))


def test_a_few_customers_who_hardly_returned_make_nobody_surely_below() -> None:
    """By the own variance alone, one in five of such companies called somebody surely below."""
    assert sum(bool(sure(few_customers(seed))) for seed in range(40)) <= 3


def test_the_shrunk_difference_lies_between_nought_and_what_was_counted() -> None:
    found = simulated(2, better=0.15)
    assert np.all(np.abs(found.shrunk) <= np.abs(found.raw))
    assert np.all(found.shrunk * found.raw >= 0)
    assert np.all(found.low < found.high)


def slow_twin(alike: list[np.ndarray[Any, Any]], happened: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The mean of every cell."""
    cells = list(zip(*(column.tolist() for column in alike), strict=True))
    return np.array([happened[[other == cell for other in cells]].mean() for cell in cells])


def test_with_one_thing_held_alike_the_expected_is_the_share_of_each_kind() -> None:
    rng = np.random.default_rng(7)
    kind = rng.integers(0, 3, 3_000)
    happened = (rng.random(3_000) < np.array([0.2, 0.5, 0.7])[kind]).astype(float)
    np.testing.assert_allclose(expected_chance([kind], happened), slow_twin([kind], happened), atol=0.003)
    np.testing.assert_allclose(expected_value([kind], happened), slow_twin([kind], happened), atol=0.003)


def test_where_units_differ_by_more_than_chance_their_variance_is_found() -> None:
    rng = np.random.default_rng(11)
    spread = np.full(2_000, 0.01)
    raw = rng.normal(0, 0.3, 2_000) + rng.normal(0, 0.1, 2_000)
    assert between_units(raw, spread) == pytest.approx(0.09, rel=0.1)


def test_alike_units_cannot_be_told_apart() -> None:
    found = simulated(4)
    assert set(found.verdict) == {NOT_APART}
