"""Pareto/NBD: customers buy at random at their own rate and may leave at any moment.

Source  Schmittlein, Morrison & Colombo (1987), Counting your customers, Management Science 33(1), 1-24;
        likelihood: Fader & Hardie (2005), A note on deriving the Pareto/NBD model.

The mixture over the unknown moment of leaving is an integral from the last order to the end of observation,

    ∫ s/β (1+τ/α)^−(r+x) (1+τ/β)^−(s+1) dτ,

taken here as the difference of two tails, each of which depends on repeat orders and one time only.
"""

from __future__ import annotations

import numpy as np

from regulars.measures.clv.fitting import Fit, Slope, fit
from regulars.measures.clv.histories import FloatArray, Histories, Pairs, distinct_pairs
from regulars.measures.clv.tails import tails
from regulars.measures.clv.terms import log_growth, log_rising

MODEL = "Pareto/NBD"
PARAMETERS = ("r", "alpha", "s", "beta")

# More customers than this are first climbed with every k-th of them: the last steps are then few.
FIRST_CLIMB = 20_000


def fit_paretonbd(histories: Histories) -> Fit:
    """Estimates of r, alpha (weeks), s and beta (weeks) by maximum likelihood.

    Raises  FitError where the climb does not converge
    """
    starts = [np.log(start) for start in _starts(histories)]
    every = histories.total_customers // FIRST_CLIMB
    if every > 1:
        few = thin(histories, every)
        near = fit(MODEL, PARAMETERS, ParetoNbdLikelihood(few), starts, few.total_customers)
        starts = [near.log_values, *starts]
    return fit(MODEL, PARAMETERS, ParetoNbdLikelihood(histories), starts, histories.total_customers)


def thin(histories: Histories, every: int) -> Histories:
    """Every k-th customer, in the order of the histories: no random numbers, the same sample every time."""
    kept = np.diff(np.cumsum(histories.customers) // every, prepend=0)
    rows = kept > 0
    return Histories(
        repeat_orders=histories.repeat_orders[rows],
        age_at_last_order_days=histories.age_at_last_order_days[rows],
        customer_age_days=histories.customer_age_days[rows],
        customers=kept[rows],
    )


def _starts(histories: Histories) -> list[tuple[float, float, float, float]]:
    orders = float(histories.customers @ histories.repeat_orders)
    weeks = float(histories.customers @ histories.age_weeks)
    rate = max(orders, 0.5) / max(weeks, 1.0)
    typical = weeks / histories.total_customers
    return [
        (0.6, 0.5 / rate, 0.6, 0.4 * typical),
        (1.0, 0.8 / rate, 0.3, typical),
        (0.3, 0.3 / rate, 1.5, typical),
        (2.0, 2.0 / rate, 0.1, 2 * typical),
    ]


class ParetoNbdLikelihood:
    """The log-likelihood of some histories, with both derivatives, as a function of the log-parameters.

    The integral is computed once a pair of repeat orders and time, not once a history.
    """

    def __init__(self, histories: Histories) -> None:
        self._n = histories.customers.astype(np.float64)
        self._x, place = np.unique(histories.repeat_orders, return_inverse=True)
        self._n_of_x = np.bincount(place, weights=self._n)
        self._k = histories.repeat_orders.astype(np.float64)
        self._days, self._age = np.unique(histories.customer_age_days, return_inverse=True)
        self._pairs = pairs_of(histories)

    def __call__(self, log_parameters: FloatArray) -> Slope:
        """Value, gradient and Hessian in log-parameters."""
        parameters = np.exp(log_parameters)
        counts, mixture = self._counts_part(parameters), self._mixture_part(parameters)
        value, gradient, hessian = counts[0] + mixture[0], counts[1] + mixture[1], counts[2] + mixture[2]
        scaled = hessian * np.outer(parameters, parameters) + np.diag(parameters * gradient)
        return Slope(value, parameters * gradient, scaled)

    def _counts_part(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """log of Γ(r+x)/Γ(r) · α^−x: depends on the number of repeat orders alone."""
        r, alpha = float(parameters[0]), float(parameters[1])
        rising = [self._n_of_x @ rise for rise in log_rising(r, self._x)]
        orders = float(self._n_of_x @ self._x)
        gradient = np.array([rising[1], -orders / alpha, 0.0, 0.0])
        hessian = np.diag([rising[2], orders / alpha**2, 0.0, 0.0])
        return float(rising[0]) - orders * np.log(alpha), gradient, hessian

    def _mixture_part(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """log of "still a customer" plus "left somewhere between the last order and now".

        The second is a difference of two tails. Its derivatives are written as weights of the three terms
        (``stayed``, plus one tail, minus the other), so that nothing is divided by a difference near zero.
        """
        n, pairs = self._n, self._pairs
        ends = tails(parameters, pairs.repeat_orders, pairs.weeks)
        last, age = np.split(pairs.place, 2)
        stayed, slope, bend = self._stayed(parameters)
        mixture = np.logaddexp(stayed, log_difference(ends.log_value[last], ends.log_value[age]))
        stays = np.exp(stayed - mixture)
        from_last, from_age = (np.exp(ends.log_value[end] - mixture) for end in (last, age))
        slopes = stays * slope + from_last * ends.slope[:, last] - from_age * ends.slope[:, age]
        size = len(pairs.weeks)
        weight = np.bincount(last, weights=n * from_last, minlength=size)
        weight -= np.bincount(age, weights=n * from_age, minlength=size)
        hessian = np.einsum("ijp,p->ij", bend, n * stays) + (slope * (n * stays)) @ slope.T
        hessian += np.einsum("ijp,p->ij", ends.curvature, weight) + (ends.slope * weight) @ ends.slope.T
        return float(n @ mixture), slopes @ n, hessian - (slopes * n) @ slopes.T

    def _stayed(self, parameters: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """log of (1+T/α)^−(r+x) (1+T/β)^−s with its derivatives, a history each."""
        r, alpha, s, beta = (float(value) for value in parameters)
        k, weeks = r + self._k, self._days / 7.0
        log_a, fall_a, bend_a = (part[self._age] for part in log_growth(weeks, alpha))
        log_b, fall_b, bend_b = (part[self._age] for part in log_growth(weeks, beta))
        slope = np.stack([-log_a, k * fall_a, -log_b, s * fall_b])
        bend = np.zeros((4, 4, len(k)))
        bend[0, 1] = bend[1, 0] = fall_a
        bend[1, 1] = -k * bend_a
        bend[2, 3] = bend[3, 2] = fall_b
        bend[3, 3] = -s * bend_b
        return -k * log_a - s * log_b, slope, bend


def pairs_of(histories: Histories) -> Pairs:
    """Pairs for the last order of every history, then for its end of observation."""
    return distinct_pairs(
        np.tile(histories.repeat_orders, 2),
        np.concatenate([histories.age_at_last_order_days, histories.customer_age_days]),
    )


def log_difference(larger: FloatArray, smaller: FloatArray) -> FloatArray:
    """log(exp(larger) − exp(smaller)); minus infinity where they are equal."""
    with np.errstate(divide="ignore"):
        return np.asarray(larger + np.log(-np.expm1(np.minimum(smaller - larger, 0.0))))
