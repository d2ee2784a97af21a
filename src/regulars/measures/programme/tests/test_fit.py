"""The fit check answers from the log what it can, takes the rest from people, and says what to do first."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.measures.programme import fitting
from regulars.measures.programme.tests.company import Decision, bought, company
from regulars.measures.programme.wording import CONDITIONS

GOOD = {key: "yes" if one.sort == "helps" else "no" for key, one in CONDITIONS.items()}


def rows(**said: Any) -> dict[str, dict[str, Any]]:
    return {row["condition"]: row for row in fitting._rows(company(**said))[0]}


def answered(**said: str) -> list[Decision]:
    return [
        ("fit", key.replace("_", "-"), {"answer": word, "by": "ana", "on": "2026-06-01"}) for key, word in said.items()
    ]


def test_a_company_to_which_everything_helps_starts() -> None:
    assert fitting.verdict(GOOD).word == "start"


@pytest.mark.parametrize("key", CONDITIONS)
def test_one_condition_against_it_is_enough_to_start_small_or_to_mend_first(key: str) -> None:
    against = {**GOOD, key: "no" if CONDITIONS[key].sort == "helps" else "yes"}
    assert fitting.verdict(against).word == ("mend this first" if CONDITIONS[key].first else "start small")


@given(st.dictionaries(st.sampled_from(list(CONDITIONS)), st.sampled_from(["yes", "no", "unknown"])))
def test_the_verdict_is_never_start_while_something_speaks_against_it_or_is_open(answers: dict[str, str]) -> None:
    if fitting.verdict(answers).word == "start":
        assert not any(answers.get(key) == ("no" if GOOD[key] == "yes" else "yes") for key in CONDITIONS)
        assert all(answers.get(key, "unknown") != "unknown" for key, one in CONDITIONS.items() if one.first)


def test_nothing_is_advised_as_long_as_too_little_is_known() -> None:
    found = rows()
    assert {row["verdict"] for row in found.values()} == {"not known yet"}
    assert {row["answer"] for row in found.values()} == {"unknown"}
    assert found["survival"]["verdict_reason"] == "13 of 13 conditions are not answered yet. Answer them."


def test_what_people_answer_counts_where_the_log_cannot_tell_and_only_there() -> None:
    customers = bought(200, staffed=1)
    found = rows(customers=customers, decided=answered(competition="yes", many_customers="no", time="unsure"))
    assert (found["competition"]["answer"], found["competition"]["how"], found["competition"]["said_by"]) == (
        "yes", "people", "ana",
    )  # fmt: skip
    assert (found["many-customers"]["answer"], found["many-customers"]["how"]) == ("yes", "log")
    assert found["time"]["answer"] == "unknown"


def test_a_company_that_lives_from_one_customer_mends_that_first() -> None:
    found = rows(customers=[*bought(100), *bought(1, spend=900.0)])
    assert found["largest-customer"]["value"] == pytest.approx(0.45, rel=0.01, abs=0.05)
    assert found["largest-customer"]["answer"] == "yes"
    assert found["largest-customer"]["verdict"] == "mend this first"


def test_falling_sales_are_not_told_of_a_log_that_begins_within_the_year_before() -> None:
    customers = bought(50, spend=5.0, spend_before=10.0, orders_before=1)
    assert rows(customers=customers)["falling-sales"]["answer"] == "yes"
    young = rows(customers=customers, tally={"begins_late": 200})["falling-sales"]
    assert (young["answer"], young["value"]) == ("unknown", None)


@given(st.lists(st.integers(1, 1000), min_size=10, max_size=60))
def test_what_the_best_tenth_brings_is_what_adding_up_by_hand_gives(spend: list[int]) -> None:
    value, low, high = fitting.top_share(np.array(spend, dtype=np.float64))
    left, brought = len(spend) / 10, 0.0
    for one in sorted(spend, reverse=True):
        brought += one * min(1.0, left)
        left -= min(1.0, left)
    assert value == pytest.approx(brought / sum(spend))
    assert low <= value <= high


@pytest.mark.slow
def test_the_interval_of_the_best_tenth_holds_the_truth_in_ninety_of_a_hundred_draws() -> None:
    truth = _long_run()
    draws = (np.random.default_rng(seed).lognormal(0, 1, 400) for seed in range(200))
    held = sum(low <= truth <= high for _, low, high in map(fitting.top_share, draws))
    assert 176 <= held <= 200


@pytest.mark.slow
def test_the_interval_of_the_trend_holds_the_truth_in_ninety_of_a_hundred_draws() -> None:
    held = 0
    for seed in range(200):
        draw = np.random.default_rng(seed)
        before = draw.lognormal(0, 1, 400) * (draw.random(400) < 0.7)
        now = draw.lognormal(0, 1, 400) * (draw.random(400) < 0.56)
        _, low, high = fitting.change(now, before)
        held += low <= 0.56 / 0.7 - 1 <= high
    assert 176 <= held <= 200


def _long_run() -> float:
    spend = np.sort(np.random.default_rng(7).lognormal(0, 1, 2_000_000))[::-1]
    return float(spend[: len(spend) // 10].sum() / spend.sum())


def test_every_verdict_can_be_reached() -> None:
    words = {
        fitting.verdict({**GOOD, first: word}).word
        for first, word in itertools.product(CONDITIONS, ("yes", "no", "unknown"))
    }
    assert words == {"start", "start small", "mend this first", "not known yet"}
