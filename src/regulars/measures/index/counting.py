"""Numerators and denominators of every component, unit by unit, in one window of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regulars.measures.anonymity import NO_WHERE
from regulars.measures.conditions import words_of
from regulars.measures.index import deciding
from regulars.measures.index.deciding import Version
from regulars.measures.index.expressions import OF_FOCUS, OF_SCORES, WINDOW
from regulars.measures.index.parts import COMPONENTS, STATEMENTS
from regulars.measures.index.waves import staff_said
from regulars.measures.local_times import EPOCH
from regulars.measures.log_tables import log_tables
from regulars.measures.registry import Columns
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, splits

Ints = NDArray[np.int64]
# Units of one family are the same people in all its components, so they are drawn together.
Family = Literal["customers", "staff answers", "staff", "counted"]

EVER = 10**9  # a day after all days
GUESTS = "Of guests it is not known to which of these they belong, so this says nothing here."
WHOLE = "This is counted for the whole company, not for a part of it."
NET = ("recommend", "staff recommend")
OF_STAFF = (*STATEMENTS, "staff recommend")


@dataclass(frozen=True)
class Counted:
    """A component in a window: one element a unit, or a kind of equal units.

    unit    tells the same unit in other components of the family; 0: it is in no other
    num     what counts for it, less what counts against it in net scores
    den     out of how many; above 0
    times   how many such units there are
    reason  why there is nothing, where that is not the component's own reason
    """

    family: Family
    unit: Ints
    num: Ints
    den: Ints
    times: Ints
    reason: str = ""

    @property
    def units(self) -> int:
        """How many units count."""
        return int(self.times.sum())


@dataclass(frozen=True)
class Told:
    """What was read for one value of ``by``."""

    key: Key
    found: Mapping[str, Columns]
    versions: list[Version]
    scope: Scope


SPLIT = ("ordered", "first_orders", "promises", "told_first", "said")


def told_parts(found: Mapping[str, Columns], scope: Scope) -> list[Told]:
    """What was read, taken apart by the values of ``by``; one part where nothing is split, even an empty one."""
    versions = deciding.versions_of(found["decided"])
    if not scope.by:
        return [Told((), found, versions, scope)]
    parted = {name: dict(splits(found[name], scope.by)) for name in SPLIT}
    keys = list(dict.fromkeys(key for parts in parted.values() for key in parts))
    parts = []
    for key in sorted(keys, key=lambda one: tuple((value is None, str(value)) for value in one)):
        own = {name: parted[name].get(key) or _none_of(found[name]) for name in SPLIT}
        parts.append(Told(key, {**found, **own}, versions, scope))
    return parts


def counts(told: Told, back: int = 0) -> dict[str, Counted]:
    """Every component, in the window that ends ``back`` months before the last day's month.

    ``back`` 0 ends on the last day, or is the period asked for; others end with their month.
    """
    found = {
        **_ordered(told, back),
        "by recommendation": _shares(told.found["first_orders"], "recommended", "known", told, back),
        "promises kept": _shares(told.found["promises"], "kept", "judged", told, back),
        "complaints in time": _shares(told.found["promises"], "complaints_kept", "complaints_judged", told, back),
        "told first": _shares(told.found["told_first"], "told", "events", told, back),
        **_said(told, back),
        **_decided(told, back),
        **staff_answers_of(told, back),
    }
    return {one.name: found[one.name] for one in COMPONENTS}


def last_day(scope: Scope, back: int) -> int:
    """The last day of a window, in days since 1970."""
    if back == 0:
        return (scope.last_on - EPOCH).days
    months = scope.last_on.year * 12 + scope.last_on.month - back
    return (date(months // 12, months % 12 + 1, 1) - timedelta(days=1) - EPOCH).days


def _ordered(told: Told, back: int) -> dict[str, Counted]:
    """The components that start from who ordered."""
    rows = told.found["ordered"]
    inside = _inside(rows, told, back)
    known = rows["guest"] == 0
    orders = rows["in_period"]
    here = inside & (orders > 0)
    buyers = np.unique(rows["unit"][here & known])
    year = _in_year(rows["months_back"], back)
    before = _in_year(rows["months_back"], back + WINDOW)
    earlier = np.unique(rows["unit"][before & known])
    of_orders = _summed(rows, orders * known, orders, here)
    return {
        "known orders": _nothing("customers", GUESTS) if _of_customers(told.scope) else of_orders,
        "fresh facts": _of_people(buyers, _who(told.found["confirmed"], back)),
        "without complaint": _without(buyers, _who(told.found["complained"], back, whole=_period(told))),
        "came back": _of_people(earlier, np.unique(rows["unit"][year & known])),
    }


def _of_customers(scope: Scope) -> bool:
    """Whether customers alone are seen, so that no order of a guest could be."""
    own = log_tables().interactions.columns
    named = [*scope.by, *(words_of(scope.where) if scope.where else ())]
    return scope.of_group or any(name not in own for name in named)


def _said(told: Told, back: int) -> dict[str, Counted]:
    rows = told.found["said"]
    found = {}
    for name in (*OF_SCORES.values(), *OF_FOCUS.values()):
        of_component = {column: values[rows["component"] == name] for column, values in rows.items()}
        num = of_component["good"] - of_component["bad"] if name in NET else of_component["good"]
        found[name] = _summed(of_component, num, of_component["answers"], _inside(of_component, told, back))
    return found


def _decided(told: Told, back: int) -> dict[str, Counted]:
    """What is told by decisions: the definition confirmed, and fears answered."""
    scope, day = told.scope, _decided_by(told, back)
    if not by_department_at_most(scope):
        return {"fears answered": _nothing("counted", WHOLE), "definition confirmed": _nothing("staff", WHOLE)}
    version = deciding.definition_version(told.versions, day=day)
    people = deciding.people(told.versions, told.found["staff"], day=day) if version is not None else []
    if scope.by:
        people = [one for one in people if one.department == (told.key[0] or "")]
    read = deciding.confirmed(told.versions, day=day)
    yes = np.array([read.get(one.name, 0) >= (version or 0) for one in people], dtype=np.int64)
    ones = np.ones(len(people), dtype=np.int64)
    fears = _nothing("counted", WHOLE) if scope.by else _fixed(*deciding.to_answer(told.versions, day=day))
    return {
        "fears answered": fears,
        "definition confirmed": Counted("staff", np.arange(1, len(people) + 1), yes, ones, ones),
    }


def _decided_by(told: Told, back: int) -> int:
    """The day up to which decisions count: that of the window.

    Where nothing happened after the last day, what was decided since counts too: the log waits for the next import,
    and people have not stood still.
    """
    newest = told.found["newest"]["newest_on"]
    day = last_day(told.scope, back)
    alive = back == 0 and (not len(newest) or np.isnan(newest[0]) or day >= newest[0])
    return EVER if alive else day


def staff_answers_of(told: Told, back: int) -> dict[str, Counted]:
    """What staff say, in the newest wave that is over by then and not older than the window."""
    scope = told.scope
    if not by_department_at_most(scope):
        return {name: _nothing("staff answers", NO_WHERE) for name in OF_STAFF}
    department = str(told.key[0] or "") if scope.by else None
    found = {}
    for name in OF_STAFF:
        said = staff_said(told.found["staff_said"], name, scope, last_day(scope, back), department)
        num = said.good - said.bad if name in NET else said.good
        found[name] = Counted("staff answers", said.unit, num, said.answers, np.ones_like(num), said.reason)
    return found


def by_department_at_most(scope: Scope) -> bool:
    """Whether what belongs to staff can be told: of the whole company, or department by department."""
    return not scope.where and not scope.of_group and scope.by in ((), ("department",))


def _shares(rows: Columns, num: str, den: str, told: Told, back: int) -> Counted:
    return _summed(rows, rows[num], rows[den], _inside(rows, told, back))


def _summed(rows: Columns, num: Ints, den: Ints, inside: NDArray[np.bool_]) -> Counted:
    """Rows of months put together by customer; guests stay as they are."""
    inside = inside & (den > 0)
    known, guests = inside & (rows["guest"] == 0), inside & (rows["guest"] == 1)
    unit, place = np.unique(rows["unit"][known], return_inverse=True)
    ours = [_sum_at(place, values[known], len(unit)) for values in (num, den)]
    return Counted(
        "customers",
        np.concatenate([unit, np.zeros(int(guests.sum()), dtype=np.int64)]).astype(np.int64),
        np.concatenate([ours[0], num[guests]]).astype(np.int64),
        np.concatenate([ours[1], den[guests]]).astype(np.int64),
        np.concatenate([np.ones(len(unit)), rows["units"][guests]]).astype(np.int64),
    )


def _sum_at(place: Ints, values: Ints, length: int) -> Ints:
    sums = np.zeros(length, dtype=np.int64)
    np.add.at(sums, place, values)
    return sums


def _of_people(all_: Ints, some: Ints) -> Counted:
    """Of these customers, those who are among the others too."""
    ones = np.ones(len(all_), dtype=np.int64)
    return Counted("customers", all_, np.isin(all_, some).astype(np.int64), ones, ones)


def _without(all_: Ints, some: Ints) -> Counted:
    ones = np.ones(len(all_), dtype=np.int64)
    return Counted("customers", all_, (~np.isin(all_, some)).astype(np.int64), ones, ones)


def _fixed(num: int, den: int) -> Counted:
    """A count of everything there is, in which nothing is drawn."""
    times = np.ones(min(den, 1), dtype=np.int64)
    return Counted("counted", np.zeros_like(times), times * num, times * den, times)


def _nothing(family: Family, reason: str) -> Counted:
    none = np.zeros(0, dtype=np.int64)
    return Counted(family, none, none, none, none, reason)


def _who(rows: Columns, back: int, *, whole: bool = False) -> Ints:
    inside = np.ones(len(rows["unit"]), bool) if whole else _in_year(rows["months_back"], back)
    return np.unique(rows["unit"][inside])


def _period(told: Told) -> bool:
    return told.scope.from_on is not None


def _inside(rows: Columns, told: Told, back: int) -> NDArray[np.bool_]:
    """Rows of the window; all that were read where a period is asked for, which the query has seen to."""
    if _period(told):
        return np.ones(len(rows["months_back"]), dtype=bool)
    return _in_year(rows["months_back"], back)


def _in_year(months_back: Ints, back: int) -> NDArray[np.bool_]:
    return (months_back >= back) & (months_back < back + WINDOW)


def _none_of(columns: Columns) -> Columns:
    return {name: values[:0] for name, values in columns.items()}
