"""What is missing is named: unregistered places, nobody's places, places without a standard, a promise or customers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

import regulars as rg
from regulars.log.tables import INTERACTIONS
from regulars.touchpoints import publishing
from regulars.touchpoints.parts import Promise, Standard, Touchpoint

NOW = datetime(2026, 7, 1, tzinfo=UTC)
BY = {"by": "ana", "now": NOW}


@pytest.fixture
def shop(tmp_path):
    with rg.init(tmp_path / "shop", name="Shop", currency="EUR", time_zone="Europe/Sofia") as made:
        yield made


def touched(shop, touchpoint, on, count=1, **columns):
    day = date.fromisoformat(on)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    rows = [
        {
            "interaction_id": hash((touchpoint, on, place, *columns.values())) & (2**62 - 1),
            "client_key": place % 3,
            "occurred_at": at,
            "occurred_on": day,
            "kind": "visit",
            "touchpoint": touchpoint,
            **columns,
        }
        for place in range(count)
    ]
    shop.add_tables({"interactions": pa.Table.from_pylist(rows, schema=INTERACTIONS)}, form="demo", source="test")


def kinds(shop, touchpoint):
    return [hole.kind for hole in publishing.holes(shop) if hole.touchpoint == touchpoint]


def test_an_empty_company_has_no_holes(shop):
    assert publishing.holes(shop) == []
    assert publishing.seen(shop) == []


def test_places_of_the_log_are_offered_with_their_traffic(shop):
    touched(shop, "stall", "2026-06-01", 5)
    touched(shop, "shop", "2026-06-02", 7)
    touched(shop, "survey", "2026-06-03", 2, kind="answer")
    assert [(one.touchpoint, one.traffic, one.customers) for one in publishing.unregistered(shop)] == [
        ("shop", 7, 3),
        ("stall", 5, 3),
    ]
    publishing.publish_touchpoint(shop, Touchpoint("shop", owner="Ana"), **BY)
    publishing.publish_touchpoint(shop, Touchpoint("stall"), **BY)
    publishing.retire_touchpoint(shop, "stall", **BY)
    assert publishing.unregistered(shop) == []


def test_a_new_touchpoint_lacks_everything_until_somebody_sees_to_it(shop):
    touched(shop, "shop", "2026-06-02")
    publishing.publish_touchpoint(shop, Touchpoint("shop"), **BY)
    assert kinds(shop, "shop") == ["no owner", "no standard", "no promise"]
    publishing.publish_touchpoint(shop, Touchpoint("shop", owner="Ana"), **BY)
    publishing.publish_standard(shop, Standard("shop", "We say good day."), **BY)
    assert kinds(shop, "shop") == ["nobody confirmed", "no promise"]
    publishing.confirm_standard(shop, "shop", person="vera", now=NOW)
    publishing.publish_promise(shop, Promise("quick", "shop", at_most=60), **BY)
    assert kinds(shop, "shop") == []
    publishing.publish_standard(shop, Standard("shop", "We say good day first."), **BY)
    assert kinds(shop, "shop") == ["nobody confirmed"]


def test_a_place_that_nobody_has_met_for_a_year_is_told(shop):
    touched(shop, "shop", "2026-06-02")
    touched(shop, "fair", "2025-06-01")
    for key in ("shop", "fair", "billboard"):
        publishing.publish_touchpoint(shop, Touchpoint(key, owner="Ana"), **BY)
    quiet = [hole.touchpoint for hole in publishing.holes(shop) if hole.kind == "no traffic"]
    assert sorted(quiet) == ["billboard", "fair"]
