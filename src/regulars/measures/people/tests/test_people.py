"""Decisions on the spot, hand-overs between departments, and answers that people gave in confidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.errors import MeasureError
from regulars.measures.scope import Scope
from tests.small_log import purchase
from tests.voices import Voices, rows

AS_OF = Scope(as_of=date(2024, 6, 30))
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def measured(voices: Voices, folder: Path, name: str, scope: Scope = AS_OF) -> list[dict[str, Any]]:
    return rows(voices.measured(folder, name, scope))


def used(voices: Voices, key: int | None, on: str = "2024-02-01", *, outcome: str = "granted", **told: Any) -> Voices:
    """One decision made for a customer."""
    columns = {name: told.pop(name) for name in ("amount", "wait_seconds", "interaction_id") if name in told}
    number = columns.pop("interaction_id", len(voices.interactions) + 1)
    amount = columns.pop("amount", None)
    said = "{" + ", ".join(f'"{name}": {value}' for name, value in told.items()) + "}"
    row = purchase(key, on, amount, "authority", interaction_id=number, outcome=outcome, properties=said, **columns)
    voices.interactions.append(row)
    return voices


def of_kind(found: list[dict[str, Any]], decision: str) -> dict[str, Any]:
    return next(row for row in found if row["decision"] == decision)


# Authority -------------------------------------------------------------------------------------------------


def test_a_decision_is_within_the_limit_over_it_or_nobody_knows(tmp_path: Path) -> None:
    voices = Voices()
    for amount, limit in ((50, "50"), (51, "50"), (9, "null")):
        used(voices, 1, amount=amount, decision='"refund"', asked="false", limit=limit)
    used(voices, 1, amount=900, decision='"refund"', asked="false", limit="null", limit_known="true")
    found = of_kind(measured(voices, tmp_path, "authority"), "refund")
    assert (found["uses"], found["within"], found["over_limit"], found["unlimited"]) == (4, 2, 1, 1)
    assert found["amount"] == Decimal(1010)


def test_whoever_had_to_ask_is_neither_within_nor_over_and_the_wait_counts(tmp_path: Path) -> None:
    voices = Voices()
    for minute in range(1, 8):
        used(voices, minute, wait_seconds=60 * minute, decision='"gift"', asked="true", limit="10", amount=99)
    found = of_kind(measured(voices, tmp_path, "authority"), "gift")
    assert (found["asked"], found["within"], found["over_limit"]) == (7, 0, 0)
    assert (found["wait"], found["wait_n"], found["asked_share"]) == (240, 7, 1.0)


def test_a_question_that_was_answered_later_counts_once(tmp_path: Path) -> None:
    voices = used(Voices(), 1, outcome="asked", decision='"gift"', asked="true", limit="10", interaction_id=7)
    used(voices, 1, outcome="refused", decision='"gift"', asked="true", answers='"7"', limit="10")
    found = of_kind(measured(voices, tmp_path, "authority"), "all")
    assert (found["uses"], found["refused"], found["open"]) == (1, 1, 0)


def test_who_came_back_is_told_apart_by_whether_a_superior_was_asked(tmp_path: Path) -> None:
    voices = Voices()
    for key in range(10):
        used(voices, key, decision='"gift"', asked="true" if key < 5 else "false", limit="10")
        if key >= 4:
            voices.buys(key, 10, "2024-03-01")
    voices.buys(0, 10, "2024-06-20")  # after the window
    found = of_kind(measured(voices, tmp_path, "authority"), "all")
    assert (found["returned_asked"], found["returned_at_once"]) == (0.2, 1.0)
    assert found["returned_difference"] == 0.8


def test_a_customer_whose_window_is_not_over_counts_nowhere_yet(tmp_path: Path) -> None:
    voices = used(Voices(), 1, "2024-06-01", decision='"gift"', asked="false", limit="10").buys(1, 10, "2024-06-10")
    found = of_kind(measured(voices, tmp_path, "authority"), "all")
    assert (found["returned_at_once"], found["returned_at_once_n"]) == (None, 0)


def test_no_decision_at_all_is_unknown_and_no_error(tmp_path: Path) -> None:
    (found,) = measured(Voices().buys(1, 10), tmp_path, "authority")
    assert (found["uses"], found["asked_share"], found["wait"]) == (0, None, None)


# Promises between departments ------------------------------------------------------------------------------


def handed(voices: Voices, thread: str, seconds: int, department: str, step: str | None = None) -> Voices:
    at = NOON + timedelta(seconds=seconds)
    row = {"interaction_id": len(voices.interactions) + 1, "kind": "task", "thread": thread, "department": department}
    voices.interactions.append({**row, "step": step, "occurred_at": at, "occurred_on": at.date()})
    return voices


def promised(voices: Voices, **told: Any) -> Voices:
    body = {"from": "accounts", "to": "sales", "name": "Contracts", "within_seconds": 3600} | told
    return voices.decided("department promise", "contracts", **body)


def test_a_hand_over_runs_from_the_department_that_waits_to_the_one_that_promised(tmp_path: Path) -> None:
    voices = promised(Voices())
    handed(handed(voices, "a", 0, "sales"), "a", 3_600, "accounts")
    handed(handed(voices, "b", 0, "sales"), "b", 3_601, "accounts")
    handed(voices, "c", 0, "accounts")  # nobody waited
    (found,) = measured(voices, tmp_path, "department_promises")
    assert (found["n"], found["kept"], found["how"], found["median_n"]) == (2, 1, "log", 2)
    assert (found["from"], found["to"]) == ("accounts", "sales")


def test_asking_again_before_the_answer_is_one_hand_over_from_the_first_time(tmp_path: Path) -> None:
    voices = promised(Voices())
    for seconds, department in (
        (0, "sales"),
        (1_800, "sales"),
        (4_000, "accounts"),
        (5_000, "sales"),
        (5_500, "accounts"),
    ):
        handed(voices, "a", seconds, department)
    (found,) = measured(voices, tmp_path, "department_promises")
    assert (found["n"], found["kept"], found["median"]) == (2, 1, 2_250)


def test_named_steps_start_and_stop_the_clock_whichever_department_wrote_them(tmp_path: Path) -> None:
    voices = promised(Voices(), from_step="signed", to_step="booked")
    handed(handed(voices, "a", 0, "sales", "signed"), "a", 60, "sales", "booked")
    handed(voices, "a", 90, "accounts", "other")
    (found,) = measured(voices, tmp_path, "department_promises")
    assert (found["n"], found["kept"]) == (1, 1)


def test_what_is_not_answered_is_broken_once_its_time_is_up_and_waits_before(tmp_path: Path) -> None:
    late = handed(promised(Voices()), "a", 0, "sales")
    (found,) = measured(late, tmp_path / "late", "department_promises")
    assert (found["n"], found["kept"], found["waiting"]) == (1, 0, 0)
    fresh = handed(promised(Voices(), within_seconds=90 * 86_400), "a", 0, "sales")
    (found,) = measured(fresh, tmp_path / "fresh", "department_promises")
    assert (found["n"], found["kept_share"], found["waiting"]) == (0, None, 1)


def test_ratings_of_four_people_are_hidden_and_of_five_shown_once_the_month_is_over(tmp_path: Path) -> None:
    for people, shown in ((4, None), (5, 4.0)):
        voices = promised(Voices().buys(1, 10))
        for person in range(people):
            voices.decided("department promise rated", f"contracts:e{person}@x", side="to", score=4)
        (found,) = measured(voices, tmp_path / str(people), "department_promises")
        assert found["rated_to"] == shown
        assert found["how"] == ("rated" if shown else "")
        early = Scope(as_of=date(2024, 1, 30))  # decided on 1 January, and January is not over
        (found,) = rows(voices.measured(tmp_path / f"early {people}", "department_promises", early))
        assert found["rated_to"] is None


# In confidence ---------------------------------------------------------------------------------------------

STAFF = {"audience": "employees"}


def says(voices: Voices, level: str | None, department: str | None, score: float, on: str = "2024-05-10") -> Voices:
    return voices.says(
        None,
        score,
        on,
        kind="rating",
        survey="seven-elements",
        question="strategy-1",
        scale=(1, 5),
        properties={"level": level} if level else {},
        department=department,
    )


def questionnaire(people: Mapping[tuple[str | None, str | None], int], score: float = 4) -> Voices:
    voices = Voices().decided("survey", "seven-elements", **STAFF)
    for (level, department), count in people.items():
        for number in range(count):
            says(voices, level, department, score - number % 2)
    return voices


def of_strategy(found: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["split"], row["group"]): row for row in found if row["element"] == "strategy"}


def test_four_colleagues_are_no_result_and_five_are(tmp_path: Path) -> None:
    few = of_strategy(measured(questionnaire({(None, None): 4}), tmp_path / "4", "elements"))
    assert few["all", "all"]["mean"] is None
    assert few["all", "all"]["mean_reason"]
    enough = of_strategy(measured(questionnaire({(None, None): 5}), tmp_path / "5", "elements"))
    assert (enough["all", "all"]["n"], enough["all", "all"]["mean"]) == (5, 3.6)


def test_the_gap_is_managements_mean_less_that_of_the_front_line(tmp_path: Path) -> None:
    voices = questionnaire({("management", "office"): 6}, 5)
    for number in range(8):
        says(voices, "front line", "shop", 2 + number % 2)
    found = of_strategy(measured(voices, tmp_path, "elements"))
    assert found["all", "all"]["gap"] == 2.0
    assert found["all", "all"]["gap_low"] < 2.0 < found["all", "all"]["gap_high"]


def test_a_small_department_is_hidden_and_another_one_with_it(tmp_path: Path) -> None:
    found = of_strategy(
        measured(
            questionnaire({(None, "sales"): 9, (None, "delivery"): 6, (None, "accounts"): 2}), tmp_path, "elements"
        )
    )
    shown = {group for (split, group), row in found.items() if split == "department" and row["mean"] is not None}
    assert shown == {"sales"}
    assert found["department", "delivery"]["mean_reason"].startswith("Hidden")


def test_a_month_that_is_not_over_is_not_shown_yet(tmp_path: Path) -> None:
    voices = questionnaire({(None, None): 7})
    found = of_strategy(measured(voices, tmp_path, "elements", Scope(as_of=date(2024, 5, 30))))
    assert found["all", "all"]["mean"] is None


def test_evidence_stands_beside_what_people_say_also_where_nobody_said_anything(tmp_path: Path) -> None:
    voices = Voices().buys(1, 10, "2024-06-01").buys(None, 10, "2024-06-01")
    found = {row["element"]: row for row in measured(voices, tmp_path, "elements")}
    assert (found["systems"]["evidence"], found["systems"]["evidence_n"]) == (0.5, 2)
    assert (found["style"]["evidence"], found["style"]["mean"]) == (None, None)
    assert len(found) == 7


@pytest.mark.parametrize("name", ["enps", "pulse", "elements"])
def test_no_condition_singles_a_colleague_out(tmp_path: Path, name: str) -> None:
    voices = Voices().decided("survey", "pulse", **STAFF).many(9, 3, survey="pulse", employee="E1")
    scope = Scope(as_of=AS_OF.as_of, where="employee = 'E1'")
    told = [row.get("enps", row.get("nps", row.get("mean"))) for row in measured(voices, tmp_path, name, scope)]
    assert told
    assert set(told) == {None}


def test_answers_in_confidence_are_split_by_department_and_by_nothing_else(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "pulse", **STAFF)
    voices.many(6, 9, survey="pulse", department="sales").many(5, 2, survey="pulse", department="accounts")
    found = measured(voices, tmp_path / "one", "enps", Scope(as_of=AS_OF.as_of, by=("department",)))
    assert {row["department"]: row["enps"] for row in found} == {"sales": 100, "accounts": -100}
    with pytest.raises(MeasureError, match="cannot be split by channel"):
        measured(voices, tmp_path / "other", "enps", Scope(as_of=AS_OF.as_of, by=("channel",)))


def test_other_peoples_answers_are_not_counted_out_of_a_narrowed_question(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "pulse", **STAFF).says(None, 2, survey="pulse", employee="E1").says(1, 9)
    result = voices.measured(tmp_path, "nps", Scope(as_of=AS_OF.as_of, where="score <= 6"))
    assert not any("other people" in note for note in result.notes)


days = st.dates(date(2024, 1, 1), date(2024, 6, 30))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(days, min_size=1, max_size=14), days, days)
def test_no_choice_of_days_shows_fewer_than_five_more(
    tmp_path_factory: pytest.TempPathFactory, given_on: list[date], one: date, other: date
) -> None:
    """An adversary asks for two periods that end on different days and subtracts the counts."""
    voices = Voices().decided("survey", "pulse", **STAFF).buys(1, 10, "2024-01-01")
    for on in given_on:
        voices.says(None, 9, on.isoformat(), survey="pulse")
    folder = tmp_path_factory.mktemp("days")
    counts = [
        (measured(voices, folder / str(place), "enps", Scope(as_of=AS_OF.as_of, to_on=last))[0]["n"] or 0)
        for place, last in enumerate((one, other))
    ]
    assert abs(counts[0] - counts[1]) not in range(1, 5)
