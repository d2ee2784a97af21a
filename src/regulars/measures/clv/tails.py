"""The integral that Pareto/NBD needs, with its derivatives, computed so that nothing can overflow.

    C = ∫ s/β (1+τ/α)^−(r+x) (1+τ/β)^−(s+1) dτ   from the last order, or from today, to infinity

The papers write it with Gaussian hypergeometric functions, which overflow for frequent buyers and have no
ready derivatives. Here it is a sum over nodes (double exponential quadrature), and derivatives of its
logarithm are means and covariances over the same nodes.

Source  Takahasi & Mori (1974), Double exponential formulas for numerical integration, Publications of the
        Research Institute for Mathematical Sciences 9(3), 721-741.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from regulars.measures.clv.histories import FloatArray, IntArray

# Distance of nodes for an integrand of one unit of length, and at most; where they begin and end.
FINENESS = 0.2
COARSEST = 0.1
FIRST, LAST = -3.6, 4.2
# Numbers held at once: what fits the processor's cache is several times faster.
BLOCK = 100_000


@dataclass(frozen=True)
class Tails:
    """log C with first and second derivatives in r, α, s, β; the last axis runs over the pairs."""

    log_value: FloatArray
    slope: FloatArray
    curvature: FloatArray


@dataclass(frozen=True)
class Nodes:
    """Some pairs at their nodes: shares of the integral, and log(1+τ/α), log(1+τ/β)."""

    rows: IntArray
    log_value: FloatArray
    shares: FloatArray
    log_a: FloatArray
    log_b: FloatArray


def log_tails(parameters: FloatArray, x: FloatArray, weeks: FloatArray) -> FloatArray:
    """log C of each pair of repeat orders and weeks."""
    result = np.empty(len(x))
    for nodes in _blocks(parameters, x, weeks):
        result[nodes.rows] = nodes.log_value
    return result


def tails(parameters: FloatArray, x: FloatArray, weeks: FloatArray) -> Tails:
    """log C of each pair, with derivatives."""
    result = Tails(np.empty(len(x)), np.empty((4, len(x))), np.empty((4, 4, len(x))))
    for nodes in _blocks(parameters, x, weeks):
        rows = nodes.rows
        result.log_value[rows] = nodes.log_value
        result.slope[:, rows], result.curvature[:, :, rows] = _moments(parameters, x[rows], nodes)
    return result


def _moments(parameters: FloatArray, x: FloatArray, nodes: Nodes) -> tuple[FloatArray, FloatArray]:
    """Derivatives of a log-integral: mean slope; mean curvature plus covariance of slopes."""
    r, alpha, s, beta = (float(value) for value in parameters)
    k = (r + x)[:, None]
    # Minus the derivatives of log(1+τ/α) in α and of log(1+τ/β) in β.
    fall_a, fall_b = -np.expm1(-nodes.log_a) / alpha, -np.expm1(-nodes.log_b) / beta
    slopes = (-nodes.log_a, k * fall_a, -nodes.log_b, (s + 1) * fall_b)
    means = np.array([_mean(nodes.shares, slope) for slope in slopes])
    bend = np.empty((4, 4, len(x)))
    apart = [slope - mean[:, None] for slope, mean in zip(slopes, means, strict=True)]
    for i in range(4):
        weighted = nodes.shares * apart[i]
        for j in range(i, 4):
            bend[i, j] = bend[j, i] = _mean(weighted, apart[j])
    bend[0, 1] += _mean(nodes.shares, fall_a)
    bend[1, 1] += k[:, 0] * _mean(nodes.shares, np.expm1(-2 * nodes.log_a)) / alpha**2
    bend[2, 3] += _mean(nodes.shares, fall_b)
    bend[3, 3] += (s + 1) * _mean(nodes.shares, np.expm1(-2 * nodes.log_b)) / beta**2 + 1 / beta**2
    bend[1, 0], bend[3, 2] = bend[0, 1], bend[2, 3]
    bend[2, 2] -= 1 / s**2
    means[2] += 1 / s
    means[3] -= 1 / beta
    return means, bend


def _mean(shares: FloatArray, values: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("pk,pk->p", shares, values))


def _blocks(parameters: FloatArray, x: FloatArray, weeks: FloatArray) -> Iterator[Nodes]:
    """Pairs of similar length share their nodes; lengths follow from how fast the integrand falls.

    With (m+τ)/(m+t) = e^u, m the smaller of α and β and ε = (m+t)/(M+t), the integrand is
    e^(−Au) (1 + ε(e^u − 1))^−B: it falls at the rate A + εB at first and turns at u = log(1/ε).
    """
    r, alpha, s, beta = (float(value) for value in parameters)
    first, second = (r + x - 1, np.full(len(x), s + 1)) if alpha <= beta else (np.full(len(x), s), r + x)
    share = (min(alpha, beta) + weeks) / (max(alpha, beta) + weeks)
    turn = np.log1p(1 / (share * np.maximum(second, 1.0)))
    rate = first + second * share
    length = np.where(rate * (turn + 1 / (r + s + x)) > 1, 1 / np.maximum(rate, 1e-300), turn + 1 / (r + s + x))
    grades = np.maximum(np.ceil(turn), FINENESS / COARSEST)
    for grade in np.unique(grades).tolist():
        places, weights = _unit_nodes(FINENESS / grade)
        rows = np.flatnonzero(grades == grade)
        for part in np.array_split(rows, max(1, len(rows) * len(places) // BLOCK)):
            yield _at_nodes(parameters, x[part], weeks[part], part, length[part], (places, weights))


def _unit_nodes(step: float) -> tuple[FloatArray, FloatArray]:
    """Nodes and log-weights on (0, ∞) for integrands of length 1 that fall exponentially."""
    v = np.arange(FIRST, LAST + step / 2, step)
    places = np.exp(v - np.exp(-v))
    return places, np.log(step * places * (1 + np.exp(-v)))


def _at_nodes(
    parameters: FloatArray,
    x: FloatArray,
    weeks: FloatArray,
    rows: IntArray,
    length: FloatArray,
    unit: tuple[FloatArray, FloatArray],
) -> Nodes:
    places, log_weights = unit
    r, alpha, s, beta = (float(value) for value in parameters)
    from_smaller = np.log(min(alpha, beta) + weeks)[:, None] + np.outer(length, places)
    with np.errstate(divide="ignore"):
        from_larger = np.logaddexp(np.log(abs(alpha - beta)), from_smaller)
    log_a, log_b = (from_smaller, from_larger) if alpha <= beta else (from_larger, from_smaller)
    log_a, log_b = log_a - np.log(alpha), log_b - np.log(beta)
    logs = log_weights + np.log(length)[:, None] + from_smaller
    logs = logs - (r + x)[:, None] * log_a - (s + 1) * log_b
    highest = logs.max(axis=1, keepdims=True)
    shares = np.exp(logs - highest)
    total = shares.sum(axis=1, keepdims=True)
    return Nodes(rows, (np.log(s / beta) + highest + np.log(total))[:, 0], shares / total, log_a, log_b)
