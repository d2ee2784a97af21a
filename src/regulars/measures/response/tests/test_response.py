"""Who answered, who kept silent, and how the silent differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from scipy import stats

from regulars.measures.scope import Scope
from tests.voices import Row, Voices, rows

AS_OF = Scope(as_of=date(2024, 6, 30))


def response(voices: Voices, folder: Path, scope: Scope = AS_OF) -> dict[str | None, Row]:
    return {row["survey"]: row for row in rows(voices.measured(folder, "response", scope))}


def test_an_answer_counts_for_the_invitation_to_the_same_thing(tmp_path: Path) -> None:
    voices = Voices().asked(1, "2024-05-01", thread="O1").asked(1, "2024-05-03", thread="O2")
    voices.asked(2, "2024-05-01", thread="O3").says(1, 9, "2024-05-05", thread="O2")
    found = response(voices, tmp_path)["s"]
    assert (found["invited"], found["answered"], found["open_answers"]) == (3, 1, 0)
    assert found["response_share"] == pytest.approx(1 / 3)
    wilson = stats.binomtest(1, 3).proportion_ci(0.95, "wilson")
    assert (found["response_share_low"], found["response_share_high"]) == pytest.approx((wilson.low, wilson.high))


def test_a_reminder_is_no_second_invitation_and_a_second_answer_no_second_response(tmp_path: Path) -> None:
    voices = Voices().asked(1, "2024-05-01").asked(1, "2024-05-08", step="remind")
    voices.says(1, 9, "2024-05-09").says(1, 9, "2024-05-10")
    found = response(voices, tmp_path)["s"]
    assert (found["invited"], found["reminded"], found["answered"], found["open_answers"]) == (1, 1, 1, 1)


def test_answers_from_a_code_on_the_counter_are_counted_apart(tmp_path: Path) -> None:
    found = response(Voices().many(4, 9, survey="card"), tmp_path)["card"]
    assert (found["invited"], found["open_answers"], found["response_share"]) == (0, 4, None)
    assert found["response_share_reason"] == (
        "No invitation to this survey is recorded, so nobody can say who kept silent."
    )


def test_invitations_of_the_period_may_be_answered_after_it(tmp_path: Path) -> None:
    voices = Voices().asked(1, "2024-05-31").says(1, 9, "2024-06-02")
    scope = Scope(as_of=AS_OF.as_of, from_on=date(2024, 5, 1), to_on=date(2024, 5, 31))
    found = response(voices, tmp_path, scope)["s"]
    assert (found["invited"], found["answered"]) == (1, 1)


def test_fresh_invitations_are_named_as_they_may_still_be_answered(tmp_path: Path) -> None:
    voices = Voices().asked(1, "2024-06-25").asked(2, "2024-05-01")
    assert response(voices, tmp_path)["s"]["fresh"] == 1


def test_those_who_answered_stand_for_a_share_of_all_sales(tmp_path: Path) -> None:
    voices = Voices().buys(1, 600).buys(2, 300).buys(None, 100).buys(1, 900, "2022-01-01")
    voices.asked(1, "2024-05-01").asked(2, "2024-05-01").says(1, 9, "2024-05-02")
    found = response(voices, tmp_path)["s"]
    assert (found["value_share"], found["invited_value_share"]) == (0.6, 0.9)


def test_invitations_that_name_no_survey_all_belong_to_the_one_some_of_them_led_to(tmp_path: Path) -> None:
    voices = Voices().says(1, 9, "2024-05-05", thread="O1", survey="after the order")
    for place in (1, 2, 3, 4):
        voices.asked(place, "2024-05-01", survey=None, thread=f"O{place}", source="shop")
    found = response(voices, tmp_path)
    assert list(found) == ["after the order"]
    assert found["after the order"]["response_share"] == 0.25, "not 100%, as if only the answered ones had been sent"


def test_nobody_asked_and_nobody_answered_has_no_rows(tmp_path: Path) -> None:
    assert response(Voices().buys(1, 5), tmp_path) == {}


def silent_are_small() -> Voices:
    """Those who spend 200 and more answer; resellers do not."""
    voices = Voices()
    for key in range(1, 121):
        big = key <= 60
        voices.knows(key, customer_type="end user" if big or key % 2 else "reseller")
        voices.buys(key, (200 if big else 50) + key % 7).asked(key, "2024-05-01")
        if big:
            voices.says(key, 9, "2024-05-02")
    return voices


def test_how_the_silent_differ_is_said_in_plain_sentences(tmp_path: Path) -> None:
    result = silent_are_small().measured(tmp_path, "nonresponse", AS_OF)
    found = {row["what"]: row for row in rows(result)}
    spend = found["spend"]
    assert (spend["answered_n"], spend["silent_n"], spend["n"]) == (60, 60, 120)
    assert spend["difference"] == pytest.approx(spend["silent_mean"] - spend["answered_mean"])
    assert spend["difference_high"] < 0
    assert spend["real_difference"] is True
    assert spend["sentence"].startswith("The silent spent EUR 1")
    assert found["customer_type: reseller"]["silent_mean"] == pytest.approx(0.5)
    assert found["customer_type: reseller"]["real_difference"] is True
    assert found["orders"]["real_difference"] is False
    assert found["orders"]["sentence"] == "No clear difference in orders."
    assert "Whoever reads the scores should keep that in mind." in result.notes[0]


def test_the_means_compared_have_welchs_interval_widened_for_the_number_of_comparisons(tmp_path: Path) -> None:
    found = rows(silent_are_small().measured(tmp_path, "nonresponse", AS_OF))
    spend = next(row for row in found if row["what"] == "spend")
    heard, quiet = ([big + key % 7 for key in keys] for big, keys in ((200, range(1, 61)), (50, range(61, 121))))
    plain = stats.ttest_ind(quiet, heard, equal_var=False).confidence_interval(0.95)
    assert spend["difference_low"] < plain.low < plain.high < spend["difference_high"]
    widest = stats.ttest_ind(quiet, heard, equal_var=False).confidence_interval(1 - 0.05 / len(found))
    assert (spend["difference_low"], spend["difference_high"]) == pytest.approx((widest.low, widest.high))


def test_whoever_is_asked_often_is_judged_by_the_newest_invitation_alone(tmp_path: Path) -> None:
    voices = Voices().asked(1, "2024-01-01", thread="O1").says(1, 9, "2024-01-02", thread="O1")
    voices.asked(1, "2024-05-01", thread="O2").asked(2, "2024-05-01", thread="O3").says(
        2, 9, thread="O3", on="2024-05-04"
    )
    voices.buys(1, 10).buys(2, 10)
    found = {row["what"]: row for row in rows(voices.measured(tmp_path, "nonresponse", AS_OF))}
    assert (found["spend"]["answered_n"], found["spend"]["silent_n"]) == (1, 1)
    assert found["spend"]["difference_reason"] == "It takes two people on each side to compare means."


def test_without_invitations_all_other_customers_are_compared_and_that_is_said(tmp_path: Path) -> None:
    voices = Voices()
    for key in range(1, 21):
        voices.buys(key, 10 * key)
        if key > 10:
            voices.says(key, 9)
    result = voices.measured(tmp_path, "nonresponse", AS_OF)
    spend = next(row for row in rows(result) if row["what"] == "spend")
    assert (spend["population"], spend["answered_n"], spend["silent_n"]) == ("customers", 10, 10)
    assert "Nobody is recorded as invited" in result.notes[0]


def test_employees_who_kept_silent_are_no_silent_customers(tmp_path: Path) -> None:
    voices = Voices().knows(9, kind="employee").asked(9, "2024-05-01", survey="pulse").says(9, 8, survey="pulse")
    assert rows(voices.measured(tmp_path, "nonresponse", AS_OF)) == []
