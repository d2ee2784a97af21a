"""The index over small logs: what each component counts, whose words may be shown, and what moved it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult, run_measure
from regulars.measures import find
from regulars.measures.index.deciding import components_of, versions_of, weighted_by_part
from regulars.measures.index.parts import COMPONENTS, PARTS
from regulars.measures.scope import Scope
from regulars.measures.touchpoints.tests.story import Story
from tests.small_log import client, write_log

AS_OF = date(2026, 6, 30)
OF_STAFF = [f"{element}-1" for element in ("strategy", "skills", "shared-values", "style", "systems")]


class Shop(Story):
    """A story with lists of clients and facts."""

    def __init__(self) -> None:
        super().__init__()
        self.clients: list[dict[str, Any]] = []
        self.facts: list[dict[str, Any]] = []

    def agrees(self, question: str, at: str, score: float, key: int | None = None, **more: Any) -> None:
        """One statement agreed with, from 1 to 5."""
        number = self.touch(key, at, "answer", **more)
        told = {"question": question, "kind": "rating", "score": score, "scale_min": 1.0, "scale_max": 5.0}
        self.answers.append({"interaction_id": number, "survey": more.get("survey", "customer-focus"), **told})

    def result(self, folder: Path, name: str = "index", **scope: Any) -> MeasureResult:
        """The measure's result over this story."""
        tables = {name: getattr(self, name) for name in ("answers", "decisions", "clients", "facts")}
        engine = DuckDBEngine(write_log(folder, interactions=self.touches, items=[], **tables))
        try:
            return run_measure(engine, find(name), Scope(**{"as_of": AS_OF, **scope}))
        finally:
            engine.close()

    def table(self, folder: Path, name: str = "index", **scope: Any) -> dict[str, dict[str, Any]]:
        """The rows of the index by name."""
        return {row["name"]: row for row in self.result(folder, name, **scope).to_arrow().to_pylist()}


@pytest.fixture
def shop() -> Iterator[Shop]:
    return Shop()


def told(shop: Shop, body: dict[str, Any], noun: str, key: str, version: int = 1) -> None:
    shop.decide(noun, key, version, body)


def test_an_empty_company_has_rows_reasons_and_no_number(shop: Shop, tmp_path: Path) -> None:
    rows = shop.table(tmp_path)
    assert len(rows) == 1 + 3 + 3 + 9 + len(COMPONENTS)
    assert all(row["value"] is None and row["score"] is None and row["score_reason"] for row in rows.values())
    assert rows["index"]["coverage"] == 0
    gaps = shop.result(tmp_path / "gaps", "index_gaps").to_arrow().to_pylist()
    assert {row["difference"] for row in gaps} == {None}
    assert len(shop.result(tmp_path / "trend", "index_trend")) == 0
    assert shop.table(tmp_path / "moves", "index_sensitivity")["random weights"]["range_low"] is None


def test_orders_tell_who_is_known_who_came_back_and_who_did_not_complain(shop: Shop, tmp_path: Path) -> None:
    for key in (1, 2, 3, 4):
        shop.touch(key, "2024-10-05", "order")
    for key in (1, 2, 5):
        shop.touch(key, "2026-02-01", "order")
    shop.touch(None, "2026-02-02", "order")
    shop.touch(2, "2026-03-01", "complaint")
    shop.touch(3, "2026-03-01", "complaint")  # no customer of this year
    shop.clients = [client(5, acquired_by="Recommendation"), client(4, acquired_by="advert")]
    at = {"name": "need", "known_at": None, "confirmed_at": None}
    shop.facts = [
        {"client_key": 1, "value": "quiet", **at, "known_at": _at("2026-01-01")},
        {"client_key": 2, "value": "old", **at, "known_at": _at("2020-01-01")},
        {"client_key": 5, "value": "gone", **at, "known_at": _at("2026-01-01"), "status": "dropped"},
    ]
    rows = shop.table(tmp_path)
    seen = {name: (rows[name]["numerator"], rows[name]["denominator"], rows[name]["n"]) for name in rows}
    assert seen["known orders"] == (3, 4, 4)
    assert seen["came back"] == (2, 4, 4)
    assert seen["without complaint"] == (2, 3, 3)
    assert seen["fresh facts"] == (1, 3, 3)
    assert seen["by recommendation"] == (1, 1, 1)
    assert rows["came back"]["score"] == pytest.approx(100 * (0.5 - 0.1) / 0.6)


def test_the_year_is_made_of_whole_months_and_a_period_takes_its_place(shop: Shop, tmp_path: Path) -> None:
    for key, day in enumerate(("2025-06-30", "2025-07-01", "2026-05-31", "2026-06-30", "2026-07-01"), 1):
        shop.touch(key, day, "order")
    assert shop.table(tmp_path / "year")["known orders"]["denominator"] == 3
    month = shop.table(tmp_path / "month", from_on=date(2026, 5, 1), to_on=date(2026, 5, 31))
    assert month["known orders"]["denominator"] == 1


def test_customers_say_whether_it_is_worth_it_and_would_recommend(shop: Shop, tmp_path: Path) -> None:
    for key, score in ((1, 5), (2, 4), (3, 3)):
        shop.agrees("worth-it", "2026-05-01", score, key)
    for key, score in ((1, 10), (2, 8), (3, 0), (4, 9)):
        shop.says(key, "2026-05-01", score, "nps")
    rows = shop.table(tmp_path)
    assert rows["worth it"]["value"] == pytest.approx(2 / 3)
    assert (rows["recommend"]["value"], rows["recommend"]["unit"]) == (25, "points")
    assert rows["creating value: customers"]["coverage"] == pytest.approx(8 / 12)


def staff_of(shop: Shop, people: int, department: str, at: str = "2026-04-10", score: float = 5) -> None:
    told(shop, {"audience": "employees"}, "survey", "seven-elements")
    for _ in range(people):
        number = shop.touch(None, at, "answer", None, department=department)
        for question in OF_STAFF:
            row = {"interaction_id": number, "survey": "seven-elements", "question": question, "kind": "rating"}
            shop.answers.append({**row, "score": score, "scale_min": 1.0, "scale_max": 5.0})


def test_four_colleagues_are_never_shown_and_five_are_once_their_month_is_over(shop: Shop, tmp_path: Path) -> None:
    staff_of(shop, 4, "sales")
    assert shop.table(tmp_path / "four")["staff on valuing"]["value"] is None
    staff_of(shop, 1, "sales", score=1)
    assert shop.table(tmp_path / "five")["staff on valuing"]["value"] == pytest.approx(0.8)
    early = shop.table(tmp_path / "early", as_of=date(2026, 4, 29))
    assert early["staff on valuing"]["value"] is None
    late = shop.table(tmp_path / "late", as_of=date(2027, 5, 1))
    assert late["staff on valuing"]["value"] is None, "a wave of more than a year ago says nothing of today"


def test_staff_are_not_narrowed_and_departments_cannot_be_subtracted(shop: Shop, tmp_path: Path) -> None:
    staff_of(shop, 6, "sales")
    staff_of(shop, 5, "delivery", score=1)
    staff_of(shop, 3, "accounts")
    for department in ("sales", "delivery", "accounts"):
        shop.touch(1, "2026-04-01", "order", department=department)
    found = shop.result(tmp_path / "split", by=("department",)).to_arrow().to_pylist()
    said = {row["department"]: row["value"] for row in found if row["name"] == "staff on valuing"}
    assert said["accounts"] is None
    assert [said["sales"], said["delivery"]].count(None) >= 1, "all less both would be accounts"
    for narrowed in ({"where": "department = 'sales'"}, {"of_group": True}, {"by": ("channel",)}):
        rows = shop.result(tmp_path / str(narrowed)[:12], **narrowed).to_arrow().to_pylist()
        assert {row["value"] for row in rows if row["name"] == "staff on valuing"} <= {None}


def test_who_confirmed_the_definition_is_counted_by_the_version_in_force(shop: Shop, tmp_path: Path) -> None:
    codes = ("E1", "E2", "E3", "E4")
    shop.clients = [
        client(100 + n, kind="employee", attributes=f'{{"code": "{code}"}}') for n, code in enumerate(codes)
    ]
    told(shop, {"text": {"en": "one"}}, "definition", "customer focus")
    told(shop, {"version": 1}, "definition read", "E1")
    told(shop, {"version": 1, "employee": "E2"}, "definition read", "e2@shop.example")
    told(shop, {"left_on": "2026-01-15"}, "employee", "E4")
    shop.touch(1, "2026-06-01", "order")
    row = shop.table(tmp_path / "one")["definition confirmed"]
    assert (row["numerator"], row["denominator"]) == (2, 3)
    told(shop, {"text": {"en": "two"}}, "definition", "customer focus", 2)
    row = shop.table(tmp_path / "two")["definition confirmed"]
    assert (row["numerator"], row["denominator"]) == (0, 3)


def test_fears_with_an_answer_are_counted_and_not_estimated(shop: Shop, tmp_path: Path) -> None:
    cells = [{"kind": "fear", "answer": "we call"}, {"kind": "barrier", "answer": " "}, {"kind": "need", "answer": ""}]
    told(shop, {"stages": [{"key": "buys", "cells": cells}]}, "journey map", "everyone")
    row = shop.table(tmp_path)["fears answered"]
    assert (row["value"], row["value_low"], row["value_high"], row["n"]) == (0.5, 0.5, 0.5, 2)


def test_the_newest_month_is_the_index_and_what_moved_it_adds_up(shop: Shop, tmp_path: Path) -> None:
    for month in range(1, 7):
        for key in range(1, 12):
            shop.touch(key, f"2026-{month:02d}-10", "order")
            shop.agrees("understands-me", f"2026-{month:02d}-11", 5 if key > month else 2, key)
            shop.agrees("worth-it", f"2026-{month:02d}-11", 1 + (key + month) % 5, key)
            shop.agrees("matters-to-them", f"2026-{month:02d}-11", 1 + key % 5, key)
            shop.says(key, f"2026-{month:02d}-12", (key * month) % 11, "nps")
    weights = {one.name: {"weight": 5 if one.view == "customers" else 1} for one in COMPONENTS}
    told(shop, {"components": weights}, "index", "components")
    whole = shop.table(tmp_path / "now")
    months = list(shop.result(tmp_path / "then", "index_trend").to_arrow().to_pylist())
    newest = {row["name"]: row for row in months if row["month_on"] == date(2026, 6, 1)}
    assert whole["index"]["coverage"] > 0.5
    for name in ("index", "customers", "creating value"):
        assert newest[name]["score"] == pytest.approx(whole[name]["score"])
        assert newest[name]["coverage"] == whole[name]["coverage"]
    customers = sorted((row["month_on"], row) for row in months if row["name"] == "customers")
    for (_, before), (_, after) in itertools.pairwise(customers):
        if before["score"] is not None:
            assert after["change"] == pytest.approx(after["score"] - before["score"])
            assert after["moved_by"] is None or after["moved_points"]
    moves = shop.table(tmp_path / "weights", "index_sensitivity")
    row, total = moves["understands me"], whole["index"]["score"]
    known = [one for one in whole.values() if one["level"] == "component" and one["score"] is not None]
    twice = [(one["weight"] * (2 if one["name"] == "understands me" else 1), one["score"]) for one in known]
    assert row["doubled"] == pytest.approx(sum(w * s for w, s in twice) / sum(w for w, _ in twice))
    assert row["total"] == pytest.approx(total)
    assert moves["random weights"]["range_low"] <= total <= moves["random weights"]["range_high"]


def test_weights_of_whole_parts_are_still_read_and_what_cannot_be_used_is_left(shop: Shop) -> None:
    found = weighted_by_part({"understanding": 0.3, "valuing": 0.3, "creating value": 0.4})
    sums = [sum(one.weight for one in found if one.part == part) for part in PARTS]
    assert sums == pytest.approx([0.3, 0.3, 0.4])
    assert weighted_by_part({"valuing": "much"}) == COMPONENTS
    assert components_of([]) == COMPONENTS
    broken = {"came back": {"weight": -1, "floor": 0.9, "target": 0.2}, "worth it": {"weight": 0}}
    body = f'{{"components": {broken}}}'.replace("'", '"')
    columns = {"noun": ["index"], "key": ["components"], "version": [1], "decided_on": [0], "body": [body]}
    decided = {one.name: one for one in components_of(versions_of(_objects(columns)))}
    assert decided["came back"] == next(one for one in COMPONENTS if one.name == "came back")
    assert decided["worth it"].weight == 0


def _objects(columns: dict[str, list[Any]]) -> dict[str, Any]:
    return {name: np.array(values, dtype=object) for name, values in columns.items()}


def _at(day: str) -> Any:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
