"""San Francisco airport's own survey of 2017 gives the figures that were published of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.real_data import real_data
from tests.small_log import Files, purchase, write_log
from tests.voices import Row, rows

AS_OF = Scope(as_of=date(2017, 12, 31))
BLANK_NPS, NEVER_USED = 11, 6


@pytest.fixture(scope="module")
def airport(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Two questions of 2017: blanks and "never used" are no answers; every passenger is a stranger."""
    given = pl.read_parquet(real_data("survey_sfo_airport/sfo_2017.parquet"))
    touched: list[Row] = []
    answers: list[Row] = []
    for place, (score, overall, weight) in enumerate(given.select("NETPRO", "Q7ALL", "WEIGHT").iter_rows(), start=1):
        touched.append(purchase(None, "2017-06-01", None, "answer", interaction_id=place))
        row = {"interaction_id": place, "survey": "airport 2017", "weight": weight}
        if score is not None and score != BLANK_NPS:
            answers.append(
                {**row, "question": "NETPRO", "kind": "nps", "score": score, "scale_min": 0, "scale_max": 10}
            )
        if str(overall).isdigit() and 1 <= int(overall) < NEVER_USED:
            scale = {"kind": "csat", "scale_min": 1, "scale_max": 5}
            answers.append({**row, "question": "Q7ALL", "score": float(overall), **scale})
    folder: Path = tmp_path_factory.mktemp("airport")
    return write_log(folder, interactions=touched, answers=answers, clients=[])


def measured(files: Files, name: str) -> Row:
    engine = DuckDBEngine(files)
    (found,) = rows(run_measure(engine, find(name), AS_OF))
    engine.close()
    return found


def test_the_airport_scores_39_84_and_weighted_40_40(airport: Files) -> None:
    found = measured(airport, "nps")
    assert (found["promoters"], found["passives"], found["detractors"]) == (1436, 968, 342)
    assert found["n"] == 2746
    assert round(found["nps"], 2) == 39.84
    assert round(found["nps_weighted"], 2) == 40.40
    assert found["nps_low"] < 39.84 < found["nps_high"]
    assert found["nps_weighted_high"] - found["nps_weighted_low"] > found["nps_high"] - found["nps_low"]
    assert found["design_effect"] > 1


def test_the_airport_as_a_whole_is_rated_4_064(airport: Files) -> None:
    found = measured(airport, "csat")
    assert found["n"] == 2688
    assert round(found["mean"], 3) == 4.064
