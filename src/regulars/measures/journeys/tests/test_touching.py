"""What customers began with, and what came last before they bought or left."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regulars.measures.journeys.tests.walks import asked, rows_of, touch
from regulars.measures.scope import Scope
from tests.small_log import write_log

DAY = 24


def of(client: int, step: str, day: float, kind: str = "contact", **more: Any) -> dict[str, Any]:
    """A customer's touch, so many days after the first of January."""
    return touch(None, step, day * DAY, client * 100 + int(day), client_key=client, kind=kind, **more)


def by_step(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["step"]: row for row in rows}


def test_first_touches_are_followed_for_ninety_days(tmp_path: Path) -> None:
    touches = [
        of(1, "visit", 0), of(1, "web", 10, "order"),
        of(2, "visit", 0), of(2, "web", 100, "order"),
        of(3, "call", 0), of(3, "visit", 5),
        of(4, "visit", 250),
    ]  # fmt: skip
    rows = by_step(rows_of(tmp_path, "first_touches", touches, Scope(as_of=date(2024, 9, 30))))
    visit = rows["visit"]
    assert (visit["customers"], visit["bought"], visit["bought_share_n"], visit["bought_share"]) == (3, 1, 2, 0.5)
    assert (visit["median_days"], rows["call"]["bought_share"]) == (10, 0)
    assert visit["share"] == 0.75


def test_whoever_began_with_an_order_is_left_out_and_counted(tmp_path: Path) -> None:
    touches = [of(1, "web", 0, "order"), of(2, "visit", 0)]
    result = asked(write_log(tmp_path, interactions=touches), "first_touches", Scope(as_of=date(2024, 9, 30)))
    assert [row["step"] for row in result.to_arrow().to_pylist()] == ["visit"]
    assert result.notes == ("1 customers began with an order and are left out.",)


def test_the_touch_before_an_order_is_the_one_it_follows(tmp_path: Path) -> None:
    touches = [
        of(1, "visit", 0), of(1, "call", 3), of(1, "web", 5, "order"), of(1, "call", 8), of(1, "web", 20, "order"),
        of(2, "visit", 0),
    ]  # fmt: skip
    buying = Scope(as_of=date(2024, 9, 30), choices={"before": "buying"})
    rows = by_step(rows_of(tmp_path, "last_touches", touches, buying))
    assert (rows["call"]["count"], rows["call"]["touches"], rows["call"]["median_days"]) == (2, 2, 7)
    assert (rows["visit"]["count"], rows["visit"]["touches"]) == (0, 2)
    first = Scope(as_of=date(2024, 9, 30), choices={"before": "first order"})
    assert by_step(rows_of(tmp_path, "last_touches", touches, first))["call"]["count"] == 1


def test_a_customer_silent_for_long_left_after_the_last_touch(tmp_path: Path) -> None:
    regular = [of(1, "visit", day) for day in range(0, 330, 10)]
    gone = [of(2, "visit", 0), of(2, "visit", 10), of(2, "complaint", 20)]
    rows = by_step(rows_of(tmp_path, "last_touches", [*regular, *gone], Scope(as_of=date(2024, 11, 30))))
    assert (rows["complaint"]["count"], rows["complaint"]["touches"], rows["complaint"]["median_days"]) == (1, 1, 180)
    assert rows["complaint"]["followed_share"] == 1
    assert rows["visit"]["count"] == 0


def test_a_slow_customer_is_given_three_times_their_own_gap(tmp_path: Path) -> None:
    touches = [of(1, "visit", day) for day in (0, 100)]
    silent_for_200_days = rows_of(tmp_path / "a", "last_touches", touches, Scope(as_of=date(2024, 10, 27)))
    assert all(row["count"] == 0 for row in silent_for_200_days)
    silent_for_301_days = rows_of(tmp_path / "b", "last_touches", touches, Scope(as_of=date(2025, 2, 5)))
    assert [row["count"] for row in silent_for_301_days] == [1]


def test_whoever_says_goodbye_has_left_at_once(tmp_path: Path) -> None:
    touches = [of(1, "visit", 0), of(1, "call", 5), of(1, "call", 6, "departure"), of(1, "survey", 9)]
    rows = by_step(rows_of(tmp_path, "last_touches", touches, Scope(as_of=date(2024, 1, 31))))
    assert (rows["call"]["count"], rows["call"]["median_days"]) == (1, 1)


def test_what_the_company_sends_is_not_the_last_touch_unless_it_is_a_delivery(tmp_path: Path) -> None:
    touches = [
        of(1, "visit", 0), of(1, "mailing", 5, "offer", initiated_by="company"),
        of(2, "visit", 0), of(2, "van", 5, "delivery", initiated_by="company"),
    ]  # fmt: skip
    rows = by_step(rows_of(tmp_path, "last_touches", touches, Scope(as_of=date(2024, 12, 31))))
    assert {step: row["count"] for step, row in rows.items()} == {"visit": 1, "van": 1}


@pytest.mark.parametrize("measure", ["first_touches", "last_touches"])
def test_a_log_without_customers_has_nothing_to_tell(tmp_path: Path, measure: str) -> None:
    assert rows_of(tmp_path, measure, [touch("1", "ask")], Scope(as_of=date(2024, 12, 31))) == []
