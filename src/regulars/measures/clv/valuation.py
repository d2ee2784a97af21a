"""Customers' future orders, spend and value under fitted models: arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.measures.clv.fitting import Z95, Fit, differentiate
from regulars.measures.clv.gamma_gamma import spend_at
from regulars.measures.clv.histories import FloatArray, Histories, IntArray
from regulars.measures.clv.models import Fitted
from regulars.measures.clv.money import Terms
from regulars.measures.clv.scoring import Estimates, Scorer


@dataclass(frozen=True)
class Valuation:
    """One estimate a customer of everything lifetime value consists of."""

    expected_orders: Estimates
    p_alive: Estimates
    value: Estimates


def value_customers(chosen: Fit, histories: Histories, place: IntArray, spends: Estimates, terms: Terms) -> Valuation:
    """Orders are scored once a distinct history; ``place`` says which history each customer has."""
    scorer = Scorer(chosen, histories)
    discounted = at(scorer.discounted_orders(terms.horizon_days, terms.discount_rate), place)
    return Valuation(
        expected_orders=at(scorer.expected_orders(terms.horizon_days), place),
        p_alive=at(scorer.p_alive(), place),
        value=scaled(product(discounted, spends), terms.margin_share),
    )


def net_spend(spend: Fitted, repeats: IntArray, means: FloatArray, terms: Terms) -> Estimates:
    """Expected spend on one order of each customer, less what is given back on average."""
    if spend.fit is None:
        return nothing(len(repeats))
    fitted = spend.fit
    value = spend_at(fitted.log_values, repeats, means)
    if fitted.log_covariance is None:
        unknown = np.full(len(value), np.nan)
        return scaled(Estimates(value, unknown, unknown), terms.kept_share)
    slopes = differentiate(lambda place: np.log(spend_at(place, repeats, means)), fitted.log_values)
    variance = np.einsum("ij,ik,kj->j", slopes, fitted.log_covariance, slopes, optimize=True)
    factor = np.exp(Z95 * np.sqrt(np.maximum(variance, 0.0)))
    return scaled(Estimates(value, value / factor, value * factor), terms.kept_share)


def product(one: Estimates, other: Estimates) -> Estimates:
    """Two independent positive estimates multiplied: squared widths add on the logarithm."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.hypot(np.log(one.high / one.value), np.log(other.high / other.value))
    value = one.value * other.value
    # A value of zero, as of customers who cannot have left, is zero for certain.
    spread = np.where(value == 0, 0.0, spread)
    return Estimates(value, value * np.exp(-spread), value * np.exp(spread))


def scaled(estimates: Estimates, share: float) -> Estimates:
    """Estimates times a known number; a negative one turns the interval round."""
    ends = estimates.low * share, estimates.high * share
    return Estimates(estimates.value * share, np.minimum(*ends), np.maximum(*ends))


def at(estimates: Estimates, place: IntArray) -> Estimates:
    """Each customer's estimate, out of one a distinct history."""
    return Estimates(estimates.value[place], estimates.low[place], estimates.high[place])


def nothing(length: int) -> Estimates:
    """No estimate for anyone."""
    unknown = np.full(length, np.nan)
    return Estimates(unknown, unknown, unknown)
