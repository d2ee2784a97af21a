"""Which step follows which: walked by hand, by a slow twin, and over the edges of a period."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from regulars.measures.journeys.tests.walks import (
    END,
    START,
    asked,
    journeys,
    moves,
    rows_of,
    touch,
    walk,
    walked,
    walked_moves,
)
from regulars.measures.scope import Scope
from tests.small_log import write_log

ALL = Scope(as_of=date(2024, 12, 31))
DETAILED = Scope(as_of=date(2024, 12, 31), choices={"details": "yes"})


def test_a_customer_who_asks_waits_and_buys_makes_two_moves_a_beginning_and_an_end(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "journey", walk("1", "ask", "wait", "buy"), ALL)
    assert moves(rows) == {(START, "ask"): 1, ("ask", "wait"): 1, ("wait", "buy"): 1, ("buy", END): 1}
    assert moves(rows, "median_seconds") == {
        (START, "ask"): None,
        ("ask", "wait"): 3600,
        ("wait", "buy"): 3600,
        ("buy", END): None,
    }


def test_beginnings_and_ends_have_no_time_and_say_why(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "journey", walk("1", "ask", "buy"), ALL)
    reasons = {row["median_seconds_reason"] for row in rows if START in row.values() or END in row.values()}
    assert reasons == {"Nothing comes before the first touch or after the last one."}


def test_touches_of_one_instant_follow_one_another_as_in_the_file(tmp_path: Path) -> None:
    at_once = [touch("1", "second", 0, 2), touch("1", "third", 0, 3), touch("1", "first", 0, 1)]
    rows = rows_of(tmp_path, "variants", at_once, ALL)
    assert [row["variant"] for row in rows] == ["first → second → third"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(touches=journeys())
def test_counting_in_one_pass_finds_what_walking_finds(tmp_path: Path, touches: list[dict[str, Any]]) -> None:
    files = write_log(tmp_path, interactions=touches)
    assert moves(asked(files, "journey", ALL).to_arrow().to_pylist()) == walked_moves(touches)
    some_days = Scope(as_of=ALL.as_of, from_on=date(2024, 1, 2), choices={"details": "yes"})
    found = asked(files, "journey", some_days).to_arrow().to_pylist()
    assert moves(found) == walked_moves(touches, date(2024, 1, 2))
    begun = {row["thread"] for row in touches if row["thread"] and row["occurred_on"] >= date(2024, 1, 2)}
    assert {row["n"] for row in found} == ({len(begun)} if begun else set())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(touches=journeys())
def test_every_journey_has_one_variant_and_every_touch_one_step(tmp_path: Path, touches: list[dict[str, Any]]) -> None:
    files = write_log(tmp_path, interactions=touches)
    taken = Counter(" → ".join(row["touchpoint"] for row in rows) for rows in walked(touches).values())
    found = asked(files, "variants", ALL).to_arrow().to_pylist()
    assert {row["variant"]: row["count"] for row in found} == taken
    assert [row["count"] for row in found] == sorted(taken.values(), reverse=True)
    steps = {row["step"]: row for row in asked(files, "journey_steps", ALL).to_arrow().to_pylist()}
    for step, row in steps.items():
        threads = [[one["touchpoint"] for one in rows] for rows in walked(touches).values()]
        assert row["count"] == sum(thread.count(step) for thread in threads)
        assert row["journeys"] == sum(step in thread for thread in threads)
        assert row["repeats"] == sum(thread.count(step) > 1 for thread in threads)
        assert row["starts"] == sum(thread[0] == step for thread in threads)
        assert row["ends"] == sum(thread[-1] == step for thread in threads)


def test_what_comes_next_adds_up_to_everything(tmp_path: Path) -> None:
    touches = [*walk("1", "ask", "buy"), *walk("2", "ask", "ask", "buy", number=10), *walk("3", "ask", number=20)]
    rows = rows_of(tmp_path, "journey", touches, ALL)
    after_asking = [row for row in rows if row["from_step"] == "ask"]
    assert sum(row["next_share"] for row in after_asking) == pytest.approx(1)
    assert {row["next_share_n"] for row in after_asking} == {4}


def test_a_loop_counts_twice_and_its_journey_once(tmp_path: Path) -> None:
    touches = [*walk("1", "ask", "wait", "ask", "wait"), *walk("2", "ask", "buy", number=10)]
    rows = {(row["from_step"], row["to_step"]): row for row in rows_of(tmp_path, "journey", touches, DETAILED)}
    loop = rows["ask", "wait"]
    assert (loop["count"], loop["journeys"], loop["n"], loop["share"]) == (2, 1, 2, 0.5)


def test_journeys_are_not_counted_unless_asked_for_and_it_is_said(tmp_path: Path) -> None:
    row = rows_of(tmp_path, "journey", walk("1", "ask"), ALL)[0]
    assert (row["journeys"], row["share"]) == (None, None)
    assert row["share_reason"] == "Not counted: ask for it with the choice details."


def test_a_journey_over_the_edge_of_the_period_does_not_seem_to_begin_in_it(tmp_path: Path) -> None:
    touches = walk("1", "ask", "wait", "buy", pace=24)
    rows = rows_of(tmp_path, "journey", touches, Scope(as_of=ALL.as_of, from_on=date(2024, 1, 2)))
    assert moves(rows) == {("ask", "wait"): 1, ("wait", "buy"): 1, ("buy", END): 1}


def test_seen_earlier_a_journey_ends_with_its_last_touch_so_far(tmp_path: Path) -> None:
    touches = walk("1", "ask", "wait", "buy", pace=24)
    rows = rows_of(tmp_path, "journey", touches, Scope(as_of=ALL.as_of, to_on=date(2024, 1, 2)))
    assert moves(rows) == {(START, "ask"): 1, ("ask", "wait"): 1, ("wait", END): 1}


def test_touches_that_belong_to_no_journey_are_counted_beside(tmp_path: Path) -> None:
    touches = [*walk("1", "ask"), touch(None, "ask", 5, 5), touch(None, "buy", 6, 6), touch("1", None, 7, 7, kind=None)]
    result = asked(write_log(tmp_path, interactions=touches), "journey", ALL)
    assert result.notes == (
        "2 touches without a thread belong to no journey and are left out.",
        "1 touches that do not name their step are left out.",
    )


def test_a_customers_journey_runs_through_all_their_threads(tmp_path: Path) -> None:
    touches = [*walk("1", "ask", client_key=7), *walk("2", "buy", start=5, number=10, client_key=7)]
    customers = Scope(as_of=ALL.as_of, choices={"view": "customer"})
    assert moves(rows_of(tmp_path, "journey", touches, customers))["ask", "buy"] == 1
    assert ("ask", "buy") not in moves(rows_of(tmp_path, "journey", touches, ALL))


def test_a_condition_keeps_touches_or_whole_journeys(tmp_path: Path) -> None:
    touches = [
        *walk("1", "ask", channel="web"),
        *walk("1", "buy", start=2, number=5, channel="shop"),
        *walk("2", "ask", number=10, channel="shop"),
    ]
    where = "channel = 'web'"
    kept = rows_of(tmp_path, "journey", touches, Scope(as_of=ALL.as_of, where=where))
    assert moves(kept) == {(START, "ask"): 1, ("ask", END): 1}
    whole = rows_of(tmp_path, "journey", touches, Scope(as_of=ALL.as_of, where=where, choices={"keep": "journeys"}))
    assert moves(whole) == {(START, "ask"): 1, ("ask", "buy"): 1, ("buy", END): 1}


def test_only_journeys_in_which_a_product_was_bought(tmp_path: Path) -> None:
    touches = [*walk("1", "ask", "buy"), *walk("2", "ask", "buy", number=10)]
    items = [{"interaction_id": touches[1]["interaction_id"], "line_id": 1, "product": "P1", "category": "chairs"}]
    for product in ("P1", "chairs"):
        scope = Scope(as_of=ALL.as_of, choices={"product": product})
        assert moves(rows_of(tmp_path, "journey", touches, scope, items=items))["ask", "buy"] == 1


def test_the_first_variants_alone_keep_their_share_of_all(tmp_path: Path) -> None:
    touches = [row for n in range(9) for row in walk(str(n), "ask", "buy" if n < 6 else f"go {n}", number=10 * n)]
    rows = rows_of(tmp_path, "variants", touches, Scope(as_of=ALL.as_of, settings={"limit": 2}))
    assert [(row["rank"], row["variant"], row["count"]) for row in rows] == [(1, "ask → buy", 6), (2, "ask → go 6", 1)]
    assert [row["share"] for row in rows] == pytest.approx([6 / 9, 1 / 9])
    assert [row["cumulated_share"] for row in rows] == pytest.approx([6 / 9, 7 / 9])


def test_each_side_of_a_split_is_counted_by_itself(tmp_path: Path) -> None:
    touches = [*walk("1", "ask", "buy", channel="web"), *walk("2", "ask", number=10, channel="shop")]
    rows = rows_of(tmp_path, "journey", touches, Scope(as_of=ALL.as_of, by=("channel",)))
    assert {row["channel"] for row in rows if row["to_step"] == "buy"} == {"web"}
    assert sum(row["count"] for row in rows if row["from_step"] == START) == 2


def test_an_empty_period_has_no_rows(tmp_path: Path) -> None:
    for measure in ("journey", "variants", "journey_steps", "handovers", "first_touches", "last_touches"):
        found = rows_of(tmp_path, measure, walk("1", "ask"), Scope(as_of=ALL.as_of, from_on=date(2024, 6, 1)))
        assert found == []
