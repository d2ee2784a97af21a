"""Whether the questions of a table measure one thing together: standardised Cronbach's alpha."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from regulars.measures.drivers.correlations import correlations
from regulars.measures.drivers.questions import factor_of
from regulars.measures.drivers.statistics import Row, matrix_name, questionnaires, table
from regulars.measures.drivers.weighted import Figure, Whose, customers_share
from regulars.measures.estimates import Floats
from regulars.measures.intervals import LEVEL
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key

LEAST_RESPONDENTS = 10
TOO_FEW = "Fewer than 10 people answered every two questions of it."
SAME_ANSWERS = "Everybody gave the same answer to one of its questions."
OPPOSITE = "Some of its questions point the other way, so their sum means little."


@dataclass(frozen=True)
class Reliability:
    """Alpha with its interval, the mean correlation among the questions, and the question it does best without.

    alpha_without  alpha of the others; NaN where there are only two
    """

    alpha: Figure
    mean_correlation: float
    weakest: str | None = None
    alpha_without: float = np.nan


def standardised_alpha(among: Floats) -> float:
    """Alpha out of the correlations among the questions; NaN for fewer than two.

    Source  Cronbach (1951), Psychometrika 16(3), for scores brought to equal variances
    """
    questions = len(among)
    if questions < 2:
        return float("nan")
    mean = _mean_correlation(among)
    spread = 1 + (questions - 1) * mean
    return float(questions * mean / spread) if abs(spread) > 1e-12 else float("nan")


def feldt_interval(alpha: float, n: float, questions: int) -> tuple[float, float]:
    """Ends of alpha's 95% interval.

    Source  Feldt (1965), Psychometrika 30(3); Feldt, Woodruff, Salih (1987), Applied Psychological Measurement 11(1)
    """
    free = n - 1, (n - 1) * (questions - 1)
    low, high = (float(1 - (1 - alpha) * stats.f.ppf(share, *free)) for share in ((1 + LEVEL) / 2, (1 - LEVEL) / 2))
    return low, high


def reliability_of(questions: Sequence[str], scores: Floats, weights: Floats, who: Whose) -> Reliability:
    """Alpha of the questions; correlations are of those who answered both of each pair.

    The interval rests on the smallest number of people behind any of the correlations.
    """
    found = correlations(scores, weights)
    least = int(found.n.min())
    if least < LEAST_RESPONDENTS:
        return Reliability(Figure(n=least, reason=TOO_FEW), np.nan)
    if not np.isfinite(found.values).all():
        return Reliability(Figure(n=least, reason=SAME_ANSWERS), np.nan)
    alpha = standardised_alpha(found.values)
    size = least * customers_share(weights, who)
    ends = feldt_interval(alpha, size, len(questions))
    figure = Figure(alpha, *ends, least, OPPOSITE if found.values.min() < 0 else None)
    without = [
        standardised_alpha(np.delete(np.delete(found.values, place, 0), place, 1)) for place in range(len(questions))
    ]
    if len(questions) < 3:
        return Reliability(figure, _mean_correlation(found.values))
    best = int(np.argmax(without))
    return Reliability(figure, _mean_correlation(found.values), factor_of(questions[best]), without[best])


def reliability_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per survey and table of at least two questions (and ``by``); see results.py."""
    rows: list[tuple[Key, Row]] = []
    for one in questionnaires(found["ratings"], None, scope):
        tables: dict[str | None, list[str]] = {}
        for question in one.factors:
            tables.setdefault(matrix_name(question), []).append(question)
        for matrix, questions in tables.items():
            if len(questions) > 1:
                reliable = reliability_of(questions, one.sheet.columns(questions), one.sheet.weights, one.sheet.who)
                rows.append((one.key, _row(one.survey, matrix, len(questions), reliable)))
    return Outcome(table(rows, scope.by, RELIABILITY_COLUMNS))


def _mean_correlation(among: Floats) -> float:
    return float(among[np.triu_indices(len(among), 1)].mean())


def _row(survey: str, matrix: str | None, questions: int, found: Reliability) -> Row:
    cells: Row = {
        "survey": survey,
        "matrix": matrix,
        "questions": questions,
        "mean_correlation": found.mean_correlation,
        "weakest": found.weakest,
        "alpha_without": found.alpha_without,
        **found.alpha.columns("alpha", "n"),
    }
    cells["small_sample"] = cells.pop("alpha_small_sample")
    return cells


RELIABILITY_COLUMNS = [
    "survey",
    "matrix",
    "questions",
    "mean_correlation",
    "weakest",
    "alpha_without",
    *(f"alpha{end}" for end in ("", "_low", "_high", "_reason")),
    "n",
    "small_sample",
]
