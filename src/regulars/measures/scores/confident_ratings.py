"""Ratings that employees and partners gave in confidence, question by question, each in whole waves of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regulars.measures.anonymity import DEPARTMENT, NO_WAVE, NO_WHERE
from regulars.measures.people.statements import element_of
from regulars.measures.registry import Columns, Expression, Outcome, Statistics
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import RATED
from regulars.measures.scores.audience import Audience
from regulars.measures.scores.confidence import confidential, heard, hidden_departments
from regulars.measures.scores.levels import BAD, GOOD
from regulars.measures.scores.statistics import rating_rows
from regulars.measures.splits import objects

KEYS = ("survey", "question", "answer_kind", "scale_min", "scale_max")
WAVES_APART = "Each question is counted in whole waves of at least five people who answered it."
STATEMENTS_APART = "Statements on the seven elements are counted by elements, never one by one."

Question = tuple[Any, ...]
Rows = NDArray[np.intp]
Row = dict[str, Any]


def rated_in_confidence(audience: Audience) -> Mapping[str, Expression]:
    """What the ratings of employees or partners read."""
    return {"answers": confidential(audience, kinds=RATED.kinds)}


def confident_rating_rows() -> Statistics:
    """One row per survey, question and scale (and department, where asked for), unknown where it is hidden."""

    def statistics(found: Mapping[str, Columns], scope: Scope) -> Outcome:
        read = found["answers"]
        statements = np.array([bool(element_of(question)) for question in read["question"].tolist()], dtype=bool)
        counted = read["usable"].astype(bool) & ~read["duplicate"].astype(bool) & ~statements
        parts, hidden = [], []
        for question, mask in _questions(read, counted):
            told, unknown = _of_question(read, question, mask, scope)
            parts += told
            hidden += unknown
        notes = (NO_WHERE,) if scope.where else (WAVES_APART,)
        more = (STATEMENTS_APART,) if statements.any() else ()
        return Outcome(_joined(parts, hidden, scope), (*notes, *more))

    return statistics


def _questions(read: Columns, counted: NDArray[np.bool_]) -> list[tuple[Question, NDArray[np.bool_]]]:
    """Every question on every scale it was asked on, with its answers."""
    found: dict[Question, list[int]] = {}
    for row in np.flatnonzero(counted).tolist():
        found.setdefault(tuple(read[name][row] for name in KEYS), []).append(row)
    masks = []
    for question, rows in found.items():
        mask = np.zeros(len(counted), dtype=bool)
        mask[rows] = True
        masks.append((question, mask))
    return masks


def _of_question(
    read: Columns, question: Question, mask: NDArray[np.bool_], scope: Scope
) -> tuple[list[Row], list[Row]]:
    """The rows of a question that are shown, as sums; and those that are not, with the reason."""
    beside = dict(zip(KEYS, question, strict=True))
    told = [] if scope.where else heard(read, scope, wanted=mask)
    if not told:
        reason = NO_WHERE if scope.where else NO_WAVE
        return [], [] if scope.by else [beside | {"mean_reason": reason}]
    rows: Rows = np.concatenate([one.rows for one in told])
    if not scope.by:
        return [beside | _sums(read, rows)], []
    hidden = hidden_departments(read, told)
    departments = dict.fromkeys(read[DEPARTMENT][rows].tolist())
    shown = [
        beside | {DEPARTMENT: name} | _sums(read, rows[read[DEPARTMENT][rows] == name])
        for name in departments
        if name not in hidden
    ]
    return shown, [beside | {DEPARTMENT: name, "mean_reason": reason} for name, reason in hidden.items()]


def _sums(read: Columns, rows: Rows) -> Row:
    scores, levels = read["score"][rows].astype(np.float64), read["level"][rows].astype(np.int64)
    return {
        "n": len(rows),
        "mean": float(scores.mean()),
        "deviation": float(scores.std(ddof=1)) if len(rows) > 1 else np.nan,
        "top": int((levels == GOOD).sum()),
        "bottom": int((levels == BAD).sum()),
    }


def _joined(parts: Sequence[Row], hidden: Sequence[Row], scope: Scope) -> Columns:
    """Sums as estimates, and under them the rows of which nothing is told."""
    counts = ("n", "mean", "deviation", "scale_min", "scale_max", "top", "bottom")
    columns: Columns = {name: np.array([row[name] for row in parts], dtype=np.float64) for name in counts}
    columns |= {name: objects(row[name] for row in parts) for name in (*scope.by, "survey", "question", "answer_kind")}
    shown = rating_rows({"ratings": columns}, scope).columns
    more = [row | {"scale": f"{row['scale_min']:g}-{row['scale_max']:g}"} for row in hidden]
    return {name: np.concatenate([values, objects(row.get(name) for row in more)]) for name, values in shown.items()}
