"""Quantiles of gaps, out of how often each number of days occurs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Estimate, Floats, estimate_values
from regulars.measures.gaps.expressions import LAST_GAP_NUMBER
from regulars.measures.intervals import median_interval, quantile
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects, splits

TOO_FEW = "Fewer than six gaps have no interval."


def gap_quantiles(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row for all gaps and one for each gap_number that occurs (and ``by``); see results.py."""
    parts = []
    for key, columns in splits(found["gaps"], scope.by):
        parts.append((key, _row(columns, None)))
        for number in range(1, LAST_GAP_NUMBER + 1):
            chosen = columns["gap_number"] == number
            if chosen.any():
                parts.append((key, _row({name: values[chosen] for name, values in columns.items()}, number)))
    nothing: Columns = {"gap_days": np.array([]), "gaps": np.array([], dtype=np.int64)}
    return Outcome(joined(parts, scope.by, list(_row(nothing, None))))


def _row(columns: Columns, number: int | None) -> Columns:
    days, gaps = _counted(columns)
    quarter, median, three_quarters, nine_in_ten = (quantile(days, gaps, share) for share in (0.25, 0.5, 0.75, 0.9))
    low, high = median_interval(days, gaps)
    reason = TOO_FEW if np.isnan(low) else None
    n = np.array([gaps.sum()])
    estimate = Estimate(np.array([median]), np.array([low]), np.array([high]), n, objects([reason]))
    return {
        "gap_number": objects([number]),
        **estimate_values("median_days", estimate),
        "mean_days": np.array([float(days @ gaps) / n[0] if n[0] else np.nan]),
        "p25_days": np.array([quarter]),
        "p75_days": np.array([three_quarters]),
        "p90_days": np.array([nine_in_ten]),
    }


def _counted(columns: Columns) -> tuple[Floats, NDArray[np.int64]]:
    """Distinct days, ascending, and how often each occurs."""
    days, inverse = np.unique(columns["gap_days"].astype(np.float64), return_inverse=True)
    gaps = np.bincount(inverse, weights=columns["gaps"], minlength=len(days)).astype(np.int64)
    return days, gaps
