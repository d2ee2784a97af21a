"""The index month by month, and which component moved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from regulars.measures.estimates import estimate_values
from regulars.measures.index.counting import Told, told_parts
from regulars.measures.index.expressions import MONTHS_SHOWN
from regulars.measures.index.scoring import Company, Group, company, groups, mean_score, plain_mean
from regulars.measures.index.statistics import estimate, notes
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, month_starts, objects

SAMPLES = 400


def trend_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per month, for the index and each view and part (and ``by``); see results.py."""
    # The period says which months are shown; each of them looks back over 12.
    parts = [(told.key, list(_months(told))) for told in told_parts(found, replace(scope, from_on=None))]
    columns = [(key, _gathered(_rows(months, scope))) for key, months in parts]
    newest = (months[0][1] for _, months in parts if months)
    return Outcome(joined(columns, scope.by, list(_gathered([]))), notes(newest))


def _months(told: Told) -> Iterator[tuple[int, Company]]:
    """Every month shown with all components in the 12 months up to it, the newest first; none without anything."""
    for back in range(MONTHS_SHOWN):
        of = company(told, back, samples=SAMPLES)
        if of.scores:
            yield back, of


def _rows(months: Sequence[tuple[int, Company]], scope: Scope) -> list[dict[str, Any]]:
    last = scope.last_on.year * 12 + scope.last_on.month - 1
    oldest = scope.from_on.year * 12 + scope.from_on.month - 1 if scope.from_on else 0
    before = dict(months)
    shown = [group for _, of in months[:1] for group in groups(of.components) if group.level != "part in view"]
    listed = [(back, of) for back, of in months if last - back >= oldest]
    return [{"month": last - back, **_row(of, before.get(back + 1), group)} for back, of in listed for group in shown]


def _row(of: Company, before: Company | None, group: Group) -> dict[str, Any]:
    figure = mean_score(of, group.members)
    then = mean_score(before, group.members) if before else None
    row = {
        "level": group.level,
        "name": group.name,
        "part": group.part or None,
        "view": group.view or None,
        "score": figure,
        "coverage": of.coverage(group.members),
    }
    if before is None or then is None or figure.reason or then.reason:
        return row
    moves = moved(of, before, group.members)
    most = max(moves, key=lambda name: (abs(moves[name]), name), default=None)
    row["change"] = figure.value - then.value
    return row | ({"moved_by": most, "moved_points": moves[most]} if most and moves[most] else {})


def moved(of: Company, before: Company, names: Sequence[str]) -> dict[str, float]:
    """How many points of the change came from each component; together they are the change.

    A component that is newly known, or no longer, moves the mean by how far it lies from what the mean was before.
    """
    mean = plain_mean(before, names)
    now, then = (_pulls(one, names, mean) for one in (of, before))
    return {name: now.get(name, 0.0) - then.get(name, 0.0) for name in names if name in now or name in then}


def _pulls(of: Company, names: Sequence[str], mean: float) -> dict[str, float]:
    known = of.known(names)
    weight = sum(one.weight for one in known)
    return {one.name: one.weight * (of.scores[one.name] - mean) / weight for one in known}


def _gathered(rows: Sequence[Mapping[str, Any]]) -> Columns:
    months = np.array([row["month"] for row in rows], dtype=np.int64)
    return {
        "month_on": month_starts(months),
        **{name: objects(row.get(name) for row in rows) for name in ("level", "name", "part", "view", "moved_by")},
        **{
            name: np.array([row.get(name, np.nan) for row in rows], dtype=np.float64)
            for name in ("coverage", "change", "moved_points")
        },
        **estimate_values("score", estimate(row["score"] for row in rows), prefixed=True),
    }
