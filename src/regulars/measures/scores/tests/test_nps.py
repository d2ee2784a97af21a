"""Would customers recommend us: counted right, doubted honestly, never mixed with anybody else's opinion."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.errors import MeasureError
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import NET
from regulars.measures.scores.effects import scored
from tests.voices import Voices, rows

AS_OF = Scope(as_of=date(2024, 6, 30))


def test_120_promoters_and_60_detractors_of_300_score_20_within_11_and_28(tmp_path: Path) -> None:
    voices = Voices().many(120, 9).many(120, 8).many(60, 3)
    (found,) = rows(voices.measured(tmp_path, "nps", AS_OF))
    assert (found["promoters"], found["passives"], found["detractors"], found["n"]) == (120, 120, 60, 300)
    assert found["nps"] == pytest.approx(20)
    assert (round(found["nps_low"], 1), round(found["nps_high"], 1)) == (11.4, 28.2)
    assert found["small_sample"] is False


def test_nine_is_a_promoter_seven_a_passive_and_six_a_detractor(tmp_path: Path) -> None:
    voices = Voices()
    for score in range(11):
        voices.says(None, score)
    (found,) = rows(voices.measured(tmp_path, "nps", AS_OF))
    assert (found["promoters"], found["passives"], found["detractors"]) == (2, 2, 7)
    assert found["small_sample"] is True


def test_nobody_asked_is_unknown_not_zero(tmp_path: Path) -> None:
    (found,) = rows(Voices().buys(1, 10).says(1, 3, kind="csat").measured(tmp_path, "nps", AS_OF))
    assert (found["n"], found["nps"], found["nps_low"]) == (0, None, None)
    assert found["nps_reason"] == "Nobody answered a question of this kind in the period."


def test_what_employees_and_partners_say_is_no_opinion_of_customers(tmp_path: Path) -> None:
    voices = Voices().knows(1, kind="customer").knows(2, kind="employee").knows(3, kind="partner")
    voices.says(1, 10).says(2, 0, survey="pulse").says(3, 5, survey="trade").says(None, 9)
    voices.many(4, 0, survey="pulse").many(5, 5, survey="trade")
    result = voices.measured(tmp_path, "nps", AS_OF)
    (found,) = rows(result)
    assert (found["promoters"], found["n"]) == (2, 2)
    assert any("11 answers of other people" in note for note in result.notes)
    assert rows(voices.measured(tmp_path, "enps", AS_OF))[0]["enps"] == -100
    assert rows(voices.measured(tmp_path, "partner_nps", AS_OF))[0]["n"] == 6


def test_an_answer_without_a_name_belongs_to_those_whom_its_survey_asked(tmp_path: Path) -> None:
    voices = Voices().knows(2, kind="employee").asked(2, "2024-04-30", survey="pulse").many(5, 2, survey="pulse")
    voices.many(3, 10, survey="after the order")
    (customers,), (employees,) = (rows(voices.measured(tmp_path, name, AS_OF)) for name in ("nps", "enps"))
    assert (customers["n"], employees["n"]) == (3, 5)


def test_a_likely_repeat_is_shown_but_not_counted(tmp_path: Path) -> None:
    voices = (
        Voices().says(1, 10).says(1, 10, properties={"duplicate": True}).says(2, 0, properties={"duplicate": False})
    )
    result = voices.measured(tmp_path, "nps", AS_OF)
    (found,) = rows(result)
    assert (found["n"], found["duplicates"]) == (2, 1)
    assert "1 answers are marked as likely repeats and are left out." in result.notes


def test_reviews_and_blank_scores_are_no_answers_to_a_survey(tmp_path: Path) -> None:
    voices = Voices().says(1, 10, listened="review").says(2, 11).says(3, 7, scale=(1, 10))
    (found,) = rows(voices.measured(tmp_path, "nps", AS_OF))
    assert found["n"] == 0


def test_a_customer_who_answers_ten_times_tells_less_than_ten_customers(tmp_path: Path) -> None:
    often, once = Voices(), Voices()
    for customer in range(30):
        for _ in range(10):
            often.says(customer, 10 if customer % 3 else 2)
            once.says(None, 10 if customer % 3 else 2)
    (wide,), (narrow,) = (rows(v.measured(tmp_path / str(id(v)), "nps", AS_OF)) for v in (often, once))
    assert wide["nps"] == pytest.approx(narrow["nps"])
    assert (wide["customers"], narrow["customers"]) == (30, 300)
    assert wide["nps_high"] - wide["nps_low"] > 2.5 * (narrow["nps_high"] - narrow["nps_low"])


def test_weights_move_the_score_and_widen_its_interval(tmp_path: Path) -> None:
    voices = Voices()
    for place in range(100):
        voices.says(None, 10 if place < 50 else 0, weight=3.0 if place % 2 and place < 50 else 1.0)
    (found,) = rows(voices.measured(tmp_path, "nps", AS_OF))
    # 25 promoters of weight 3, 25 of weight 1, 50 detractors of weight 1: (100 - 50) / 150.
    assert found["nps"] == pytest.approx(0)
    assert found["nps_weighted"] == pytest.approx(100 * 50 / 150)
    # Sums of squared weights 250 and 50; distances of +1 and -1 from the mean of a third.
    variance = (250 * (2 / 3) ** 2 + 50 * (4 / 3) ** 2) / 150**2
    alone = (100 / 150 * (2 / 3) ** 2 + 50 / 150 * (4 / 3) ** 2) / 100
    assert found["design_effect"] == pytest.approx(variance / alone)
    assert found["nps_weighted_low"] < 33.3 < found["nps_weighted_high"]


def test_answers_of_one_weight_have_no_second_score(tmp_path: Path) -> None:
    (found,) = rows(Voices().many(5, 9, weight=1.0).measured(tmp_path, "nps", AS_OF))
    assert found["nps_weighted"] is None
    assert found["nps_weighted_reason"] == "No answer carries a weight."


def test_it_is_split_by_survey_touchpoint_employee_and_any_column_of_clients(tmp_path: Path) -> None:
    voices = Voices().knows(1, customer_type="reseller").says(1, 10, employee="E1", touchpoint="shop", survey="a")
    voices.says(None, 0, employee="E2", touchpoint="web", survey="b")
    for by, values in {
        "survey": ["a", "b"], "touchpoint": ["shop", "web"], "employee": ["E1", "E2"],
        "customer_type": ["reseller", None], "question": ["q"],
    }.items():  # fmt: skip
        found = rows(voices.measured(tmp_path, "nps", Scope(as_of=AS_OF.as_of, by=(by,))))
        assert [row[by] for row in found] == values, by


def test_a_condition_may_name_surveys_contacts_and_customers(tmp_path: Path) -> None:
    voices = Voices().knows(1, customer_type="reseller").says(1, 10, survey="a").says(2, 0, survey="a").says(1, 0)
    scope = Scope(as_of=AS_OF.as_of, where="survey = 'a' and customer_type = 'reseller'")
    (found,) = rows(voices.measured(tmp_path, "nps", scope))
    assert (found["promoters"], found["n"]) == (1, 1)


@pytest.mark.parametrize("by", ["client_key", "shoe_size"])
def test_a_column_that_cannot_split_opinions_is_refused_in_words(tmp_path: Path, by: str) -> None:
    with pytest.raises(MeasureError):
        Voices().says(1, 10).measured(tmp_path, "nps", Scope(as_of=AS_OF.as_of, by=(by,)))


def test_only_the_period_asked_for_counts(tmp_path: Path) -> None:
    voices = Voices().says(1, 10, "2024-04-30").says(2, 0, "2024-05-01").says(3, 0, "2024-06-01")
    scope = Scope(as_of=AS_OF.as_of, from_on=date(2024, 5, 1), to_on=date(2024, 5, 31))
    assert rows(voices.measured(tmp_path, "nps", scope))[0]["n"] == 1


counts = st.tuples(*[st.integers(0, 400)] * 3).filter(lambda three: sum(three) > 0)


@given(counts)
def test_one_more_promoter_never_lowers_nps(three: tuple[int, int, int]) -> None:
    n = sum(three)
    happier = scored([(three[0] + 1) / (n + 1), three[1] / (n + 1), three[2] / (n + 1)], n + 1, NET)
    before = scored([count / n for count in three], n, NET)
    assert happier.value is not None
    assert before.value is not None
    assert happier.value >= before.value - 1e-12


@given(counts)
def test_an_interval_lies_on_the_scale_and_is_never_empty(three: tuple[int, int, int]) -> None:
    found = scored([count / sum(three) for count in three], sum(three), NET)
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low < found.high <= 1
