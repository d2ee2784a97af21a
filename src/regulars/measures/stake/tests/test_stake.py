"""What a company reads about its bad touches: rows, money, order, and what is left out and why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regulars.errors import MeasureError
from regulars.measures import find
from regulars.measures.scope import Scope
from regulars.measures.stake.comparing import TOO_FEW
from regulars.measures.stake.statistics import NOTHING_BAD, return_days
from regulars.measures.stake.tests.shops import AS_OF, SCOPE, late_shop, moment, order, stake, touch
from regulars.measures.stake.verdicts import holm, judge, ranks
from tests.small_log import client, write_log

CAUSAL = re.compile(r"\b(caus\w+|because of|effects?|impacts?|influenc\w+|leads? to|results? in)\b", re.IGNORECASE)


def rows_of(folder: Path, rows: list[dict[str, Any]], scope: Scope = SCOPE, **tables: Any) -> list[dict[str, Any]]:
    return stake(write_log(folder, interactions=rows, **tables), scope).to_arrow().to_pylist()


def test_a_shop_whose_late_customers_stay_away_reads_how_many_and_for_how_much(tmp_path: Path) -> None:
    lately = [touch(key, "2026-06-01", due_at=moment("2026-05-20 12:00")) for key in range(1001, 1011)]
    (row,) = (row for row in rows_of(tmp_path, [*late_shop(), *lately]) if row["bad"] == "late")
    assert (row["touchpoint"], row["rank"], row["verdict"]) == ("delivery", 1, "come back less")
    assert row["adjusted_difference_low"] < -0.3 < row["adjusted_difference_high"] < 0
    assert row["customers_bad"] + row["customers_good"] == 400 == row["touches_bad"] + row["touches_good"]
    assert row["n"] == row["customers_bad"]
    assert row["adjusted_difference_reason"] is None
    assert row["balance_after"] <= 0.1
    assert float(row["worth"]) == pytest.approx(200, abs=2)
    assert (row["customers_a_year"], row["too_recent"]) == (10, 10)
    per_customer = -row["adjusted_difference"] * 200
    assert float(row["at_stake"]) == pytest.approx(10 * per_customer * row["overlap_share"], rel=0.1)
    assert row["at_stake_low"] < row["at_stake"] < row["at_stake_high"]


def test_only_touches_with_the_whole_horizon_ahead_are_compared_and_the_others_counted(tmp_path: Path) -> None:
    due = moment("2025-01-01 12:00")
    rows = [order(9, "2020-01-01")]
    rows += [touch(key, AS_OF - timedelta(days=364 + key), due_at=due) for key in range(3)]  # type: ignore[arg-type]
    (row,) = (row for row in rows_of(tmp_path, rows) if row["bad"] == "late")
    assert (row["touches_bad"], row["too_recent"], row["return_days"]) == (2, 1, 365)


def test_an_order_on_the_day_of_the_touch_is_no_return_and_one_on_the_last_day_is(tmp_path: Path) -> None:
    due, day = moment("2025-01-01 12:00"), date(2025, 1, 10)
    rows = [order(9, "2020-01-01")]
    for key, days in ((1, 0), (2, 1), (3, 365), (4, 366)):
        rows += [touch(key, day.isoformat(), due_at=due), order(key, day + timedelta(days=days))]
    (row,) = (row for row in rows_of(tmp_path, rows) if row["bad"] == "late")
    assert (row["touches_bad"], row["return_bad"]) == (4, 0.5)


def test_a_touch_that_went_badly_for_too_few_is_shown_raw_and_says_why(tmp_path: Path) -> None:
    (row,) = (row for row in rows_of(tmp_path, late_shop(40)) if row["bad"] == "late")
    assert row["adjusted_difference_reason"] == row["at_stake_reason"] == TOO_FEW
    assert (row["adjusted_difference"], row["at_stake"], row["verdict"]) == (None, None, "too few")
    assert row["return_bad_low"] < row["return_bad"] < row["return_bad_high"]
    assert row["raw_difference_low"] < row["raw_difference"] < row["raw_difference_high"]
    assert row["small_sample"]


def test_a_company_where_nothing_went_badly_reads_so(tmp_path: Path) -> None:
    found = stake(write_log(tmp_path, interactions=[order(1, "2025-01-01"), touch(1, "2025-01-10")]))
    assert len(found) == 0
    assert found.notes == (NOTHING_BAD,)
    assert len(stake(write_log(tmp_path / "empty", interactions=[]))) == 0


def test_in_a_short_log_fewer_days_count_as_coming_back(tmp_path: Path) -> None:
    young = [row for row in late_shop() if row["occurred_on"] >= date(2025, 1, 1)]
    young = [row | {"occurred_on": row["occurred_on"] + timedelta(days=120)} for row in young]
    found = stake(write_log(tmp_path, interactions=young))
    assert {row["return_days"] for row in found.to_arrow().to_pylist()} == {180}
    assert any("too short for 365 days" in note for note in found.notes)


@pytest.mark.parametrize(("length", "days"), [(800, 365), (729, 180), (359, 90), (179, 30), (3, 30)])
def test_the_log_is_at_least_twice_as_long_as_what_counts_as_coming_back(length: int, days: int) -> None:
    first = (AS_OF - date(1970, 1, 1)).days - length
    assert return_days({"first_day": np.array([first])}, SCOPE) == days


def test_resellers_and_end_users_are_shown_apart_and_ranked_apart(tmp_path: Path) -> None:
    types = ["end user", "reseller", None]
    clients = [client(key, customer_type=types[key % 3]) for key in range(1, 601)]
    found = rows_of(tmp_path, late_shop(600), replace(SCOPE, by=("customer_type",)), clients=clients)
    late = {row["customer_type"]: row for row in found if row["bad"] == "late"}
    assert set(late) == set(types)
    assert sum(row["touches_bad"] + row["touches_good"] for row in late.values()) == 600
    assert {row["rank"] for row in late.values()} == {1}


def test_only_the_first_touch_of_a_customer_counts_where_that_is_asked(tmp_path: Path) -> None:
    due = moment("2025-01-05 12:00")
    rows = [order(9, "2020-01-01")]
    for key in range(1, 5):
        rows += [touch(key, "2025-01-05", due_at=due), touch(key, "2025-02-10", due_at=due)]
    rows.append(touch(5, "2026-06-01", due_at=due))
    every, first = (
        next(row for row in rows_of(tmp_path / word, rows, scope) if row["bad"] == "late")
        for word, scope in (("a", SCOPE), ("b", replace(SCOPE, choices={"touches": "first touch"})))
    )
    assert (every["touches_bad"], every["touches_good"]) == (4, 4)
    assert (first["touches_bad"], first["touches_good"]) == (0, 4)
    assert (first["too_recent"], first["bad_touches_a_year"]) == (1, 1)
    with pytest.raises(MeasureError, match="first touch"):
        rows_of(tmp_path / "c", rows, replace(SCOPE, choices={"touches": "some"}))


def test_a_condition_narrows_touches_but_not_what_counts_as_coming_back(tmp_path: Path) -> None:
    rows = [order(9, "2020-01-01"), touch(1, "2025-01-10", due_at=moment("2025-01-01 12:00"), channel="van")]
    rows += [touch(2, "2025-01-10", due_at=moment("2025-01-01 12:00"), channel="post")]
    rows += [order(1, "2025-03-01", channel="web")]
    (row,) = (row for row in rows_of(tmp_path, rows, replace(SCOPE, where="channel = 'van'")) if row["bad"] == "late")
    assert (row["touches_bad"], row["return_bad"]) == (1, 1.0)


def test_balance_shows_what_was_known_before_side_by_side(tmp_path: Path) -> None:
    rows = late_shop()
    for row in rows:
        if row["kind"] == "delivery" and row["client_key"] % 4 == 0:
            row["branch"] = "Praha"
    found = stake(write_log(tmp_path, interactions=rows), measure="stake_balance").to_arrow().to_pylist()
    late = {(row["covariate"], row["level"]): row for row in found if row["bad"] == "late"}
    spend = late["spend before", None]
    assert 50 < spend["mean_bad"] < 150
    assert abs(spend["difference_after"]) <= abs(spend["difference_before"]) + 0.05
    assert late["branch", "Praha"]["mean_good_weighted"] == pytest.approx(late["branch", "Praha"]["mean_bad"], abs=0.01)
    assert all(row["balanced"] for row in late.values())
    assert [row["place"] for row in found if row["bad"] == "late"] == list(range(1, len(late) + 1))


def test_no_word_says_that_a_touch_was_the_reason() -> None:
    for name in ("stake", "stake_balance"):
        measure = find(name)
        words = [measure.question, measure.formula, measure.grain, *(column.meaning for column in measure.columns)]
        assert not [text for text in words if CAUSAL.search(text)]
    assert "association" in find("stake").formula


# Verdicts and order --------------------------------------------------------------------------------------------


def judged(*gaps: tuple[float, float, float]) -> list[dict[str, Any]]:
    """Rows with difference, standard error and money."""
    rows: list[dict[str, Any]] = [
        {"adjusted_difference": gap, "adjusted_difference_low": gap - 1.96 * error}
        | {"adjusted_difference_high": gap + 1.96 * error, "adjusted_difference_reason": None, "error": error}
        | {"at_stake": money, "touchpoint": f"t{place}", "bad": "late"}
        for place, (gap, error, money) in enumerate(gaps)
    ]
    judge(rows)
    ranks(rows)
    return rows


def test_of_many_rows_one_that_stands_out_alone_is_only_perhaps_real() -> None:
    rows = judged((-0.10, 0.045, 900.0), *[(0.0, 0.05, 0.0)] * 18, (-0.2, 0.02, 100.0))
    assert rows[0]["verdict"] == "perhaps less"
    assert rows[-1]["verdict"] == "come back less"
    assert judged((-0.10, 0.045, 900.0))[0]["verdict"] == "come back less"
    assert judged((0.10, 0.02, -900.0))[0]["verdict"] == "come back more"
    assert {row["verdict"] for row in rows[1:-1]} == {"no difference seen"}


def test_what_is_beyond_chance_comes_first_then_most_money(tmp_path: Path) -> None:
    rows = judged((0.0, 0.05, 9000.0), (-0.2, 0.02, 100.0), (-0.3, 0.02, 700.0), (0.0, 0.05, float("nan")))
    assert [row["rank"] for row in rows] == [3, 2, 1, 4]


def test_holm_stops_at_the_first_p_value_that_chance_explains() -> None:
    assert holm([0.01, 0.04, float("nan"), 0.001]) == [True, True, False, True]
    assert holm([0.02, 0.04, 0.03]) == [False, False, False]
