"""What the worker does about records of one customer: look for them, join them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from regulars import identity
from regulars_web.jobs.actions import Progress, ask_once
from regulars_web.jobs.models import Job
from regulars_web.shared import trail
from regulars_web.shared.company import company

PREVIEW, JOIN, REFRESH = "join-preview", "join", "refresh"


def preview(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Count what a run would join; changes nothing."""
    return identity.preview(company(), now=datetime.now(UTC), progress=progress).as_dict()


def join(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Join records. Begun again after a worker's death it finds the rest: what is joined is joined."""
    by = job.asked_by
    run = identity.run(company(), by=by.email if by else "", now=datetime.now(UTC), progress=progress)
    if by:
        trail.note(by, "records joined", import_id=run.import_id, joins=run.plan.exact_joins + run.plan.model_joins)
    ask_once(REFRESH, {}, by=None)
    return {"import_id": run.import_id, **run.plan.as_dict()}
