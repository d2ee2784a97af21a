from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from regulars.groups.conditions import Rule
from regulars.groups.membership import Standing, all_moves, month_ends, moves, over_time, standing
from regulars.groups.opening import open_snapshot, past_snapshot
from regulars.groups.snapshot import Snapshot
from regulars.log.inbox import Entry
from regulars.workspace import Workspace


def read(snapshot: Snapshot, *conditions: dict[str, Any]) -> Rule:
    return snapshot.read({"all": list(conditions)})


RESELLER = {"field": "customer_type", "op": "is", "value": "reseller"}


def test_month_ends_are_the_last_days_even_in_february() -> None:
    assert month_ends(date(2024, 3, 15), 3) == [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29)]
    assert month_ends(date(2026, 6, 30), 2) == [date(2026, 5, 31), date(2026, 6, 30)]


def test_today_the_past_and_the_present_agree(shop: Workspace, snapshot: Snapshot) -> None:
    rule = read(snapshot, RESELLER)
    now = standing(shop, rule, snapshot.as_of)
    assert np.array_equal(now.members, snapshot.keys[snapshot.members(rule)])
    assert np.array_equal(now.everyone, snapshot.keys)


def test_resellers_only_ever_come_as_new_customers(shop: Workspace, snapshot: Snapshot) -> None:
    standings = over_time(shop, read(snapshot, RESELLER), snapshot.as_of)
    assert len(standings) == 12
    for moved in all_moves(standings):
        assert len(moved.left) == len(moved.joined) == 0
    assert standings[0].members.size + sum(len(moved.new) for moved in all_moves(standings)) == 150


def test_nobody_belongs_before_the_first_touch(shop: Workspace, snapshot: Snapshot) -> None:
    rule = read(snapshot, RESELLER)
    first = snapshot.column("first_seen_on").to_pylist()
    then = standing(shop, rule, date(2024, 12, 31))
    expected = sum(1 for day in first if day <= date(2024, 12, 31))
    assert len(then.everyone) == expected


def test_a_measure_is_worked_out_as_of_the_date(shop: Workspace, snapshot: Snapshot) -> None:
    rule = read(snapshot, {"field": "orders", "op": "at_least", "value": 5})
    then, now = standing(shop, rule, date(2025, 6, 30)), standing(shop, rule, snapshot.as_of)
    rfm = shop.measure("rfm", as_of="2025-06-30").to_arrow().to_pylist()
    assert set(then.members.tolist()) == {row["client_key"] for row in rfm if row["frequency"] >= 5}
    assert set(then.members.tolist()) < set(now.members.tolist())


def test_a_fact_counts_from_when_it_became_known(own_shop: Workspace) -> None:
    snapshot = open_snapshot(own_shop)
    key = int(snapshot.keys[0])
    row = {
        "client_key": key,
        "name": "size",
        "value": "XL",
        "source": "showroom",
        "known_at": datetime(2026, 5, 10, 12, tzinfo=UTC),
    }
    own_shop.add([Entry("facts", row)])
    own_shop.seal()
    rule = snapshot.read({"all": [{"field": "fact:size", "op": "is", "value": "XL"}]})
    assert standing(own_shop, rule, date(2026, 5, 9)).members.tolist() == []
    assert standing(own_shop, rule, date(2026, 5, 10)).members.tolist() == [key]


def test_who_moves_are_counted_once_each() -> None:
    earlier = Standing(date(2026, 5, 31), np.array([1, 2, 3]), np.array([1, 2, 3, 4]))
    later = Standing(date(2026, 6, 30), np.array([2, 3, 4, 9]), np.array([1, 2, 3, 4, 9]))
    found = moves(earlier, later)
    assert [side.tolist() for side in (found.new, found.joined, found.left, found.stayed)] == [[9], [4], [1], [2, 3]]
    assert earlier.share.value == 0.75


def test_a_past_snapshot_has_facts_and_traits_only_where_that_is_enough(shop: Workspace, snapshot: Snapshot) -> None:
    light = past_snapshot(shop, date(2025, 1, 31), [read(snapshot, RESELLER)])
    full = past_snapshot(shop, date(2025, 1, 31), [read(snapshot, {"field": "spend", "op": "at_least", "value": 1})])
    assert {column.name for column in light.columns} < {column.name for column in full.columns}
    assert np.array_equal(light.keys, full.keys)
