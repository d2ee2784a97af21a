"""Ratings question by question: customers', employees' and partners' apart, and nobody's alone."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from regulars.errors import MeasureError
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.voices import Voices, rows

AS_OF = Scope(as_of=date(2024, 6, 30))
THREE = ("ratings", "employee_ratings", "partner_ratings")
Said = list[tuple[int, str, int]]  # month, department, score


def staff(said: Said, *, question: str = "tools") -> Voices:
    """What colleagues said by a link of nobody in particular."""
    voices = Voices().decided("survey", "inside", audience="employees")
    for month, department, score in said:
        on = f"2024-{month:02}-10"
        voices.says(None, score, on, kind="rating", survey="inside", question=question, department=department)
    return voices


def asked(voices: Voices, folder: Path, name: str, scope: Scope = AS_OF) -> list[dict[str, Any]]:
    return rows(voices.measured(folder, name, scope))


def test_each_question_is_counted_for_those_who_were_asked_and_for_nobody_else(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "inside", audience="employees").decided("survey", "trade", audience="partners")
    for survey, score, count in (("shop", 5, 2), ("inside", 4, 6), ("trade", 2, 5)):
        voices.many(count, score, kind="rating", survey=survey)
    found = [[(row["survey"], row["n"], row["mean"]) for row in asked(voices, tmp_path, name)] for name in THREE]
    assert found == [[("shop", 2, 5.0)], [("inside", 6, 4.0)], [("trade", 5, 2.0)]]


def test_the_customers_ratings_say_how_many_answers_of_other_people_they_leave_out(tmp_path: Path) -> None:
    voices = staff([(5, "shop", 4)] * 6).many(2, 5, kind="rating", survey="shop")
    told = voices.measured(tmp_path, "ratings", AS_OF).notes
    assert told == (
        "6 answers of other people are left out; customers, employees and partners are never mixed "
        "(ratings, employee_ratings, partner_ratings).",
    )
    assert voices.measured(tmp_path / "where", "ratings", Scope(as_of=AS_OF.as_of, where="survey = 'shop'")).notes == ()


def test_an_employee_who_answers_a_customers_survey_is_counted_with_the_employees_alone(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "shop", audience="customers").many(2, 5, kind="rating", survey="shop")
    for key in range(1, 7):
        voices.knows(key, kind="employee").says(key, 1, kind="rating", survey="shop")
    (customers,), (employees,) = (asked(voices, tmp_path, name) for name in THREE[:2])
    assert (customers["n"], customers["mean"]) == (2, 5.0)
    assert (employees["survey"], employees["n"], employees["mean"]) == ("shop", 6, 1.0)


def test_four_colleagues_are_a_question_without_a_result_and_five_have_one(tmp_path: Path) -> None:
    (few,) = asked(staff([(5, "shop", 4)] * 4), tmp_path / "4", "employee_ratings")
    assert {few[name] for name in ("mean", "mean_low", "mean_100", "top_share", "bottom_share", "n")} == {None}
    assert few["mean_reason"] == "Fewer than five people answered in whole months that are over."
    (enough,) = asked(staff([(5, "shop", 4)] * 5), tmp_path / "5", "employee_ratings")
    assert (enough["n"], enough["mean"], enough["top_share"], enough["mean_reason"]) == (5, 4.0, 1.0, None)


def test_three_partners_are_a_question_without_a_result(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "trade", audience="partners").many(3, 2, kind="csat", survey="trade")
    (found,) = asked(voices, tmp_path, "partner_ratings")
    assert (found["question"], found["scale"], found["mean"], found["n"]) == ("q", "1-5", None, None)


def test_one_colleague_who_answers_five_times_is_one_person(tmp_path: Path) -> None:
    voices = Voices().knows(1, kind="employee")
    for _ in range(5):
        voices.says(1, 3, kind="rating", survey="inside")
    (found,) = asked(voices, tmp_path, "employee_ratings")
    assert found["mean"] is None


def test_a_month_that_is_not_over_is_not_shown_and_a_condition_shows_nothing(tmp_path: Path) -> None:
    voices = staff([(5, "shop", 4)] * 6)
    (early,) = asked(voices, tmp_path / "early", "employee_ratings", Scope(as_of=date(2024, 5, 30)))
    assert early["mean"] is None
    narrowed = Scope(as_of=AS_OF.as_of, where="department = 'shop'")
    (found,) = asked(voices, tmp_path / "where", "employee_ratings", narrowed)
    assert found["mean"] is None
    assert found["mean_reason"].startswith("Answers given in confidence are not narrowed")


@pytest.mark.parametrize("name", THREE[1:])
@pytest.mark.parametrize("column", ["employee", "touchpoint", "channel", "branch", "occurred_on"])
def test_no_split_singles_anybody_out(tmp_path: Path, name: str, column: str) -> None:
    with pytest.raises(MeasureError, match="cannot be split"):
        asked(staff([(5, "shop", 4)] * 6), tmp_path, name, Scope(as_of=AS_OF.as_of, by=(column,)))


def test_partners_are_not_split_by_department(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="cannot be split by department"):
        asked(Voices(), tmp_path, "partner_ratings", Scope(as_of=AS_OF.as_of, by=("department",)))


def test_both_are_asked_of_the_whole_company_and_never_of_a_group() -> None:
    assert [find(name).in_confidence for name in THREE] == [False, True, True]


def test_a_department_of_four_takes_the_smallest_other_one_with_it(tmp_path: Path) -> None:
    said = [(5, "shop", 4)] * 9 + [(5, "delivery", 3)] * 5 + [(5, "accounts", 1)] * 4
    found = asked(staff(said), tmp_path, "employee_ratings", Scope(as_of=AS_OF.as_of, by=("department",)))
    assert {row["department"]: row["mean"] for row in found} == {"shop": 4.0, "delivery": None, "accounts": None}
    assert {row["department"]: row["n"] for row in found} == {"shop": 9, "delivery": None, "accounts": None}


def test_statements_on_the_seven_elements_are_counted_by_elements_alone(tmp_path: Path) -> None:
    result = staff([(5, "shop", 4)] * 6, question="strategy-1").measured(tmp_path, "employee_ratings", AS_OF)
    assert rows(result) == []
    assert result.notes[-1] == "Statements on the seven elements are counted by elements, never one by one."


def test_intervals_are_students_and_wilsons_over_the_answers_of_whole_waves(tmp_path: Path) -> None:
    scores = [1, 2, 4, 5, 5, 4, 3]
    (found,) = asked(staff([(4 + place % 2, "shop", score) for place, score in enumerate(scores)]), tmp_path, THREE[1])
    assert found["n"] == 7  # four in April and three in May are one wave
    student = stats.t.interval(0.95, 6, np.mean(scores), stats.sem(scores))
    assert (found["mean_low"], found["mean_high"]) == pytest.approx(student)
    wilson = stats.binomtest(4, 7).proportion_ci(0.95, "wilson")
    assert (found["top_share_low"], found["top_share_high"]) == pytest.approx((wilson.low, wilson.high))


companies = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(["shop", "delivery", "accounts"]), st.integers(1, 5)), max_size=45
)


def told_by(said: Said, months: tuple[int, int], by: tuple[str, ...], folder: Path) -> list[tuple[Any, int]]:
    """What one question to the measure gives away: for each row shown, its department and how many it counts."""
    begins, ends = months
    last = date(2024, ends, [31, 29, 31, 30, 31][ends - 1])
    scope = Scope(as_of=AS_OF.as_of, from_on=date(2024, begins, 1), to_on=last, by=by)
    found = asked(staff(said), folder / f"{begins}-{ends}-{len(by)}", "employee_ratings", scope)
    return [(row.get("department"), row["n"]) for row in found if row["mean"] is not None]


@given(companies)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_two_periods_and_no_department_against_all_leave_fewer_than_five(
    tmp_path_factory: pytest.TempPathFactory, said: Said
) -> None:
    folder = tmp_path_factory.mktemp("said")
    whole: dict[tuple[int, int], int] = {}
    parts: dict[tuple[int, int], dict[Any, int]] = defaultdict(dict)
    for months in itertools.combinations_with_replacement((1, 3, 5), 2):
        whole.update((months, n) for _, n in told_by(said, months, (), folder))
        parts[months] |= dict(told_by(said, months, ("department",), folder))
    for one, other in itertools.combinations(whole, 2):
        nested = one[0] <= other[0] <= other[1] <= one[1] or other[0] <= one[0] <= one[1] <= other[1]
        assert not nested or not 0 < abs(whole[one] - whole[other]) < 5
    for months, departments in parts.items():
        assert all(n >= 5 for n in departments.values())
        assert not 0 < whole.get(months, 0) - sum(departments.values()) < 5


def test_a_split_that_the_rows_have_anyway_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="cannot be split by 'survey'"):
        asked(Voices().says(1, 5, kind="rating"), tmp_path, "ratings", Scope(as_of=AS_OF.as_of, by=("survey",)))
