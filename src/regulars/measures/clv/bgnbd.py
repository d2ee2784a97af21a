"""BG/NBD: customers buy at random at their own rate and may leave after any purchase.

Source  Fader, Hardie & Lee (2005), "Counting your customers" the easy way, Marketing Science 24(2), 275-284.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.measures.clv.fitting import Fit, Slope, fit
from regulars.measures.clv.histories import DAYS_PER_WEEK, FloatArray, Histories, IntArray
from regulars.measures.clv.terms import log_growth, log_rising

MODEL = "BG/NBD"
PARAMETERS = ("r", "alpha", "a", "b")
# Histories worked on at once: what fits the processor's cache is several times faster.
BLOCK = 8_192


def fit_bgnbd(histories: Histories) -> Fit:
    """Estimates of r, alpha (weeks), a and b by maximum likelihood.

    Raises  FitError where the climb does not converge
    """
    starts = [np.log(start) for start in _starts(histories)]
    return fit(MODEL, PARAMETERS, BgNbdLikelihood(histories), starts, histories.total_customers)


def _starts(histories: Histories) -> list[tuple[float, float, float, float]]:
    """Purchase rates near the observed one, with little, middling and frequent leaving."""
    orders = float(histories.customers @ histories.repeat_orders)
    weeks = float(histories.customers @ histories.age_weeks)
    rate = max(orders, 0.5) / max(weeks, 1.0)
    return [
        (0.5, 0.3 / rate, 0.6, 2.0),
        (1.0, 0.8 / rate, 0.2, 4.0),
        (0.2, 0.2 / rate, 2.0, 3.0),
        (2.0, 2.0 / rate, 0.05, 1.0),
    ]


class BgNbdLikelihood:
    """The log-likelihood of some histories, with both derivatives, as a function of the log-parameters.

    Terms that depend on repeat orders alone are computed once a number, logarithms of times once a day; only
    the mixture of "still a customer" and "left after the last order" is computed for each history.
    """

    def __init__(self, histories: Histories) -> None:
        n = histories.customers.astype(np.float64)
        # Repeat orders and days are small whole numbers: they are places in tables as they are.
        self._n_of_x = np.bincount(histories.repeat_orders, weights=n)
        self._x = np.arange(len(self._n_of_x))
        self._weeks = np.arange(histories.longest_days + 1) / DAYS_PER_WEEK
        again = histories.repeat_orders > 0
        # Who never came back has no mixture, only a time: those are counted by day.
        never = histories.customer_age_days[~again]
        self._n_single = np.bincount(never, weights=n[~again], minlength=len(self._weeks))
        columns = (n, histories.repeat_orders, histories.age_at_last_order_days, histories.customer_age_days)
        several = [column[again] for column in columns]
        cuts = range(BLOCK, len(several[0]), BLOCK)
        self._blocks = list(zip(*(np.split(column, cuts) for column in several), strict=True))

    def __call__(self, log_parameters: FloatArray) -> Slope:
        """Value, gradient and Hessian in log-parameters."""
        parameters = np.exp(log_parameters)
        value, gradient, hessian = self._counts_part(parameters)
        for part in (self._single_part(parameters), self._mixture_part(parameters)):
            value += part[0]
            gradient = gradient + part[1]
            hessian = hessian + part[2]
        scaled = hessian * np.outer(parameters, parameters) + np.diag(parameters * gradient)
        return Slope(value, parameters * gradient, scaled)

    def _counts_part(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """log of Γ(r+x)/Γ(r) · α^−x · B(a, b+x)/B(a, b): depends on the number of repeat orders alone."""
        r, alpha, a, b = (float(value) for value in parameters)
        x, n = self._x, self._n_of_x
        rising = [n @ rise for rise in log_rising(r, x)]
        from_b, from_both = ([n @ rise for rise in log_rising(start, x)] for start in (b, a + b))
        orders = float(n @ x)
        value = float(rising[0] + from_b[0] - from_both[0] - orders * np.log(alpha))
        gradient = np.array([rising[1], -orders / alpha, -from_both[1], from_b[1] - from_both[1]])
        hessian = np.diag([rising[2], orders / alpha**2, 0.0, from_b[2]])
        hessian[2:, 2:] -= from_both[2]
        return value, gradient, hessian

    def _single_part(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """−r · log(1 + T/α) of those who never came back."""
        r, alpha = float(parameters[0]), float(parameters[1])
        logs, falls, bends = (float(self._n_single @ part) for part in log_growth(self._weeks, alpha))
        gradient = np.array([-logs, r * falls, 0.0, 0.0])
        hessian = np.zeros((4, 4))
        hessian[0, 1] = hessian[1, 0] = falls
        hessian[1, 1] = -r * bends
        return -r * logs, gradient, hessian

    def _mixture_part(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """log of (1+T/α)^−(r+x) + a/(b+x−1) · (1+t_x/α)^−(r+x), without leaving logarithms."""
        r, alpha, a, b = (float(value) for value in parameters)
        orders = np.maximum(self._x, 1)
        tables = Tables(r + self._x.astype(np.float64), np.log(a) - np.log(b + orders - 1), 1 / (b + orders - 1), a)
        growth = log_growth(self._weeks, alpha)
        value, gradient, hessian = 0.0, np.zeros(4), np.zeros((4, 4))
        for block in self._blocks:
            part = _mixture_block(block, tables, growth)
            value += part[0]
            gradient += part[1]
            hessian += part[2]
        return value, gradient, hessian


@dataclass(frozen=True)
class Tables:
    """Pieces of the mixture by the number of repeat orders: r+x, log a/(b+x−1), 1/(b+x−1); and a."""

    power: FloatArray
    log_ratio: FloatArray
    share: FloatArray
    a: float


def _mixture_block(
    block: tuple[FloatArray, IntArray, IntArray, IntArray], tables: Tables, growth: tuple[FloatArray, ...]
) -> tuple[float, FloatArray, FloatArray]:
    """Value and both derivatives of some histories: few enough to stay in the processor's cache."""
    n, x, last, age = block
    log_growth_, falls, bends = growth
    k, share, a = tables.power[x], tables.share[x], tables.a
    log_age, log_last = log_growth_[age], log_growth_[last]
    apart = log_age - log_last
    # gap > 0: leaving after the last order explains the history better than silence does.
    gap = tables.log_ratio[x] + k * apart
    small = np.exp(-np.abs(gap))
    left = np.where(gap > 0, 1.0, small) / (1.0 + small)
    value = float(n @ (np.maximum(gap, 0.0) + np.log1p(small) - k * log_age))
    left_n = n * left
    stayed_n = n - left_n
    fall_age, fall_last = falls[age], falls[last]
    k_stayed, k_left, gone = k * stayed_n, k * left_n, float(left_n.sum())
    gradient = np.array(
        [
            -(stayed_n @ log_age + left_n @ log_last),
            k_stayed @ fall_age + k_left @ fall_last,
            gone / a,
            -(left_n @ share),
        ]
    )
    hessian = np.zeros((4, 4))
    hessian[0, 1] = hessian[1, 0] = stayed_n @ fall_age + left_n @ fall_last
    hessian[1, 1] = -(k_stayed @ bends[age] + k_left @ bends[last])
    hessian[2, 2] = -gone / a**2
    hessian[3, 3] = left_n @ (share * share)
    slopes = np.stack([apart, k * (fall_last - fall_age), np.full(len(n), 1 / a), -share])
    return value, gradient, hessian + (slopes * (stayed_n * left)) @ slopes.T
