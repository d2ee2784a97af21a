"""Consistency compares what customers met, at the hour they came, and keeps still where chance explains it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from regulars.measures.touchpoints.tests.story import Story


@pytest.fixture
def story():
    return Story()


def called(story, waits_of, *, back=(), each=60):
    """Calls in two branches; ``back`` names branches whose callers order again."""
    rng = np.random.default_rng(7)
    day = date(2024, 1, 1)
    for place, (branch, typical) in enumerate(waits_of.items()):
        for number in range(each):
            key, on = 1000 * (place + 1) + number, day + timedelta(days=number)
            wait = int(typical * np.exp(rng.normal(0, 0.5)))
            more = {"branch": branch, "employee": "E1", "initiated_by": "client", "wait_seconds": wait}
            story.touch(key, f"{on} 09:30", "call", "calls", **more)
            if branch in back and number % 3:
                story.touch(key, str(on + timedelta(days=90)), "order", "shop")


def row_of(rows, unit_of, figure="wait"):
    return next(row for row in rows if (row["unit_of"], row["figure"]) == (unit_of, figure))


def test_the_slow_branch_is_named_and_where_to_begin(story, tmp_path):
    called(story, {"Sofia": 20, "Prague": 20, "Istanbul": 80}, back=("Sofia", "Prague"))
    row = row_of(story.rows(tmp_path, "consistency"), "branch")
    assert (row["told_apart"], row["worst_unit"], row["start_with"]) == (True, "Istanbul", "Istanbul")
    assert row["worst"] == pytest.approx(80, rel=0.2)
    assert row["start_share"] > 0.8
    assert row["sd_between_low"] < row["sd_between"] < row["sd_between_high"]
    assert row["sentence"].startswith("Branches differ by more than chance: from ")
    # Those who waited long do not come back: with shorter waits go more returns.
    assert row["return_slope_high"] < 0
    assert row["returns_a_year_low"] > 0


def test_branches_that_are_alike_are_said_to_be(story, tmp_path):
    called(story, {"Sofia": 20, "Prague": 20, "Istanbul": 20})
    row = row_of(story.rows(tmp_path, "consistency"), "branch")
    assert (row["told_apart"], row["best_unit"], row["returns_a_year"]) == (False, None, None)
    assert row["sentence"] == "Branches cannot be told apart here: what differs may be chance."
    assert "cannot be told apart" in row["returns_a_year_reason"]


def test_one_employee_alone_cannot_be_compared(story, tmp_path):
    called(story, {"Sofia": 20, "Prague": 20})
    row = row_of(story.rows(tmp_path, "consistency"), "employee")
    assert (row["units"], row["p_value"], row["told_apart"]) == (1, None, None)
    assert row["sd_between_reason"] == "Fewer than two units have 10 customers, so nothing can be compared."


def test_one_customer_who_calls_often_counts_once(story, tmp_path):
    called(story, {"Sofia": 20, "Prague": 20}, each=12)
    for _ in range(300):
        story.touch(1000, "2024-03-01", "call", "calls", branch="Sofia", wait_seconds=900, initiated_by="client")
    row = row_of(story.rows(tmp_path, "consistency"), "branch")
    assert (row["n"], row["told_apart"]) == (24, False)


def test_a_reply_belongs_to_the_local_hour_in_which_the_customer_asked(story, tmp_path):
    for number in range(40):
        hour = "09" if number % 2 else "10"
        reply = {"branch": "Sofia", "initiated_by": "company", "wait_seconds": 3 * 3600 + number}
        story.touch(number, f"2024-07-01 {hour}:30", "message", "chat", **reply)
    row = row_of(story.rows(tmp_path, "consistency", time_zone="Europe/Sofia"), "branch and hour")
    assert row["units"] == 2
    story.touch(99, "2024-07-01 09:30", "call", "chat", branch="Sofia", initiated_by="client", wait_seconds=4000)
    (hours,) = [row for row in story.rows(tmp_path / "hours", "consistency", time_zone="Europe/Sofia", by=("step",))
                if row["unit_of"] == "hour"]  # fmt: skip
    assert (hours["units"], hours["units_left_out"]) == (2, 1)  # 9 and 10 of the replies, 12 of the call
