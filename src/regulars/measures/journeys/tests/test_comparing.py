"""Two periods, two conditions or two groups beside one another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regulars.engines.runner import to_columns
from regulars.errors import MeasureError
from regulars.measures.journeys.comparing import compared, difference_of_shares
from regulars.measures.journeys.tests.walks import END, START, asked, rows_of, walk
from regulars.measures.scope import Scope
from tests.small_log import write_log

AS_OF = date(2024, 12, 31)


def by_move(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["from_step"], row["to_step"]): row for row in rows}


def many(count: int, *steps: str, number: int, **more: Any) -> list[dict[str, Any]]:
    """So many journeys of the same steps."""
    return [row for n in range(count) for row in walk(f"{number}-{n}", *steps, number=number + 10 * n, **more)]


def test_the_published_interval_of_a_difference_of_shares_is_met() -> None:
    # Newcombe (1998), example (a): 56 of 70 against 48 of 80, method 10: 0.2 (0.0524 to 0.3339).
    found = difference_of_shares(np.array([48.0]), np.array([80]), np.array([56.0]), np.array([70]))
    assert [float(ends[0]) for ends in (found.value, found.low, found.high)] == pytest.approx(
        [0.2, 0.0524, 0.3339], abs=5e-5
    )


def test_the_period_is_compared_with_the_equally_long_one_before(tmp_path: Path) -> None:
    before = many(40, "ask", "wait", "buy", number=0)
    after = many(40, "ask", "buy", number=5000, start=31 * 24)
    scope = Scope(as_of=date(2024, 3, 1), from_on=date(2024, 1, 31))
    result = asked(write_log(tmp_path, interactions=[*before, *after]), "journey_compared", scope)
    rows = by_move(result.to_arrow().to_pylist())
    assert result.notes[0] == "Side a: 2023-12-31 to 2024-01-30; side b: 2024-01-31 to 2024-03-01."
    assert (rows["ask", "wait"]["share_a"], rows["ask", "wait"]["share_b"]) == (1, 0)
    assert rows["ask", "wait"]["difference"] == -1
    assert rows["ask", "wait"]["real_change"]
    assert rows["ask", "buy"]["real_change"]
    assert not rows[START, "ask"]["real_change"]
    assert rows["ask", "wait"]["median_seconds_b_reason"] == "It does not happen on this side."


def test_a_period_without_earlier_journeys_has_differences_that_are_unknown(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "journey_compared", walk("1", "ask", "buy"), Scope(as_of=date(2024, 6, 30)))
    assert {row["difference_reason"] for row in rows} == {"One side has no journeys."}
    assert {row["real_change"] for row in rows} == {None}
    assert {row["share_a_reason"] for row in rows} == {"There are no journeys on this side."}


def test_two_conditions_are_compared_with_their_times(tmp_path: Path) -> None:
    slow = many(30, "ask", "buy", number=0, pace=48, channel="shop")
    fast = many(30, "ask", "buy", number=5000, pace=2, channel="web")
    scope = Scope(as_of=AS_OF, choices={"a": "channel = 'shop'", "b": "channel = 'web'"})
    row = by_move(rows_of(tmp_path, "journey_compared", [*slow, *fast], scope))["ask", "buy"]
    assert (row["median_seconds_a"], row["median_seconds_b"]) == (48 * 3600, 2 * 3600)
    assert row["seconds_difference"] == -46 * 3600
    assert row["real_seconds_change"] is True
    assert (row["difference"], row["real_change"]) == (0, False)


def test_conditions_that_nobody_gave_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="Say what to compare"):
        rows_of(tmp_path, "journey_compared", walk("1", "ask"), Scope(as_of=AS_OF, choices={"compare": "conditions"}))


def test_two_groups_are_compared_by_handing_their_results_in(tmp_path: Path) -> None:
    scope = Scope(as_of=AS_OF, choices={"details": "yes"})
    sides = []
    for name, steps in (("one", ("ask", "buy")), ("other", ("ask", "leave"))):
        files = write_log(tmp_path / name, interactions=many(20, *steps, number=0))
        sides.append(to_columns(asked(files, "journey", scope).to_arrow()))
    found = compared(*sides)
    rows = dict(zip(zip(found["from_step"], found["to_step"], strict=True), found["difference"], strict=True))
    assert rows == {(START, "ask"): 0, ("ask", "buy"): -1, ("buy", END): -1, ("ask", "leave"): 1, ("leave", END): 1}


def test_looking_at_many_moves_finds_few_differences_where_there_are_none() -> None:
    dice = np.random.default_rng(5)
    looked = 0
    for _ in range(60):
        hits = dice.binomial(200, 0.3, (2, 40)).astype(float)
        n = np.full(40, 200)
        looked += bool(difference_of_shares(hits[0], n, hits[1], n).real.any())
    assert looked <= 9  # 5% of 60 are 3; more than 9 would come once in two thousand tries
