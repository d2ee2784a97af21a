"""How customers rate us beside named competitors, by those who rated both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.measures.drivers.questionnaires import Sheet
from regulars.measures.drivers.questions import asked
from regulars.measures.drivers.weighted import Figure, mean_of
from regulars.measures.intervals import LEVEL

NOBODY_BOTH = "Nobody rated both this factor and a competitor on it."
NO_SCALE = "The scale of this question is not known."
SCALE, GAPS = (0.0, 100.0), (-100.0, 100.0)


@dataclass(frozen=True)
class Rivalry:
    """A factor beside one competitor: our mean and theirs from the same people, and the mean difference, 0-100.

    real  the difference is there even when the interval is widened for all competitors and factors compared
    """

    question: str
    competitor: str
    ours: Figure
    theirs: Figure
    gap: Figure
    real: bool


def rivalries(factors: list[str], sheet: Sheet) -> list[Rivalry]:
    """Every competitor on every factor that some people rated both for; by factor, then competitor."""
    pairs = [
        (said.about, said.competitor, question)
        for question in sheet.questions
        if (said := asked(question)).aspect == "competitor" and said.about in factors
    ]
    return [_beside(sheet, *pair, compared=len(pairs)) for pair in sorted(pairs)]


def best_gap(question: str, found: list[Rivalry], sheet: Sheet) -> tuple[str | None, Figure]:
    """The competitor that stands best against us on a factor, and our gap to it: negative where we are behind.

    Picked as the worst of several, its interval is widened by Bonferroni's rule for their number.
    """
    rivals = [rival for rival in found if rival.question == question and np.isfinite(rival.gap.value)]
    if not rivals:
        of_factor = [rival.gap.reason for rival in found if rival.question == question]
        return None, Figure(reason=of_factor[0] if of_factor else NOBODY_BOTH)
    best = min(rivals, key=lambda rival: (rival.gap.value, rival.competitor))
    return best.competitor, _gap(sheet, question, f"{question}@{best.competitor}", compared=len(rivals))


def _beside(sheet: Sheet, question: str, competitor: str, theirs: str, *, compared: int) -> Rivalry:
    if not (sheet.is_scaled(question) and sheet.is_scaled(theirs)):
        unknown = Figure(reason=NO_SCALE)
        return Rivalry(question, competitor, unknown, unknown, unknown, real=False)
    both = np.isfinite(sheet.column(question)) & np.isfinite(sheet.column(theirs))
    ours, rivals = (
        mean_of(sheet.column(name)[both], sheet.weights[both], sheet.who[both], ends=SCALE, nobody=NOBODY_BOTH)
        for name in (question, theirs)
    )
    wide = _gap(sheet, question, theirs, compared=compared)
    gap = _gap(sheet, question, theirs, compared=1)
    return Rivalry(question, competitor, ours, rivals, gap, real=wide.low > 0 or wide.high < 0)


def _gap(sheet: Sheet, question: str, theirs: str, *, compared: int) -> Figure:
    """Mean of the paired differences; the interval at the level that ``compared`` comparisons need."""
    differences = sheet.column(question) - sheet.column(theirs)
    level = 1 - (1 - LEVEL) / compared
    return mean_of(differences, sheet.weights, sheet.who, ends=GAPS, nobody=NOBODY_BOTH, level=level)
