"""What the keys of questions say: factors, their stated importance, competitors, and the outcome of a survey.

<matrix>.<factor>              how satisfied the respondent is with a factor; <factor> alone outside a table
<matrix>.<factor>.importance   how important the factor is to the respondent
<matrix>.<factor>@<rival>      how satisfied the respondent is with a competitor on that factor
most-important                 factors chosen as those that matter most: a choice whose key holds "importan" or
                               "matter" and whose choices are the factors' own names; or, under any key, factors put
                               in order
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from regulars.errors import MeasureError

IMPORTANCE, RIVAL = ".importance", "@"

# The setting that chooses the outcome, and what its numbers mean; 0 leaves the choice to the rule below.
OUTCOME_SETTING = "drivers_outcome"
OUTCOMES = ("by rule", "satisfaction", "recommendation", "effort")

Aspect = Literal["satisfaction", "importance", "competitor"]


@dataclass(frozen=True)
class Asked:
    """What one question of kind rating asks: an aspect of ``about``, the key of a factor's own question."""

    aspect: Aspect
    about: str
    competitor: str = ""


@dataclass(frozen=True)
class Seen:
    """One question of a survey with numbers: its kind and by how many it was answered."""

    question: str
    kind: str
    n: int


def asked(question: str) -> Asked:
    """What a key says."""
    about, _, competitor = question.partition(RIVAL)
    if competitor:
        return Asked("competitor", about, competitor)
    if question.endswith(IMPORTANCE):
        return Asked("importance", question.removesuffix(IMPORTANCE))
    return Asked("satisfaction", question)


def matrix_of(question: str) -> str:
    """The table that a factor's question stands in; empty for none."""
    return question.rpartition(".")[0]


def factor_of(question: str) -> str:
    """The factor's own name."""
    return question.rpartition(".")[2]


def outcome_of(survey: Sequence[Seen], settings: Mapping[str, float]) -> Seen | None:
    """The question that factors are compared with; None where the survey has none.

    By rule, the first there is of: a csat or rating question whose key says "overall" or is "satisfaction"; the csat
    question with most answers; the nps question; the ces question. The setting drivers_outcome asks for one kind: 1
    satisfaction, 2 recommendation (nps), 3 effort (ces).

    Raises MeasureError for a setting that means nothing.
    """
    wanted = settings.get(OUTCOME_SETTING, 0)
    if wanted not in range(len(OUTCOMES)):
        raise MeasureError("drivers_outcome must be 0 (by rule), 1 (satisfaction), 2 (recommendation) or 3 (effort).")
    overall = [seen for seen in survey if seen.kind in ("csat", "rating") and _says_overall(seen.question)]
    steps = (
        ("satisfaction", [seen for seen in overall if seen.kind == "csat"] or overall),
        ("satisfaction", [seen for seen in survey if seen.kind == "csat"]),
        ("recommendation", [seen for seen in survey if seen.kind == "nps"]),
        ("effort", [seen for seen in survey if seen.kind == "ces"]),
    )
    for name, found in steps:
        if found and wanted in (0, OUTCOMES.index(name)):
            return min(found, key=lambda seen: (-seen.n, seen.question))
    return None


def factors_of(survey: Sequence[Seen], outcome: Seen | None) -> list[str]:
    """Questions that rate a factor, in the order of the alphabet.

    Those in a table ("<matrix>.<factor>") where there are any, else every rating but the outcome.
    """
    rated = {
        seen.question for seen in survey if seen.kind == "rating" and asked(seen.question).aspect == "satisfaction"
    }
    if outcome:
        rated.discard(outcome.question)
    in_tables = {question for question in rated if matrix_of(question)}
    return sorted(in_tables or rated)


def _says_overall(question: str) -> bool:
    said = asked(question)
    name = factor_of(said.about).casefold()
    return said.aspect == "satisfaction" and ("overall" in name or name == "satisfaction")
