"""The index, its views, its parts and every component as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from regulars.measures.estimates import Estimate, estimate_values
from regulars.measures.index.counting import told_parts
from regulars.measures.index.parts import Component
from regulars.measures.index.scoring import (
    Company,
    Figure,
    Group,
    company,
    component_score,
    component_value,
    groups,
    mean_score,
    totals,
)
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects

Row = dict[str, Any]

PUT_TOGETHER = "This row puts components together; it has a score and no value of its own."
# What rows mean that put components together.
MEANINGS = {
    "index": "All components together: understanding, valuing and creating value.",
    "staff": "What staff say.",
    "customers": "What customers say.",
    "evidence": "What the evidence says: what happened, by the log and by what was decided.",
    "understanding": "How well the company understands its customers.",
    "valuing": "How far the company values its customers.",
    "creating value": "How much value the company creates for its customers.",
}
TITLES = {
    "index": "Customer-focus index",
    "staff": "What staff say",
    "customers": "What customers say",
    "evidence": "What the evidence says",
    "understanding": "Understanding",
    "valuing": "Valuing",
    "creating value": "Creating value",
}
TEXTS = ("level", "name", "title", "part", "view", "meaning", "unit", "formula", "source")
NUMBERS = ("numerator", "denominator", "floor", "target", "weight", "coverage")


def index_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row for the index, and for each view, part, part in a view and component (and ``by``); see results.py."""
    parts = [(told.key, company(told)) for told in told_parts(found, scope)]
    columns = [(key, gathered(rows_of(of))) for key, of in parts]
    return Outcome(joined(columns, scope.by, list(gathered([]))), notes(of for _, of in parts))


def rows_of(of: Company) -> list[Row]:
    """All rows of one company, or of one part of it."""
    rows = [_group_row(of, group) for group in groups(of.components)]
    rows += [_component_row(of, one) for one in of.components]
    return [{"place": place, **row} for place, row in enumerate(rows, 1)]


def _group_row(of: Company, group: Group) -> Row:
    figure = mean_score(of, group.members)
    title = f"{TITLES[group.part]}: {TITLES[group.view]}" if group.level == "part in view" else TITLES[group.name]
    return {
        "level": group.level,
        "name": group.name,
        "title": title,
        "part": group.part or None,
        "view": group.view or None,
        "meaning": MEANINGS.get(group.name) or f"{MEANINGS[group.part]} {MEANINGS[group.view]}",
        "unit": "score",
        "weight": _share(of, group.members),
        "coverage": of.coverage(group.members),
        "value": Figure(np.nan, np.nan, np.nan, 0, PUT_TOGETHER),
        "score": figure,
    }


def _component_row(of: Company, component: Component) -> Row:
    counted = of.counted[component.name]
    value = component_value(component, counted)
    num, den = totals(counted)
    known = value.reason is None
    return {
        "level": "component",
        "name": component.name,
        "title": component.title,
        "part": component.part,
        "view": component.view,
        "meaning": component.meaning,
        "unit": component.unit,
        "formula": component.formula,
        "source": component.source,
        "numerator": num if known else np.nan,
        "denominator": den if known else np.nan,
        "floor": component.floor,
        "target": component.target,
        "weight": _share(of, [component.name]),
        "coverage": of.coverage([component.name]),
        "value": value,
        "score": component_score(component, value),
    }


def _share(of: Company, names: Sequence[str]) -> float:
    whole = of.weight(one.name for one in of.components)
    return of.weight(names) / whole if whole else float("nan")


def gathered(rows: Sequence[Row]) -> Columns:
    """Rows as the columns that results.py declares."""
    return {
        "place": np.array([row["place"] for row in rows], dtype=np.int64),
        **{name: objects(row.get(name) for row in rows) for name in TEXTS},
        **{name: np.array([row.get(name, np.nan) for row in rows], dtype=np.float64) for name in NUMBERS},
        **estimate_values("value", estimate(row["value"] for row in rows)),
        **estimate_values("score", estimate(row["score"] for row in rows), prefixed=True),
    }


def estimate(figures: Any) -> Estimate:
    """Figures one under another."""
    listed: list[Figure] = list(figures)
    value, low, high = (
        np.array([getattr(one, name) for one in listed], dtype=np.float64) for name in ("value", "low", "high")
    )
    return Estimate(
        value, low, high, np.array([one.n for one in listed], dtype=np.int64), objects(one.reason for one in listed)
    )


def notes(companies: Any) -> tuple[str, ...]:
    """What a reader must know beside the numbers: what is unknown, and what the index does not promise."""
    said: list[str] = []
    for of in companies:
        unknown = sum(one.weight > 0 and one.name not in of.scores for one in of.components)
        if unknown:
            every = sum(one.weight > 0 for one in of.components)
            said.append(f"Of {every} components with a weight, {unknown} are unknown; they lower the coverage alone.")
            break
    said.append("The index says how the company serves its customers. It promises no profit.")
    return tuple(said)
