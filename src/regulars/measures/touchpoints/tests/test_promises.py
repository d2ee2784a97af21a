"""A promise is judged touch by touch, by what the log tells and by nothing else."""

from __future__ import annotations

import statistics
from datetime import date

import pytest

from regulars.measures.touchpoints.tests.story import Story

CLIENT, COMPANY = {"initiated_by": "client"}, {"initiated_by": "company"}


@pytest.fixture
def story():
    return Story()


def test_waits_up_to_the_limit_keep_the_promise(story, tmp_path):
    story.promise("quick", column="wait_seconds", at_most=30, kind="call")
    for wait in (5, 30, 31, 400, None):
        story.touch(1, "2026-05-01", "call", wait_seconds=wait)
    story.touch(1, "2026-05-01", "visit", wait_seconds=900)
    row = story.one(tmp_path, "promises")
    assert (row["kept"], row["n"], row["untold"], row["kept_share"]) == (2, 4, 1, 0.5)
    assert row["median"] == statistics.median([5, 30, 31, 400])
    assert (row["median_low"], row["median_reason"]) == (None, "Fewer than six values: no interval.")


def test_a_delivery_on_the_due_day_is_not_late_whatever_the_hour(story, tmp_path):
    story.promise("day", "delivery", column="late_days", at_most=0)
    due = "2026-05-04 21:30"  # half past midnight of the fifth in Sofia
    for at in ("2026-05-05 20:00", "2026-05-04 10:00", "2026-05-05 21:30", "2026-05-08 09:00"):
        story.touch(1, at, "delivery", "delivery", due=due)
        local = date.fromisoformat(at[:10]) if at[11:] < "21" else date(2026, 5, 6)
        story.touches[-1]["occurred_on"] = local
    row = story.one(tmp_path, "promises", time_zone="Europe/Sofia")
    assert (row["kept"], row["n"], row["unit"]) == (2, 4, "days")
    assert row["median"] == 0.5


def test_a_question_is_answered_by_the_companys_next_word_in_its_thread(story, tmp_path):
    story.promise("hour", "chat", column="answer_seconds", at_most=3600)
    ask, reply = (
        {"kind": "message", "touchpoint": "chat", **CLIENT},
        {"kind": "message", "touchpoint": "chat", **COMPANY},
    )
    story.touch(1, "2026-05-01 10:00", thread="a", **ask)
    story.touch(1, "2026-05-01 10:20", thread="a", **ask)  # the same question again
    story.touch(2, "2026-05-01 10:30", thread="b", **reply)  # another thread
    story.touch(1, "2026-05-01 10:59", thread="a", **reply)
    story.touch(1, "2026-05-01 12:00", thread="a", **ask)
    story.touch(1, "2026-05-01 15:00", thread="a", **reply)
    row = story.one(tmp_path, "promises")
    assert (row["kept"], row["n"], row["untold"], row["waiting"]) == (1, 2, 0, 0)
    assert row["median"] == statistics.median([59 * 60, 3 * 3600])


def test_what_is_not_answered_is_broken_once_its_time_is_up(story, tmp_path):
    story.promise("hour", "chat", column="answer_seconds", at_most=3600)
    story.touch(1, "2026-05-01 10:00", "message", "chat", thread="a", **CLIENT)
    story.touch(2, "2026-05-01 11:30", "message", "chat", thread="b", **CLIENT)
    story.touch(3, "2026-05-01 12:00", "message", "chat", **CLIENT)  # no thread: nobody can tell
    row = story.one(tmp_path, "promises")
    assert (row["kept"], row["n"], row["waiting"], row["untold"]) == (0, 1, 1, 1)


def test_a_complaint_is_settled_when_its_thread_says_so(story, tmp_path):
    story.promise("day", "desk", column="resolved_seconds", at_most=86_400, kind="complaint")
    desk = {"touchpoint": "desk", "kind": "complaint", **CLIENT}
    story.touch(1, "2026-05-01 10:00", thread="a", **desk)
    story.touch(1, "2026-05-01 11:00", "message", "desk", thread="a", **COMPANY, outcome="asked the boss")
    story.touch(1, "2026-05-01 14:00", "message", "desk", thread="a", **COMPANY, outcome="Resolved")
    story.touch(2, "2026-05-01 10:00", thread="b", outcome="resolved", duration_seconds=100_000, **desk)
    row = story.one(tmp_path, "promises")
    assert (row["kept"], row["n"]) == (1, 2)
    assert row["median"] == statistics.median([4 * 3600, 100_000])


def test_a_checklist_has_a_least(story, tmp_path):
    story.promise("neat", column="checklist", at_least=80)
    for part in (60, 80, 100):
        story.touch(1, "2026-05-01", properties=f'{{"checklist": {part}}}')
    row = story.one(tmp_path, "promises")
    assert (row["kept"], row["n"], row["unit"], row["at_least"]) == (2, 3, "percent", 80)
    assert row["p90"] == 64  # nine in ten have at least so much


def test_all_touches_are_judged_by_the_newest_version_and_by_none_that_was_taken_back(story, tmp_path):
    story.touch(1, "2025-05-01", wait_seconds=50)
    story.promise("quick", column="wait_seconds", at_most=30)
    story.promise("quick", column="wait_seconds", at_most=60, name="Within a minute", version=2)
    story.promise("gone", column="wait_seconds", at_most=1)
    story.promise("gone", column="wait_seconds", at_most=1, retired=True, version=2)
    row = story.one(tmp_path, "promises")
    assert (row["promise_name"], row["kept"], row["at_most"]) == ("Within a minute", 1, 60)


def test_names_with_quotes_and_other_letters_are_found_again(story, tmp_path):
    for place, touchpoint in enumerate(('the "old" shop', "чат", "back\\slash")):
        story.promise(f"p{place}", touchpoint, column="wait_seconds", at_most=30)
        story.touch(1, "2026-05-01", touchpoint=touchpoint, wait_seconds=1)
    assert [row["kept"] for row in story.rows(tmp_path, "promises")] == [1, 1, 1]


def test_a_promise_that_nobody_needed_yet_is_listed_without_a_share(story, tmp_path):
    story.promise("quick", "fair", column="wait_seconds", at_most=30)
    story.touch(1, "2026-05-01")
    row = story.one(tmp_path, "promises")
    assert (row["n"], row["kept_share"]) == (0, None)
    assert row["kept_share_reason"] == "No touch of the period tells whether it was kept."


def test_a_change_is_real_only_when_chance_does_not_explain_it(story, tmp_path):
    story.promise("quick", column="wait_seconds", at_most=30)
    story.promise("slow", "desk", column="wait_seconds", at_most=30)
    for touch in range(60):
        story.touch(touch, "2026-05-20", wait_seconds=60)
        story.touch(touch, "2026-06-20", wait_seconds=60 if touch % 2 else 5)
        story.touch(touch, "2026-05-20", touchpoint="desk", wait_seconds=60 if touch % 2 else 5)
        story.touch(touch, "2026-06-20", touchpoint="desk", wait_seconds=60 if touch % 2 else 5)
    desk, shop = story.rows(tmp_path, "promises", from_on=date(2026, 6, 1))
    assert (shop["kept_share"], shop["change"], shop["before_n"], shop["real_change"]) == (0.5, 0.5, 60, True)
    assert (desk["change"], desk["real_change"]) == (0.0, False)
    assert 0.35 < shop["change_low"] < 0.5 < shop["change_high"] < 0.65


def test_without_a_beginning_there_is_no_period_before(story, tmp_path):
    story.promise("quick", column="wait_seconds", at_most=30)
    story.touch(1, "2026-05-01", wait_seconds=5)
    row = story.one(tmp_path, "promises")
    assert row["change"] is None
    assert "no beginning" in row["change_reason"]


def test_nothing_promised_is_said(story, tmp_path):
    story.touch(1, "2026-05-01")
    assert story.rows(tmp_path, "promises") == []
    assert story.notes == ("Nothing was promised yet.",)
