"""A change is called real only where chance cannot explain it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regulars.measures.scope import Scope
from regulars.measures.scores.asking import GOOD_SHARE, NET
from regulars.measures.scores.trends import Period, changes, holm_levels
from tests.voices import Voices, rows

AS_OF = Scope(as_of=date(2024, 6, 15))


def test_a_collapse_is_real_and_a_wobble_is_not(tmp_path: Path) -> None:
    voices = Voices()
    for month, (happy, unhappy) in {"01": (60, 20), "02": (57, 23), "03": (25, 55), "04": (27, 53)}.items():
        voices.many(happy, 10, on=f"2024-{month}-10").many(unhappy, 2, on=f"2024-{month}-11")
    found = rows(voices.measured(tmp_path, "nps_trend", AS_OF))
    assert [row["period_on"] for row in found] == [date(2024, month, 1) for month in (1, 2, 3, 4)]
    assert [row["real_change"] for row in found] == [None, False, True, False]
    assert found[2]["change"] == pytest.approx(100 * ((25 - 55) - (57 - 23)) / 80)
    assert found[2]["change_high"] < 0
    assert found[0]["change_reason"] == "There is no earlier period with answers."


def test_few_answers_a_month_are_put_together_in_quarters(tmp_path: Path) -> None:
    voices = Voices().many(10, 9, on="2024-01-10").many(10, 9, on="2024-03-10").many(12, 9, on="2024-04-10")
    found = rows(voices.measured(tmp_path, "nps_trend", AS_OF))
    assert [(row["period_on"], row["period"], row["n"]) for row in found] == [
        (date(2024, 1, 1), "quarter", 20),
        (date(2024, 4, 1), "quarter", 12),
    ]
    assert [row["complete"] for row in found] == [True, False], "the second quarter lasts to the end of June"


def test_each_split_has_its_own_first_period(tmp_path: Path) -> None:
    voices = Voices().many(40, 9, on="2024-01-10", touchpoint="shop").many(40, 9, on="2024-02-10", touchpoint="web")
    found = rows(voices.measured(tmp_path, "nps_trend", Scope(as_of=AS_OF.as_of, by=("touchpoint",))))
    assert [(row["touchpoint"], row["change"]) for row in found] == [("shop", None), ("web", None)]


def test_shares_of_satisfied_and_easy_have_a_trend_too(tmp_path: Path) -> None:
    voices = Voices()
    for kind, high, low in (("csat", 5, 1), ("ces", 7, 1)):
        voices.many(45, high, kind=kind, on="2024-01-05").many(5, low, kind=kind, on="2024-01-05")
        voices.many(10, high, kind=kind, on="2024-02-05").many(40, low, kind=kind, on="2024-02-05")
    for name in ("csat_trend", "ces_trend"):
        first, second = rows(voices.measured(tmp_path, name, AS_OF))
        assert first["share"] == pytest.approx(0.9)
        assert second["change"] == pytest.approx(-0.7)
        assert second["real_change"] is True


def test_among_twenty_unchanged_months_chance_alone_is_hardly_ever_called_real() -> None:
    draw, called = np.random.default_rng(3), 0
    for _ in range(300):
        shares = draw.multinomial(80, (0.5, 0.3, 0.2), size=20)
        found = changes([Period(at, tuple(map(float, row))) for at, row in enumerate(shares)], NET)
        called += any(change is not None and change.real for change in found)
    assert called / 300 < 0.08


@example([1.0, 0.025])  # just at its level: not real
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_calls_real_exactly_what_its_step_down_rule_does(p_values: list[float]) -> None:
    real, m = set(), len(p_values)
    for place, row in enumerate(sorted(range(m), key=lambda row: p_values[row])):
        if p_values[row] >= 0.05 / (m - place):
            break
        real.add(row)
    levels = holm_levels(p_values)
    assert {row for row in range(m) if p_values[row] < levels[row]} == real


@given(st.lists(st.tuples(*[st.integers(1, 60)] * 3), min_size=2, max_size=6))
def test_a_change_is_real_exactly_where_its_interval_leaves_out_0(counts: list[tuple[int, int, int]]) -> None:
    periods = [Period(at, tuple(map(float, row))) for at, row in enumerate(counts)]
    for worth in (NET, GOOD_SHARE):
        for change in changes(periods, worth)[1:]:
            assert change is not None
            assert change.real == (change.low > 0 or change.high < 0)
