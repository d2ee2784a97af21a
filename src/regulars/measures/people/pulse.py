"""Whether employees and partners recommend us, wave by wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from regulars.measures.anonymity import ALL, DEPARTMENT, HIDDEN, LEVEL, NO_WAVE, NO_WHERE, TOO_FEW
from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.people.columns import PULSE_COLUMNS
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import NET
from regulars.measures.scores.audience import EMPLOYEES, PARTNERS
from regulars.measures.scores.confidence import Heard, heard
from regulars.measures.scores.effects import repeats_effect, scored
from regulars.measures.scores.levels import BAD, GOOD, MIDDLING
from regulars.measures.touchpoints.figures import Row, gathered

Rows = np.ndarray[tuple[int], np.dtype[np.intp]]
NAMES = tuple(column.name for column in PULSE_COLUMNS)
AUDIENCES = (EMPLOYEES, PARTNERS)


def pulse_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per wave, audience and group of it, hidden groups too; see results.py."""
    read = found["answers"]
    rows: list[Row] = []
    for audience in AUDIENCES:
        wanted = read["usable"].astype(bool) & ~read["duplicate"].astype(bool) & (read["audience"] == audience)
        told = [] if scope.where else heard(read, scope, wanted=wanted)
        if not told:
            rows.append(_unknown(audience, NO_WHERE if scope.where else NO_WAVE))
        for one in told:
            rows += [_row(read, one, audience, *group) for group in groups_of(read, one)]
    return Outcome(gathered(rows, NAMES))


def groups_of(read: Columns, one: Heard) -> Iterator[tuple[str, str, Rows]]:
    """Everybody of a wave, then each level and each department that somebody named, with the answers of each."""
    yield ALL, ALL, one.rows
    for split, column in ((LEVEL, "standing"), (DEPARTMENT, "department")):
        said = read[column][one.rows]
        for group in sorted({str(name) for name in said.tolist() if name}):
            yield split, group, one.rows[said == group]


def hidden_reason(read: Columns, rows: Rows) -> str:
    """Why a group of answers is not shown."""
    return TOO_FEW if len(set(read["person"][rows].tolist())) < 5 else HIDDEN


def wave_cells(one: Heard | None, split: str, group: str) -> Row:
    """The first cells of a row."""
    days = {"wave_on": one.wave.begins_on, "wave_to": one.wave.ends_on} if one else {"wave_on": None, "wave_to": None}
    return {**days, "split": split, "group": group}


def _row(read: Columns, one: Heard, audience: str, split: str, group: str, rows: Rows) -> Row:
    beside = wave_cells(one, split, group) | {"audience": audience}
    if not one.shown.of(split, group):
        return _nothing(beside, hidden_reason(read, rows))
    levels, people = read["level"][rows].astype(np.int64), read["person"][rows].tolist()
    counts = [int((levels == level).sum()) for level in (GOOD, MIDDLING, BAD)]
    n = sum(counts)
    effect = _effect(levels, people)
    score = scored([count / n for count in counts], n / effect, NET).times(100.0)
    return beside | {
        **dict(zip(("promoters", "passives", "detractors"), counts, strict=True)),
        "nps": score.value,
        "nps_low": score.low,
        "nps_high": score.high,
        "n": n,
        "nps_reason": None,
        "small_sample": n < SMALL_SAMPLE,
    }


def _effect(levels: np.ndarray[Any, Any], people: Sequence[object]) -> float:
    """What people who answered several times in the wave do to the interval."""
    each: dict[object, list[float]] = {}
    for level, person in zip(levels.tolist(), people, strict=True):
        each.setdefault(person, [0.0, 0.0, 0.0])[(GOOD, MIDDLING, BAD).index(level)] += 1
    return repeats_effect(np.array(list(each.values())), np.ones(len(each)), NET)


def _unknown(audience: str, reason: str) -> Row:
    return _nothing(wave_cells(None, ALL, ALL) | {"audience": audience}, reason)


def _nothing(beside: Row, reason: str) -> Row:
    empty: Row = dict.fromkeys(NAMES)
    return {**empty, **beside, "nps_reason": reason}
