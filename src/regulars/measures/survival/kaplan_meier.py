"""Kaplan and Meier's estimate, what it comes down to, and the comparison of groups: arrays in, arrays out.

Source  Kaplan & Meier (1958), Journal of the American Statistical Association 53(282), 457-481; Kalbfleisch &
        Prentice (2002), The Statistical Analysis of Failure Time Data, 2nd ed., section 1.4
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.measures.estimates import Floats
from regulars.measures.intervals import Z

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Curve:
    """A survival curve: one element a time at which anyone left, came or was last seen; 0 first.

    at_risk    watched up to the time and not gone before
    variance   Greenwood's sum: the variance of survival over its square
    low, high  95% interval on the log(-log) scale; NaN where nobody or everybody has left
    """

    times: Floats
    at_risk: Ints
    left: Ints
    censored: Ints
    survival: Floats
    variance: Floats
    low: Floats
    high: Floats

    def at(self, time: float) -> int:
        """The place of the last time that is not after ``time``."""
        return int(np.searchsorted(self.times, time, side="right")) - 1


def kaplan_meier(times: Floats, left: Bools, entry: Floats | None = None) -> Curve:
    """The curve of customers who were watched for ``times`` and ``left`` then, or were last seen as customers.

    entry  since when each was watched, where not from 0 on (late entry)
    """
    moments = np.unique(np.concatenate([[0.0], times]))
    end = np.searchsorted(moments, times)
    gone = np.bincount(end[left], minlength=len(moments))
    seen = np.bincount(end[~left], minlength=len(moments))
    # Whoever is last seen at a time was still at risk in it.
    at_risk = len(times) - np.concatenate([[0], np.cumsum(gone + seen)[:-1]])
    if entry is not None:
        late = np.searchsorted(moments, entry, side="right")  # at risk from the first moment after entry
        at_risk -= len(times) - np.cumsum(np.bincount(late, minlength=len(moments) + 1))[: len(moments)]
    with np.errstate(divide="ignore", invalid="ignore"):
        stays = np.where(gone > 0, 1 - gone / at_risk, 1.0)
        spread = np.where(gone > 0, gone / (at_risk * (at_risk - gone).astype(np.float64)), 0.0)
    survival = np.asarray(np.cumprod(stays), dtype=np.float64)
    variance = np.asarray(np.cumsum(spread), dtype=np.float64)
    return Curve(moments, at_risk, gone, seen, survival, variance, *_interval(survival, variance))


def _interval(survival: Floats, variance: Floats) -> tuple[Floats, Floats]:
    between = (survival > 0) & (survival < 1)
    low, high = np.full(len(survival), np.nan), np.full(len(survival), np.nan)
    logarithm = np.log(survival[between])
    width = Z * np.sqrt(variance[between]) / np.abs(logarithm)
    low[between] = np.exp(logarithm * np.exp(width))
    high[between] = np.exp(logarithm * np.exp(-width))
    return low, high


def median_time(curve: Curve) -> tuple[float, float, float]:
    """The first time at which at most half are left, and the ends of its interval; NaN where never reached.

    Source  Brookmeyer & Crowley (1982), Biometrics 38(1), 29-41, on the log(-log) scale
    """
    known = ~np.isnan(curve.low)
    return (
        _first(curve.times, curve.survival <= 0.5),
        _first(curve.times, (known & (curve.low <= 0.5)) | (curve.survival == 0)),
        _first(curve.times, known & (curve.high <= 0.5)),
    )


def _first(times: Floats, reached: Bools) -> float:
    return float(times[np.argmax(reached)]) if reached.any() else float("nan")


def mean_within(curve: Curve, until: float) -> tuple[float, float]:
    """The area under the curve up to ``until``, and its standard error.

    Source  Klein & Moeschberger (2003), Survival Analysis, 2nd ed., section 4.5
    """
    inside = curve.times < until
    widths = np.diff(np.append(curve.times[inside], until))
    areas = widths * curve.survival[inside]
    after = np.cumsum(areas[::-1])[::-1]
    left, at_risk = curve.left[inside], curve.at_risk[inside]
    counted = (left > 0) & (at_risk > left)
    terms = after[counted] ** 2 * left[counted] / (at_risk[counted] * (at_risk[counted] - left[counted]))
    return float(areas.sum()), float(np.sqrt(terms.sum()))


@dataclass(frozen=True)
class LogRank:
    """Whether groups leave alike: the statistic, its degrees of freedom and p, and who would have left if they did."""

    chi_square: float
    degrees: int
    p_value: float
    expected: Floats


def log_rank(curves: Sequence[Curve]) -> LogRank:
    """Mantel's test of two or more groups.

    Source  Mantel (1966), Cancer Chemotherapy Reports 50(3), 163-170
    """
    moments = np.unique(np.concatenate([curve.times[curve.left > 0] for curve in curves]))
    left = np.array([_left_at(curve, moments) for curve in curves], dtype=np.float64)
    at_risk = np.array([_at_risk_at(curve, moments) for curve in curves], dtype=np.float64)
    all_left, everybody = left.sum(axis=0), at_risk.sum(axis=0)
    share = at_risk / everybody
    expected = (share * all_left).sum(axis=1)
    several = everybody > 1
    weight = np.zeros(len(moments))
    weight[several] = all_left[several] * (everybody[several] - all_left[several]) / (everybody[several] - 1)
    covariance = np.diag((share * weight).sum(axis=1)) - (share * weight) @ share.T
    apart = left.sum(axis=1) - expected
    degrees = int(np.linalg.matrix_rank(covariance)) if len(moments) else 0
    chi_square = float(apart @ np.linalg.pinv(covariance) @ apart) if degrees else float("nan")
    p_value = float(stats.chi2.sf(chi_square, degrees)) if degrees else float("nan")
    return LogRank(chi_square, degrees, p_value, expected)


def _left_at(curve: Curve, moments: Floats) -> Ints:
    found = np.zeros(len(moments), dtype=np.int64)
    gone = curve.left > 0
    found[np.searchsorted(moments, curve.times[gone])] = curve.left[gone]
    return found


def _at_risk_at(curve: Curve, moments: Floats) -> Ints:
    """At risk at a moment: as at the first of the curve's own times that is not before it."""
    place = np.searchsorted(curve.times, moments)
    return np.append(curve.at_risk, 0)[place]
