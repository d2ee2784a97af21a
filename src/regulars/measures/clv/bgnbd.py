"""BG/NBD: customers buy at random at their own rate and may leave after any purchase.

Source  Fader, Hardie & Lee (2005), "Counting your customers" the easy way, Marketing Science 24(2), 275-284.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from regulars.measures.clv.fitting import Fit, Slope, fit
from regulars.measures.clv.histories import FloatArray, Histories
from regulars.measures.clv.terms import log_growth, log_rising

MODEL = "BG/NBD"
PARAMETERS = ("r", "alpha", "a", "b")


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

    Terms that depend on repeat orders alone are computed once per number; logarithms of times once per day;
    only the mixture of "still a customer" and "left after the last order" is computed per history.
    """

    def __init__(self, histories: Histories) -> None:
        n = histories.customers.astype(np.float64)
        self._x, place = np.unique(histories.repeat_orders, return_inverse=True)
        self._n_of_x = np.bincount(place, weights=n)
        self._days, day = np.unique(
            np.concatenate([histories.age_at_last_order_days, histories.customer_age_days]), return_inverse=True
        )
        last, age = np.split(day, 2)
        again = histories.repeat_orders > 0
        # Who never came back has no mixture, only a time: those are counted by day.
        self._n_single = np.bincount(age[~again], weights=n[~again], minlength=len(self._days))
        self._n, self._last, self._age = n[again], last[again], age[again]
        self._x_again = histories.repeat_orders[again].astype(np.float64)

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
        logs, falls, bends = (float(self._n_single @ part) for part in log_growth(self._days / 7.0, alpha))
        gradient = np.array([-logs, r * falls, 0.0, 0.0])
        hessian = np.zeros((4, 4))
        hessian[0, 1] = hessian[1, 0] = falls
        hessian[1, 1] = -r * bends
        return -r * logs, gradient, hessian

    def _mixture_part(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """log of (1+T/α)^−(r+x) + a/(b+x−1) · (1+t_x/α)^−(r+x), without leaving logarithms."""
        r, alpha, a, b = (float(value) for value in parameters)
        n, k, c = self._n, r + self._x_again, b + self._x_again - 1
        growth = log_growth(self._days / 7.0, alpha)
        log_age, fall_age, bend_age = (part[self._age] for part in growth)
        log_last, fall_last, bend_last = (part[self._last] for part in growth)
        # gap > 0: leaving after the last order explains the history better than silence does.
        gap = np.log(a / c) + k * (log_age - log_last)
        left = expit(gap)
        value = float(n @ (np.logaddexp(0.0, gap) - k * log_age))
        stayed_n, left_n = n * (1 - left), n * left
        gradient = np.array(
            [
                -(stayed_n @ log_age + left_n @ log_last),
                stayed_n @ (k * fall_age) + left_n @ (k * fall_last),
                left_n.sum() / a,
                -(left_n @ (1 / c)),
            ]
        )
        hessian = np.zeros((4, 4))
        hessian[0, 1] = hessian[1, 0] = stayed_n @ fall_age + left_n @ fall_last
        hessian[1, 1] = -(stayed_n @ (k * bend_age) + left_n @ (k * bend_last))
        hessian[2, 2] = -left_n.sum() / a**2
        hessian[3, 3] = left_n @ (1 / c**2)
        slopes = np.stack([log_age - log_last, k * (fall_last - fall_age), np.full(len(c), 1 / a), -1 / c])
        return value, gradient, hessian + (slopes * (stayed_n * left)) @ slopes.T
