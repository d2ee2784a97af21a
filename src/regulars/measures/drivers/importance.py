"""How much of the differences in the overall answer goes with each factor."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.measures.drivers.bootstrap import REPLICATIONS, share_intervals, shared_out
from regulars.measures.drivers.correlations import Correlations, correlations
from regulars.measures.drivers.questions import factor_of
from regulars.measures.drivers.shapley import MOST_FACTORS
from regulars.measures.drivers.weighted import Figure, Whose, customers_share
from regulars.measures.estimates import Floats

# Nothing is estimated from fewer customers than this, in all and a factor.
LEAST_ANSWERS, LEAST_A_FACTOR = 30, 5
# Fewer than 50 and 8 a factor are called thin: Green (1991), Multivariate Behavioral Research 26(3).
THIN_ANSWERS, THIN_A_FACTOR = 50, 8
# Two factors rated this much alike, or one that others foretell this well, cannot be told apart.
ALIKE, LARGEST_VIF = 0.8, 5.0

TOO_FEW = "Too few customers answered to tell factors apart: at least 30 must, and 5 for each factor that is rated."
SAME_RATING = "Everybody gave this factor the same rating."
SAME_OUTCOME = "Everybody gave the same overall answer."
NO_OUTCOME = "The survey has no question on overall satisfaction, recommendation or effort to compare with."
ALONE = "Only one factor was rated often enough, so there is nothing to compare it with."
NOT_RELATED = "The overall answer does not go with any factor."
NO_INTERVAL = "Answers differ too little for an interval."


@dataclass(frozen=True)
class Importance:
    """What goes with the outcome, one entry a factor in the order given.

    shares       share of R-squared with its interval
    association  correlation of the factor with the outcome
    alike        other factors that it cannot be told apart from
    r2           share of the outcome's variance that goes with all factors together
    thin         fewer answers than are wished for
    by_chance    so high an R-squared would often come by chance alone
    notes        what a reader must know of how it was found
    """

    shares: list[Figure]
    association: Floats
    alike: list[tuple[str, ...]]
    r2: Figure
    thin: bool = False
    by_chance: bool = False
    notes: tuple[str, ...] = field(default=())


def importance_of(factors: list[str], ratings: Floats, outcome: Floats, weights: Floats, who: Whose) -> Importance:
    """Share out R-squared of ``outcome`` among the factors.

    factors  keys of their questions
    ratings  respondents x factors, NaN for no answer; outcome, weights, who: one a respondent
    """
    told = np.isfinite(outcome)
    scores = np.column_stack([ratings, outcome])[told]
    weights, who = weights[told], who[told]
    whole = correlations(scores, weights)
    counts = whole.n[:-1, -1]
    reasons = _unusable(scores, np.asarray(whole.n * customers_share(weights, who), dtype=np.float64))
    used = [place for place, reason in enumerate(reasons) if reason is None]
    if len(used) < 2 or not np.isfinite(whole.values[np.ix_(used, used)]).all():
        reasons = [(ALONE if len(used) == 1 else TOO_FEW) if reason is None else reason for reason in reasons]
        return _unknown(reasons, counts, whole.values[:-1, -1])
    answers = _Answers(factors, scores, weights, who)
    return _shared(answers, whole, used, reasons)


@dataclass(frozen=True)
class _Answers:
    """Those who gave the overall answer: respondents x factors and the outcome in the last column."""

    factors: list[str]
    scores: Floats
    weights: Floats
    who: Whose

    def of(self, used: list[int]) -> Floats:
        """Some factors and the outcome."""
        return np.asarray(self.scores[:, [*used, len(self.factors)]])


def _shared(answers: _Answers, whole: Correlations, used: list[int], reasons: list[str | None]) -> Importance:
    """The shares of the factors that can be used; the others keep their reasons."""
    counts, factors, weights = whole.n[:-1, -1], answers.factors, answers.weights
    found = correlations(answers.of(used), weights)
    parts = shared_out(found.values[None])[0]
    r2 = float(parts.sum())
    if r2 < 1e-12:
        return _unknown([reason or NOT_RELATED for reason in reasons], counts, whole.values[:-1, -1])
    ends = share_intervals(answers.of(used), weights, answers.who)
    shares = [Figure(n=int(n), reason=reason) for n, reason in zip(counts, reasons, strict=True)]
    for place, factor in enumerate(used):
        low, high = float(ends.low[place]), float(ends.high[place])
        reason = None if np.isfinite(low) else NO_INTERVAL
        shares[factor] = Figure(float(parts[place] / r2), low, high, int(counts[factor]), reason)
    alike: list[tuple[str, ...]] = [()] * len(factors)
    for factor, names in zip(used, _alike([factors[place] for place in used], found.values[:-1, :-1]), strict=True):
        alike[factor] = names
    least = int(found.n.min())
    size = least * customers_share(weights, answers.who)
    return Importance(
        shares,
        whole.values[:-1, -1],
        alike,
        Figure(r2, ends.r2_low, ends.r2_high, least),
        thin=size < THIN_ANSWERS + THIN_A_FACTOR * len(used),
        by_chance=_by_chance(r2, size, len(used)),
        notes=_notes(len(used), ends.exact_draws, found.mended),
    )


def _unusable(scores: Floats, n: Floats) -> list[str | None]:
    """Why each factor is left out; None for those that are used. ``n`` counts independent answers to each pair.

    What is wanted of answers rests on all factors asked, so that thin data never end in an arbitrary choice of them.
    """
    factors = scores.shape[1] - 1
    least = max(LEAST_ANSWERS, LEAST_A_FACTOR * factors)
    reasons: list[str | None] = [None if n[place, -1] >= least else TOO_FEW for place in range(factors)]
    if not _varies(scores[:, -1]):
        return [reason or SAME_OUTCOME for reason in reasons]
    for place in range(factors):
        if reasons[place] is None and not _varies(scores[:, place]):
            reasons[place] = SAME_RATING
    while True:
        used = [place for place, reason in enumerate(reasons) if reason is None]
        few = (n[np.ix_(used, used)] < least).sum(axis=1)
        if not few.any():
            return reasons
        # Of two factors that too few people rated both, the one that fewer rated goes.
        worst = min((place for place, count in zip(used, few, strict=True) if count), key=lambda place: n[place, -1])
        reasons[worst] = TOO_FEW


def _varies(answers: Floats) -> bool:
    known = answers[np.isfinite(answers)]
    return len(known) > 0 and bool(known.max() > known.min())


def _unknown(reasons: list[str | None], counts: NDArray[np.int64], association: Floats) -> Importance:
    shares = [Figure(n=int(n), reason=reason) for n, reason in zip(counts, reasons, strict=True)]
    least = int(counts.max(initial=0))
    known = [reason for reason in reasons if reason]
    why = max(known, key=known.count) if known else TOO_FEW
    return Importance(shares, association, [()] * len(reasons), Figure(n=least, reason=why))


def _alike(names: list[str], among: Floats) -> list[tuple[str, ...]]:
    """For each factor the others that it is rated too much alike with."""
    # How well the others foretell a factor: the diagonal of the inverse, infinite for a copy.
    values, vectors = np.linalg.eigh(among)
    inflation = (vectors**2 / np.maximum(values, 1e-12)).sum(axis=1)
    found = []
    for place in range(len(names)):
        others = [other for other in range(len(names)) if other != place]
        near = [other for other in others if abs(among[place, other]) > ALIKE]
        if not near and inflation[place] >= LARGEST_VIF:
            near = [max(others, key=lambda other: abs(among[place, other]))]
        found.append(tuple(factor_of(names[other]) for other in near))
    return found


def _by_chance(r2: float, size: float, factors: int) -> bool:
    """Whether factors that have nothing to do with the outcome would reach this R-squared once in 20 times."""
    left = size - factors - 1
    if left < 1 or r2 >= 1:
        return r2 < 1
    return float(stats.f.sf(r2 / factors / ((1 - r2) / left), factors, left)) > 0.05


def _notes(factors: int, exact_draws: int, mended: bool) -> tuple[str, ...]:
    notes = []
    if factors > MOST_FACTORS:
        notes.append(
            f"{factors} factors are too many to look at every set of them: importance is by Johnson's relative weights."
        )
    elif exact_draws < REPLICATIONS:
        notes.append(
            f"Importance is exact; of the draws behind its intervals {exact_draws} are, and the others are foretold "
            "from relative weights, because the factors are many."
        )
    if mended:
        notes.append(
            "Factors were rated by different people and their correlations did not fit together; the nearest that do "
            "were taken."
        )
    return tuple(notes)
