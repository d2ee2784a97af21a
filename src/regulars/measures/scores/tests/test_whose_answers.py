"""Whose answers they are, how good they are, and which of them were taken back: said in one place for everybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from regulars.measures.scope import Scope
from tests.voices import Voices, rows

AS_OF = Scope(as_of=date(2024, 6, 30))
INNER = {"audience": "employees", "title": {"en": 'We say "audience": "partners" here'}}


def counted(voices: Voices, folder: Path, name: str = "nps") -> int:
    return int(rows(voices.measured(folder, name, AS_OF))[0]["n"] or 0)


def test_nobody_knows_who_answered_the_survey_of_our_own_people_and_yet_they_are_no_customers(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "pulse", **INNER).many(6, 2, survey="pulse").many(3, 10, survey="shop")
    assert (counted(voices, tmp_path), counted(voices, tmp_path, "enps")) == (3, 6)


def test_partners_who_answer_their_own_survey_without_a_name_stay_partners(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "trade", audience="partners").many(5, 9, survey="trade").says(None, 1)
    assert (counted(voices, tmp_path), counted(voices, tmp_path, "partner_nps")) == (1, 5)


def test_a_survey_published_before_audiences_were_asked_for_is_one_of_customers(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "shop", title={"en": "Your visit"}).many(2, 9, survey="shop")
    assert (counted(voices, tmp_path), counted(voices, tmp_path, "enps")) == (2, 0)


def test_an_audience_that_was_wrong_is_put_right_for_earlier_answers_too(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "pulse", title={"en": "Pulse"}).many(5, 2, survey="pulse")
    voices.decided("survey", "pulse", version=2, **INNER)
    assert (counted(voices, tmp_path), counted(voices, tmp_path, "enps")) == (0, 5)


def test_a_customer_who_answers_the_survey_of_our_people_answers_as_one_of_them(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "pulse", **INNER).knows(1, kind="customer").says(1, 9, survey="pulse")
    voices.many(4, 9, survey="pulse")
    assert (counted(voices, tmp_path), counted(voices, tmp_path, "enps")) == (0, 5)


def test_an_employee_who_answers_a_survey_of_customers_is_no_customer(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "shop", audience="customers").knows(1, kind="employee")
    voices.says(1, 9, survey="shop").says(None, 3, survey="shop")
    (found,) = rows(voices.measured(tmp_path, "nps", AS_OF))
    assert (found["n"], found["detractors"]) == (1, 1)


@pytest.mark.parametrize(
    ("score", "level"),
    [(6.0, "detractors"), (6.5, "detractors"), (7.0, "passives"), (8.9, "passives"), (9.0, "promoters")],
)
def test_between_two_marks_the_lower_one_counts(tmp_path: Path, score: float, level: str) -> None:
    (found,) = rows(Voices().says(None, score).measured(tmp_path, "nps", AS_OF))
    assert found[level] == found["n"] == 1


def test_easy_begins_at_five_of_seven_also_among_all_ratings(tmp_path: Path) -> None:
    voices = Voices().says(None, 5, kind="ces").says(None, 4, kind="ces")
    (share,), (rating,) = (rows(voices.measured(tmp_path, name, AS_OF)) for name in ("ces", "ratings"))
    assert share["share"] == rating["top_share"] == 0.5


def test_an_answer_taken_back_counts_nowhere_until_it_is_put_back(tmp_path: Path) -> None:
    voices = Voices().says(1, 10).says(2, 0).decided("answer", "2", taken_back=True)
    assert counted(voices, tmp_path) == 1
    assert rows(voices.measured(tmp_path, "response", AS_OF))[0]["open_answers"] == 1
    voices.decided("answer", "2", version=2, taken_back=False)
    assert counted(voices, tmp_path) == 2


def test_a_decision_about_something_else_takes_no_answer_back(tmp_path: Path) -> None:
    voices = Voices().says(1, 10).decided("answer", "no number", taken_back=True).decided("group", "1", taken_back=True)
    assert counted(voices, tmp_path) == 1
