"""What the worker does with personal data: erase a person, apply the company's terms. Counts only are kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from regulars.privacy import erasing, retention
from regulars_web.jobs.actions import Progress, ask_once
from regulars_web.jobs.models import Job
from regulars_web.shared.company import company

ERASE, RETAIN, REFRESH = "erase-person", "apply-terms", "refresh"


def erase(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Erase a customer with all joined records. Begun again after a worker's death it finishes what was begun."""
    progress("Erasing", 0.1)
    done = erasing.erase(
        company(),
        int(job.said["customer"]),
        by=job.asked_by.email if job.asked_by else "",
        now=datetime.now(UTC),
        reason=str(job.said["reason"]),
        keep_amounts=bool(job.said["keep_amounts"]),
    )
    ask_once(REFRESH, {}, by=None)
    return {**asdict(done), "amount_gone": str(done.amount_gone), "keys": len(done.keys), "customer_key": 0}


def retain(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Let go of what the company keeps for some years only."""
    progress("Letting go", 0.1)
    done = retention.apply(company(), by=job.asked_by.email if job.asked_by else "", now=datetime.now(UTC))
    ask_once(REFRESH, {}, by=None)
    return {"terms": [{"kind": term.kind, "rows": term.rows} for term in done]}
