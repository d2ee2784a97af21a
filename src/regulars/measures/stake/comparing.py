"""One comparison from its touches to its figures: raw and adjusted differences, balance, overlap, money at stake."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regulars.measures.estimates import SMALL_SAMPLE, Floats
from regulars.measures.intervals import share_estimate
from regulars.measures.stake.adjustment import (
    Fit,
    deviations,
    differences,
    effective,
    fitted,
    parts_of_gap,
    with_outcomes,
)
from regulars.measures.stake.design import Bools, Covariate, Design, Ints, with_column
from regulars.measures.stake.drawing import Spread, spread_of
from regulars.measures.stake.worth import worth_of

Row = dict[str, object]

# Fewer customers on a side cannot be compared like with like.
LEAST_CUSTOMERS = 20
LEAST_OVERLAP = 0.5
# Standardised differences after weighting: well balanced, and too far apart for a comparison (Rubin 2001).
BALANCED, MOST_APART = 0.1, 0.25

# What gaps and intervals are of, in this order: coming back, spend, and coming back times what it is worth.
_RETURN, _SPEND, _VALUE = 0, 1, 2

EXPECTED = Covariate("spend expected after a good touch")

TOO_FEW = (
    f"Fewer than {LEAST_CUSTOMERS} customers had a bad touch, or a good one, with all days ahead: too few to compare "
    "like with like."
)
NO_OVERLAP = (
    "For more than half of the bad touches there are no good ones with customers like theirs, so nothing can be "
    "compared."
)
NO_BALANCE = (
    "Customers with bad and with good touches differ too much in what was known before, even after weighting, so they "
    "cannot be compared."
)
NO_DRAWS = "Too few draws of customers could be compared to say how sure this is."
NOBODY = "There is no such touch with all days ahead."


@dataclass(frozen=True)
class Comparison:
    """Bad touches of one kind against good ones.

    outcomes  came back 0 or 1; net spend of those who did; what such a customer is worth for those who did, else 0
    who       whose touch it is, from 0
    reason    why there is no adjusted figure; None where there is one
    """

    design: Design
    bad: Bools
    outcomes: Floats
    who: Ints
    fit: Fit | None
    spread: Spread | None
    reason: str | None

    @property
    def customers(self) -> tuple[int, int]:
        """Customers with a bad touch, and with a good one."""
        return len(np.unique(self.who[self.bad])), len(np.unique(self.who[~self.bad]))

    def columns(self) -> Row:
        """Cells of results.py but for money at stake, the verdict and the rank."""
        return {**self._raw(), **self._adjusted(), **self._comparable()}

    def at_stake(self, customers: int) -> Row:
        """What goes with a year's bad touches, for the customers among them that have a like.

        at_stake        how much less often, each return counted by what such a customer is worth
        spend_at_stake  the difference in spend itself, which also knows of those who come back for less
        """
        times = -customers * self.fit.overlap if self.fit else np.nan
        cells: Row = {}
        for name, place in (("at_stake", _VALUE), ("spend_at_stake", _SPEND)):
            gap, low, high = self._gap(place)
            cells |= {name: gap * times, f"{name}_low": high * times, f"{name}_high": low * times}
            cells |= {f"{name}_reason": self.reason}
        return cells

    def balance(self) -> tuple[Floats, Floats]:
        """Standardised differences of every covariate, of all touches before and of comparable ones after weighting.

        Both in deviations of all touches, so that the two can be compared.
        """
        values, spread = self.design.values, deviations(self.design.values, self.bad)
        before = differences(values, self.bad, np.ones(len(self.bad)))[2] / spread
        if self.fit is None:
            return before, np.full(len(before), np.nan)
        kept = self.fit.kept
        return before, differences(values[kept], self.bad[kept], self.fit.weights[kept])[2] / spread

    def balance_rows(self) -> list[Row]:
        """Cells of stake_balance, but for touchpoint and what went badly; none where a side is empty."""
        if not self.bad.any() or self.bad.all():
            return []
        before, after = self.balance()
        of_bad, of_good, _ = differences(self.design.values, self.bad, np.ones(len(self.bad)))
        weighted = np.full(len(of_good), np.nan)
        if self.fit is not None:
            kept = self.fit.kept
            of_bad, weighted, _ = differences(self.design.values[kept], self.bad[kept], self.fit.weights[kept])
        return [
            {
                "place": place + 1,
                "covariate": covariate.name,
                "level": covariate.level,
                "used": bool(self.design.used[place]),
                "mean_bad": _shown(covariate, of_bad[place]),
                "mean_good": _shown(covariate, of_good[place]),
                "mean_good_weighted": _shown(covariate, weighted[place]),
                "difference_before": before[place],
                "difference_after": after[place],
                "balanced": bool(abs(after[place]) <= BALANCED) if np.isfinite(after[place]) else None,
            }
            for place, covariate in enumerate(self.design.covariates)
        ]

    def _raw(self) -> Row:
        touches = int(self.bad.sum()), int((~self.bad).sum())
        people = self.customers
        returned = [self.outcomes[side, 0].mean() if side.any() else np.nan for side in (self.bad, ~self.bad)]
        # Touches of one customer say little more than one of them, so customers are what is counted.
        shares = share_estimate(np.nan_to_num(returned) * people, people, nobody=NOBODY)
        low, high = shares.low, shares.high
        gap = returned[0] - returned[1]
        return {
            "touches_bad": touches[0],
            "touches_good": touches[1],
            "customers_bad": people[0],
            "customers_good": people[1],
            "return_bad": returned[0],
            "return_bad_low": low[0],
            "return_bad_high": high[0],
            "return_good": returned[1],
            "return_good_low": low[1],
            "return_good_high": high[1],
            "raw_difference": gap,
            # Newcombe (1998), Statistics in Medicine 17(8), method 10.
            "raw_difference_low": gap - np.hypot(returned[0] - low[0], high[1] - returned[1]),
            "raw_difference_high": gap + np.hypot(high[0] - returned[0], returned[1] - low[1]),
            "n": min(people),
            "small_sample": min(people) < SMALL_SAMPLE,
        }

    def _adjusted(self) -> Row:
        cells: Row = {}
        for name, place in (("adjusted_difference", _RETURN), ("spend_difference", _SPEND)):
            gap, low, high = self._gap(place)
            cells |= {name: gap, f"{name}_low": low, f"{name}_high": high, f"{name}_reason": self.reason}
        error = self.spread.error[0] if self.spread and self.reason is None else np.nan
        return cells | {"error": error, "worth": self._worth()}

    def _gap(self, outcome: int) -> tuple[float, float, float]:
        if self.fit is None or self.spread is None or self.reason is not None:
            return np.nan, np.nan, np.nan
        return float(self.fit.gap[outcome]), float(self.spread.low[outcome]), float(self.spread.high[outcome])

    def _worth(self) -> float:
        """Net spend after good touches over how often customers came back after them, weighted."""
        if self.fit is None or self.reason is not None:
            return np.nan
        came_back, spent = self.fit.weights @ self.outcomes[:, :2]
        return float(spent / came_back) if came_back > 0 else np.nan

    def _comparable(self) -> Row:
        cells: Row = {"overlap_share": self.fit.overlap if self.fit else np.nan}
        cells |= {"balance_before": np.nan, "balance_after": np.nan, "worst_covariate": None, "good_effective": np.nan}
        if not self.bad.any() or self.bad.all() or not self.design.covariates:
            return cells
        before, after = (np.abs(side) for side in self.balance())
        cells["balance_before"] = np.nanmax(before, initial=0.0)
        if self.fit is None:
            return cells
        worst = self.design.covariates[int(np.argmax(np.nan_to_num(after)))]
        cells["worst_covariate"] = f"{worst.name}: {worst.level}" if worst.level else worst.name
        cells["good_effective"] = effective(self.fit.weights[self.fit.kept & ~self.bad])
        return cells | {"balance_after": np.nanmax(after, initial=0.0)}


def compared(design: Design, bad: Bools, outcomes: Floats, who: Ints, *, drawn: bool = True) -> Comparison:
    """Bad touches against good ones, adjusted where there are enough of both and they are alike.

    outcomes  came back 0 or 1, and net spend
    drawn     False leaves out intervals, for those who look at balance alone
    """
    if min(len(np.unique(who[side])) for side in (bad, ~bad)) < LEAST_CUSTOMERS:
        return Comparison(design, bad, outcomes, who, None, None, TOO_FEW)
    expected = worth_of(design.regressors(), outcomes[:, 1], (~bad).astype(np.float64)).values
    design = with_column(design, EXPECTED, expected)
    columns = design.regressors()
    fit = fitted(columns, bad, outcomes)
    if fit is None or fit.overlap < LEAST_OVERLAP:
        return Comparison(design, bad, outcomes, who, fit, None, NO_OVERLAP)
    unlike = Comparison(design, bad, outcomes, who, fit, None, NO_BALANCE)
    if np.nanmax(np.abs(unlike.balance()[1][design.used]), initial=0.0) > MOST_APART:
        return unlike
    if not drawn:
        return replace(unlike, reason=None)
    worth = worth_of(columns, outcomes[:, 1], fit.weights * outcomes[:, 0])
    valued = outcomes[:, 0] * worth.values
    slope = columns.T @ (parts_of_gap(fit, columns, bad) * valued)
    three = np.column_stack([outcomes, valued])
    fit = with_outcomes(fit, columns, bad, three)
    told = np.column_stack([np.zeros_like(outcomes), worth.told_by(columns, slope)])
    spread = spread_of(columns, bad, three, fit, who, told)
    return Comparison(design, bad, three, who, fit, spread, None if np.isfinite(spread.error).all() else NO_DRAWS)


def _shown(covariate: Covariate, mean: float) -> float:
    """A mean of logarithms as the value it stands for."""
    return float(np.expm1(mean)) if covariate.logarithm else float(mean)
