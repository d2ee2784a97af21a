from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.groups.likeness import apartness, likeness, nearness


def people(seed: int, count: int, shift: float = 0.0, spread: float = 1.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(shift, spread, (count, 3))


def pair_by_pair(members: np.ndarray, others: np.ndarray) -> float:
    """Nearness by measuring every pair of people: slow and obvious."""
    own = [((a - b) ** 2).sum() for i, a in enumerate(members) for b in members[i + 1 :]]
    across = [((a - b) ** 2).sum() for a in members for b in others]
    return float(1 - np.mean(own) / np.mean(across))


def test_nearness_is_what_measuring_every_pair_gives() -> None:
    members, others = people(1, 25, 0.8, 0.5), people(2, 40)
    ratio = members.var(axis=0, ddof=1).sum() / others.var(axis=0, ddof=1).sum()
    gap = ((members.mean(axis=0) - others.mean(axis=0)) ** 2).sum()
    gap -= members.var(axis=0, ddof=1).sum() / 25 + others.var(axis=0, ddof=1).sum() / 40
    # Distances across are measured between these very people; the formula is for those they stand for.
    assert nearness(ratio, gap / others.var(axis=0, ddof=1).sum()) == pytest.approx(
        pair_by_pair(members, others), abs=0.01
    )


def test_half_a_standard_deviation_apart_in_everything_is_six_percent() -> None:
    assert apartness(people(1, 200_000, 0.5), people(2, 200_000)) == pytest.approx(0.0588, abs=0.002)


def features(members: np.ndarray, others: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
    both = np.vstack([members, others])
    return {f"side {column}": both[:, column] for column in range(3)}, np.arange(len(both)) < len(members)


def test_a_group_that_buys_alike_is_found_and_a_mixed_lot_told_apart() -> None:
    alike = likeness(*features(people(3, 60, 1.5, 0.5), people(4, 400)))
    assert alike.apart.low is not None
    assert alike.apart.low > 0.2
    assert alike.nearness.low is not None
    assert alike.nearness.low > 0.2
    mixed = likeness(*features(people(5, 60, 1.5, 3.0), people(6, 400)))
    assert mixed.nearness.high is not None
    assert mixed.nearness.high < 0


def test_people_picked_at_random_are_not_called_apart() -> None:
    wrong = 0
    for seed in range(40):
        found = likeness(*features(people(100 + seed, 25), people(200 + seed, 150)), seed=seed)
        wrong += found.apart.low is not None and found.apart.low > 0
    assert wrong <= 5  # 2.5% expected; 6 of 40 has a chance of 1 in 1,000


@pytest.mark.parametrize("count", [0, 1, 9])
def test_below_ten_members_nothing_is_said(count: int) -> None:
    found = likeness(*features(people(1, count), people(2, 50)))
    assert found.apart.value is None
    assert found.apart.reason == "Fewer than ten members."
    assert found.members == count


def test_customers_who_all_buy_the_same_are_not_divided_by_nothing() -> None:
    found = likeness({"spend a year": np.ones(60)}, np.arange(60) < 20)
    assert found.apart.value is None
    assert found.apart.reason


@given(st.floats(0.1, 50), st.floats(-100, 100))
@settings(max_examples=20, deadline=None)
def test_the_currency_and_the_starting_point_do_not_matter(scale: float, start: float) -> None:
    columns, members = features(people(7, 30, 0.6), people(8, 60))
    moved = {name: values * scale + start for name, values in columns.items()}
    one, other = likeness(columns, members), likeness(moved, members)
    assert one.apart.value == pytest.approx(other.apart.value, abs=1e-6)
    assert one.spreads[0].between_share == pytest.approx(other.spreads[0].between_share, abs=1e-6)
