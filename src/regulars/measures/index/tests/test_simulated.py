"""Whether the interval holds what it promises: over simulated companies whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from regulars.measures.index.counting import Counted
from regulars.measures.index.parts import COMPONENTS
from regulars.measures.index.scoring import mean_score, score_of, weighed

CUSTOMERS, STAFF = 300, 25
NAMES = tuple(one.name for one in COMPONENTS)
TRUTH = {
    "known orders": 0.8,
    "fresh facts": 0.35,
    "definition confirmed": 0.6,
    "understands me": 0.7,
    "staff on understanding": 0.8,
    "promises kept": 0.9,
    "told first": 0.4,
    "complaints in time": 0.7,
    "without complaint": 0.93,
    "matters to them": 0.6,
    "low effort": 0.65,
    "staff on valuing": 0.7,
    "came back": 0.55,
    "by recommendation": 0.3,
    "worth it": 0.75,
    "satisfied": 0.8,
    "staff on value": 0.75,
}
# Of so many customers a component hears.
HEARD = {"understands me": 0.15, "matters to them": 0.15, "worth it": 0.15, "low effort": 0.2, "satisfied": 0.3}
HEARD |= {"told first": 0.1, "complaints in time": 0.08, "recommend": 0.2, "by recommendation": 0.4}


def simulated(seed: int) -> dict[str, Counted]:
    """A company of customers who differ: whoever is well served in one thing is likelier to be so in others."""
    draw = np.random.default_rng(seed)
    mood = {"customers": draw.normal(size=CUSTOMERS), "staff answers": draw.normal(size=STAFF)}
    found = {}
    for one in COMPONENTS:
        family = "staff answers" if one.view == "staff" else "customers"
        if one.name == "definition confirmed":
            family = "staff"
        size = CUSTOMERS if family == "customers" else STAFF
        heard = np.flatnonzero(draw.random(size) < HEARD.get(one.name, 1.0))
        den = draw.integers(1, 4, len(heard)) if one.name in ("known orders", "promises kept") else np.ones(len(heard))
        told = draw.normal(size=(len(heard), 3)) + 0.7 * mood.get(family, np.zeros(size))[heard, None]
        seen = np.arange(3) < den[:, None]
        num = _answers(one.name, told / np.sqrt(1.49), seen)
        if one.name == "fears answered":
            family, heard, num, den = "counted", np.array([0]), np.array([6]), np.array([8])
        found[one.name] = Counted(
            family, heard + 1, num.astype(np.int64), den.astype(np.int64), np.ones(len(heard), dtype=np.int64)
        )
    return found


def _answers(name: str, told: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Good less bad: promoters 50%, detractors 20%; else good with the true share."""
    if name in ("recommend", "staff recommend"):
        return (told[:, 0] > 0.0).astype(int) - (told[:, 0] < -0.8416212335729143)
    return ((told < _quantile(TRUTH.get(name, 0.5))) & seen).sum(axis=1)


def _quantile(share: float) -> float:
    return float(norm.ppf(share))


def truth() -> float:
    """The index if there were no end of customers and staff."""
    values = TRUTH | {"recommend": 30.0, "staff recommend": 30.0, "fears answered": 0.75}
    scores = [float(score_of(values[one.name], one)) * one.weight for one in COMPONENTS]
    return sum(scores) / sum(one.weight for one in COMPONENTS)


def covered(seeds: range) -> int:
    """In how many simulated companies the interval holds the truth."""
    found = 0
    for seed in seeds:
        figure = mean_score(weighed(COMPONENTS, simulated(seed), samples=400), NAMES)
        found += figure.low <= truth() <= figure.high
    return found


def test_the_interval_holds_the_truth_of_most_of_twelve_companies() -> None:
    assert covered(range(1_000, 1_012)) >= 9


@pytest.mark.slow(minutes=2)
def test_the_interval_holds_the_truth_of_ninety_to_a_hundred_of_a_hundred_companies() -> None:
    assert 90 <= covered(range(100)) <= 100
