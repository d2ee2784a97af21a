"""Shares of negative and positive reviews."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regulars.measures.estimates import estimate_values
from regulars.measures.intervals import share_estimate
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import BAD_SHARE
from regulars.measures.scores.statistics import LEVELS, Wanted, mean_rows
from regulars.measures.splits import Key, joined, objects, splits

NOBODY = "There are no reviews in the period."
REVIEWED = Wanted("negative_share", ("positive", "neutral", "negative"), BAD_SHARE, 1.0, with_mean=True)


def review_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row (and ``by``); see results.py."""
    parts: dict[Key, dict[str, Columns]] = {} if scope.by else {(): {}}
    for name in ("weights", "means"):
        for key, columns in splits(found[name], scope.by):
            parts.setdefault(key, {})[name] = columns
    rows = [(key, _row(part)) for key, part in parts.items()]
    return Outcome(joined(rows, scope.by, list(_row({}))))


def _row(part: Mapping[str, Columns]) -> Columns:
    answers = part.get("weights")
    counted = {} if answers is None else dict(zip(answers["level"].tolist(), answers["answers"].tolist(), strict=True))
    positive, neutral, negative = (int(counted.get(level, 0)) for level in LEVELS)
    n = positive + neutral + negative
    good = share_estimate([positive], [n], nobody=NOBODY)
    means = mean_rows(part.get("means"), 1.0, nobody=NOBODY)
    return {
        **{name: np.array([count]) for name, count in zip(REVIEWED.levels, (positive, neutral, negative), strict=True)},
        **estimate_values("negative_share", share_estimate([negative], [n], nobody=NOBODY)),
        "positive_share": good.value,
        "positive_share_low": good.low,
        "positive_share_high": good.high,
        **{name: objects([value]) for name, value in means.items()},
    }
