"""Answers given in confidence: employees' and partners', counted in waves and never below five people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import numpy as np

from regulars.errors import MeasureError
from regulars.measures.anonymity import (
    DEPARTMENT,
    HIDDEN,
    NO_WAVE,
    NO_WHERE,
    TOO_FEW,
    Cell,
    Shown,
    Wave,
    shown,
    waves,
)
from regulars.measures.clients import current_clients
from regulars.measures.purchases import month_index
from regulars.measures.registry import Columns, Expression, LogTables, Outcome, Statistics
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import answered
from regulars.measures.scores.asking import Asking
from regulars.measures.scores.audience import EMPLOYEES, Audience
from regulars.measures.scores.statistics import LEVELS, Wanted, scores, unknown_row
from regulars.measures.splits import objects
from regulars.measures.touchpoints.in_json import text_in_json

READ = ("month", "person", "department", "standing", "audience", "survey", "question", "answer_kind")
OF_SCORES = ("score", "scale_min", "scale_max", "weight", "usable", "duplicate", "level")


def confidential(*audiences: Audience, kinds: Sequence[str] = ()) -> Expression:
    """Answers of these people, each by itself: what waves are made of; never handed out as it is."""

    def expression(log: LogTables, scope: Scope) -> ir.Table:
        """Answers with a score, over the whole log up to the last day; ``where`` and ``from_on`` cut none of them.

        Grain    one row per answer to one question
        Columns  month: since January of year 0 · person: whoever is known by it, else the questionnaire · department
                 and standing (the level): of the questionnaire, else of the client; null unknown · READ · OF_SCORES
        Raises   MeasureError where a split is asked for that could single somebody out
        """
        check_split(scope, audiences)
        rows = answered(log, replace(scope, where=None, by=(), from_on=None))
        rows = rows.filter(rows.audience.isin(audiences) & rows.score.notnull())
        rows = rows.filter(rows.answer_kind.isin(kinds)) if kinds else rows
        known = current_clients(log.clients, ["department", "level"])
        known = known.rename(staff_key="client_key", staff_department="department", staff_level="level")
        both = rows.left_join(known, rows.client_key == known.staff_key)
        return both.select(
            month=month_index(both.occurred_on).cast("int64"),
            person=ibis.coalesce(both.client_key, both.interaction_id),
            department=ibis.coalesce(both.department.nullif(""), both.staff_department),
            standing=ibis.coalesce(text_in_json(both.properties, "level").nullif(""), both.staff_level),
            **{name: both[name] for name in (*READ[4:], *OF_SCORES)},
        )

    return expression


def check_split(scope: Scope, audiences: Sequence[Audience]) -> None:
    """Raises MeasureError for a split other than employees' departments."""
    allowed = (DEPARTMENT,) if tuple(audiences) == (EMPLOYEES,) else ()
    for name in scope.by:
        if name not in allowed:
            raise MeasureError(
                f"Answers given in confidence cannot be split by {name}, so that nobody can be recognised. Those of "
                "employees can be split by department."
            )


@dataclass(frozen=True)
class Heard:
    """A wave, its answers as rows of what was read, and what of them may be shown."""

    wave: Wave
    rows: np.ndarray[tuple[int], np.dtype[np.intp]]
    shown: Shown


def heard(read: Columns, scope: Scope, *, wanted: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[Heard]:
    """The waves of the period, oldest first, each with its answers.

    wanted  which rows count; waves are made of these alone
    """
    rows = np.flatnonzero(wanted)
    months, people = read["month"].astype(np.int64), read["person"].tolist()
    made = waves([(int(months[row]), people[row]) for row in rows], scope.as_of)
    found = []
    for wave in made:
        if wave.lies_in(scope):
            inside = rows[[wave.holds(int(months[row])) for row in rows]]
            found.append(Heard(wave, inside, shown(people_by_cell(read, inside))))
    return found


def people_by_cell(read: Columns, rows: Sequence[int] | np.ndarray[tuple[int], np.dtype[np.intp]]) -> dict[Cell, int]:
    """How many people answered, by department and level. Whoever answered in several cells counts in each."""
    people: dict[Cell, set[object]] = {}
    for row in rows:
        people.setdefault(cell_of(read, int(row)), set()).add(read["person"][row])
    return {cell: len(found) for cell, found in people.items()}


def cell_of(read: Columns, row: int) -> Cell:
    """Where the person of an answer stands."""
    return read["department"][row], read["standing"][row]


# Net scores ------------------------------------------------------------------------------------------------


def answers_of(ask: Asking) -> dict[str, Expression]:
    """What a net score of employees or partners reads."""
    return {"answers": confidential(ask.audience, kinds=ask.kinds)}


def confident_scores(wanted: Wanted) -> Statistics:
    """A net score over whole waves: one row (and one a department, where asked for), unknown where it is hidden."""
    score = scores(wanted)

    def statistics(found: Mapping[str, Columns], scope: Scope) -> Outcome:
        read = found["answers"]
        usable = read["usable"].astype(bool)
        repeats = read["duplicate"].astype(bool)
        told = heard(read, scope, wanted=usable & ~repeats)
        if scope.where or not told:
            return _unknown(wanted, scope, NO_WHERE if scope.where else NO_WAVE)
        counted = np.concatenate([one.rows for one in told])
        hidden = hidden_departments(read, told) if scope.by else {}
        rows = np.array([row for row in counted if read["department"][row] not in hidden], dtype=np.intp)
        outcome = score(_found(read, rows, scope), scope)
        more = [unknown_row(wanted, reason) | {DEPARTMENT: name} for name, reason in hidden.items()]
        columns = {
            name: np.concatenate([values, objects(row[name] for row in more)]) if more else values
            for name, values in outcome.columns.items()
        }
        return Outcome(columns, (*outcome.notes, _counted_note(told)))

    return statistics


def _unknown(wanted: Wanted, scope: Scope, reason: str) -> Outcome:
    rows = [] if scope.by else [unknown_row(wanted, reason)]
    names = (*scope.by, *unknown_row(wanted, reason))
    return Outcome({name: objects(row[name] for row in rows) for name in names}, (reason,))


def hidden_departments(read: Columns, told: Sequence[Heard]) -> dict[object, str]:
    """Departments that one of the waves does not show, with the reason."""
    hidden: dict[object, str] = {}
    for one in told:
        people = people_by_cell(read, one.rows)
        for department in {department for department, _ in people}:
            if not one.shown.of(DEPARTMENT, department):
                n = sum(count for (name, _), count in people.items() if name == department)
                hidden[department] = TOO_FEW if n < 5 else HIDDEN
    return hidden


def _found(read: Columns, rows: np.ndarray[tuple[int], np.dtype[np.intp]], scope: Scope) -> dict[str, Columns]:
    """What the statistics of a score are given: patterns of answers, weights, what is left out, and no base."""
    keys = [tuple(read[name][row] for name in scope.by) for row in rows]
    each: dict[tuple[object, ...], list[int]] = {}
    for key, row in zip(keys, rows, strict=True):
        counts = each.setdefault((*key, read["person"][row]), [0, 0, 0])
        counts[LEVELS.index(int(read["level"][row]))] += 1
    listed = list(each.items())
    tallies: Columns = {name: objects(key[place] for key, _ in listed) for place, name in enumerate(scope.by)}
    tallies |= {
        name: np.array([counts[place] for _, counts in listed], dtype=np.float64)
        for place, name in enumerate(("good", "middling", "bad"))
    }
    length = len(listed)
    tallies |= {
        "customers": np.ones(length),
        "base_fifth": np.full(length, np.nan),
        "base_type": objects([None] * length),
    }
    nothing = {"base_fifth": np.zeros(0), "base_type": objects([]), "customers": np.zeros(0)}
    return {"tallies": tallies, "base": nothing, "weights": _weights(read, rows, keys, scope)}


def _weights(
    read: Columns, rows: np.ndarray[tuple[int], np.dtype[np.intp]], keys: Sequence[tuple[object, ...]], scope: Scope
) -> Columns:
    sums: dict[tuple[object, ...], list[float]] = {}
    for key, row in zip(keys, rows, strict=True):
        weight = max(0.0, float(np.nan_to_num(read["weight"][row], nan=1.0)))
        told = sums.setdefault((*key, int(read["level"][row])), [0.0] * 4)
        for place, more in enumerate((1.0, float(weight != 1.0), weight, weight * weight)):
            told[place] += more
    listed = list(sums.items())
    columns = {name: objects(key[place] for key, _ in listed) for place, name in enumerate(scope.by)}
    columns["level"] = np.array([key[-1] for key, _ in listed], dtype=np.int64)
    for place, name in enumerate(("answers", "weighted", "weights", "squares")):
        columns[name] = np.array([told[place] for _, told in listed], dtype=np.float64)
    return columns


def _counted_note(told: Sequence[Heard]) -> str:
    first, last = told[0].wave.begins_on, told[-1].wave.ends_on
    return f"Counted in whole waves of at least five people, from {first} to {last}."
