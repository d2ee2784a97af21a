"""Who has left, when, after what, and what they had been worth."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.clv.histories import count_histories
from regulars.measures.clv.scoring import Scorer
from regulars.measures.clv.statistics import fit_bgnbd
from regulars.measures.losses.differences import difference, p_value
from regulars.measures.losses.leaving import dates_of, probability_limits, usual_gaps
from regulars.measures.scope import Scope
from tests.small_log import Files, client, purchase, write_log

AS_OF = date(2024, 12, 31)


def rows_of(files: Files, name: str, scope: Scope) -> list[dict[str, Any]]:
    engine = DuckDBEngine(files)
    rows: list[dict[str, Any]] = run_measure(engine, find(name), scope).to_arrow().to_pylist()
    engine.close()
    return rows


def log(folder: Path, rows: list[dict[str, Any]], **tables: Any) -> Files:
    return write_log(folder, interactions=rows, **{"clients": [], "answers": [], "decisions": [], **tables})


def test_silence_counts_from_the_habit_of_the_customer_and_at_least_half_a_year(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-01-01"), purchase(1, "2024-01-11"), purchase(1, "2024-01-21")]
    rows += [purchase(2, "2023-01-01"), purchase(2, "2024-01-01"), purchase(3, "2024-07-04"), purchase(4, "2024-07-05")]
    found = {row["client_key"]: row for row in rows_of(log(tmp_path, rows), "lost_customers", Scope(as_of=AS_OF))}
    # The typical gap is the median of 10 and 365 days; 3 usual gaps of customer 2 are longer than there was silence.
    assert set(found) == {1}
    usual = (20 + 187.5) / 3
    assert found[1]["left_on"] == date(2024, 1, 21) + timedelta(days=int(3 * usual) + 1)
    settings_ = {"left_days": 179.0, "left_gaps": 0.1}
    shorter = rows_of(log(tmp_path / "s", rows), "lost_customers", Scope(as_of=AS_OF, settings=settings_))
    assert {row["client_key"]: row["left_on"] for row in shorter} == {
        1: date(2024, 7, 19),
        2: date(2024, 6, 29),
        3: date(2024, 12, 31),
    }, "customer 4 has been silent for 179 days, which is not longer"


def test_a_good_bye_holds_until_the_next_order(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-12-01"), purchase(1, "2024-12-10", 0, "departure"), purchase(2, "2024-12-01")]
    rows += [
        purchase(2, "2024-12-02", 0, "departure"),
        purchase(2, "2024-12-03"),
        purchase(3, "2024-12-03", 0, "departure"),
    ]
    found = rows_of(log(tmp_path, rows), "lost_customers", Scope(as_of=AS_OF))
    assert [(row["client_key"], row["left_on"], row["left_how"]) for row in found] == [
        (1, date(2024, 12, 10), "departure")
    ]


def test_who_has_a_contract_is_never_called_lost_for_being_silent(tmp_path: Path) -> None:
    rows = [purchase(key, "2022-01-01", 90) for key in (1, 2, 3)]
    contracts = [
        client(1, attributes=json.dumps({"contract_from": "2022-01-01"})),
        client(2, attributes=json.dumps({"contract_from": "2022-01-01", "left_on": "2024-02-29"})),
    ]
    found = rows_of(log(tmp_path, rows, clients=contracts), "lost_customers", Scope(as_of=AS_OF))
    assert [(row["client_key"], row["left_how"]) for row in found] == [(2, "contract"), (3, "silence")]


def test_employees_and_partners_who_bought_are_no_lost_customers(tmp_path: Path) -> None:
    rows = [purchase(key, "2022-01-01") for key in (1, 2, 3)]
    kinds = [client(1, kind="employee"), client(2, kind="partner"), client(3, kind="customer")]
    found = rows_of(log(tmp_path, rows, clients=kinds), "lost_customers", Scope(as_of=AS_OF))
    assert [row["client_key"] for row in found] == [3]


def test_worth_is_the_year_up_to_the_last_order_with_what_came_back_after_it(tmp_path: Path) -> None:
    rows = [purchase(1, "2022-01-01", 1000), purchase(1, "2022-12-31", 60), purchase(1, "2023-01-01", 40)]
    rows += [purchase(1, "2023-01-09", -10, "refund"), purchase(2, "2023-01-01", 5)]
    found = rows_of(log(tmp_path, rows), "lost_customers", Scope(as_of=AS_OF))
    assert [(row["rank"], row["client_key"], row["value"]) for row in found] == [
        (1, 1, Decimal("90.0000")),
        (2, 2, Decimal("5.0000")),
    ]


def test_the_last_touch_is_the_last_one_that_was_no_mailing_and_no_good_bye(tmp_path: Path) -> None:
    rows = [purchase(1, "2022-01-01", interaction_id=1)]
    rows += [purchase(1, "2022-01-20", 0, "complaint", interaction_id=3, touchpoint="desk", employee="Eva", thread="T")]
    rows += [purchase(1, "2022-01-20", 0, "call", interaction_id=2, touchpoint="call centre")]
    rows += [purchase(1, "2022-02-01", 0, "offer", interaction_id=4, initiated_by="company")]
    rows += [purchase(1, "2022-02-02", 0, "departure", interaction_id=5, outcome="slow")]
    (found,) = rows_of(log(tmp_path, rows), "lost_customers", Scope(as_of=AS_OF))
    told = [found[name] for name in ("last_touch_on", "last_kind", "last_touchpoint", "last_employee", "last_outcome")]
    assert told == [date(2022, 1, 20), "complaint", "desk", "Eva", None]


def test_months_add_up_and_count_those_who_were_there(tmp_path: Path) -> None:
    rows = [purchase(1, "2024-01-15", 100), purchase(2, "2024-03-01", 50), purchase(3, "2024-12-30", 7)]
    rows += [purchase(9, "2024-02-01", 0, "visit")]
    files = log(tmp_path, rows)
    found = rows_of(files, "losses", Scope(as_of=AS_OF))
    assert [(row["month_on"].month, row["customers"], row["lost"]) for row in found] == [
        *((month, 1, 0) for month in (1, 2)),
        *((month, 2, 0) for month in (3, 4, 5, 6)),
        (7, 2, 1),
        (8, 1, 1),
        *((month, 0, 0) for month in (9, 10, 11)),
        (12, 1, 0),
    ]
    july = found[6]
    assert (july["value"], july["value_share"], july["silent"], july["said_so"]) == (
        Decimal(100),
        pytest.approx(2 / 3),
        1,
        0,
    )
    assert found[9]["lost_share_reason"] == "There were no customers in the month."
    assert found[11]["complete"] is True
    later = rows_of(files, "losses", Scope(as_of=AS_OF, from_on=date(2024, 8, 1), to_on=date(2024, 8, 31)))
    assert [(row["month_on"], row["lost"], row["value_share"]) for row in later] == [(date(2024, 8, 1), 1, 1.0)]


def test_what_the_lost_went_through_is_set_against_what_others_did(tmp_path: Path) -> None:
    rows = []
    for key in range(1, 101):
        stays = key > 50
        rows += [
            purchase(key, day) for day in (("2024-08-01", "2024-10-01", "2024-12-20") if stays else ("2023-06-01",))
        ]
        if key % 5 == 0 or (not stays and key % 2):
            last = date(2024, 10, 1) if stays else date(2023, 6, 1)
            rows.append(purchase(key, last + timedelta(days=30), 0, "complaint"))
            rows.append(purchase(key, last + timedelta(days=31), 0, "call"))
    (found,) = rows_of(log(tmp_path, rows), "loss_touches", Scope(as_of=AS_OF))
    assert (found["touch"], found["lost_with"], found["lost_share_n"]) == ("complaint", 30, 50)
    assert (found["stayed_with"], found["stayed_share_n"]) == (10, 50), "around the last order that is 30 days old"
    assert found["difference"] == pytest.approx(0.4)
    assert found["difference_low"] < 0.4 < found["difference_high"]
    assert found["real_difference"] is True


def test_a_late_delivery_is_told_apart_from_one_in_time(tmp_path: Path) -> None:
    rows = [purchase(1, "2023-06-01"), purchase(2, "2024-11-01")]
    for key, on, due in ((1, "2023-06-10", "2023-06-09"), (2, "2024-11-05", "2024-11-06")):
        row = purchase(key, on, 0, "delivery")
        rows.append({**row, "due_at": row["occurred_at"] + (date.fromisoformat(due) - date.fromisoformat(on))})
    found = rows_of(log(tmp_path, rows), "loss_touches", Scope(as_of=AS_OF))
    assert {row["touch"]: (row["lost_with"], row["stayed_with"]) for row in found} == {
        "delivery, late": (1, 0),
        "delivery": (0, 1),
    }
    assert all(row["lost_share_small_sample"] for row in found)


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
@settings(max_examples=80, deadline=None)
def test_a_difference_lies_inside_its_interval_and_turns_round_with_the_sides(a: int, n: int, b: int, m: int) -> None:
    a, b = min(a, n), min(b, m)
    value, low, high = difference(a, n, b, m)
    assert -1 <= low <= value <= high <= 1
    assert difference(b, m, a, n) == pytest.approx((-value, -high, -low))
    assert p_value(a, n, b, m) == pytest.approx(p_value(b, m, a, n))


def test_differences_are_as_published() -> None:
    """Newcombe (1998), table II, method 10."""
    assert difference(56, 70, 48, 80)[1:] == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert difference(9, 10, 3, 10)[1:] == pytest.approx((0.1705, 0.8090), abs=5e-5)
    assert difference(10, 10, 0, 20)[1:] == pytest.approx((0.6791, 1.0), abs=5e-5)


def test_the_model_s_limit_is_the_last_day_on_which_a_customer_is_still_likely_enough_to_be_one() -> None:
    draw = np.random.default_rng(3)
    x = draw.poisson(2, 600)
    t_x = np.where(x > 0, draw.integers(1, 300, 600), 0)
    age = t_x + draw.integers(1, 300, 600)
    fit = fit_bgnbd(count_histories(x, t_x, age)[0])
    repeats, last = np.array([1.0, 2.0, 8.0]), np.array([30.0, 200.0, 250.0])
    limit = probability_limits(fit, repeats, last, 0.05)
    for more, still in ((0, True), (1, False)):
        histories, place = count_histories(repeats, last, last + limit + more)
        alive = Scorer(fit, histories).p_alive().value[place]
        assert ((alive >= 0.05) == still).all(), alive


def test_one_short_gap_does_not_make_a_habit() -> None:
    first, last, orders = np.zeros(3), np.array([0.0, 2.0, 300.0]), np.array([1.0, 2.0, 4.0])
    typical = (2 + 100) / 2
    assert usual_gaps(first, last, orders) == pytest.approx([typical, (2 + typical) / 2, (300 + typical) / 4])
    assert np.isnan(usual_gaps(first, np.zeros(3), np.array([0.0, 1.0, 1.0]))).all(), "nobody has come back"


def test_a_day_that_is_not_known_is_no_date() -> None:
    assert dates_of(np.array([0.0, np.nan])).tolist() == [date(1970, 1, 1), None]
