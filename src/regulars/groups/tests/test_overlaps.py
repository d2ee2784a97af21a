from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from regulars.groups.live import evaluate
from regulars.groups.overlaps import coverage
from regulars.groups.snapshot import Snapshot
from regulars.workspace import Workspace


def members(snapshot: Snapshot, field: str, value: object) -> np.ndarray:
    return snapshot.members({"all": [{"field": field, "op": "is", "value": value}]})


def test_a_live_count_agrees_with_the_measures(shop: Workspace, snapshot: Snapshot) -> None:
    rule: dict[str, Any] = {"all": [{"field": "customer_type", "op": "is", "value": "reseller"}]}
    live = evaluate(snapshot, rule)
    assert (live.customers, live.total) == (150, len(snapshot))
    spend = shop.measure("rfm", by=["customer_type"]).to_polars()
    theirs = spend.filter(spend["customer_type"] == "reseller")["monetary_value"].sum()
    assert live.revenue == pytest.approx(float(theirs))
    assert live.share_of_revenue.value == pytest.approx(float(theirs / spend["monetary_value"].sum()))
    assert live.share_of_revenue.low is not None
    assert live.share_of_revenue.low < 0.45 < (live.share_of_revenue.high or 0)
    assert live.share.n == len(snapshot)


def test_every_customer_stands_on_exactly_one_side(snapshot: Snapshot) -> None:
    marks = {
        "resellers": members(snapshot, "customer_type", "reseller"),
        "bulgarians": members(snapshot, "country", "BG"),
        "nearby": members(snapshot, "region", "pick-up area"),
    }
    found = coverage(snapshot, marks, {"resellers": "target", "bulgarians": "non-target", "nearby": "neutral"})
    assert sum(live.customers for live in found.sides.values()) == len(snapshot)
    assert sum(live.revenue or 0 for live in found.sides.values()) == pytest.approx(float(np.nansum(snapshot.revenue)))
    both = int((marks["resellers"] & marks["bulgarians"]).sum())
    assert found.sides["both"].customers == both
    assert found.in_no_target == len(snapshot) - 150
    pair = next(one for one in found.overlaps if {one.one, one.other} == {"resellers", "bulgarians"})
    assert pair.customers == both
    assert pair.share_of_one == pytest.approx(both / 150)


def test_without_groups_everybody_is_in_none(snapshot: Snapshot) -> None:
    found = coverage(snapshot, {}, {})
    assert found.sides["no group"].customers == len(snapshot)
    assert found.overlaps == ()


def test_an_empty_group_has_no_share_of_itself(snapshot: Snapshot) -> None:
    marks = {"nobody": np.zeros(len(snapshot), dtype=bool), "all": np.ones(len(snapshot), dtype=bool)}
    found = coverage(snapshot, marks, {"nobody": "target", "all": "neutral"})
    assert found.overlaps[0].share_of_one is None
    assert found.overlaps[0].share_of_other == 0
