"""The seven elements as employees see them, by level and department, and what the log shows beside each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import stats

from regulars.measures.anonymity import ALL, LEVEL, NO_WAVE, NO_WHERE, shown
from regulars.measures.estimates import Floats
from regulars.measures.intervals import LEVEL as CONFIDENCE
from regulars.measures.people.columns import ELEMENT_COLUMNS
from regulars.measures.people.element_evidence import Found, evidence_of
from regulars.measures.people.pulse import groups_of, hidden_reason, wave_cells
from regulars.measures.people.statements import ELEMENTS, element_of
from regulars.measures.registry import Choice, Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.scores.confidence import Heard, heard, people_by_cell
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.figures import Row, gathered

MANAGEMENT, FRONT_LINE = "management", "front line"
WAVES = Choice("waves", "The newest wave, or all of them", ("newest", "all"), "newest")
NOBODY = "Nobody answered a statement on this element in the wave."
NO_GAP = "The gap needs results of management and of the front line that may be shown."
ONE_EACH = "The gap has no interval where everybody of a level answered alike."
NAMES = tuple(column.name for column in ELEMENT_COLUMNS)


def element_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per wave, element and group of it, hidden groups too; see results.py."""
    read, seen = found["answers"], evidence_of(found, scope.last_on)
    elements = np.array([element_of(question) for question in read["question"].tolist()], dtype=object)
    wanted = (elements != "") & read["usable"].astype(bool) & ~read["duplicate"].astype(bool)
    told = [] if scope.where else heard(read, scope, wanted=wanted)
    if not told:
        reason = NO_WHERE if scope.where else NO_WAVE
        return Outcome(gathered([_unknown(key, seen[key], reason) for key in ELEMENTS], NAMES))
    rows: list[Row] = []
    for one in told if WAVES.of(scope) == "all" else told[-1:]:
        for element in ELEMENTS:
            rows += _of_wave(read, one, elements, element, seen[element] if one is told[-1] else None)
    return Outcome(gathered(rows, NAMES))


def _of_wave(
    read: Columns, one: Heard, elements: np.ndarray[tuple[int], np.dtype[np.object_]], element: str, seen: Found | None
) -> list[Row]:
    """The rows of an element: everybody, levels, departments."""
    asked = one.rows[elements[one.rows] == element]
    allowed = shown(people_by_cell(read, asked))
    said = Heard(one.wave, asked, allowed)
    rows: list[Row] = []
    by_level: dict[str, Floats] = {}
    for split, group, some in groups_of(read, said):
        row = _beside(said, element, split, group)
        means = _means(read, some)
        if allowed.of(split, group):
            row |= _mean(means)
            by_level |= {group: means} if split == LEVEL else {}
        else:
            row |= _unknown_mean(hidden_reason(read, some) if len(some) else NOBODY)
        rows.append(row | figures.unknown("gap", None) | _evidence(None))
    rows[0] |= _gap(by_level) | _evidence(seen)
    return rows


def _beside(one: Heard | None, element: str, split: str, group: str) -> Row:
    place = list(ELEMENTS).index(element) + 1
    return wave_cells(one, split, group) | {"place": place, "element": element, "name": ELEMENTS[element]}


def _means(read: Columns, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
    """One mean a person, on a scale from 1 to 5."""
    low, high = read["scale_min"][rows].astype(float), read["scale_max"][rows].astype(float)
    values = 1.0 + 4.0 * (read["score"][rows].astype(float) - low) / (high - low)
    each: dict[object, list[float]] = {}
    for person, value in zip(read["person"][rows].tolist(), values.tolist(), strict=True):
        each.setdefault(person, []).append(value)
    return np.array([float(np.mean(found)) for found in each.values()])


def _mean(means: Floats) -> Row:
    deviation = float(means.std(ddof=1)) if len(means) > 1 else None
    cells = figures.mean("mean", float(means.mean()), deviation, len(means), nobody=NOBODY)
    return {name.replace("mean_n", "n").replace("mean_small_sample", "small_sample"): cells[name] for name in cells}


def _unknown_mean(reason: str) -> Row:
    return figures.unknown("mean", reason) | {"n": None, "small_sample": None}


def _gap(by_level: Mapping[str, Floats]) -> Row:
    """Management less front line, by Welch."""
    if MANAGEMENT not in by_level or FRONT_LINE not in by_level:
        return figures.unknown("gap", NO_GAP)
    one, other = by_level[MANAGEMENT], by_level[FRONT_LINE]
    value = float(one.mean() - other.mean())
    parts = [float(few.var(ddof=1)) / len(few) for few in (one, other)]
    error = float(np.sqrt(sum(parts)))
    if not error:
        return figures.unknown("gap", ONE_EACH) | {"gap": value}
    free = sum(parts) ** 2 / sum(part**2 / (len(few) - 1) for part, few in zip(parts, (one, other), strict=True))
    margin = float(stats.t.ppf(0.5 + CONFIDENCE / 2, free)) * error
    return figures.interval("gap", value, value - margin, value + margin)


def _evidence(seen: Found | None) -> Row:
    if seen is None:
        nothing = figures.unknown("evidence", None)
        return nothing | {"evidence_name": None, "evidence_n": None, "evidence_small_sample": None}
    return figures.share("evidence", seen.hits, seen.n, nobody=seen.nobody) | {"evidence_name": seen.name}


def _unknown(element: str, seen: Found, reason: str) -> Row:
    row = _beside(None, element, ALL, ALL) | _unknown_mean(reason)
    return row | figures.unknown("gap", NO_GAP) | _evidence(seen)
