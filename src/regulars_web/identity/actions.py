"""What people decide about records of one customer."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone

from regulars import identity
from regulars.identity.running import FORM
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import JOIN_RECORDS, UNDO_IMPORTS
from regulars_web.identity.works import JOIN, PREVIEW
from regulars_web.jobs import actions as jobs
from regulars_web.jobs.models import Job
from regulars_web.shared import trail
from regulars_web.shared.company import company


def look(by: User) -> Job:
    """Ask for a preview: what would be joined."""
    require(by, JOIN_RECORDS)
    return jobs.ask_once(PREVIEW, {}, by=by)


def join(by: User) -> Job:
    """Ask for the joining itself."""
    require(by, JOIN_RECORDS)
    return jobs.ask_once(JOIN, {}, by=by)


def take_back(by: User, number: int) -> None:
    """Take back the joins of one run, and only of such a run. Raises LogError where there is none."""
    require(by, UNDO_IMPORTS)
    if not any(row["import_id"] == number and row["form"] == FORM for row in company().imports()):
        raise Http404(f"run {number}")
    company().undo(number, by=by.email)
    trail.note(by, "joins taken back", import_id=number)


def judge(by: User, left: int, right: int, verdict: str) -> None:
    """Say that two records are one customer, or are not; no later run overrules it. Raises JudgementError."""
    require(by, JOIN_RECORDS)
    identity.judge(company(), left, right, verdict, by=by.email, now=timezone.now())
    trail.note(by, "pair judged", left=left, right=right, verdict=verdict)
