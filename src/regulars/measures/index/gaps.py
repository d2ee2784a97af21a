"""Where the views disagree: what one says of a part, less what another says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from regulars.measures.estimates import estimate_values
from regulars.measures.index.counting import told_parts
from regulars.measures.index.parts import PARTS
from regulars.measures.index.scoring import UNCERTAIN, Company, Figure, company, ends, mean_samples, mean_score
from regulars.measures.index.statistics import estimate, notes
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects

ALL = "all"
PAIRS = (("staff", "customers"), ("staff", "evidence"), ("customers", "evidence"))
ONE_UNKNOWN = "One of the two views is unknown here."
NOT_APART = "The two views cannot be told apart here."
# (view, other view, whether the first one is higher) -> the gap in a sentence.
SAID = {
    ("staff", "customers", True): "Staff think better of it than customers do.",
    ("staff", "customers", False): "Customers think better of it than staff do.",
    ("staff", "evidence", True): "Staff think better of it than the evidence shows.",
    ("staff", "evidence", False): "The evidence shows more than staff think.",
    ("customers", "evidence", True): "Customers think better of it than the evidence shows.",
    ("customers", "evidence", False): "The evidence shows more than customers think.",
}


def gap_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per part, and all parts together, and pair of views (and ``by``); see results.py."""
    parts = [(told.key, company(told)) for told in told_parts(found, scope)]
    columns = [(key, _gathered(_rows(of))) for key, of in parts]
    return Outcome(joined(columns, scope.by, list(_gathered([]))), notes(of for _, of in parts))


def _rows(of: Company) -> list[dict[str, Any]]:
    rows = [_row(of, part, view, other) for part in (ALL, *PARTS) for view, other in PAIRS]
    # The widest first; what is unknown last, as it stands.
    rows.sort(key=lambda row: -abs(row["difference"].value) if row["difference"].reason is None else 1.0)
    return [{"place": place, **row} for place, row in enumerate(rows, 1)]


def _row(of: Company, part: str, view: str, other: str) -> dict[str, Any]:
    mine, theirs = (
        tuple(one.name for one in of.components if one.view == side and part in (ALL, one.part))
        for side in (view, other)
    )
    one, two = mean_score(of, mine), mean_score(of, theirs)
    difference = Figure(UNCERTAIN, UNCERTAIN, UNCERTAIN, min(one.n, two.n), ONE_UNKNOWN)
    if one.reason is None and two.reason is None:
        value = one.value - two.value
        low, high = ends(mean_samples(of, mine) - mean_samples(of, theirs), value)
        difference = Figure(value, low, high, min(one.n, two.n), None)
    return {
        "part": part,
        "view": view,
        "other_view": other,
        "score": one.value,
        "other_score": two.value,
        "difference": difference,
        "apart": _apart(difference),
        "said": _said(view, other, difference),
    }


def _apart(difference: Figure) -> bool | None:
    return None if difference.reason else difference.low > 0 or difference.high < 0


def _said(view: str, other: str, difference: Figure) -> str:
    if difference.reason:
        return difference.reason
    return SAID[view, other, difference.value > 0] if _apart(difference) else NOT_APART


def _gathered(rows: list[dict[str, Any]]) -> Columns:
    return {
        "place": np.array([row["place"] for row in rows], dtype=np.int64),
        **{name: objects(row[name] for row in rows) for name in ("part", "view", "other_view", "said", "apart")},
        **{name: np.array([row[name] for row in rows], dtype=np.float64) for name in ("score", "other_score")},
        **estimate_values("difference", estimate(row["difference"] for row in rows)),
    }
