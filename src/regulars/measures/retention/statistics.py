"""The retention triangle, without holes, up to the last month that has ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import numpy as np

from regulars.measures.estimates import estimate_values
from regulars.measures.intervals import share_estimate
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import key_columns, key_rows, month_starts, objects


def retention_shares(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per cohort and month that has ended by as_of (and ``by``); see results.py."""
    columns = found["months"]
    cohorts, months = (columns[name].astype(np.int64).tolist() for name in ("cohort", "month"))
    keys = key_rows(columns, scope.by)
    seen = {
        (key, cohort, month): (active, revenue)
        for key, cohort, month, active, revenue in zip(
            keys, cohorts, months, columns["active"].tolist(), columns["revenue"].tolist(), strict=True
        )
    }
    last = _last_ended_month(scope)
    begun = dict.fromkeys(zip(keys, cohorts, strict=True))
    cells = [(key, cohort, month) for key, cohort in begun for month in range(cohort, last + 1)]
    active = np.array([seen.get(cell, (0, None))[0] for cell in cells], dtype=np.int64)
    # Everyone is active in the month of their first order, so that month counts the cohort.
    size = np.array([seen[key, cohort, cohort][0] for key, cohort, _ in cells], dtype=np.int64)
    cohort_index = np.array([cohort for _, cohort, _ in cells], dtype=np.int64)
    share = share_estimate(active, size, nobody="Nobody is in the cohort.")
    # In the month of the first order everybody is active by definition: nothing is estimated.
    share.low[np.array([cohort == month for _, cohort, month in cells], dtype=bool)] = 1.0
    return Outcome(
        key_columns((key for key, _, _ in cells), scope.by)
        | {
            "cohort_on": month_starts(cohort_index),
            "month_number": np.array([month for _, _, month in cells], dtype=np.int64) - cohort_index,
            "customers": size,
            "active": active,
            "revenue": objects(seen.get(cell, (0, None))[1] or Decimal(0) for cell in cells),
        }
        | estimate_values("retention_share", share)
    )


def _last_ended_month(scope: Scope) -> int:
    """The last month whose last day is not after as_of."""
    tomorrow = scope.as_of + timedelta(days=1)
    return tomorrow.year * 12 + tomorrow.month - 2
