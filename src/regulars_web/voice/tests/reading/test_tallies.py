"""Slices counted in one query say the same as the measure split by that column."""

from __future__ import annotations

import pytest

from regulars_web.home.frame import frame_of
from regulars_web.shared.scope import Scope
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
