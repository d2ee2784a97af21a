"""Kano classes: what is taken for granted, what is wished for, what delights, and what nobody minds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from regulars.measures.drivers.statistics import Row, table
from regulars.measures.drivers.weighted import Figure, Whose, share_of
from regulars.measures.estimates import Floats
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, splits

WITH, WITHOUT = ".with", ".without"
ANSWERS = ("like", "expect", "neutral", "tolerate", "dislike")
MUST_BE, ONE_DIMENSIONAL, ATTRACTIVE = "must_be", "one_dimensional", "attractive"
INDIFFERENT, REVERSE, QUESTIONABLE = "indifferent", "reverse", "questionable"
# Of equally common classes the one that customers would miss more goes first.
CLASSES = (MUST_BE, ONE_DIMENSIONAL, ATTRACTIVE, INDIFFERENT, REVERSE, QUESTIONABLE)
# 1.65 standard deviations, as Fong proposes: 90% two-sided.
FONG_Z = 1.65

NOBODY = "Nobody answered both halves of the pair."
NOT_MEANT = "Every answer was reverse or questionable, so neither can be counted."
TOO_CLOSE = "The two commonest classes are too close to each other to tell which one leads."
UNCLEAR = "Most pairs contradict themselves: the question was perhaps not understood."


@dataclass(frozen=True)
class Kano:
    """One factor: how many respondents fall into each class, the leading one, and the two coefficients."""

    counts: Mapping[str, int]
    leading: str | None
    sure: bool | None
    reason: str | None
    better: Figure
    worse: Figure


def class_of(with_it: str, without_it: str) -> str:
    """Kano's evaluation table: the class of one respondent's two answers.

    Source  Kano, Seraku, Takahashi, Tsuji (1984), Journal of the Japanese Society for Quality Control 14(2)
    """
    if with_it == without_it and with_it in ("like", "dislike"):
        return QUESTIONABLE
    if with_it == "like":
        return ONE_DIMENSIONAL if without_it == "dislike" else ATTRACTIVE
    if with_it == "dislike" or without_it == "like":
        return REVERSE
    return MUST_BE if without_it == "dislike" else INDIFFERENT


def kano_of(classes: list[str], weights: Floats, who: Whose) -> Kano:
    """A factor out of the classes of its respondents.

    better  (attractive + one-dimensional) / (both + must-be + indifferent): share whose satisfaction having it goes
            with; worse: -(one-dimensional + must-be) / the same, share whom lacking it goes with dissatisfaction
    Source  Berger and others (1993), Center for Quality of Management Journal 2(4); Fong (1996), the same 5(3)
    """
    counts = {name: classes.count(name) for name in CLASSES}
    leading, sure, reason = _leading(counts)
    meant = np.array([name not in (REVERSE, QUESTIONABLE) for name in classes], dtype=bool)
    listed = [name for name, counted in zip(classes, meant, strict=True) if counted]
    nobody = NOT_MEANT if classes else NOBODY
    better, worse = (
        share_of(np.array([float(name in wanted) for name in listed]), weights[meant], who[meant], nobody=nobody)
        for wanted in ((ATTRACTIVE, ONE_DIMENSIONAL), (ONE_DIMENSIONAL, MUST_BE))
    )
    lost = Figure(-worse.value, -worse.high, -worse.low, worse.n, worse.reason)
    return Kano(counts, leading, sure, reason, better, lost)


def _leading(counts: Mapping[str, int]) -> tuple[str | None, bool | None, str | None]:
    """The commonest class, whether it leads by more than chance would, and what is doubtful about it."""
    total = sum(counts.values())
    if not total:
        return None, None, NOBODY
    first, second = sorted(CLASSES, key=lambda name: -counts[name])[:2]
    both = counts[first] + counts[second]
    apart = FONG_Z * np.sqrt(both * (2 * total - both) / (2 * total))
    sure = bool(counts[first] - counts[second] > apart)
    reason = UNCLEAR if first == QUESTIONABLE else None if sure else TOO_CLOSE
    return first, sure, reason


def kano_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per survey and factor asked about in a pair (and ``by``); see results.py."""
    rows: list[tuple[Key, Row]] = []
    for key, answers in splits(found["pairs"], (*scope.by, "survey")):
        for factor, classes, weights, who in _factors(answers):
            rows.append((key[:-1], _row(str(key[-1]), factor, kano_of(classes, weights, who))))
    return Outcome(table(rows, scope.by, KANO_COLUMNS))


def _factors(answers: Columns) -> Iterator[tuple[str, list[str], Floats, Whose]]:
    """Each factor with the classes, weights and customers of those who answered both halves, in the order of ids."""
    said: dict[str, dict[int, dict[str, str]]] = {}
    of_whom: dict[int, tuple[float, int]] = {}
    listed = (answers[name].tolist() for name in ("question", "interaction_id", "choice", "weight", "who"))
    # A second choice in one half, which a form cannot give, is left out; the engine's order must not decide.
    for question, form, choice, weight, who in sorted(zip(*listed, strict=True)):
        if choice in ANSWERS and weight > 0:
            half = WITHOUT if question.endswith(WITHOUT) else WITH
            said.setdefault(question.removesuffix(half), {}).setdefault(form, {}).setdefault(half, choice)
            of_whom[form] = weight, who
    for factor, forms in sorted(said.items()):
        both = [form for form in sorted(forms) if len(forms[form]) == 2]
        classes = [class_of(forms[form][WITH], forms[form][WITHOUT]) for form in both]
        weights = np.array([of_whom[form][0] for form in both], dtype=np.float64)
        _, who = np.unique(np.array([of_whom[form][1] for form in both], dtype=np.int64), return_inverse=True)
        yield factor, classes, weights, who.astype(np.int64)


def _row(survey: str, factor: str, kano: Kano) -> Row:
    cells: Row = {
        "survey": survey,
        "factor": factor,
        "n": sum(kano.counts.values()),
        **kano.counts,
        "class": kano.leading,
        "class_sure": kano.sure,
        "class_reason": kano.reason,
    }
    cells |= kano.better.columns("better", "meant_n") | kano.worse.columns("worse", "meant_n")
    cells["small_sample"] = cells.pop("better_small_sample")
    del cells["worse_small_sample"]
    return cells


KANO_COLUMNS = [
    "survey",
    "factor",
    "n",
    *CLASSES,
    "class",
    "class_sure",
    "class_reason",
    *(f"{name}{end}" for name in ("better", "worse") for end in ("", "_low", "_high", "_reason")),
    "meant_n",
    "small_sample",
]
