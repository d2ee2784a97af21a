"""Who works here as the overview shows it: by department, with what nobody has said yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.people import reading
from regulars.people.parts import Department, Employee, Training
from regulars.workspace import Workspace
from regulars_web.shared import numbers
from regulars_web.staff import queries, words

Context = dict[str, Any]


@dataclass(frozen=True)
class Trained:
    """How many trainings somebody was at, understood, and uses."""

    there: int
    understood: int
    used: int


def overview(workspace: Workspace, wanted: str) -> Context:
    """Departments with their people; ``wanted`` is the department to show alone, "" all."""
    people, departments = queries.employees(workspace), queries.departments(workspace)
    names = queries.names_of(workspace, people)
    trained = trained_of(reading.trainings(workspace))
    rows = [_row(one, names, trained) for one in people if not wanted or one.department == wanted]
    rows.sort(key=lambda row: (row["department"], row["name"].casefold()))
    called = {one.key: one.called for one in departments}
    for row in rows:
        row["department_name"] = called.get(row["department"], row["department"])
    return {
        "departments": [_department(one, people, names) for one in departments],
        "people": rows,
        "wanted": called.get(wanted, wanted),
        "headline": _headline(len(people), len(departments)),
        "missing": missing(people, departments, trained, names),
    }


def trained_of(trainings: Sequence[Training]) -> dict[str, Trained]:
    """Code -> trainings."""
    found: dict[str, Trained] = {}
    for one in trainings:
        for code in one.employees:
            before = found.get(code, Trained(0, 0, 0))
            found[code] = Trained(
                before.there + 1,
                before.understood + (one.understood.get(code) == "yes"),
                before.used + bool(one.used.get(code)),
            )
    return found


def missing(
    people: Sequence[Employee],
    departments: Sequence[Department],
    trained: Mapping[str, Trained],
    names: Mapping[str, str],
) -> list[str]:
    """What nobody has said yet, in sentences."""
    nameless = sum(names[one.code] == one.code for one in people)
    levels = sum(not one.level for one in people)
    roles = sum(not one.role for one in people)
    zones = sum(not one.zone for one in departments)
    untrained = sum(one.code not in trained for one in people)
    found = []
    if nameless:
        said = ngettext("%(n)s person has a code and no name.", "%(n)s people have a code and no name.", nameless)
        found.append(said % {"n": numbers.number(nameless)})
    if zones:
        said = ngettext("%(n)s department has no zone.", "%(n)s departments have no zone.", zones)
        found.append(said % {"n": numbers.number(zones)})
    if levels:
        said = ngettext("The level of %(n)s person is not known.", "The level of %(n)s people is not known.", levels)
        found.append(said % {"n": numbers.number(levels)})
    if roles:
        said = ngettext("%(n)s person has no role.", "%(n)s people have no role.", roles)
        found.append(said % {"n": numbers.number(roles)})
    if untrained:
        said = ngettext("%(n)s person was at no training.", "%(n)s people were at no training.", untrained)
        found.append(said % {"n": numbers.number(untrained)})
    return found


def _row(one: Employee, names: Mapping[str, str], trained: Mapping[str, Trained]) -> Context:
    return {
        "code": one.code,
        "name": names[one.code],
        "department": one.department,
        "branch": one.branch,
        "level": words.level_words(one.level),
        "role": one.role,
        "trained": trained.get(one.code, Trained(0, 0, 0)),
    }


def _department(one: Department, people: Sequence[Employee], names: Mapping[str, str]) -> Context:
    return {
        "key": one.key,
        "name": one.called,
        "zone_key": one.zone,
        "zone": words.ZONE_NAMES.get(one.zone, ""),
        "head": names.get(one.head, one.head),
        "people": numbers.number(sum(person.department == one.key for person in people)),
    }


def _headline(people: int, departments: int) -> str:
    """The finding over the page."""
    if not people:
        return _("Nobody is known to work here yet")
    if people == 1:
        return _("One person works here")
    told = {"people": numbers.number(people), "departments": numbers.number(departments)}
    said = ngettext(
        "%(people)s people work here, in %(departments)s department",
        "%(people)s people work here, in %(departments)s departments",
        departments,
    )
    return (said if departments else _("%(people)s people work here")) % told
