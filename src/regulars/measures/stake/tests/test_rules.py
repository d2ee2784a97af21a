"""When a touch was a bad one, when it was not, and when nobody can tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from regulars.measures.scope import Scope
from regulars.measures.stake.tests.shops import AS_OF, moment, seen, touch, verdicts
from tests.small_log import purchase, write_log

SOFIA = Scope(as_of=AS_OF, time_zone="Europe/Sofia")


def promise(key: str, **body: Any) -> dict[str, Any]:
    return {"noun": "promise", "key": key, "version": body.pop("version", 1), "body": json.dumps(body)}


# Late ----------------------------------------------------------------------------------------------------------


def test_late_is_after_the_due_moment_and_on_a_later_day(tmp_path: Path) -> None:
    due = moment("2025-03-10 12:00")
    rows = [
        touch(1, "2025-03-10", due_at=due, occurred_at=moment("2025-03-10 11:00")),
        touch(2, "2025-03-10", due_at=due, occurred_at=moment("2025-03-10 20:00")),  # the same day
        touch(3, "2025-03-11", due_at=due, occurred_at=moment("2025-03-11 08:00")),
        touch(4, "2025-03-11"),  # nobody said when it was due
    ]
    assert verdicts(tmp_path, "late", rows) == {1: 0, 2: 0, 3: 1}


def test_a_due_day_written_without_a_time_lasts_until_local_midnight(tmp_path: Path) -> None:
    """In Sofia the 10th of March begins at 22:00 UTC of the 9th."""
    due = moment("2025-03-09 22:00")
    rows = [
        touch(1, "2025-03-10", due_at=due, occurred_at=moment("2025-03-10 15:00")),
        touch(2, "2025-03-11", due_at=due, occurred_at=moment("2025-03-10 22:30")),
    ]
    assert verdicts(tmp_path / "sofia", "late", rows, SOFIA) == {1: 0, 2: 1}


def test_clocks_that_go_forward_make_nobody_late(tmp_path: Path) -> None:
    """The last Sunday of March 2025 was the 30th: midnight of the 31st in Sofia was 21:00 UTC, no more 22:00."""
    rows = [
        touch(1, "2025-03-31", due_at=moment("2025-03-30 21:00"), occurred_at=moment("2025-03-31 20:30")),
        touch(2, "2025-04-01", due_at=moment("2025-03-30 21:00"), occurred_at=moment("2025-03-31 21:30")),
    ]
    assert verdicts(tmp_path, "late", rows, SOFIA) == {1: 0, 2: 1}


def test_what_was_known_before_a_late_delivery_ends_with_its_due_moment(tmp_path: Path) -> None:
    """An order between the due day and a late delivery is no history; else the delay itself would be adjusted for."""
    rows = [
        purchase(1, "2025-01-01", 80),
        purchase(1, "2025-01-15", 50),
        touch(1, "2025-01-20", due_at=moment("2025-01-10 12:00")),
        purchase(1, "2025-01-21", 30),
    ]
    (found,) = (row for row in seen(write_log(tmp_path, interactions=rows)) if row["late"] == 1)
    assert (found["orders"], found["spend"]) == (1, 80.0)
    assert found["at"] == moment("2025-01-10 12:00").timestamp()
    assert found["spend_365"] == 30.0  # coming back is counted from the day after the delivery


# Waits and promises --------------------------------------------------------------------------------------------


def test_without_a_promise_the_longest_tenth_of_waits_is_long(tmp_path: Path) -> None:
    rows = [touch(key, "2025-03-10", "phone", kind="call", wait_seconds=key) for key in range(1, 101)]
    found = verdicts(tmp_path, "long_wait", [*rows, touch(200, "2025-03-10", "phone", kind="call")])
    assert {key for key, bad in found.items() if bad} == set(range(91, 101))
    assert 200 not in found


def test_a_promise_says_which_wait_is_long_and_which_is_broken(tmp_path: Path) -> None:
    rows = [
        touch(key, "2025-03-10", "phone", kind="call", wait_seconds=wait)
        for key, wait in enumerate((10, 30, 31, 400), start=1)
    ]
    told = [promise("answer", touchpoint="phone", kind="call", column="wait_seconds", at_most=30)]
    expected = {1: 0, 2: 0, 3: 1, 4: 1}
    assert verdicts(tmp_path / "a", "long_wait", rows, decisions=told) == expected
    assert verdicts(tmp_path / "b", "promise_broken", rows, decisions=told) == expected


def test_a_promise_binds_the_touches_it_speaks_of_in_its_newest_version(tmp_path: Path) -> None:
    told = [
        promise("answer", touchpoint="chat", kind="message", step="reply", column="wait_seconds", at_most=1),
        promise(
            "answer", version=2, touchpoint="chat", kind="message", step="reply", column="wait_seconds", at_most=60
        ),
        promise("old", touchpoint="chat", column="duration_seconds", at_most=5, retired=True),
    ]
    chat = {"touchpoint": "chat", "kind": "message"}
    rows = [
        touch(1, "2025-03-10", **chat, step="reply", wait_seconds=50, duration_seconds=900),
        touch(2, "2025-03-10", **chat, step="reply", wait_seconds=70),
        touch(3, "2025-03-10", **chat, step="ask", wait_seconds=70),  # not promised
        touch(4, "2025-03-10", **chat, step="reply"),  # not known
    ]
    assert verdicts(tmp_path, "promise_broken", rows, decisions=told) == {1: 0, 2: 1}


def test_of_several_promises_one_broken_one_is_enough(tmp_path: Path) -> None:
    told = [
        promise("wait", touchpoint="van", column="wait_seconds", at_most=60),
        promise("day", touchpoint="van", column="late_days", at_most=1),
    ]
    due = moment("2025-03-10 12:00")
    rows = [
        touch(1, "2025-03-11", "van", due_at=due, wait_seconds=10),  # a day late is still promised
        touch(2, "2025-03-12", "van", due_at=due, wait_seconds=10),
        touch(3, "2025-03-10", "van", due_at=due, wait_seconds=100),
        touch(4, "2025-03-10", "van", due_at=due),
    ]
    assert verdicts(tmp_path, "promise_broken", rows, decisions=told) == {1: 0, 2: 1, 3: 1, 4: 0}


def test_what_was_not_done_by_the_list_or_not_answered_in_time_is_a_broken_promise_too(tmp_path: Path) -> None:
    told = [
        promise("neat", touchpoint="van", column="checklist", at_least=80),
        promise("hour", touchpoint="chat", column="answer_seconds", at_most=3600),
        promise("settled", touchpoint="desk", column="resolved_seconds", at_most=86_400),
    ]
    ask = {"touchpoint": "chat", "kind": "message", "initiated_by": "client"}
    reply = {"touchpoint": "chat", "kind": "message", "initiated_by": "company"}
    desk = {"touchpoint": "desk", "kind": "call", "initiated_by": "client"}
    rows = [
        touch(1, "2025-03-10", "van", properties='{"checklist": 60}'),
        touch(2, "2025-03-10", "van", properties='{"checklist": 80}'),
        touch(3, "2025-03-10", "van"),  # nobody looked
        touch(4, "2025-03-10", occurred_at=moment("2025-03-10 09:00"), thread="a", **ask),
        touch(4, "2025-03-10", occurred_at=moment("2025-03-10 09:30"), thread="a", **reply),
        touch(5, "2025-03-10", occurred_at=moment("2025-03-10 09:00"), thread="b", **ask),
        touch(5, "2025-03-10", occurred_at=moment("2025-03-10 15:00"), thread="b", **reply),
        touch(6, "2025-03-10", occurred_at=moment("2025-03-10 09:00"), thread="c", **ask),  # never answered
        touch(7, "2025-03-10", occurred_at=moment("2025-03-10 09:00"), thread="d", **desk),
        touch(
            7,
            "2025-03-12",
            occurred_at=moment("2025-03-12 09:00"),
            thread="d",
            outcome="resolved",
            **{**desk, "initiated_by": "company"},
        ),
    ]
    rows = [{**row, "interaction_id": place} for place, row in enumerate(rows, start=1)]
    found = verdicts(tmp_path, "promise_broken", rows, decisions=told)
    assert found == {1: 1, 2: 0, 4: 0, 5: 1, 6: 1, 7: 1}


def test_a_touchpoint_with_quotation_marks_keeps_its_promise(tmp_path: Path) -> None:
    told = [promise("wait", touchpoint='"Blue" desk', column="wait_seconds", at_most=60)]
    rows = [touch(1, "2025-03-10", '"Blue" desk', wait_seconds=90)]
    assert verdicts(tmp_path, "promise_broken", rows, decisions=told) == {1: 1}


# Scores and complaints -----------------------------------------------------------------------------------------


def test_a_low_score_is_that_of_the_leading_question(tmp_path: Path) -> None:
    scores = {
        1: [("nps", 6, 0, 10), ("csat", 5, 1, 5)],
        2: [("nps", 7, 0, 10), ("csat", 1, 1, 5)],
        3: [("csat", 2, 1, 5), ("rating", 10, 1, 10)],
        4: [("rating", 10, 1, 10)],
        5: [("csat", 1, 1, 5), ("csat", 5, 1, 5), ("csat", 5, 1, 5)],
        6: [("text", None, None, None)],
    }
    rows = [touch(key, "2025-03-10", "phone", kind="answer", interaction_id=key) for key in scores]
    answers = [
        {"interaction_id": key, "survey": "s", "question": f"q{place}", "kind": kind, "score": score}
        | {"scale_min": low, "scale_max": high}
        for key, given in scores.items()
        for place, (kind, score, low, high) in enumerate(given)
    ]
    assert verdicts(tmp_path, "low_score", rows, answers=answers) == {1: 1, 2: 0, 3: 1, 4: 0, 5: 0}


@pytest.mark.parametrize(
    ("complained_on", "expected"),
    [("2025-03-11", {1: 1}), ("2025-04-09", {1: 1}), ("2025-04-10", {1: 0}), (None, {1: 0}), ("2025-03-01", {})],
)
def test_a_complaint_counts_for_30_days_in_its_thread(
    tmp_path: Path, complained_on: str | None, expected: dict[int, int]
) -> None:
    rows = [touch(1, "2025-03-10", thread="O1"), touch(1, "2025-03-20", thread="O1")]
    if complained_on:
        rows.append(touch(1, complained_on, "desk", kind="complaint", thread="O1"))
    assert verdicts(tmp_path, "complaint", rows) == expected


def test_a_complaint_with_a_thread_of_its_own_is_about_the_order_it_names(tmp_path: Path) -> None:
    rows = [
        touch(1, "2025-03-10", thread="O1"),
        touch(2, "2025-03-10", thread="O2"),
        touch(3, "2025-03-10"),  # belongs to no thread, so nobody knows
        touch(1, "2025-03-15", "desk", kind="complaint", thread="C1", properties='{"order": "O1"}'),
        touch(9, "2025-03-15", "desk", kind="complaint", thread="C2", properties='{"order": "O2"}'),
    ]
    assert verdicts(tmp_path, "complaint", rows) == {1: 1, 2: 0}


def test_after_a_complaint_coming_back_is_counted_from_the_31st_day(tmp_path: Path) -> None:
    rows = [touch(1, "2025-03-10", thread="O1"), purchase(1, "2025-04-09", 5), purchase(1, "2025-04-10", 7)]
    (found,) = (row for row in seen(write_log(tmp_path, interactions=rows)) if row["complaint"] == 0)
    assert found["late_next_day"] - found["day"] == 31
    assert (found["spend_365"], found["late_spend_365"]) == (12.0, 7.0)


def test_employees_and_guests_are_no_customers(tmp_path: Path) -> None:
    due = moment("2025-03-01 12:00")
    rows = [touch(key, "2025-03-10", due_at=due) for key in (1, 2, None)]
    clients = [{"client_key": 2, "kind": "employee"}]
    assert verdicts(tmp_path, "late", rows, clients=clients) == {1: 1}
