"""What the worker does with answers: hands over what waits, and throws away what tells respondents apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from regulars_web.jobs.actions import Progress
from regulars_web.jobs.models import Job
from regulars_web.voice import limits, submitting

HAND_OVER = "hand-over-answers"


def hand_over(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Put answers into the log that are waiting; those left unfinished for a day as incomplete."""
    progress("Answers", 0.1)
    told = submitting.hand_over_waiting(timezone.now())
    limits.tidy(timezone.now())
    return told
