"""Answers of staff, in the newest wave that may be shown, by the rules for all answers given in confidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from regulars.measures.anonymity import ALL, DEPARTMENT, NO_WAVE, TOO_FEW, shown
from regulars.measures.index.parts import STATEMENTS
from regulars.measures.local_times import EPOCH
from regulars.measures.people.statements import element_of
from regulars.measures.registry import Columns
from regulars.measures.scope import Scope
from regulars.measures.scores.confidence import Heard, heard, people_by_cell
from regulars.measures.scores.levels import BAD, GOOD

RECOMMEND = "staff recommend"
YEAR_MONTHS = 12
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class StaffSaid:
    """Answers to the questions of one component: one element a person; none where nothing may be shown."""

    unit: Ints
    good: Ints
    bad: Ints
    answers: Ints
    reason: str = ""


def staff_said(read: Columns, component: str, scope: Scope, day: int, department: str | None) -> StaffSaid:
    """What staff say in the newest wave that is over on a day and no older than 12 months.

    department  of whom; None: everybody

    Waves and groups are those of the measures elements and pulse. Of a component that puts elements together, only
    elements enter that may be shown by themselves: else one could be got by subtracting the others.
    """
    questions = _questions(read, component)
    wanted = (questions != "") & read["usable"].astype(bool) & ~read["duplicate"].astype(bool)
    on = EPOCH + timedelta(days=day)
    told = heard(read, replace(scope, as_of=on, from_on=None, to_on=None), wanted=wanted)
    if not told or told[-1].wave.last <= _month(on) - YEAR_MONTHS:
        return _nothing(NO_WAVE)
    own = STATEMENTS.get(component, (RECOMMEND,))
    rows = [_allowed(read, told[-1], questions, one, department) for one in own]
    found = np.concatenate(rows)
    return _by_person(read, found) if len(found) else _nothing(TOO_FEW)


def _questions(read: Columns, component: str) -> NDArray[np.object_]:
    """Which of the questions of a questionnaire each answer is to: the element, or the recommendation; "" for none."""
    if component == RECOMMEND:
        return np.where(read["answer_kind"] == "nps", RECOMMEND, "").astype(object)
    asked = [element_of(question) for question in read["question"].tolist()]
    found = np.array(asked, dtype=object) if asked else np.zeros(0, dtype=object)
    return np.where(read["answer_kind"] == "rating", found, "").astype(object)


def _allowed(
    read: Columns, one: Heard, questions: NDArray[np.object_], question: str, department: str | None
) -> NDArray[np.intp]:
    """The answers to one question that may be shown: of everybody, or of a department."""
    rows = one.rows[questions[one.rows] == question]
    allowed = shown(people_by_cell(read, rows))
    if department is None:
        inside = np.full(len(rows), allowed.of(ALL, ALL))
    else:
        inside = (read["department"][rows] == department) & allowed.of(DEPARTMENT, department)
    chosen: NDArray[np.intp] = rows[inside]
    return chosen


def _by_person(read: Columns, rows: NDArray[np.intp]) -> StaffSaid:
    unit, place = np.unique(read["person"][rows].astype(np.int64), return_inverse=True)
    levels = read["level"][rows].astype(np.int64)
    good, bad, answers = (
        np.bincount(place, weights=counted, minlength=len(unit)).astype(np.int64)
        for counted in (levels == GOOD, levels == BAD, np.ones(len(rows)))
    )
    return StaffSaid(unit, good, bad, answers)


def _nothing(reason: str) -> StaffSaid:
    none = np.zeros(0, dtype=np.int64)
    return StaffSaid(none, none, none, none, reason)


def _month(on: date) -> int:
    return on.year * 12 + on.month - 1
