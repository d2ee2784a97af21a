from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from regulars.groups.behaviour import Behaviour, behaviour
from regulars.groups.snapshot import Snapshot
from regulars.workspace import Workspace


def test_orders_and_spend_are_those_of_the_measures(shop: Workspace, bought: Behaviour) -> None:
    rfm = shop.measure("rfm").to_arrow().sort_by("client_key")
    assert np.array_equal(bought.keys, rfm["client_key"].to_numpy())
    assert np.array_equal(bought.orders, rfm["frequency"].to_numpy())
    assert bought.spend == pytest.approx(rfm["monetary_value"].cast("float64").to_numpy())


def test_shares_of_categories_add_up_for_everybody_who_bought_something(bought: Behaviour) -> None:
    totals = bought.categories.sum(axis=1)
    assert np.all(np.isclose(totals, 1) | (totals == 0))
    assert np.mean(totals == 0) < 0.02
    assert set(bought.category_names) == {
        "care",
        "accessories",
        "small furniture",
        "seating and storage",
        "large furniture",
    }


def test_nothing_after_the_date_is_seen(shop: Workspace, snapshot: Snapshot) -> None:
    rfm = shop.measure("rfm", as_of="2025-03-31").to_arrow().sort_by("client_key")
    with shop.engine() as engine:
        then = behaviour(engine, date(2025, 3, 31))
    assert np.array_equal(then.keys, rfm["client_key"].to_numpy())
    assert np.array_equal(then.orders, rfm["frequency"].to_numpy())


def test_everybody_has_a_first_order_and_some_were_given_something(bought: Behaviour) -> None:
    assert set(bought.firsts["first_season"]) == {"Q1", "Q2", "Q3", "Q4"}
    assert set(bought.firsts["first_channel"]) == {"web", "phone", "showroom"}
    assert bought.treatments["gestures"].sum() > 0
    assert bought.treatments["offers"].sum() > 0
    assert not bought.treatments["discounts"].any()


def test_features_are_finite_for_everybody(bought: Behaviour) -> None:
    for values in bought.features.values():
        assert np.all(np.isfinite(values))
        assert len(values) == len(bought.keys)
