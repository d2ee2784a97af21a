"""A score of those who answered, re-weighted to all customers, or a reason why it cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.measures.scope import Scope
from regulars.measures.scores.asking import NET
from regulars.measures.scores.rebasing import Cell, Voices, rebased
from tests.voices import Voices as Log
from tests.voices import rows

AS_OF = Scope(as_of=date(2024, 6, 30))
HAPPY, UNHAPPY = np.array([1.0, 0, 0]), np.array([0, 0, 1.0])


def said(*shares: tuple[np.ndarray, float]) -> Voices:
    return Voices([part for part, _ in shares], [n for _, n in shares])


def test_the_few_big_ones_who_answered_do_not_speak_for_the_many_small() -> None:
    base: dict[Cell, float] = {(None, 1): 900, (None, 5): 100}
    found = rebased(base, {(None, 1): said((UNHAPPY, 20)), (None, 5): said((HAPPY, 80))}, NET)
    assert found.score.value == pytest.approx(0.1 - 0.9)
    assert found.customers == 100


def test_a_slow_twin_weighs_each_cell_by_its_customers(tmp_path: Path) -> None:
    log, draw = Log(), np.random.default_rng(5)
    scores: dict[int, list[float]] = {}
    for key in range(1, 201):
        log.knows(key, customer_type="reseller" if key % 4 == 0 else "end user").buys(key, key)
        if draw.random() < 0.6 + key / 600:
            scores[key] = [float(draw.integers(0, 11)) for _ in range(1 + key % 2)]
            for score in scores[key]:
                log.says(key, score)
    (found,) = rows(log.measured(tmp_path, "nps", AS_OF))
    # Spends 1 to 200: fifths of 40. Types are kept apart; every cell here has five who answered.
    cells: dict[tuple[bool, int], list[float]] = {}
    for key, given_scores in scores.items():
        mean = np.mean([(score >= 9) - (score <= 6) for score in given_scores])
        cells.setdefault((key % 4 == 0, (key - 1) // 40), []).append(float(mean))
    assert min(map(len, cells.values())) >= 5
    expected = sum(
        (10 if reseller else 30) / 200 * float(np.mean(cells[(reseller, fifth)])) for reseller, fifth in cells
    )
    assert found["nps_rebased"] == pytest.approx(100 * expected)
    assert found["nps_rebased_n"] == len(scores)
    assert found["nps_rebased_low"] < found["nps_rebased"] < found["nps_rebased_high"]


def test_a_type_of_customers_that_kept_silent_is_not_spoken_for_by_others(tmp_path: Path) -> None:
    log = Log()
    for key in range(1, 41):
        log.knows(key, customer_type="reseller" if key > 30 else "end user").buys(key, 10)
        if key <= 30:
            log.says(key, 9)
    (found,) = rows(log.measured(tmp_path, "nps", AS_OF))
    assert found["nps"] == 100
    assert found["nps_rebased"] is None
    assert (
        found["nps_rebased_reason"] == "Of the customers of type reseller, 25% of all, only 0 answered; it takes five."
    )


def test_without_orders_there_is_no_base_and_the_reason_says_so(tmp_path: Path) -> None:
    (found,) = rows(Log().says(1, 9).measured(tmp_path, "nps", AS_OF))
    assert found["nps_rebased"] is None
    assert "no customer base" in found["nps_rebased_reason"]


def test_names_nobody_gave_cannot_be_weighted(tmp_path: Path) -> None:
    (found,) = rows(Log().buys(1, 5).many(40, 9).measured(tmp_path, "nps", AS_OF))
    assert found["nps_rebased_reason"] == "Nobody who answered is known to have ordered in the 365 days before."


def test_the_base_is_narrowed_by_what_the_condition_says_of_customers_alone(tmp_path: Path) -> None:
    log = Log()
    for key in range(1, 61):
        log.knows(key, customer_type="reseller" if key <= 20 else "end user").buys(key, key)
        log.says(key, 10 if key <= 20 else 0, survey="a")
    scope = Scope(as_of=AS_OF.as_of, where="survey = 'a' and customer_type = 'reseller'")
    (found,) = rows(log.measured(tmp_path, "nps", scope))
    assert found["nps_rebased"] == pytest.approx(100)
    (by_type, _) = rows(log.measured(tmp_path, "nps", Scope(as_of=AS_OF.as_of, by=("customer_type",))))
    assert (by_type["customer_type"], by_type["nps_rebased"]) == ("end user", pytest.approx(-100))


@given(st.dictionaries(st.integers(1, 5), st.tuples(st.integers(1, 500), st.integers(5, 40)), min_size=1))
@settings(max_examples=50)
def test_where_all_think_alike_weighing_changes_nothing(cells: dict[int, tuple[int, int]]) -> None:
    base: dict[Cell, float] = {(None, fifth): size for fifth, (size, _) in cells.items()}
    voices = {(None, fifth): said((HAPPY, n), (UNHAPPY, n)) for fifth, (_, n) in cells.items()}
    assert rebased(base, voices, NET).score.value == pytest.approx(0, abs=1e-12)
