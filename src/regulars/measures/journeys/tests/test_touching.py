"""What customers began with, and what came last before they bought or left."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.measures.journeys.tests.walks import asked, rows_of, touch
from regulars.measures.scope import Scope
from tests.small_log import client, write_log

DAY = 24
WAYS = st.sampled_from([("shop", "order"), ("line", "complaint"), ("call", "contact"), ("call", "departure")])


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


def test_a_customer_who_stopped_ordering_left_after_the_last_touch(tmp_path: Path) -> None:
    regular = [of(1, "shop", day, "order") for day in range(0, 330, 10)]
    gone = [of(2, "shop", 0, "order"), of(2, "shop", 10, "order"), of(2, "line", 20, "complaint")]
    rows = by_step(rows_of(tmp_path, "last_touches", [*regular, *gone], Scope(as_of=date(2024, 11, 30))))
    assert (rows["line"]["count"], rows["line"]["touches"], rows["line"]["followed_share"]) == (1, 1, 1)
    assert rows["line"]["median_days"] == 171, "180 days without an order after day 10 end on day 190; it left on 191"
    assert rows["shop"]["count"] == 0


def test_a_slow_customer_is_given_three_times_their_own_gap(tmp_path: Path) -> None:
    touches = [of(1, "shop", day, "order") for day in (0, 100)]
    silent_for_200_days = rows_of(tmp_path / "a", "last_touches", touches, Scope(as_of=date(2024, 10, 27)))
    assert all(row["count"] == 0 for row in silent_for_200_days)
    silent_for_301_days = rows_of(tmp_path / "b", "last_touches", touches, Scope(as_of=date(2025, 2, 5)))
    assert [row["count"] for row in silent_for_301_days] == [1]


def test_who_asks_and_never_orders_was_no_customer_and_did_not_leave(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "last_touches", [of(1, "call", 0), of(1, "call", 5)], Scope(as_of=date(2025, 6, 1))) == []


def test_whoever_says_goodbye_has_left_at_once(tmp_path: Path) -> None:
    touches = [
        of(1, "shop", 0, "order"), of(1, "call", 5), of(1, "call", 6, "departure"), of(1, "survey", 6.5),
        of(1, "survey", 9),
    ]  # fmt: skip
    rows = by_step(rows_of(tmp_path, "last_touches", touches, Scope(as_of=date(2024, 1, 31))))
    assert (rows["call"]["count"], rows["call"]["median_days"], "survey" in rows) == (1, 1, False)


def test_whoever_orders_after_a_goodbye_had_not_left(tmp_path: Path) -> None:
    touches = [of(1, "shop", 0, "order"), of(1, "call", 6, "departure"), of(1, "shop", 9, "order")]
    rows = rows_of(tmp_path, "last_touches", touches, Scope(as_of=date(2024, 12, 1)))
    assert {row["step"]: row["count"] for row in rows} == {"shop": 1}
    assert rows[0]["touches"] == 2


def test_a_running_contract_is_no_silence_and_its_end_is_leaving(tmp_path: Path) -> None:
    touches = [of(1, "call", 0), of(2, "call", 0), of(2, "line", 20, "complaint"), of(3, "call", 40)]
    clients = [
        client(1, attributes=json.dumps({"contract_from": "2020-01-01"})),
        client(2, attributes=json.dumps({"contract_from": "2020-01-01", "left_on": "2024-02-20"})),
        client(3, attributes=json.dumps({"tenure_months": "7", "has_left": "true"})),
    ]
    result = asked(
        write_log(tmp_path, interactions=touches, clients=clients), "last_touches", Scope(as_of=date(2025, 12, 31))
    )
    rows = by_step(result.to_arrow().to_pylist())
    assert (rows["call"]["count"], rows["call"]["touches"]) == (0, 2)
    assert (rows["line"]["count"], rows["line"]["median_days"]) == (1, 30)
    assert result.notes == ("Customers who left on a day that is not known are left out: 1.",)


def test_what_the_company_sends_is_not_the_last_touch_unless_it_is_a_delivery(tmp_path: Path) -> None:
    touches = [
        of(1, "shop", 0, "order"), of(1, "mailing", 5, "offer", initiated_by="company"),
        of(2, "shop", 0, "order"), of(2, "van", 5, "delivery", initiated_by="company"),
    ]  # fmt: skip
    rows = by_step(rows_of(tmp_path, "last_touches", touches, Scope(as_of=date(2024, 12, 31))))
    assert {step: row["count"] for step, row in rows.items()} == {"shop": 1, "van": 1}


def test_of_customers_who_stay_only_touches_old_enough_to_be_followed_by_leaving_count(tmp_path: Path) -> None:
    touches = [of(1, "shop", day, "order") for day in (0, 100, 200, 300)]
    rows = rows_of(tmp_path, "last_touches", touches, Scope(as_of=date(2024, 12, 31)))
    assert [(row["count"], row["touches"]) for row in rows] == [(0, 1)], "300 days of silence are not leaving yet"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lived=st.lists(st.lists(st.tuples(st.integers(0, 700), WAYS), min_size=1, max_size=8), min_size=1, max_size=5))
def test_the_same_customers_have_left_on_the_same_days_as_in_losses(
    tmp_path: Path, lived: list[list[tuple[int, tuple[str, str]]]]
) -> None:
    touches = [
        of(key, step, day + place / 100, kind)
        for key, one in enumerate(lived, 1)
        for place, (day, (step, kind)) in enumerate(sorted(one))
    ]
    files, scope = write_log(tmp_path, interactions=touches), Scope(as_of=date(2025, 12, 31))
    lost = {row["client_key"]: row["left_on"] for row in asked(files, "lost_customers", scope).to_arrow().to_pylist()}
    rows = by_step(asked(files, "last_touches", scope).to_arrow().to_pylist())
    expected: Counter[str] = Counter()
    for key, left_on in lost.items():
        seen = [row for row in touches if row["client_key"] == key and row["occurred_on"] <= left_on]
        byes = [row["occurred_at"] for row in seen if row["kind"] == "departure" and row["occurred_on"] == left_on]
        told = [
            row
            for row in seen
            if row["kind"] == "order" or (row["kind"] != "departure" and (not byes or row["occurred_at"] <= max(byes)))
        ]
        expected[max(told, key=lambda row: row["occurred_at"])["touchpoint"]] += 1
    assert {step: row["count"] for step, row in rows.items() if row["count"]} == dict(expected)


@pytest.mark.parametrize("measure", ["first_touches", "last_touches"])
def test_a_log_without_customers_has_nothing_to_tell(tmp_path: Path, measure: str) -> None:
    assert rows_of(tmp_path, measure, [touch("1", "ask")], Scope(as_of=date(2024, 12, 31))) == []
