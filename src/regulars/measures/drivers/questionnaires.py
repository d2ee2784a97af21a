"""Answers turned from one row an answer into one row a respondent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.drivers.questions import Seen
from regulars.measures.estimates import Floats
from regulars.measures.registry import Columns


@dataclass(frozen=True)
class Sheet:
    """Filled-in questionnaires of one survey: a row a respondent, a column a question.

    scores   as given where a question's scale is unknown, else 0-100; NaN where there is no answer
    scaled   whether a column is on 0-100
    weights  one a respondent, never negative; a respondent of weight 0 is left out
    who      0, 1, 2 ... for the customer who filled it in: several questionnaires of one are not independent
    """

    questions: tuple[str, ...]
    scores: Floats
    scaled: NDArray[np.bool_]
    weights: Floats
    who: NDArray[np.int64]

    def column(self, question: str) -> Floats:
        """All answers to one question; all NaN where nobody was asked."""
        if question not in self.questions:
            return np.full(len(self.weights), np.nan)
        return np.asarray(self.scores[:, self.questions.index(question)])

    def columns(self, questions: Sequence[str]) -> Floats:
        """Several questions side by side."""
        return np.column_stack([self.column(question) for question in questions])

    def is_scaled(self, question: str) -> bool:
        """Whether a question's answers are on 0-100."""
        return question not in self.questions or bool(self.scaled[self.questions.index(question)])


def sheet_of(rows: Columns) -> Sheet:
    """The questionnaires of one survey out of rows of ``expressions.ratings``.

    Respondents come in the order of their ids and questions in that of the alphabet, so that the engine's order of
    rows changes nothing.
    """
    ids, first, row = np.unique(rows["interaction_id"], return_index=True, return_inverse=True)
    questions = sorted(set(rows["question"].tolist()))
    places = {question: place for place, question in enumerate(questions)}
    column = np.array([places[question] for question in rows["question"].tolist()], dtype=np.int64)
    given, scaled = (_spread(rows[name], row, column, len(ids), len(questions)) for name in ("score", "scaled"))
    on_scale = np.asarray(np.isfinite(scaled).any(axis=0), dtype=bool)
    weights = np.zeros(len(ids))
    np.maximum.at(weights, row, rows["weight"].astype(np.float64))
    kept = weights > 0
    scores = np.where(on_scale, scaled, given)
    _, who = np.unique(rows["who"][first][kept], return_inverse=True)
    return Sheet(tuple(questions), scores[kept], on_scale, weights[kept], who.astype(np.int64))


def questions_seen(rows: Columns) -> list[Seen]:
    """Every question of one survey with its kind, the commonest one, and how many answered it."""
    counts: dict[str, dict[str, int]] = {}
    for question, kind in zip(rows["question"].tolist(), rows["kind"].tolist(), strict=True):
        kinds = counts.setdefault(question, {})
        kinds[kind] = kinds.get(kind, 0) + 1
    return [
        Seen(question, min(kinds, key=lambda kind: (-kinds[kind], kind)), sum(kinds.values()))
        for question, kinds in sorted(counts.items())
    ]


def _spread(
    values: np.ndarray, row: NDArray[np.intp], column: NDArray[np.int64], respondents: int, questions: int
) -> Floats:
    spread = np.full((respondents, questions), np.nan)
    spread[row, column] = values.astype(np.float64)
    return spread
