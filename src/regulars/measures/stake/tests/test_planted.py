"""The made-up company: what late deliveries were planted to cost lies inside the interval, confounder or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from regulars.demo.company import UNTIL, ZONE, make_company
from regulars.demo.truths import Truths
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import to_columns
from regulars.engines.tables import typed_as
from regulars.measures.log_tables import log_tables
from regulars.measures.scope import Scope
from regulars.measures.stake import statistics
from regulars.measures.stake.results import READ

DELIVERIES = Scope(as_of=UNTIL, time_zone=ZONE, where="touchpoint = 'delivery'")
TABLES = ("interactions", "answers", "clients", "decisions")
DROP = -Truths().late_return_drop


class LateDeliveries:
    """Asks the measure's queries, compiled once, of one company after another; of lateness alone."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(statistics, "RULES", ("late",))
        self.asked = {name: build(log_tables(), DELIVERIES) for name, build in READ.items()}
        engine = DuckDBEngine({})
        self.queries = {name: engine.compile(expression) for name, expression in self.asked.items()}
        engine.close()

    def row(self, seed: int, *, customers: int = 4000, far_away: bool = False) -> dict[str, Any]:
        """The one row of stake for this company."""
        company = make_company(customers, seed, far_away=far_away)
        engine = DuckDBEngine({})
        engine.add_waiting({name: company.tables[name] for name in TABLES})
        found = {name: to_columns(typed_as(self.asked[name], engine.run(sql))) for name, sql in self.queries.items()}
        engine.close()
        columns = statistics.stake_rows(found, DELIVERIES).columns
        return {name: values[0] for name, values in columns.items()}


def covers(row: dict[str, Any], name: str) -> bool:
    return bool(row[f"{name}_low"] <= DROP <= row[f"{name}_high"])


def test_the_planted_drop_after_a_late_delivery_is_found_in_one_company(monkeypatch: pytest.MonkeyPatch) -> None:
    row = LateDeliveries(monkeypatch).row(7, customers=2000)
    assert covers(row, "adjusted_difference")
    assert row["adjusted_difference_high"] < 0
    assert row["overlap_share"] > 0.95
    assert row["balance_after"] < 0.1


def test_those_who_live_far_away_fool_the_plain_difference_of_one_company(monkeypatch: pytest.MonkeyPatch) -> None:
    row = LateDeliveries(monkeypatch).row(7, customers=2000, far_away=True)
    assert row["raw_difference_high"] < DROP
    assert covers(row, "adjusted_difference")
    assert row["balance_before"] > 0.5 > 0.1 > row["balance_after"]


@pytest.mark.slow(minutes=3)
@pytest.mark.parametrize("far_away", [False, True], ids=["lateness by chance", "the poor live far away"])
def test_the_planted_drop_lies_inside_90_of_100_intervals(far_away: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    deliveries = LateDeliveries(monkeypatch)
    rows = [deliveries.row(seed, far_away=far_away) for seed in range(1, 101)]
    assert sum(covers(row, "adjusted_difference") for row in rows) >= 90
    if far_away:
        assert sum(covers(row, "raw_difference") for row in rows) <= 10


def test_without_the_confounder_the_company_knows_nobody_far_away() -> None:
    plain, far = make_company(300, 3), make_company(300, 3, far_away=True)
    assert "far away" not in plain.tables["clients"]["region"].to_pylist()
    assert "far away" in far.tables["clients"]["region"].to_pylist()
    assert plain.truths.far_away is None
    assert replace(far.truths, far_away=None) == plain.truths
