"""What the worker counts of a group beforehand, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from regulars_web.groups.reading import Company
from regulars_web.jobs.actions import Progress
from regulars_web.jobs.models import Job
from regulars_web.shared.company import company

COUNT = "group-parts"


def count(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Checks, needs, portrait and membership over time of one group; what is there already stays."""
    key = str(job.said.get("key", ""))
    told = Company(company())
    if key not in told.rules:  # it ended, or changed to something that cannot be read, while this waited
        return {"parts": 0}
    parts: tuple[tuple[str, Callable[[str], object]], ...] = (
        (_("Checks"), told.checks),
        (_("Needs"), told.needs),
        (_("Portrait"), told.portrait),
        (_("Members over time"), told.over_time),
    )
    for place, (name, part) in enumerate(parts):
        progress(name, place / len(parts))
        part(key)
    return {"parts": len(parts)}
