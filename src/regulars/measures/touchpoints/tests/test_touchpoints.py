"""What each touchpoint does is counted from the touches there and from nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from regulars.measures.intervals import median_interval, quantile
from regulars.measures.touchpoints.tests.story import Story


@pytest.fixture
def story():
    return Story()


def test_answers_and_invitations_are_no_traffic(story, tmp_path):
    for key in (1, 1, 2, None):
        story.touch(key, "2026-05-01")
    story.touch(1, "2026-05-02", "message", step="invite")
    story.touch(1, "2026-05-02", touchpoint=None)
    story.says(1, "2026-05-03", 5)
    row = story.one(tmp_path, "touchpoints")
    assert (row["traffic"], row["customers"], row["share_of_traffic"]) == (4, 2, 1.0)
    assert (row["csat"], row["csat_n"], row["score"]) == (1.0, 1, 100.0)


def test_waits_have_the_median_and_its_interval_of_all_of_them(story, tmp_path):
    waits = np.random.default_rng(1).integers(1, 500, 333)
    for wait in waits:
        story.touch(1, "2026-05-01", wait_seconds=int(wait))
    story.touch(1, "2026-05-01")
    row = story.one(tmp_path, "touchpoints")
    values, counts = np.unique(waits.astype(float), return_counts=True)
    assert (row["wait_median"], row["wait_median_n"]) == (np.median(waits), 333)
    assert row["wait_p90"] == pytest.approx(quantile(values, counts, 0.9))
    assert (row["wait_median_low"], row["wait_median_high"]) == median_interval(values, counts)


def test_a_complaint_counts_where_its_customer_was_last(story, tmp_path):
    story.touch(1, "2026-05-01", touchpoint="shop")
    story.touch(1, "2026-05-03", "delivery", "delivery")
    story.touch(1, "2026-05-04", "complaint", "desk")
    story.touch(2, "2026-03-01", "delivery", "delivery")
    story.touch(2, "2026-05-04", "complaint", "desk")  # two months later: of nothing in particular
    story.touch(3, "2026-05-04", "complaint", "desk")
    rows = {row["touchpoint"]: row for row in story.rows(tmp_path, "touchpoints")}
    assert {name: row["complaints"] for name, row in rows.items()} == {"shop": 0, "delivery": 1, "desk": 0}
    assert rows["delivery"]["complaints_per_thousand"] == 500.0
    assert rows["delivery"]["complaints_per_thousand_low"] < 500 < rows["delivery"]["complaints_per_thousand_high"]


def test_the_first_touch_is_the_first_of_all_whatever_is_asked(story, tmp_path):
    story.touch(1, "2025-05-01", touchpoint="stall", branch="Sofia")
    story.touch(1, "2026-05-01", touchpoint="shop", branch="Prague")
    story.touch(2, "2026-05-02", touchpoint="shop", branch="Prague")
    (row,) = story.rows(tmp_path, "touchpoints", where="branch = 'Prague'")
    assert (row["traffic"], row["first_touches"]) == (2, 1)


def test_scores_count_customers_once_and_stay_on_their_scale(story, tmp_path):
    story.touch(1, "2026-05-01")
    for score in (5, 5, 1):
        story.says(1, "2026-05-02", score)
    story.says(2, "2026-05-02", 5)
    story.says(2, "2026-05-02", 10, "nps")
    row = story.one(tmp_path, "touchpoints")
    assert row["score"] == pytest.approx((200 / 3 + 100) / 2)
    assert (row["score_n"], row["score_high"], row["nps"]) == (2, 100.0, 100.0)
    assert (row["csat"], row["csat_n"]) == (0.75, 4)


def test_the_cost_of_a_touch_leaves_purchases_out(story, tmp_path):
    for cost in ("1", "3"):
        story.touch(1, "2026-05-01", "call", cost=Decimal(cost))
    story.touch(1, "2026-05-01", "order", cost=Decimal(900))
    row = story.one(tmp_path, "touchpoints")
    assert (row["cost_per_touch"], row["cost_per_touch_n"]) == (2, 2)


def test_a_registered_touchpoint_without_customers_stands_in_the_list(story, tmp_path):
    story.touch(1, "2026-05-01", branch="Sofia")
    story.decide("touchpoint", "fair", 1, {"name": "Trade fair", "owner": "Ana"})
    story.decide("touchpoint", "gone", 1, {"retired": True})
    fair, shop = story.rows(tmp_path, "touchpoints")
    assert (fair["touchpoint_name"], fair["traffic"], fair["registered"], fair["owner"]) == (
        "Trade fair",
        0,
        True,
        "Ana",
    )
    assert fair["complaints_per_thousand"] is None
    assert (shop["touchpoint_name"], shop["registered"]) == (None, False)
    assert story.notes[0] == "1 in the log and not in the register: shop."
    assert len(story.rows(tmp_path, "touchpoints", by=("branch",))) == 1


def test_the_trend_shows_every_period_with_a_touch(story, tmp_path):
    story.promise("quick", column="wait_seconds", at_most=30)
    for at, wait in (("2026-01-05", 10), ("2026-02-05", 50), ("2026-04-05", 20)):
        story.touch(1, at, wait_seconds=wait)
    rows = story.rows(tmp_path, "touchpoint_trend", settings={"period_months": 3})
    assert [(row["period_on"], row["traffic"], row["kept_share"]) for row in rows] == [
        (date(2026, 1, 1), 2, 0.5),
        (date(2026, 4, 1), 1, 1.0),
    ]
    assert (rows[0]["period"], rows[0]["customers"], rows[0]["wait_median"]) == ("quarter", 1, 30.0)


def test_the_trend_tells_complaints_in_the_month_they_were_made_and_what_touches_cost(story, tmp_path):
    for day, cost in (("2026-01-05", "2"), ("2026-01-25", "4"), ("2026-03-01", None)):
        story.touch(1, day, "call", cost=cost and Decimal(cost))
    story.touch(1, "2026-02-02", "complaint", "desk")  # of the call in January; February had no call
    story.touch(1, "2026-03-04", "complaint", "desk")
    rows = {
        row["period_on"].month: row for row in story.rows(tmp_path, "touchpoint_trend") if row["touchpoint"] == "shop"
    }
    assert {month: (row["traffic"], row["complaints"]) for month, row in rows.items()} == {
        1: (2, 0),
        2: (0, 1),
        3: (1, 1),
    }
    assert [rows[month]["complaints_per_thousand"] for month in (1, 2, 3)] == [0.0, None, 1000.0]
    assert rows[2]["complaints_per_thousand_reason"], "nobody was touched there in February"
    assert (rows[1]["cost_per_touch"], rows[1]["cost_per_touch_n"], rows[3]["cost_per_touch"]) == (3, 2, None)


def test_the_trend_adds_up_to_the_list(story, tmp_path):
    for month in (1, 2, 3):
        story.touch(month, f"2026-0{month}-05", "call", cost=Decimal(month))
        story.touch(month, f"2026-0{month}-09", "complaint", "desk")
    months = [row for row in story.rows(tmp_path / "trend", "touchpoint_trend") if row["touchpoint"] == "shop"]
    (shop,) = [row for row in story.rows(tmp_path / "list", "touchpoints") if row["touchpoint"] == "shop"]
    assert sum(row["complaints"] for row in months) == shop["complaints"] == 3
    assert sum(row["cost_per_touch"] * row["cost_per_touch_n"] for row in months) == shop["cost_per_touch"] * 3


def test_first_impressions_count_only_whom_we_have_seen_long_enough(story, tmp_path):
    story.touch(1, "2024-01-01", touchpoint="stall")
    story.touch(1, "2024-03-01", "order", "shop")
    story.touch(1, "2024-08-01", "order", "shop")
    story.touch(2, "2024-01-01", touchpoint="stall")
    story.touch(2, "2025-02-01", "order", "shop")  # more than a year later
    story.touch(3, "2024-01-01", "order", "shop")
    story.touch(3, "2024-01-01", "order", "shop")  # the same day is no return
    story.touch(4, "2026-06-01", "order", "shop")
    shop, stall = story.rows(tmp_path, "first_impressions")
    assert (stall["customers"], stall["bought_share"], stall["bought_share_n"]) == (2, 0.5, 2)
    assert (stall["returned_share"], stall["returned_share_n"]) == (0.5, 2)
    assert (shop["customers"], shop["bought_share_n"], shop["returned_share"], shop["returned_share_n"]) == (
        2,
        1,
        0.0,
        1,
    )
    assert stall["difference"] == 0.5


def test_an_empty_period_gives_no_rows(story, tmp_path):
    story.touch(1, "2020-05-01")
    for name in ("touchpoints", "touchpoint_trend", "first_impressions", "consistency"):
        assert story.rows(tmp_path / name, name, from_on=date(2026, 1, 1)) == []
