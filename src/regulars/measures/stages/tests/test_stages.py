"""At which stage customers are, since when, and how they move."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.errors import MeasureError
from regulars.measures import find
from regulars.measures.scope import Scope
from regulars.measures.stages.expressions import days_of_moves, ends_of
from regulars.measures.stages.rules import USUAL_STAGES, Limit, Stage, in_force, stage_body, stage_from
from tests.small_log import Files, client, purchase, purchase_lists, write_log

AS_OF = date(2024, 12, 31)


def rows_of(files: Files, name: str, scope: Scope) -> list[dict[str, Any]]:
    engine = DuckDBEngine(files)
    rows: list[dict[str, Any]] = run_measure(engine, find(name), scope).to_arrow().to_pylist()
    engine.close()
    return rows


def log(folder: Path, rows: list[dict[str, Any]], **tables: Any) -> Files:
    return write_log(folder, interactions=rows, **{"clients": [], "answers": [], "decisions": [], **tables})


def stage_of(files: Files, scope: Scope) -> dict[int, tuple[str, date | None]]:
    return {row["client_key"]: (row["stage"], row["since_on"]) for row in rows_of(files, "customer_stages", scope)}


def test_a_customer_goes_through_the_whole_life_cycle(tmp_path: Path) -> None:
    visit, offer = purchase(1, "2024-01-10", 0, "call"), purchase(1, "2024-01-20", 0, "offer", thread="T")
    rows = [visit, offer, purchase(1, "2024-02-01"), purchase(1, "2024-04-01", 0, "call"), purchase(1, "2024-05-01")]
    rows += [purchase(1, "2024-05-20", 0, "referral"), purchase(2, "2022-01-01"), purchase(2, "2022-02-15")]
    files = log(tmp_path, rows)
    seen: list[tuple[str, str, str]] = [
        ("2024-01-15", "learns", "2024-01-10"),
        ("2024-01-31", "considers", "2024-01-20"),
        ("2024-03-02", "buys", "2024-02-01"),
        ("2024-03-03", "uses", "2024-03-03"),
        ("2024-05-02", "buys_again", "2024-05-01"),
        ("2024-06-01", "recommends", "2024-05-20"),
        ("2024-11-01", "slipping", "2024-10-06"),  # twice (90 + 67.5) / 2 days after the last order
    ]
    for day, stage, since in seen:
        found = stage_of(files, Scope(as_of=date.fromisoformat(day)))
        assert found[1][0] == stage, day
        assert found[1][1] == date.fromisoformat(since), day
    assert stage_of(files, Scope(as_of=AS_OF + timedelta(days=300)))[1][0] == "left"


def test_who_never_bought_is_known_when_nothing_was_heard_for_a_quarter(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-10-01", 0, "call"), purchase(2, "2024-10-02", 0, "call")]
    rows += [purchase(3, "2024-12-01", 0, "offer", initiated_by="company"), purchase(4, "2025-02-01")]
    listed = [client(5), client(6, kind="employee"), client(4)]
    found = stage_of(log(tmp_path, rows, clients=listed), Scope(as_of=date(2024, 12, 31)))
    assert found == {
        1: ("known", date(2024, 12, 31)),  # 91 days after the call
        2: ("learns", date(2024, 10, 2)),
        3: ("known", None),  # a newsletter is no touch
        5: ("known", None),
    }, "customer 4 is not known yet, 6 is no customer"


def test_an_answer_of_nine_recommends_for_a_year_and_one_of_eight_does_not(tmp_path: Path) -> None:
    rows = [purchase(key, "2024-11-01") for key in (1, 2)]
    rows += [purchase(key, "2024-11-20", None, "answer", interaction_id=key) for key in (1, 2)]
    scale = {"kind": "nps", "survey": "s", "question": "q", "scale_min": 0.0, "scale_max": 10.0}
    answers = [{"interaction_id": 1, "score": 9.0, **scale}, {"interaction_id": 2, "score": 8.0, **scale}]
    found = stage_of(log(tmp_path, rows, answers=answers), Scope(as_of=AS_OF))
    assert (found[1][0], found[2][0]) == ("recommends", "uses")


def test_a_published_rule_takes_the_place_of_the_usual_one(tmp_path: Path) -> None:
    def decided(stage: Stage, version: int) -> dict[str, Any]:
        return {"noun": "stage", "key": stage.key, "version": version, "body": json.dumps(stage_body(stage))}

    rich = Stage("rich", "rich", 65, (Limit("value", at_least=100),))
    gone = Stage("slipping", "slipping", 8, (), retired=True)
    decisions = [decided(rich, 2), decided(Stage("rich", "old", 70, ()), 1), decided(gone, 1)]
    decisions += [
        {"noun": "stage", "key": "broken", "version": 1, "body": "{"},
        {"noun": "group", "key": "x", "body": "{}"},
    ]
    rows = [purchase(1, "2024-06-01", 100), purchase(2, "2024-06-01", 99), purchase(3, "2023-06-01", 500)]
    files = log(tmp_path, rows, decisions=decisions)
    assert {key: stage for key, (stage, _) in stage_of(files, Scope(as_of=AS_OF)).items()} == {
        1: "rich",
        2: "left",
        3: "left",
    }
    listed = rows_of(files, "stages", Scope(as_of=AS_OF))
    assert [row["stage"] for row in listed] == [
        "known", "learns", "considers", "buys", "uses", "buys_again", "recommends", "left", "rich",
    ]  # fmt: skip
    assert listed[-1]["rule"] == "value at least 100"


def test_everybody_can_be_at_no_stage(tmp_path: Path) -> None:
    decisions = [
        {"noun": "stage", "key": stage.key, "version": 1, "body": json.dumps({**stage_body(stage), "retired": True})}
        for stage in USUAL_STAGES
        if stage.key != "left"
    ]
    (nowhere, left) = rows_of(
        log(tmp_path, [purchase(1, "2024-12-01")], decisions=decisions), "stages", Scope(as_of=AS_OF)
    )
    assert (nowhere["place"], nowhere["stage"], nowhere["name"], nowhere["customers"]) == (0, None, "no stage", 1)
    assert (left["stage"], left["customers"], left["share"]) == ("left", 0, 0.0)


@given(rows=purchase_lists())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_customer_is_somewhere_and_moves_add_up(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    files = log(tmp_path, rows)
    scope = Scope(as_of=date(2024, 12, 31), from_on=date(2024, 1, 1))
    stages = {row["stage"]: row["customers"] for row in rows_of(files, "stages", scope)}
    assert sum(stages.values()) == len({row["client_key"] for row in rows} - {None})
    moves = rows_of(files, "stage_moves", scope)
    arrived: dict[str, int] = {}
    for row in moves:
        arrived[row["to_stage"]] = arrived.get(row["to_stage"], 0) + row["customers"]
    assert arrived == {stage: count for stage, count in stages.items() if count}
    trend = rows_of(files, "stage_trend", scope)
    last = {row["stage"]: row["customers"] for row in trend if row["on_day"] == AS_OF}
    assert last == stages or not trend
    before = rows_of(files, "stages", Scope(as_of=date(2023, 12, 31)))
    begun = {row["stage"]: row["customers"] for row in before if row["customers"]}
    left = {row["from_stage"]: row["n"] for row in moves if row["from_stage"]}
    assert left == begun, "each end is seen as the log stood then"


def test_how_long_customers_stay_at_a_stage_counts_only_days_in_which_they_were_looked_at(tmp_path: Path) -> None:
    rows = [purchase(key, date(2024, 1, 1) + timedelta(days=3 * key), 0, "call") for key in range(40)]
    rows += [purchase(key, date(2024, 1, 1) + timedelta(days=3 * key + 20)) for key in range(40)]
    rows += [purchase(99, "2024-01-05"), purchase(99, "2024-02-04")]  # a gap of 30 days is the typical one
    found = {row["stage"]: row for row in rows_of(log(tmp_path, rows), "stage_times", Scope(as_of=AS_OF))}
    assert found["buys"]["median_days"] == 31
    # Who ordered on 30 January buys on 29 February still and is slipping on 31 March: what lay between is not seen.
    assert (found["buys"]["next_stage"], found["buys"]["next_share"]) == ("uses", pytest.approx(39 / 41))
    assert found["uses"]["median_days"] == 29, "from day 31 to day 60, when silence begins to tell"
    assert found["left"]["moved_on"] == 0
    assert found["left"]["median_days_reason"] == "Fewer than half have moved on."
    assert found["slipping"]["left_share"] == 1.0


def test_the_days_between_which_moves_are_counted_are_ends_of_months() -> None:
    scope = Scope(as_of=date(2024, 5, 15), from_on=date(2024, 2, 10))
    assert days_of_moves(scope) == [date(2024, 2, 9), date(2024, 5, 15)]
    assert ends_of(scope, "month") == [
        date(2024, 2, 9), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 15),
    ]  # fmt: skip
    assert ends_of(scope, "quarter") == [date(2024, 2, 9), date(2024, 3, 31), date(2024, 5, 15)]
    whole = Scope(as_of=date(2024, 3, 31), from_on=date(2024, 3, 1))
    assert ends_of(whole, "month") == [date(2024, 2, 29), date(2024, 3, 31)]
    long = ends_of(Scope(as_of=date(2024, 3, 31), from_on=date(2010, 1, 1)), "month")
    assert (len(long), long[0]) == (25, date(2022, 3, 31))


def test_a_stage_survives_being_written_down_and_nonsense_does_not() -> None:
    for stage in USUAL_STAGES:
        assert stage_from(stage.key, 0, stage_body(stage)) == stage
    body = stage_body(USUAL_STAGES[1])
    wrong: list[dict[str, object]] = [
        {"name": ""},
        {"place": True},
        {"place": 0},
        {"limits": "orders"},
        {"limits": [{"figure": "luck", "at_least": 1}]},
        {"limits": [{"figure": "orders"}]},
        {"limits": [{"figure": "orders", "at_least": "1"}]},
    ]
    assert [stage_from("x", 1, {**body, **change}) for change in wrong] == [None] * len(wrong)
    assert [stage.place for stage in in_force([])] == list(range(1, 10))


def test_a_choice_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="every cannot be 'week'"):
        rows_of(
            log(tmp_path, [purchase(1, "2024-01-01")]), "stage_moves", Scope(as_of=AS_OF, choices={"every": "week"})
        )
