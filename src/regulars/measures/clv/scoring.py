"""What a fitted model expects of each purchase history: probability of still being a customer, future orders.

All functions take histories (distinct rows) and return one number a row, with a 95% interval by the delta
method where the fit has a covariance. The interval says how well the *expectation* is known, given the model;
what one customer then does varies far more.

Sources  BG/NBD: Fader, Hardie & Lee (2005). Pareto/NBD: Fader & Hardie (2005). The BG/NBD expectation is
         integrated over the chance of leaving with Gauss-Jacobi nodes instead of the paper's hypergeometric
         function, which overflows for buyers of hundreds of orders and divides by zero at a = 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
from scipy.linalg import eigh_tridiagonal
from scipy.special import expit, exprel

from regulars.measures.clv import bgnbd
from regulars.measures.clv.fitting import Z95, Fit, differentiate
from regulars.measures.clv.histories import DAYS_PER_WEEK, FloatArray, Histories, Pairs, distinct_pairs
from regulars.measures.clv.paretonbd import log_difference, pairs_of
from regulars.measures.clv.tails import log_tails

# Nodes over the years ahead when discounting: the curve is smooth, eight digits need no more.
TIME_NODES = 5
DAYS_PER_YEAR = 365.0


@dataclass(frozen=True)
class Estimates:
    """One number a history with its 95% interval; the bounds are NaN where none can be given."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


class Scorer:
    """A fitted model applied to some histories; shared pieces are worked out once."""

    def __init__(self, fitted: Fit, histories: Histories) -> None:
        self._fit = fitted
        self._histories = histories
        self._ages = distinct_pairs(histories.repeat_orders, histories.customer_age_days)
        self._is_bgnbd = fitted.model == bgnbd.MODEL
        # Only Pareto/NBD asks for these.
        self._pairs = None if self._is_bgnbd else pairs_of(histories)

    def p_alive(self) -> Estimates:
        """Probability that the customer has not left yet; always 1 for BG/NBD without a repeat order."""
        return self._with_interval(self._odds, lambda: self._odds_slopes, expit)

    def expected_orders(self, horizon_days: float) -> Estimates:
        """Orders expected in the next ``horizon_days``, leaving included."""
        return self.discounted_orders(horizon_days, 0.0)

    def discounted_orders(self, horizon_days: float, yearly_rate: float) -> Estimates:
        """The same, each order counted at its present value at ``yearly_rate`` (0.1 is 10% a year)."""
        ahead = partial(self._log_if_alive, horizon_days=horizon_days, yearly_rate=yearly_rate)
        middle = self._of_histories(ahead) + _log_share(self._odds)
        return self._with_interval(middle, lambda: self._slopes(ahead) + expit(-self._odds) * self._odds_slopes, np.exp)

    def orders_if_alive(self, horizon_days: float, yearly_rate: float = 0.0) -> Estimates:
        """Discounted orders expected of a customer with this history who is certainly still one."""
        ahead = partial(self._log_if_alive, horizon_days=horizon_days, yearly_rate=yearly_rate)
        return self._with_interval(self._of_histories(ahead), lambda: self._slopes(ahead), np.exp)

    def orders_at_stake(self, horizon_days: float, yearly_rate: float) -> Estimates:
        """Discounted orders expected of a sure customer, times the probability that this one has left."""
        ahead = partial(self._log_if_alive, horizon_days=horizon_days, yearly_rate=yearly_rate)
        middle = self._of_histories(ahead) + _log_share(-self._odds)
        return self._with_interval(middle, lambda: self._slopes(ahead) - expit(self._odds) * self._odds_slopes, np.exp)

    def expected_over(self, horizons_days: FloatArray) -> FloatArray:
        """Orders expected of all these customers together until each of several horizons."""
        weights = expit(self._odds) * self._histories.customers
        of_pair = np.bincount(self._ages.place, weights=weights, minlength=len(self._ages.weeks))
        parameters = self._fit.values
        return np.asarray([of_pair @ self._if_alive(parameters, float(days) / 7) for days in horizons_days])

    def _with_interval(
        self, middle: FloatArray, slopes: Callable[[], FloatArray], back: Callable[[FloatArray], FloatArray]
    ) -> Estimates:
        """Delta method on a scale where a symmetric interval makes sense; ``back`` leads from there to the number.

        ``slopes`` are the derivatives of ``middle`` in the log-parameters, one row a parameter.
        """
        covariance = self._fit.log_covariance
        if covariance is None:
            nothing = np.full(len(middle), np.nan)
            return Estimates(back(middle), nothing, nothing)
        # Infinite log-odds (certainly a customer) do not move with the parameters.
        found = np.where(np.isfinite(middle), slopes(), 0.0)
        variance = (found * (covariance @ found)).sum(axis=0)
        half = Z95 * np.sqrt(np.maximum(variance, 0.0))
        return Estimates(back(middle), back(middle - half), back(middle + half))

    def _of_histories(self, of_pairs: Callable[[FloatArray], FloatArray]) -> FloatArray:
        return np.asarray(of_pairs(self._fit.log_values)[self._ages.place])

    def _slopes(self, of_pairs: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """Slopes of what depends on repeat orders and age alone: worked out once a pair."""
        return np.asarray(differentiate(of_pairs, self._fit.log_values)[:, self._ages.place])

    @cached_property
    def _odds(self) -> FloatArray:
        return self._log_odds(self._fit.log_values)

    @cached_property
    def _odds_slopes(self) -> FloatArray:
        if self._is_bgnbd:
            return _bgnbd_odds_slopes(self._fit.values, self._histories)
        return differentiate(self._log_odds, self._fit.log_values)

    def _log_odds(self, log_parameters: FloatArray) -> FloatArray:
        if self._pairs is None:
            return _bgnbd_log_odds(np.exp(log_parameters), self._histories)
        return _pareto_log_odds(np.exp(log_parameters), self._histories, self._pairs)

    def _if_alive(self, parameters: FloatArray, weeks: float) -> FloatArray:
        """Orders in ``weeks`` of a customer who is one now: depends on repeat orders and age only."""
        ahead = _bgnbd_if_alive if self._is_bgnbd else _pareto_if_alive
        return ahead(parameters, self._ages, weeks)

    def _log_if_alive(self, log_parameters: FloatArray, horizon_days: float, yearly_rate: float) -> FloatArray:
        """By parts: e^(−δH) E(H) + δ ∫ e^(−δτ) E(τ) dτ, which needs expectations only; one number a pair."""
        parameters = np.exp(log_parameters)
        force = np.log1p(yearly_rate) / DAYS_PER_YEAR
        total = np.exp(-force * horizon_days) * self._if_alive(parameters, horizon_days / 7)
        if force > 0:
            nodes, weights = np.polynomial.legendre.leggauss(TIME_NODES)
            for node, weight in zip(horizon_days * (nodes + 1) / 2, weights * horizon_days / 2, strict=True):
                share = force * weight * np.exp(-force * node)
                total = total + share * self._if_alive(parameters, float(node) / 7)
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(total))


def _log_share(log_odds: FloatArray) -> FloatArray:
    """log of the probability behind log-odds, exact at both ends."""
    return np.asarray(np.minimum(log_odds, 0.0) - np.log(1.0 + np.exp(-np.abs(log_odds))))


def _bgnbd_log_odds(parameters: FloatArray, histories: Histories) -> FloatArray:
    r, alpha, a, b = parameters
    x = histories.repeat_orders
    # Logarithms once a day and once a number of orders, not once a history.
    growth = np.log1p(np.arange(histories.longest_days + 1) / (DAYS_PER_WEEK * alpha))
    orders = np.arange(int(x.max(initial=0)) + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(orders > 0, np.log((b + orders - 1) / a), np.inf)
    silence = growth[histories.age_at_last_order_days] - growth[histories.customer_age_days]
    return np.asarray(ratio[x] + (r + x) * silence)


def _bgnbd_odds_slopes(parameters: FloatArray, histories: Histories) -> FloatArray:
    """Derivatives of the log-odds in the log-parameters; 0 where the odds are infinite."""
    r, alpha, _a, b = parameters
    x, last, age = histories.repeat_orders, histories.age_at_last_order_days, histories.customer_age_days
    weeks = np.arange(histories.longest_days + 1) / DAYS_PER_WEEK
    growth, fall = np.log1p(weeks / alpha), weeks / (alpha + weeks)
    orders = np.arange(int(x.max(initial=0)) + 1)
    again = np.where(orders > 0, 1.0, 0.0)
    in_b = again * b / (b + np.maximum(orders, 1) - 1)
    slopes = [r * (growth[last] - growth[age]), (r + x) * (fall[age] - fall[last]), -again[x], in_b[x]]
    return np.stack(slopes) * again[x]


def _pareto_log_odds(parameters: FloatArray, histories: Histories, pairs: Pairs) -> FloatArray:
    r, alpha, s, beta = parameters
    ends = log_tails(parameters, pairs.repeat_orders, pairs.weeks)
    last, age = np.split(pairs.place, 2)
    k, weeks = r + histories.repeat_orders, histories.age_weeks
    stayed = -k * np.log1p(weeks / alpha) - s * np.log1p(weeks / beta)
    return np.asarray(stayed - log_difference(ends[last], ends[age]))


def _pareto_if_alive(parameters: FloatArray, ages: Pairs, weeks: float) -> FloatArray:
    r, alpha, s, beta = parameters
    longer = np.log1p(weeks / (beta + ages.weeks))
    rate = (r + ages.repeat_orders) / (alpha + ages.weeks)
    # exprel(y) = (e^y − 1)/y keeps s = 1 from dividing by zero.
    return np.asarray(rate * (beta + ages.weeks) * longer * exprel(-(s - 1) * longer))


def _bgnbd_if_alive(parameters: FloatArray, ages: Pairs, weeks: float) -> FloatArray:
    """Mean over p ~ Beta(a, b+x) of (1 − ((α+T)/(α+T+pt))^(r+x)) / p."""
    r, alpha, a, b = parameters
    # Pairs come sorted by repeat orders, so equal ones lie together.
    begins = np.flatnonzero(np.diff(ages.repeat_orders, prepend=-1.0))
    result = np.empty(len(ages.weeks))
    for begin, end in zip(begins, [*begins[1:], len(result)], strict=True):
        rows, x = slice(begin, end), ages.repeat_orders[begin]
        reach = weeks / (alpha + ages.weeks[rows])
        nodes, weights = _beta_nodes(a, b + x, _how_many(float(reach.max())))
        bought = -np.expm1(-(r + x) * np.log1p(np.outer(reach, nodes)))
        result[rows] = bought @ (weights / nodes)
    return result


def _how_many(reach: float) -> int:
    """Nodes for twelve digits: the integrand's nearest singularity is at p = −1/reach."""
    ahead = 1 + 2 / reach if reach > 0 else np.inf
    speed = np.log(ahead + np.sqrt(ahead**2 - 1)) if np.isfinite(ahead) else np.inf
    return int(np.clip(np.ceil(28 / (2 * speed)) + 3, 8, 400))


@lru_cache(maxsize=4096)
def _beta_nodes(a: float, b: float, how_many: int) -> tuple[FloatArray, FloatArray]:
    """Nodes and weights that average a function over Beta(a, b) (Golub & Welsch 1969).

    Weights come from eigenvectors and always sum to 1, so no gamma function can overflow.
    """
    k = np.arange(how_many, dtype=np.float64)
    first, second = b - 1, a - 1  # Jacobi's exponents at p = 1 and p = 0
    total = 2 * k + first + second
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (second**2 - first**2) / (total * (total + 2))
    middle[0] = (second - first) / (first + second + 2)
    j, t = k[1:], total[1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        side = 4 * j * (j + first) * (j + second) * (j + first + second) / (t**2 * (t + 1) * (t - 1))
    if how_many > 1:
        # At j = 1 a factor cancels; written out, it stays defined where a + b = 1.
        side[0] = 4 * (1 + first) * (1 + second) / ((2 + first + second) ** 2 * (3 + first + second))
    nodes, vectors = eigh_tridiagonal(middle, np.sqrt(side), check_finite=False)
    return (nodes + 1) / 2, vectors[0] ** 2
