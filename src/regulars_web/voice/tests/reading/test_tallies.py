"""Slices counted in one query say the same as the measure split by that column."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from regulars.surveys.publishing import publish
from regulars.surveys.ready import template
from regulars_web.shared.frame import frame_of
from regulars_web.shared.scope import Scope
from regulars_web.voice.reading import sql
from regulars_web.voice.reading.tallies import slices

pytestmark = pytest.mark.django_db
SCORE = ("nps", "nps_low", "nps_high")


@pytest.mark.parametrize("column", ["customer_type", "employee"])
def test_a_slice_is_scored_as_the_measure_scores_it(shop, column):
    frame = frame_of(shop, Scope(period="all"))
    found = {row[column]: row for row in slices(frame)[f"by_{column}"].rows}
    measured = shop.measure("nps", by=(column,), as_of=frame.newest, to_on=frame.last).to_arrow().to_pylist()
    assert {row[column] for row in measured if row["n"]} == set(found)
    for row in measured:
        assert found[row[column]]["n"] == row["n"]
        for name in SCORE:
            assert found[row[column]][name] == pytest.approx(row[name], abs=1e-9)


@pytest.mark.parametrize("kind", ["csat", "ces"])
def test_satisfaction_and_effort_are_those_of_the_measure(shop, kind):
    frame = frame_of(shop, Scope(period="all"))
    [measured] = shop.measure(kind, as_of=frame.newest, to_on=frame.last).to_arrow().to_pylist()
    [found] = slices(frame)[kind].rows
    assert found["n"] == measured["n"] > 0
    for name in ("share", "share_low", "share_high"):
        assert found[name] == pytest.approx(measured[name], abs=1e-9)


@pytest.mark.parametrize(("score", "band"), [(6.5, "poor"), (7, "between"), (8.5, "between"), (9, "good")])
def test_a_page_calls_an_answer_good_or_poor_exactly_as_the_score_counts_it(shop, answered, score, band):
    number = answered(score, survey="halves")
    with shop.engine() as engine:
        [row] = engine.run(sql.one(number)).to_pylist()
    levels = {"poor": "detractors", "between": "passives", "good": "promoters"}
    [measured] = shop.measure("nps", where="survey = 'halves'").to_arrow().to_pylist()
    assert row["band"] == band
    assert measured[levels[band]] == measured["n"] == 1


def test_anonymous_answers_of_a_survey_for_our_own_people_are_on_no_page(shop, answered):
    publish(shop, replace(template("employees"), key="pulse-two", languages=("en",)), by="o", now=datetime.now(UTC))
    number = answered(1, "Call me", client_key=None, survey="pulse-two")
    with shop.engine() as engine:
        assert engine.run(sql.one(number)).to_pylist() == []
    frame = frame_of(shop, Scope(period="all"))
    assert "pulse-two" not in {row["survey"] for row in slices(frame)["by_survey"].rows}
    assert shop.measure("theme_texts").to_polars().filter(interaction_id=number).is_empty()
