"""Repeat shares, ever and within windows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regulars.measures.estimates import estimate_values
from regulars.measures.intervals import share_estimate
from regulars.measures.registry import Columns, Outcome
from regulars.measures.repeat.expressions import WINDOWS_DAYS
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects, splits

NOBODY_YET = "No customer's first order is that long ago."


def repeat_shares(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row for ever and one a window (and ``by``); see results.py."""
    counted = {name: _filled(values, name, scope) for name, values in found["repeats"].items()}
    parts = [(key, _shares(columns)) for key, columns in splits(counted, scope.by)]
    return Outcome(joined(parts, scope.by, [*_shares(dict.fromkeys(_counts(), np.zeros(1)))]))


def _counts() -> list[str]:
    suffixes = ["", *(f"_{days}" for days in WINDOWS_DAYS)]
    return [f"{name}{suffix}" for name in ("customers", "repeat_customers") for suffix in suffixes]


def _filled(values: np.ndarray, name: str, scope: Scope) -> np.ndarray:
    """A sum over nobody is null in SQL; here it counts people, so it is 0."""
    return values if name in scope.by else np.nan_to_num(values.astype(np.float64)).astype(np.int64)


def _shares(columns: Columns) -> Columns:
    suffixes = ["", *(f"_{days}" for days in WINDOWS_DAYS)]
    customers = np.concatenate([columns[f"customers{suffix}"] for suffix in suffixes])
    repeated = np.concatenate([columns[f"repeat_customers{suffix}"] for suffix in suffixes])
    estimate = share_estimate(repeated, customers, nobody=NOBODY_YET)
    return {
        "window_days": objects([None, *WINDOWS_DAYS]),
        "customers": customers,
        "repeat_customers": repeated,
        **estimate_values("repeat_share", estimate),
    }
