"""Who spoke first: told before it was asked counts for the company, an answer does not."""

from __future__ import annotations

import pytest

from regulars.measures.touchpoints.tests.story import Story

DUE = "2025-05-10 20:00"


@pytest.fixture
def story():
    return Story()


def late(story, thread, key=1, *, due=DUE, at="2025-05-14 10:00"):
    story.touch(key, at, "delivery", "delivery", thread=thread, due=due, initiated_by="company")


def word(story, thread, at, by, kind="message", **more):
    story.touch(1, at, kind, "phone", thread=thread, initiated_by=by, **more)


def spoke(rows):
    return {row["spoke_first"]: row["events"] for row in rows}


def test_a_word_before_the_day_or_before_the_question_is_the_companys(story, tmp_path):
    late(story, "early")
    word(story, "early", "2025-05-08 09:00", "company")
    word(story, "early", "2025-05-12 09:00", "client")
    late(story, "late but first")
    word(story, "late but first", "2025-05-11 09:00", "company", "call")
    word(story, "late but first", "2025-05-12 09:00", "client", "call")
    late(story, "asked")
    word(story, "asked", "2025-05-12 09:00", "client", "call")
    word(story, "asked", "2025-05-12 10:00", "company")
    late(story, "silence")
    word(story, "silence", "2025-04-28 09:00", "company")  # the confirmation, long before
    word(story, "other order", "2025-05-08 09:00", "company")
    rows = story.rows(tmp_path, "announced")
    assert spoke(rows) == {"company": 2, "customer": 1, "nobody": 1}
    told = next(row for row in rows if row["spoke_first"] == "company")
    assert (told["share"], told["n"]) == (0.5, 4)
    assert told["ahead_median"] == pytest.approx((59 + -13) / 2)


def test_an_answer_announces_nothing_but_a_call_that_was_taken_asks_nothing(story, tmp_path):
    late(story, "answered")
    word(story, "answered", "2025-05-08 09:00", "client")
    word(story, "answered", "2025-05-08 10:00", "company")
    late(story, "after a call")
    word(story, "after a call", "2025-05-08 09:00", "client", "call", duration_seconds=60)
    word(story, "after a call", "2025-05-08 15:00", "company")
    assert spoke(story.rows(tmp_path, "announced")) == {"company": 1, "customer": 0, "nobody": 1}


def test_only_named_announcements_count_where_that_is_asked(story, tmp_path):
    late(story, "greeting")
    word(story, "greeting", "2025-05-08 09:00", "company", step="greeting")
    late(story, "notice")
    word(story, "notice", "2025-05-08 09:00", "company", step="Announce delay")
    assert spoke(story.rows(tmp_path / "any", "announced"))["company"] == 2
    assert spoke(story.rows(tmp_path / "named", "announced", choices={"announcement": "named"}))["company"] == 1


def test_on_the_day_is_not_late_and_a_damaged_chair_is_a_fault(story, tmp_path):
    late(story, "in time", at="2025-05-10 10:00")
    story.touch(1, "2025-05-01 10:00", "delivery", "delivery", thread="f", outcome="Damaged")
    word(story, "f", "2025-05-02 10:00", "client", "complaint")
    rows = story.rows(tmp_path, "announced")
    assert {row["event"] for row in rows} == {"fault"}
    assert spoke(rows) == {"company": 0, "customer": 1, "nobody": 0}


def test_coming_back_is_another_order_on_a_later_day(story, tmp_path):
    for key, thread in ((1, "a"), (2, "b")):
        late(story, thread, key)
    story.touch(1, "2025-09-01", "order")
    late(story, "c", 3, due="2026-06-01 20:00", at="2026-06-05 10:00")
    nobody = next(row for row in story.rows(tmp_path, "announced") if row["spoke_first"] == "nobody")
    assert (nobody["events"], nobody["returned_share"], nobody["returned_share_n"]) == (3, 0.5, 2)


def test_a_company_that_is_never_late_has_no_rows(story, tmp_path):
    story.touch(1, "2026-05-01")
    assert story.rows(tmp_path, "announced") == []
    assert "Nothing in the log came late" in story.notes[0]
