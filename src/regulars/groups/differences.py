"""How two sets of customers differ in one number or one yes-or-no: size, interval, chance.

Both kinds share one effect size, Cliff's delta: the chance that a member has more than another customer, less the
chance of the opposite. For a yes-or-no it is the plain difference of shares. Landmarks: 0.147 small, 0.33 medium,
0.474 large (Romano et al. 2006, after Cohen's d of 0.2, 0.5 and 0.8 between normal curves).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.groups.shares import Figure, difference_of_shares, p_of_two_shares, share_figure
from regulars.measures.intervals import Z, median_interval

SMALL, MEDIUM, LARGE = 0.147, 0.33, 0.474
FEWEST = 10
MOST_PAIRED = 600

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """Members against others.

    members, others   the share, or the median, on each side
    difference        members less others: of shares with Newcombe's interval; of numbers the Hodges-Lehmann shift
    effect            Cliff's delta, -1 to 1
    p                 chance of such a difference where there is none, for this comparison alone
    """

    members: Figure
    others: Figure
    difference: Figure
    effect: Figure
    p: float


def of_shares(hits_in: int, n_in: int, hits_out: int, n_out: int) -> Difference:
    """Two shares; both sides must have somebody."""
    difference = Figure(*difference_of_shares(hits_in, n_in, hits_out, n_out), n_in + n_out)
    p = p_of_two_shares(hits_in, n_in, hits_out, n_out)
    return Difference(share_figure(hits_in, n_in), share_figure(hits_out, n_out), difference, difference, p)


def of_numbers(members: Floats, others: Floats) -> Difference:
    """Two sets of numbers; both must have at least two.

    Source  Mann and Whitney (1947), Annals of Mathematical Statistics 18(1); shift: Hodges and Lehmann (1963), same
            34(2); interval of the effect: DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44(3)
    """
    p = float(stats.mannwhitneyu(members, others, method="asymptotic").pvalue)
    n = len(members) + len(others)
    shift = Figure(*_shift(members, others), n)
    return Difference(_median(members), _median(others), shift, _effect(members, others), p)


def _median(values: Floats) -> Figure:
    distinct, counts = np.unique(values, return_counts=True)
    low, high = median_interval(distinct, counts)
    middle = float(np.median(values))
    if math.isnan(low):
        return Figure(middle, None, None, len(values), "Too few for an interval.")
    return Figure(middle, low, high, len(values))


def _shift(members: Floats, others: Floats) -> tuple[float, float, float]:
    """The middle of all differences between a member and another; of many, between evenly spaced quantiles."""
    a, b = _thinned(members), _thinned(others)
    apart = np.subtract.outer(a, b).ravel()
    m, n = len(members), len(others)
    margin = Z * math.sqrt((m + n + 1) / (12 * m * n))
    shares = np.clip([0.5, 0.5 - margin, 0.5 + margin], 0, 1)
    middle, low, high = (float(x) for x in np.quantile(apart, shares))
    return middle, low, high


def _thinned(values: Floats) -> Floats:
    if len(values) <= MOST_PAIRED:
        return values
    return np.quantile(values, (np.arange(MOST_PAIRED) + 0.5) / MOST_PAIRED)


def _effect(members: Floats, others: Floats) -> Figure:
    m, n = len(members), len(others)
    ranks = stats.rankdata(np.concatenate([members, others]))
    # The share of the other side that each one exceeds, ties half.
    of_members = (ranks[:m] - stats.rankdata(members)) / n
    of_others = 1 - (ranks[m:] - stats.rankdata(others)) / m
    delta = 2 * float(of_members.mean()) - 1
    error = 2 * math.sqrt(float(of_members.var(ddof=1)) / m + float(of_others.var(ddof=1)) / n)
    return Figure(delta, max(-1.0, delta - Z * error), min(1.0, delta + Z * error), m + n)
