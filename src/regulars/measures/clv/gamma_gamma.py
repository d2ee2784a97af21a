"""Gamma-Gamma: what one order of a customer is worth, given how few orders we have seen of most of them.

Source  Fader & Hardie (2013), The Gamma-Gamma model of monetary value; Fader, Hardie & Lee (2005), RFM and CLV,
        Journal of Marketing Research 42(4), 415-430.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln, polygamma

from regulars.measures.clv.fitting import Fit, Slope, fit
from regulars.measures.clv.histories import FloatArray

MODEL = "Gamma-Gamma"
PARAMETERS = ("p", "q", "gamma")


def usable(repeat_orders: npt.ArrayLike, mean_spend: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Customers whose spend the model can learn from: a repeat order, and money paid on average."""
    x, spend = np.asarray(repeat_orders), np.asarray(mean_spend, dtype=np.float64)
    return np.asarray((x > 0) & np.isfinite(spend) & (spend > 0))


def fit_gamma_gamma(repeat_orders: npt.ArrayLike, mean_spend: npt.ArrayLike) -> Fit:
    """Estimates of p, q and gamma by maximum likelihood.

    repeat_orders, mean_spend  one entry a customer: number of repeat orders, mean spend over exactly those.
                               Customers without a repeat order or with nothing paid are left out
    Raises                     FitError where the climb does not converge
    """
    keep = usable(repeat_orders, mean_spend)
    x = np.asarray(repeat_orders, dtype=np.int64)[keep]
    spend = np.asarray(mean_spend, dtype=np.float64)[keep]
    # Sorted, the sums come out the same to the last digit, in whatever order an engine gives customers.
    order = np.lexsort((spend, x))
    x, spend = x[order], spend[order]
    # In units of the typical spend the starts suit every currency.
    typical = float(np.exp(np.mean(np.log(spend)))) if len(spend) else 1.0
    likelihood = GammaGammaLikelihood(x, spend)
    starts = [np.log([p, q, gamma * typical]) for p, q, gamma in ((6.0, 4.0, 0.5), (1.0, 2.0, 1.0), (15.0, 15.0, 1.0))]
    return fit(MODEL, PARAMETERS, likelihood, starts, int(keep.sum()))


def expected_spend(fitted: Fit, repeat_orders: npt.ArrayLike, mean_spend: npt.ArrayLike) -> FloatArray:
    """Expected spend on one order of each customer: own mean and everybody's mean, weighted by evidence.

    Customers whose own mean cannot be used get everybody's. NaN where q ≤ 1: the model has no mean then.
    """
    return spend_at(fitted.log_values, repeat_orders, mean_spend)


def spend_at(log_parameters: FloatArray, repeat_orders: npt.ArrayLike, mean_spend: npt.ArrayLike) -> FloatArray:
    """Expected spend on one order at any parameters; for fits and for their uncertainty."""
    p, q, gamma = np.exp(log_parameters)
    keep = usable(repeat_orders, mean_spend)
    x = np.where(keep, np.asarray(repeat_orders, dtype=np.float64), 0.0)
    spend = np.where(keep, np.asarray(mean_spend, dtype=np.float64), 0.0)
    if q <= 1:
        return np.full(len(x), np.nan)
    return np.asarray(p * (gamma + x * spend) / (p * x + q - 1))


class GammaGammaLikelihood:
    """The log-likelihood of customers' mean spends, with both derivatives, in log-parameters."""

    def __init__(self, repeat_orders: npt.NDArray[np.int64], mean_spend: FloatArray) -> None:
        self._counts, self._place = np.unique(repeat_orders, return_inverse=True)
        self._n = np.bincount(self._place).astype(np.float64)
        self._x = repeat_orders.astype(np.float64)
        self._spend = mean_spend
        self._log_spend = np.bincount(self._place, weights=np.log(mean_spend))

    def __call__(self, log_parameters: FloatArray) -> Slope:
        """Value, gradient and Hessian in log-parameters."""
        parameters = np.exp(log_parameters)
        p, q, gamma = (float(value) for value in parameters)
        x, n = self._counts.astype(np.float64), self._n
        total = float(n.sum())
        evidence = p * x + q
        paid = gamma + self._spend * self._x
        log_paid = np.bincount(self._place, weights=np.log(paid), minlength=len(x))
        inverse = np.bincount(self._place, weights=1 / paid, minlength=len(x))
        squares = np.bincount(self._place, weights=1 / paid**2, minlength=len(x))
        terms = gammaln(evidence) - gammaln(p * x) - gammaln(q) + q * np.log(gamma) + p * x * np.log(x)
        value = float(n @ terms + (p * x - 1) @ self._log_spend - evidence @ log_paid)
        gradient = np.array(
            [
                x @ (n * (digamma(evidence) - digamma(p * x) + np.log(x)) + self._log_spend - log_paid),
                n @ (digamma(evidence) - digamma(q)) + total * np.log(gamma) - log_paid.sum(),
                total * q / gamma - evidence @ inverse,
            ]
        )
        bend = polygamma(1, evidence)
        hessian = np.zeros((3, 3))
        hessian[0, 0] = (n * x**2) @ (bend - polygamma(1, p * x))
        hessian[0, 1] = hessian[1, 0] = (n * x) @ bend
        hessian[0, 2] = hessian[2, 0] = -(x @ inverse)
        hessian[1, 1] = n @ bend - total * float(polygamma(1, q))
        hessian[1, 2] = hessian[2, 1] = total / gamma - inverse.sum()
        hessian[2, 2] = -total * q / gamma**2 + evidence @ squares
        scaled = hessian * np.outer(parameters, parameters) + np.diag(parameters * gradient)
        return Slope(value, parameters * gradient, scaled)
