"""How far the index moves when weights move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from regulars.measures.estimates import estimate_values
from regulars.measures.index.counting import told_parts
from regulars.measures.index.drawing import SEED
from regulars.measures.index.parts import Component
from regulars.measures.index.scoring import ENDS_OF_INTERVAL, HALF_KNOWN, UNCERTAIN, Company, company, mean_score
from regulars.measures.index.statistics import estimate, notes
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects

DRAWS = 2_000
AT_RANDOM = "random weights"
RANDOM_TITLE = "Weights drawn at random"
TEXTS = ("sort", "name", "title", "part", "view")
OTHERS = {"doubled": 2.0, "halved": 0.5, "left_out": 0.0}
NUMBERS = (
    "weight",
    "score",
    *OTHERS,
    *(f"{name}_points" for name in OTHERS),
    "range_low",
    "range_high",
    "draws",
)


def sensitivity_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per component, and one for weights at random (and ``by``); see results.py."""
    parts = [(told.key, company(told)) for told in told_parts(found, scope)]
    columns = [(key, _gathered(_rows(of))) for key, of in parts]
    return Outcome(joined(columns, scope.by, list(_gathered([]))), notes(of for _, of in parts))


def _rows(of: Company) -> list[dict[str, Any]]:
    total = mean_score(of, [one.name for one in of.components])
    whole = of.weight(one.name for one in of.components)
    rows = [_row(of, one, total.value) for one in of.components]
    rows.sort(key=lambda row: -_most(row))
    rows.append({"sort": AT_RANDOM, "name": AT_RANDOM, "title": RANDOM_TITLE, **_at_random(of, total.value)})
    for row in rows:
        row["weight"] = row["weight"] / whole if whole and "weight" in row else UNCERTAIN
    return [{"place": place, "total": total, **row} for place, row in enumerate(rows, 1)]


def _row(of: Company, component: Component, total: float) -> dict[str, Any]:
    row: dict[str, Any] = {
        "sort": "component",
        "name": component.name,
        "title": component.title,
        "part": component.part,
        "view": component.view,
        "weight": component.weight,
        "score": of.scores.get(component.name, UNCERTAIN),
    }
    for name, times in OTHERS.items():
        row[name] = _reweighted(of, component.name, times)
        row[f"{name}_points"] = row[name] - total
    return row


def _reweighted(of: Company, name: str, times: float) -> float:
    """The index with so many times the weight for one component; NaN where less than half would be known."""
    weights = {one.name: one.weight * (times if one.name == name else 1.0) for one in of.components}
    known = {one: weight for one, weight in weights.items() if one in of.scores}
    whole, told = sum(weights.values()), sum(known.values())
    if not told or told / whole < HALF_KNOWN:
        return UNCERTAIN
    return sum(weight * of.scores[one] for one, weight in known.items()) / told


def _at_random(of: Company, total: float) -> dict[str, Any]:
    """The middle 95% of the index under weights drawn around the present ones."""
    known = of.known([one.name for one in of.components])
    if np.isnan(total):
        return {"range_low": UNCERTAIN, "range_high": UNCERTAIN, "draws": 0}
    weighed = [one.weight for one in of.components if one.weight > 0]
    shares = np.array([one.weight for one in known]) / sum(weighed) * len(weighed)
    draws = np.random.default_rng(SEED).gamma(shares, size=(DRAWS, len(known)))
    totals = draws @ np.array([of.scores[one.name] for one in known]) / draws.sum(axis=1)
    low, high = np.quantile(totals, ENDS_OF_INTERVAL)
    return {"range_low": min(float(low), total), "range_high": max(float(high), total), "draws": DRAWS}


def _most(row: Mapping[str, Any]) -> float:
    """The most that the index moves; what is unknown comes last."""
    moves = [abs(row[f"{name}_points"]) for name in OTHERS]
    return max((move for move in moves if not np.isnan(move)), default=-1.0)


def _gathered(rows: list[dict[str, Any]]) -> Columns:
    return {
        "place": np.array([row["place"] for row in rows], dtype=np.int64),
        **{name: objects(row.get(name) for row in rows) for name in TEXTS},
        **{name: np.array([row.get(name, np.nan) for row in rows], dtype=np.float64) for name in NUMBERS},
        **estimate_values("total", estimate(row["total"] for row in rows)),
    }
