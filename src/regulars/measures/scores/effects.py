"""Shares and net scores with their 95% intervals, from counts, weights and design effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from regulars.measures.estimates import Floats
from regulars.measures.intervals import LEVEL
from regulars.measures.scores.asking import NET

# Made-up answers that a net score's interval is moved by: three, as 3/4 good, 3/2 middling and 3/4 bad.
NET_ADDED = (0.75, 1.5, 0.75)


@dataclass(frozen=True)
class Score:
    """A net score from -1 to 1, or a share from 0 to 1, with its interval; None where it is unknown."""

    value: float | None
    low: float | None
    high: float | None

    def times(self, factor: float) -> Score:
        """The same in another unit, such as 100 for points."""
        values = (None if end is None else factor * end for end in (self.value, self.low, self.high))
        return Score(*values)


UNKNOWN = Score(None, None, None)


def scored(parts: Sequence[float], n: float, counts: Sequence[float], *, level: float = LEVEL) -> Score:
    """The score of answers of which ``parts`` (three shares) are good, middling and bad.

    n       answers they are worth: fewer than were given where a design effect has to be paid for
    counts  what a good, a middling and a bad answer count: NET for a net score, else a share
    Source  net scores: adjusted Wald with three answers added, as 3/4, 3/2 and 3/4, Rocks (2016), The American
            Statistician 70(4); shares: Wilson (1927), Journal of the American Statistical Association 22(158)
    """
    z = float(stats.norm.ppf(0.5 + level / 2))
    value = float(np.dot(parts, counts))
    if tuple(counts) == NET:
        centre, variance = _added(np.asarray(parts, dtype=np.float64) * n, NET_ADDED, counts)
        margin = z * np.sqrt(variance)
        return Score(value, max(-1.0, centre - margin), min(1.0, centre + margin))
    centre = (value + z**2 / (2 * n)) / (1 + z**2 / n)
    margin = z * np.sqrt(max(value * (1 - value), 0.0) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # At 0 and 1 the ends are exactly 0 and 1; floats would miss them by a hair.
    low = 0.0 if value <= 0 else float(centre - margin)
    return Score(value, low, 1.0 if value >= 1 else float(centre + margin))


def moved(answers: Sequence[float], counts: Sequence[float]) -> tuple[float, float]:
    """Centre and variance of a score for comparing it with another: adjusted by made-up answers, never of variance 0.

    Source  net scores: as ``scored``; shares: one good and one other answer added to each sample, Agresti and Caffo
            (2000), The American Statistician 54(4)
    """
    if tuple(counts) == NET:
        return _added(np.asarray(answers, dtype=np.float64), NET_ADDED, counts)
    hits, n = float(np.dot(answers, counts)) + 1, float(np.sum(answers)) + 2
    return hits / n, hits / n * (1 - hits / n) / n


def _added(answers: Floats, added: Sequence[float], counts: Sequence[float]) -> tuple[float, float]:
    more = answers + np.asarray(added)
    n, worth = more.sum(), np.asarray(counts)
    centre = float(more @ worth / n)
    return centre, float((more / n) @ (worth - centre) ** 2 / n)


def repeats_effect(answers: Floats, customers: Floats, counts: Sequence[float]) -> float:
    """How much wider an interval's square is because some customers answered several times; 1 where nobody did.

    answers    one row a pattern: good, middling and bad answers of a customer
    customers  how many customers have the pattern
    Source     Kish (1965), Survey Sampling, section 5.4: clusters of unequal size, here customers
    """
    each = answers.sum(axis=1)
    total, people = float(each @ customers), float(customers.sum())
    if people < 2 or each.max() <= 1:
        return 1.0
    worth = np.asarray(counts)
    mean = float((answers.T @ customers) @ worth / total)
    alone = float(((answers @ (worth - mean) ** 2) @ customers) / total**2)
    together = float(((answers @ (worth - mean)) ** 2) @ customers) / total**2 * people / (people - 1)
    return max(1.0, together / alone) if alone > 0 else 1.0


def weights_effect(weights: Floats, squares: Floats, n: float, counts: Sequence[float]) -> float:
    """How much wider an interval's square is because answers weigh differently.

    weights, squares  sums of the weights and of their squares over good, middling and bad answers
    Source            Kish (1965), Survey Sampling, section 8.2; the variance of a weighted mean by linearisation
    """
    total, worth = float(weights.sum()), np.asarray(counts)
    mean = float(weights @ worth / total)
    apart = (worth - mean) ** 2
    alone = float(weights / total @ apart) / n
    weighted = float(squares @ apart) / total**2
    return weighted / alone if alone > 0 else 1.0
