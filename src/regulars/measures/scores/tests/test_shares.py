"""Satisfied, easy, and rated: boxes of any scale, means with their scale, reviews apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from regulars.measures.scope import Scope
from tests.voices import Voices, rows

AS_OF = Scope(as_of=date(2024, 6, 30))


@pytest.mark.parametrize(
    ("scale", "satisfied"),
    [((1, 5), [4, 5]), ((1, 7), [6, 7]), ((1, 10), [8, 9, 10]), ((0, 10), [8, 9, 10]), ((1, 3), [3]), ((0, 1), [1])],
)
def test_the_top_of_any_scale_is_what_the_top_two_boxes_are_of_five(
    tmp_path: Path, scale: tuple[int, int], satisfied: list[int]
) -> None:
    voices = Voices()
    for score in range(scale[0], scale[1] + 1):
        voices.says(None, score, kind="csat", scale=scale)
    (found,) = rows(voices.measured(tmp_path, "csat", AS_OF))
    assert found["satisfied"] == len(satisfied)
    assert found["scale"] == f"{scale[0]}-{scale[1]}"


@pytest.mark.parametrize(("scale", "easy"), [((1, 7), [5, 6, 7]), ((1, 5), [4, 5])])
def test_easy_is_two_thirds_up_the_scale(tmp_path: Path, scale: tuple[int, int], easy: list[int]) -> None:
    voices = Voices()
    for score in range(scale[0], scale[1] + 1):
        voices.says(None, score, kind="ces", scale=scale)
    (found,) = rows(voices.measured(tmp_path, "ces", AS_OF))
    assert found["easy"] == len(easy)


def test_a_share_has_wilsons_interval_and_a_mean_students(tmp_path: Path) -> None:
    scores = [5] * 30 + [4] * 10 + [2] * 10
    voices = Voices()
    for score in scores:
        voices.says(None, score, kind="csat")
    (found,) = rows(voices.measured(tmp_path, "csat", AS_OF))
    wilson = stats.binomtest(40, 50).proportion_ci(0.95, "wilson")
    assert (found["share_low"], found["share_high"]) == pytest.approx((wilson.low, wilson.high))
    student = stats.t.interval(0.95, 49, np.mean(scores), stats.sem(scores))
    assert (found["mean_low"], found["mean_high"]) == pytest.approx(student)
    assert found["mean_100"] == pytest.approx((np.mean(scores) - 1) * 25)


def test_a_mean_over_two_scales_is_not_shown_but_its_place_between_their_ends_is(tmp_path: Path) -> None:
    voices = Voices().says(1, 5, kind="csat").says(2, 0, kind="csat", scale=(0, 100), question="other")
    result = voices.measured(tmp_path, "csat", AS_OF)
    (found,) = rows(result)
    assert (found["mean"], found["scale"], found["mean_100"]) == (None, None, 50)
    assert found["mean_reason"] == "The answers are on different scales; split by question."
    assert "2 different questions are put together; --by question shows each." in result.notes


def test_every_question_has_its_own_row_with_its_scale(tmp_path: Path) -> None:
    voices = Voices()
    for score in (1, 5, 5, 4):
        voices.says(None, score, kind="rating", question="quality")
    voices.says(None, 70, kind="csat", question="overall", scale=(0, 100)).says(None, 9)
    quality, overall = sorted(rows(voices.measured(tmp_path, "ratings", AS_OF)), key=lambda row: -row["n"])
    assert (quality["question"], quality["n"], quality["scale"]) == ("quality", 4, "1-5")
    assert (quality["mean"], quality["mean_100"]) == (3.75, pytest.approx(68.75))
    assert (quality["top_share"], quality["bottom_share"]) == (0.75, 0.25)
    assert (overall["mean"], overall["mean_low"]) == (70, None)
    assert overall["mean_reason"] == "One observation has no interval."


def test_one_and_two_stars_make_a_negative_review(tmp_path: Path) -> None:
    voices = Voices().says(None, 5, kind="csat")
    for stars in (1, 2, 3, 4, 5, 5, 5, 5):
        voices.says(None, stars, kind="rating", survey="reviews", question="stars", listened="review", channel="web")
    (found,) = rows(voices.measured(tmp_path, "reviews", AS_OF))
    assert (found["negative"], found["neutral"], found["positive"], found["n"]) == (2, 1, 5, 8)
    wilson = stats.binomtest(2, 8).proportion_ci(0.95, "wilson")
    assert (found["negative_share_low"], found["negative_share_high"]) == pytest.approx((wilson.low, wilson.high))
    assert found["mean"] == 3.75
    (trend,) = rows(voices.measured(tmp_path, "reviews_trend", AS_OF))
    assert trend["negative_share"] == 0.25


def test_no_reviews_is_unknown_not_zero(tmp_path: Path) -> None:
    (found,) = rows(Voices().buys(1, 5).measured(tmp_path, "reviews", AS_OF))
    assert (found["n"], found["negative_share"]) == (0, None)
    assert found["negative_share_reason"] == "There are no reviews in the period."
