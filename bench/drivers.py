"""Importance of 10, 15, 20 and 30 factors from 5,000 respondents, one answer in twenty missing.

The peer does what is usually done by hand: the same shares for the same answers, a regression for every set of factors.
It has no intervals; our time holds 1,000 draws of respondents. Beyond 10 factors the peer would take minutes to years,
so there it stands for what a page may take: WAIT_SECONDS.
"""

from __future__ import annotations

import functools
import itertools
from math import comb
from pathlib import Path

import numpy as np

from bench.timing import Comparison, Sizes, median_of, timed
from regulars.measures.drivers.correlations import correlations
from regulars.measures.drivers.importance import Importance, importance_of

RESPONDENTS = 5_000
FACTORS = (10, 15, 20, 30)
BY_HAND = 10
WAIT_SECONDS = 10.0


def run(sizes: Sizes, _folder: Path) -> list[Comparison]:
    """Our whole estimate, intervals included, for each number of factors."""
    found = []
    for factors in FACTORS:
        given = answers(factors)
        seconds, ours = median_of(sizes.runs, functools.partial(_ours, *given))
        shares = np.array([share.value for share in ours.shares])
        task = f"importance of {factors} factors with intervals, {RESPONDENTS:,} respondents"
        if factors <= BY_HAND:
            theirs, by_hand = timed(functools.partial(every_set, *given))
            apart = f"shares differ by at most {np.abs(shares - by_hand).max():.0e}"
            found.append(Comparison(task, "a regression for every set, no intervals", theirs, seconds, apart))
        else:
            told = f"shares add up to {shares.sum():.12f}; {' '.join(ours.notes)}"
            found.append(Comparison(task, "the wait that a page allows", WAIT_SECONDS, seconds, told, at_least=1.0))
    return found


def _ours(ratings: np.ndarray, outcome: np.ndarray) -> Importance:
    names = [f"factor {place:02}" for place in range(ratings.shape[1])]
    return importance_of(names, ratings, outcome, np.ones(RESPONDENTS), np.arange(RESPONDENTS))


def answers(factors: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Ratings 1-10 that share a mood, with blanks, and an overall answer 0-10 that goes with them more and more."""
    draw = np.random.default_rng(seed)
    felt = 0.8 * draw.normal(size=(RESPONDENTS, factors)) + 0.6 * draw.normal(size=(RESPONDENTS, 1))
    overall = felt @ np.linspace(0, 1, factors) + np.sqrt(factors) * draw.normal(size=RESPONDENTS)
    ratings = np.clip(np.rint(5.5 + 2 * felt), 1, 10)
    blank = draw.random(ratings.shape) < 0.05
    return np.where(blank, np.nan, ratings), np.clip(np.rint(7 + 0.3 * overall), 0, 10)


def every_set(ratings: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Shares from a solved system of equations for every set of factors."""
    factors = ratings.shape[1]
    among = correlations(np.column_stack([ratings, outcome]), np.ones(len(outcome))).values
    r2 = {(): 0.0}
    for size in range(1, factors + 1):
        for chosen in itertools.combinations(range(factors), size):
            outer = among[list(chosen), -1]
            r2[chosen] = float(outer @ np.linalg.solve(among[np.ix_(chosen, chosen)], outer))
    gains = np.zeros(factors)
    for chosen, worth in r2.items():
        for factor in chosen:
            before = tuple(other for other in chosen if other != factor)
            gains[factor] += (worth - r2[before]) / (factors * comb(factors - 1, len(before)))
    return gains / gains.sum()
