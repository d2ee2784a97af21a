from __future__ import annotations

import numpy as np

from regulars.demo.programme import RESELLER_NEEDS
from regulars.groups.needs import mentions, unique_needs
from regulars.groups.snapshot import Snapshot

RESELLERS = {"all": [{"field": "customer_type", "op": "is", "value": "reseller"}]}


def test_the_planted_needs_of_resellers_are_found_and_no_others(snapshot: Snapshot) -> None:
    found = unique_needs(snapshot, snapshot.members(RESELLERS))
    assert {need.value for need in found.found} <= set(RESELLER_NEEDS)
    assert len(found.found) >= 2
    assert found.reason is None
    for need in found.found:
        assert need.p < 0.05
        assert need.difference.low is not None
        assert need.difference.low > 0
        assert need.others.value == 0
        assert need.members.n < 150


def test_people_picked_at_random_seldom_have_needs_of_their_own(snapshot: Snapshot) -> None:
    generator = np.random.default_rng(9)
    wrong = 0
    for _ in range(60):
        members = generator.random(len(snapshot)) < 0.3
        wrong += bool(unique_needs(snapshot, members).found)
    assert wrong <= 8  # at most 5% expected; 9 of 60 has a chance below 1%


def test_where_nothing_is_written_down_nothing_is_said(snapshot: Snapshot) -> None:
    found = unique_needs(snapshot, np.zeros(len(snapshot), dtype=bool))
    assert found.found == ()
    assert found.reason is not None
    assert found.compared == 0


def test_what_members_said_is_listed_most_frequent_first(snapshot: Snapshot) -> None:
    listed = mentions(snapshot, snapshot.members(RESELLERS), "need")
    assert {value for value, _ in listed} >= set(RESELLER_NEEDS)
    assert [count for _, count in listed] == sorted((count for _, count in listed), reverse=True)
