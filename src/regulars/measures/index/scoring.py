"""Scores of components, and their weighted means: the index, its views and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from regulars.measures.estimates import Floats
from regulars.measures.index import deciding
from regulars.measures.index.counting import NET, Counted, Told, counts
from regulars.measures.index.drawing import SAMPLES, Kinds, drawn_values, kinds_of
from regulars.measures.index.parts import ENDS, NAMES, PARTS, VIEWS, Component

Level = Literal["index", "view", "part", "part in view", "component"]

FAMILIES = ("customers", "staff answers", "staff")
HALF_KNOWN = 0.5
ENDS_OF_INTERVAL = (0.025, 0.975)
TOO_LITTLE = "Less than half of the weight is known, so there is no score."
NO_WEIGHT = "No component of this has a weight."
UNCERTAIN = float("nan")


@dataclass(frozen=True)
class Group:
    """Components that are put together: the index, a view, a part, or a part in a view."""

    level: Level
    name: str
    part: str
    view: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A number with its 95% interval, what it rests on, and why it is unknown; NaN where it is."""

    value: float
    low: float
    high: float
    n: int
    reason: str | None


@dataclass(frozen=True)
class Company:
    """All components in one window.

    scores   of the components that are known
    samples  the same in every sample, of those that have a weight too
    kinds    the units behind them
    """

    components: tuple[Component, ...]
    counted: Mapping[str, Counted]
    scores: Mapping[str, float]
    samples: Mapping[str, Floats]
    kinds: tuple[Kinds, ...]

    def weight(self, names: Iterable[str]) -> float:
        """The weight of these components together."""
        wanted = set(names)
        return sum(one.weight for one in self.components if one.name in wanted)

    def coverage(self, names: Sequence[str]) -> float:
        """Share of their weight that is known; NaN where they have none."""
        whole = self.weight(names)
        return self.weight(name for name in names if name in self.scores) / whole if whole > 0 else UNCERTAIN

    def known(self, names: Sequence[str]) -> list[Component]:
        """Of these components those that are known and have a weight."""
        return [one for one in self.components if one.name in names and one.name in self.samples]

    def units(self, names: Sequence[str]) -> int:
        """How many customers, guests' touches and staff are behind the known ones of these components."""
        known = [one.name for one in self.known(names)]
        return sum(kinds.units(known) for kinds in self.kinds)


def company(told: Told, back: int = 0, *, samples: int = SAMPLES) -> Company:
    """All components in the window that ends ``back`` months before the last day's month, drawn so many times."""
    return weighed(deciding.components_of(told.versions), counts(told, back), samples=samples)


def weighed(components: tuple[Component, ...], counted: Mapping[str, Counted], *, samples: int = SAMPLES) -> Company:
    """These components with their scores, and the same drawn anew so many times."""
    scores = {one.name: float(score_of(value_of(one.name, counted[one.name]), one)) for one in components}
    scores = {name: score for name, score in scores.items() if not np.isnan(score)}
    heavy = {one.name: counted[one.name] for one in components if one.weight > 0 and one.name in scores}
    kinds = tuple(kinds_of(heavy, family) for family in FAMILIES)
    drawn = {name: np.full(samples, scores[name]) for name, one in heavy.items() if one.family == "counted"}
    by_name = {one.name: one for one in components}
    for place, one in enumerate(kinds):
        values = drawn_values(one, samples, seed=[place])
        drawn |= {name: score_of(value, by_name[name]) for name, value in values.items()}
    return Company(components, counted, scores, drawn, kinds)


def value_of(name: str, counted: Counted) -> float:
    """Numerator over denominator, times 100 for net scores; NaN for nothing over nothing."""
    num, den = totals(counted)
    return num / den * (100.0 if name in NET else 1.0) if den else UNCERTAIN


def totals(counted: Counted) -> tuple[int, int]:
    """Numerator and denominator over all units."""
    return int(counted.num @ counted.times), int(counted.den @ counted.times)


def score_of(value: Floats | float, component: Component) -> Floats:
    """0 at the floor and below it, 100 at the target and above it, in proportion between them."""
    span = component.target - component.floor
    return np.clip((np.asarray(value, dtype=np.float64) - component.floor) / span, 0.0, 1.0) * 100.0


def groups(components: Iterable[Component]) -> list[Group]:
    """The index, the views, the parts, and the parts in each view."""
    listed = list(components)
    found = [Group("index", "index", "", "", tuple(one.name for one in listed))]
    found += [Group("view", view, "", view, tuple(one.name for one in listed if one.view == view)) for view in VIEWS]
    found += [Group("part", part, part, "", tuple(one.name for one in listed if one.part == part)) for part in PARTS]
    for part in PARTS:
        for view in VIEWS:
            members = tuple(one.name for one in listed if (one.part, one.view) == (part, view))
            found.append(Group("part in view", f"{part}: {view}", part, view, members))
    return found


def mean_score(of: Company, names: Sequence[str]) -> Figure:
    """The mean of the known components by weight; unknown where less than half of the weight is known."""
    if of.weight(names) <= 0:
        return Figure(UNCERTAIN, UNCERTAIN, UNCERTAIN, 0, NO_WEIGHT)
    n = of.units(names)
    if of.coverage(names) < HALF_KNOWN:
        return Figure(UNCERTAIN, UNCERTAIN, UNCERTAIN, n, TOO_LITTLE)
    value = plain_mean(of, names)
    low, high = ends(mean_samples(of, names), value)
    return Figure(value, low, high, n, None)


def plain_mean(of: Company, names: Sequence[str]) -> float:
    """The mean of the known components by weight, however few they are; NaN for none."""
    known = of.known(names)
    weight = sum(one.weight for one in known)
    return sum(one.weight * of.scores[one.name] for one in known) / weight if weight else UNCERTAIN


def mean_samples(of: Company, names: Sequence[str]) -> Floats:
    """The same mean in every sample."""
    known = of.known(names)
    weights = np.array([one.weight for one in known])
    return np.asarray(weights @ np.array([of.samples[one.name] for one in known]) / weights.sum())


def ends(samples: Floats, value: float) -> tuple[float, float]:
    """The middle 95% of the samples, widened to the value itself where it lies outside."""
    low, high = np.quantile(samples, ENDS_OF_INTERVAL)
    return min(float(low), value), max(float(high), value)


def component_value(component: Component, counted: Counted) -> Figure:
    """The component's own value with its interval, whatever its weight and the other components are."""
    value = value_of(component.name, counted)
    if np.isnan(value):
        return Figure(UNCERTAIN, UNCERTAIN, UNCERTAIN, 0, counted.reason or component.nobody)
    if counted.family == "counted":
        return Figure(value, value, value, totals(counted)[1], None)
    kinds = kinds_of({component.name: counted}, counted.family)
    drawn = drawn_values(kinds, SAMPLES, seed=[len(FAMILIES), NAMES.index(component.name)])
    low, high = ends(drawn[component.name], value)
    worst, best = ENDS[component.unit]
    return Figure(value, max(low, worst), min(high, best), counted.units, None)


def component_score(component: Component, value: Figure) -> Figure:
    """The score of a component, with the interval that its value has."""
    score, low, high = (float(score_of(end, component)) for end in (value.value, value.low, value.high))
    return Figure(score, low, high, value.n, value.reason)
