"""Waiting, loops, hand-overs, and medians with their intervals."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.measures.intervals import median_interval
from regulars.measures.journeys.quantiles import FRACTIONS, median_of
from regulars.measures.journeys.tests.walks import rows_of, touch, walk
from regulars.measures.scope import Scope
from regulars.measures.splits import objects

ALL = Scope(as_of=date(2024, 12, 31))


def by_step(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["step"]: row for row in rows}


def test_waiting_is_told_before_a_step_and_after_it(tmp_path: Path) -> None:
    touches = [touch("1", "ask"), touch("1", "answer", 2, 1), touch("1", "buy", 5, 2)]
    rows = by_step(rows_of(tmp_path, "journey_steps", touches, ALL))
    assert (rows["answer"]["median_before_seconds"], rows["answer"]["median_after_seconds"]) == (7200, 10800)
    assert rows["ask"]["median_before_seconds"] is None
    assert rows["ask"]["median_before_seconds_reason"] == "No touch came before this step."
    assert rows["buy"]["median_after_seconds_reason"] == "No touch came after this step."


def test_a_step_that_comes_again_is_a_loop_at_once_or_later(tmp_path: Path) -> None:
    touches = [*walk("1", "ask", "ask", "buy"), *walk("2", "ask", "buy", "ask", number=9), *walk("3", "ask", number=20)]
    row = by_step(rows_of(tmp_path, "journey_steps", touches, ALL))["ask"]
    assert (row["count"], row["journeys"], row["self_loops"], row["repeats"]) == (5, 3, 1, 2)
    assert row["repeat_share"] == pytest.approx(2 / 3)


def test_a_hand_over_is_between_departments_that_are_known(tmp_path: Path) -> None:
    of = ("office", None, "warehouse", "warehouse", "office")
    touches = [touch("1", "step", hour, hour, department=name) for hour, name in enumerate(of)]
    rows = {(row["from_unit"], row["to_unit"]): row for row in rows_of(tmp_path, "handovers", touches, ALL)}
    assert set(rows) == {("office", "warehouse"), ("warehouse", "office")}
    there = rows["office", "warehouse"]
    assert (there["count"], there["returned"], there["median_seconds"], there["n"]) == (1, 1, 7200, 1)
    assert rows["warehouse", "office"]["returned"] == 0


def test_employees_hand_over_too(tmp_path: Path) -> None:
    touches = [touch("1", "a", 0, 0, employee="Ann"), touch("1", "b", 1, 1, employee="Bob")]
    scope = Scope(as_of=ALL.as_of, choices={"between": "employee"})
    assert [(row["from_unit"], row["to_unit"]) for row in rows_of(tmp_path, "handovers", touches, scope)] == [
        ("Ann", "Bob")
    ]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=400))
def test_an_interval_out_of_quantiles_is_never_narrower_than_the_exact_one(micros: list[int]) -> None:
    values, counts = np.unique(np.array(micros, dtype=np.float64), return_counts=True)
    low, high = median_interval(values, counts)
    found = median_of(objects([np.quantile(micros, FRACTIONS).tolist()]), np.array([len(micros)]), nothing="", unit=1)
    assert found.value[0] == pytest.approx(np.median(micros))
    if np.isnan(low):
        assert np.isnan(found.low[0])
        assert found.reason[0] == "Fewer than six times have no interval."
    else:
        assert found.low[0] <= low + 1e-6 * (1 + abs(low))
        assert high <= found.high[0] + 1e-6 * (1 + abs(high))


def test_a_large_sample_has_a_narrow_interval() -> None:
    times = np.sort(np.random.default_rng(1).exponential(1000, 40_000))
    found = median_of(objects([np.quantile(times, FRACTIONS).tolist()]), np.array([40_000]), nothing="", unit=1)
    assert found.high[0] - found.low[0] < 0.05 * found.value[0]
