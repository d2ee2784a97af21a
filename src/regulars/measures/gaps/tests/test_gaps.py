"""Days between purchases."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.real_logs import cdnow_log, cdnow_orders
from tests.small_log import known_orders, orders_log, purchase_lists, write_log

AS_OF = date(2024, 12, 31)


def gaps(files: dict[str, list[str]], scope: Scope) -> dict[int | None, dict[str, Any]]:
    engine = DuckDBEngine(files)
    rows = run_measure(engine, find("gaps"), scope).to_arrow().to_pylist()
    engine.close()
    return {row["gap_number"]: row for row in rows}


def test_orders_on_one_day_leave_no_gap(tmp_path: Path) -> None:
    orders = [
        (1, "2024-01-01", 5),
        (1, "2024-01-01", 5),
        (1, "2024-01-11", 5),
        (1, "2024-01-31", 5),
        (2, "2024-01-01", 5),
    ]
    found = gaps(orders_log(tmp_path, orders), Scope(as_of=AS_OF))
    assert (found[None]["n"], found[1]["median_days"], found[2]["median_days"]) == (2, 10, 20)
    assert found[None]["median_days_low"] is None
    assert found[None]["median_days_reason"] == "Fewer than six gaps have no interval."


def test_a_gap_belongs_to_the_period_in_which_it_ends(tmp_path: Path) -> None:
    orders = [(1, "2023-12-01", 5), (1, "2024-01-05", 5), (1, "2024-03-05", 5)]
    found = gaps(orders_log(tmp_path, orders), Scope(as_of=AS_OF, from_on=date(2024, 1, 1), to_on=date(2024, 1, 31)))
    assert [(number, row["median_days"]) for number, row in found.items()] == [(1, 35), (None, 35)]


def test_nobody_who_came_twice_means_no_rows(tmp_path: Path) -> None:
    assert gaps(orders_log(tmp_path, [(1, "2024-01-01", 5), (None, "2024-02-01", 5)]), Scope(as_of=AS_OF)) == {}


@given(rows=purchase_lists())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slow_twin_measures_the_same_gaps(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    by_number: dict[int | None, list[int]] = {}
    for orders in known_orders(rows).values():
        days = sorted({order["occurred_on"] for order in orders})
        for number, (earlier, later) in enumerate(itertools.pairwise(days), start=1):
            by_number.setdefault(None, []).append((later - earlier).days)
            by_number.setdefault(min(number, 6), []).append((later - earlier).days)
    found = gaps(write_log(tmp_path, interactions=rows), Scope(as_of=AS_OF))
    assert set(found) == set(by_number)
    for number, days in by_number.items():
        row = found[number]
        assert row["n"] == len(days)
        assert row["mean_days"] == pytest.approx(np.mean(days))
        for name, share in (("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p90", 0.9)):
            assert row[f"{name}_days"] == pytest.approx(np.quantile(days, share))


def test_cdnows_gaps_are_those_of_a_slow_twin(tmp_path: Path) -> None:
    days: dict[int, set[date]] = {}
    for key, on in cdnow_orders().select("client_key", "occurred_on").iter_rows():
        days.setdefault(key, set()).add(on)
    found = gaps(cdnow_log(tmp_path), Scope(as_of=date(1998, 6, 30)))
    twin = [d.days for seen in days.values() for d in np.diff(np.array(sorted(seen), dtype=object))]
    assert found[None]["n"] == len(twin)
    assert found[None]["median_days"] == np.median(twin)
    assert found[None]["p90_days"] == pytest.approx(np.quantile(twin, 0.9))
    assert found[1]["n"] == sum(len(seen) > 1 for seen in days.values())
