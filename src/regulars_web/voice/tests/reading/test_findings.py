"""Sentences say what was measured, with its interval, and only what is real."""

from __future__ import annotations

from datetime import date

import pytest

from regulars_web.shared.readings import Reading
from regulars_web.voice.reading.findings import Ground, change_words, findings
from regulars_web.voice.reading.things import things


class _Frame:
    newest = date(2026, 6, 30)


NPS = {"n": 300, "promoters": 120, "passives": 120, "detractors": 60, "nps": 20.0, "nps_low": 11.4, "nps_high": 28.2}


def ground(**readings):
    poor = tuple({"interaction_id": one, "client_key": one, "occurred_on": date(2026, 6, one)} for one in (20, 10))
    return Ground(_Frame(), {name: Reading([row]) for name, row in readings.items()}, poor, 3)


def test_the_score_stands_in_the_sentence_with_its_interval_and_count():
    [first, *_rest] = findings(ground(nps=NPS))
    assert "20 (11 to 28)" in first.sentence
    assert "300 answers: 40% gave 9 or 10, 20% gave 6 or less." in first.told


def test_a_change_that_may_be_chance_is_not_told():
    change = {"period_on": date(2026, 4, 1), "change": 9.0, "change_low": -2.0, "change_high": 20.0}
    assert change_words(Reading([{**change, "real_change": False}])) == ""


def test_a_real_fall_is_told_with_its_interval_and_leads_to_a_thing_to_do():
    fall = {
        "period_on": date(2026, 4, 1),
        "change": -9.0,
        "change_low": -15.0,
        "change_high": -3.0,
        "real_change": True,
    }
    assert "Down by 9 points (3 to 15)" in change_words(Reading([fall]))
    assert "fell" in [one.key for one in things(ground(nps=NPS, nps_trend=fall))]


def test_poor_answers_that_nobody_took_up_come_first():
    found = things(ground(nps=NPS))
    assert found[0].key == "answer"
    assert "2 customers" in found[0].sentence
    [waiting] = [one for one in findings(ground(nps=NPS)) if one.key == "waiting"]
    assert waiting.sentence == "Of 3 poor answers, 2 have no follow-up."


def test_never_more_than_three_things():
    assert len(things(ground(nps={**NPS, "n": 3}))) <= 3


@pytest.mark.parametrize("n", [0, None])
def test_without_an_answer_no_score_is_claimed(n):
    assert "nps" not in [one.key for one in findings(ground(nps={"n": n, "nps": None}))]
