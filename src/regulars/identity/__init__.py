"""One customer from many records: which records are the same customer, why, and how a person decides otherwise.

from regulars import identity

plan = identity.preview(shop, now=now)
run = identity.run(shop, by="Ana", now=now)
shop.undo(run.import_id)
"""

from __future__ import annotations

from regulars.identity.explaining import Agreement, Explanation, explain, explain_all
from regulars.identity.judging import (
    Doubt,
    Join,
    JudgementError,
    count_doubtful,
    doubtful,
    joined_path,
    judge,
)
from regulars.identity.records import records
from regulars.identity.running import JoinPlan, JoinRun, Sample, ThresholdError, preview, run

__all__ = [
    "Agreement",
    "Doubt",
    "Explanation",
    "Join",
    "JoinPlan",
    "JoinRun",
    "JudgementError",
    "Sample",
    "ThresholdError",
    "count_doubtful",
    "doubtful",
    "explain",
    "explain_all",
    "joined_path",
    "judge",
    "preview",
    "records",
    "run",
]
