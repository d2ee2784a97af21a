"""The five steps as the page shows them: what is done by evidence, what is missing, what is done next and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.measures.programme.wording import EVIDENCE
from regulars.programme.parts import StepAction
from regulars.programme.publishing import actions
from regulars.workspace import Workspace
from regulars_web.home.addresses import first_address
from regulars_web.programme import figures, words
from regulars_web.shared.readings import Reading, Row

STEPS = 5
# Where each evidence is looked at and mended; the first that is there.
PLACES: Mapping[int, tuple[str, ...]] = {
    1: ("definition:read",),
    2: ("customers:list",),
    3: ("touchpoints:list",),
    4: ("journeymap:map",),
    5: ("voice:overview",),
}


@dataclass(frozen=True)
class Step:
    """One step: its evidences, how many are done, and the first thing to do."""

    number: int
    name: str
    evidences: Sequence[Mapping[str, Any]]
    done: int
    known: int
    address: str

    @property
    def of(self) -> int:
        """How many evidences it has."""
        return len(self.evidences)

    @property
    def open(self) -> Sequence[Mapping[str, Any]]:
        """What is not done."""
        return [one for one in self.evidences if one["state"] != "done"]

    @property
    def ended(self) -> Sequence[Mapping[str, Any]]:
        """What is done."""
        return [one for one in self.evidences if one["state"] == "done"]

    @property
    def whole(self) -> bool:
        """Whether all of it is done."""
        return bool(self.evidences) and self.done == self.of

    @property
    def width(self) -> str:
        """How long its bar is."""
        return figures.share_of(self.done / self.of if self.of else 0)

    @property
    def missing(self) -> Mapping[str, Any] | None:
        """The first evidence that is not done."""
        return next((one for one in self.evidences if one["state"] != "done"), None)


def steps_of(reading: Reading, workspace: Workspace) -> list[Step]:
    """All steps in their order."""
    planned, today = actions(workspace), timezone.localdate()
    rows = sorted(reading.rows, key=lambda row: (row.get("step") or 0, row.get("place") or 0))
    return [
        _step(number, list(found), planned, today) for number, found in groupby(rows, key=lambda row: row.get("step"))
    ]


def finding(steps: Sequence[Step]) -> str:
    """What the page says first."""
    whole = sum(step.whole for step in steps)
    if not steps:
        return _("Five steps to a company that customers come back to")
    if whole == len(steps):
        return _("All five steps are done")
    if not whole:
        step = max(steps, key=lambda one: (one.done / one.of if one.of else 0, -one.number))
        if not step.done:
            return _("Nothing of the five steps is done yet")
        return _("No step is complete yet")
    return ngettext("%(count)s of five steps is complete", "%(count)s of five steps are complete", whole) % {
        "count": whole
    }


def next_things(steps: Sequence[Step]) -> list[Mapping[str, Any]]:
    """What to do first: of every step in its order the first evidence that is missing."""
    return [{"step": step, "evidence": step.missing} for step in steps if step.missing is not None]


def evidence_key(number: int, evidence: str) -> str:
    """How an action names its evidence."""
    return f"{number}:{evidence}"


def _step(number: int, rows: Sequence[Row], planned: Mapping[str, StepAction], today: date) -> Step:
    evidences = [_evidence(row, planned.get(evidence_key(number, row["evidence"])), today) for row in rows]
    return Step(
        number=number,
        name=str(words.STEP_NAMES.get(number, rows[0].get("step_name") or "")),
        evidences=evidences,
        done=sum(one["state"] == "done" for one in evidences),
        known=sum(one["state"] != "unknown" for one in evidences),
        address=first_address(*PLACES.get(number, ())),
    )


def _evidence(row: Row, action: StepAction | None, today: date) -> Mapping[str, Any]:
    state = str(row.get("state") or "unknown")
    said, tone = words.STATES.get(state, (state, ""))
    return {
        "key": evidence_key(row["step"], row["evidence"]),
        "name": row.get("name") or row["evidence"],
        "sentence": row.get("sentence") or "",
        "counted_as": EVIDENCE[row["evidence"]].counted_as if row["evidence"] in EVIDENCE else "",
        "state": state,
        "words": said,
        "tone": tone,
        "done": row.get("done"),
        "of": row.get("of"),
        "share": figures.figure(row, "share", "share"),
        "needed": row.get("needed"),
        "next": row.get("next") or "",
        "action": action,
        "late": bool(action and action.late_on(today)),
    }
