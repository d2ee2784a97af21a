"""Maximum likelihood in log-parameters: a damped Newton method, and what may be said of its result.

Every parameter of these models is positive, so its logarithm is what moves. That makes the result independent
of the time unit, keeps parameters positive without bounds, and turns "runs to infinity" into a flat direction
that the curvature shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from regulars.errors import MeasureError
from regulars.measures.clv.histories import FloatArray

Z95 = 1.959963984540054

# Log-likelihood still to be gained when we stop; 1e-13 of the total is what rounding leaves over.
GAIN_LEFT = 1e-9
ROUNDING = 1e-13
# Log-likelihood that changes no conclusion, where rounding keeps us from finding the rest.
GAIN_IGNORED = 1e-4
MOST_STEPS = 200
# A step multiplies no parameter by more than e^2.
LONGEST_STEP = 2.0
# A parameter whose logarithm has a larger standard error is not determined even to its order of magnitude.
WIDEST_LOG_ERROR = 3.0
# |log parameter| beyond this means that the parameter has run away.
FARTHEST_LOG = 20.0


class FitError(MeasureError):
    """A model could not be fitted; the sentence says why and what would help."""

    code = "fit"


@dataclass(frozen=True)
class Slope:
    """Log-likelihood with first and second derivatives in log-parameters."""

    value: float
    gradient: FloatArray
    hessian: FloatArray


Likelihood = Callable[[FloatArray], Slope]


@dataclass(frozen=True)
class Fit:
    """A fitted model.

    names           parameters, in the order of ``values``
    values          estimates in their own units; times in weeks, money in the workspace currency
    log_likelihood  at the estimates
    customers       how many customers were counted
    log_covariance  of the parameters' logarithms; None where the data do not determine them, with the reason
    """

    model: str
    names: tuple[str, ...]
    values: FloatArray
    log_likelihood: float
    customers: int
    steps: int
    log_covariance: FloatArray | None
    reason: str | None

    @property
    def log_values(self) -> FloatArray:
        """Logarithms of the estimates: what ``log_covariance`` belongs to."""
        return np.log(self.values)

    @property
    def standard_errors(self) -> FloatArray | None:
        """Standard errors in the parameters' own units, from the Hessian at the maximum."""
        if self.log_covariance is None:
            return None
        return np.asarray(self.values * np.sqrt(np.diag(self.log_covariance)))

    @property
    def bounds(self) -> tuple[FloatArray, FloatArray] | None:
        """95% interval of each parameter, computed on the logarithm, so always positive."""
        if self.log_covariance is None:
            return None
        factor = np.exp(Z95 * np.sqrt(np.diag(self.log_covariance)))
        return self.values / factor, self.values * factor

    @property
    def bic(self) -> float:
        """Bayesian information criterion; smaller is better."""
        return float(len(self.names) * np.log(self.customers) - 2 * self.log_likelihood)


@dataclass(frozen=True)
class Climb:
    """Where a climb ended."""

    place: FloatArray
    slope: Slope
    steps: int
    converged: bool


def climb(likelihood: Likelihood, start: FloatArray) -> Climb:
    """Newton's method made safe: curvature forced to a hill, steps limited, halved until they gain."""
    place, slope = start, likelihood(start)
    for step in range(MOST_STEPS):
        direction, gain = _newton_step(slope)
        if gain < max(GAIN_LEFT, ROUNDING * abs(slope.value)):
            return Climb(*_polished(likelihood, place, slope, direction, gain), step, converged=True)
        further = _search(likelihood, place, slope, direction)
        if further is None:
            # Rounding hides what is left; that is the top only if little was promised.
            return Climb(place, slope, step, converged=gain < GAIN_IGNORED)
        place, slope = further
        if np.abs(place).max() > FARTHEST_LOG:
            # Nothing is left to gain out there but rounding; the flat curvature tells the rest.
            return Climb(place, slope, step, converged=True)
    return Climb(place, slope, MOST_STEPS, converged=False)


def _newton_step(slope: Slope) -> tuple[FloatArray, float]:
    """Direction upwards and the gain that the quadratic model promises for it."""
    bend, axes = np.linalg.eigh(-slope.hessian)
    steep = np.maximum(np.abs(bend), 1e-10 * max(1.0, float(np.abs(bend).max())))
    along = axes.T @ slope.gradient
    direction = axes @ (along / steep)
    gain = 0.5 * float(along @ (along / steep))
    longest = float(np.abs(direction).max())
    return direction * min(1.0, LONGEST_STEP / longest) if longest > 0 else direction, gain


def _polished(
    likelihood: Likelihood, place: FloatArray, slope: Slope, direction: FloatArray, gain: float
) -> tuple[FloatArray, Slope]:
    """One more step doubles the digits of the estimates; kept only if it leaves less to gain."""
    there = place + direction
    ahead = likelihood(there)
    closer = np.isfinite(ahead.value) and _newton_step(ahead)[1] < gain
    return (there, ahead) if closer else (place, slope)


def _search(
    likelihood: Likelihood, place: FloatArray, slope: Slope, direction: FloatArray
) -> tuple[FloatArray, Slope] | None:
    promised = float(slope.gradient @ direction)
    share = 1.0
    for _ in range(40):
        there = place + share * direction
        ahead = likelihood(there)
        if np.isfinite(ahead.value) and ahead.value >= slope.value + 1e-4 * share * promised:
            return there, ahead
        share /= 2
    return None


def fit(
    model: str,
    names: tuple[str, ...],
    likelihood: Likelihood,
    starts: Sequence[FloatArray],
    customers: int,
) -> Fit:
    """Climb from one start after another until a climb converges.

    Raises  FitError where none does: the estimates would be arbitrary
    """
    for start in starts:
        top = climb(likelihood, start)
        if top.converged:
            covariance, reason = _covariance(top, names)
            return Fit(
                model=model,
                names=names,
                values=np.exp(top.place),
                log_likelihood=top.slope.value,
                customers=customers,
                steps=top.steps,
                log_covariance=covariance,
                reason=reason,
            )
    raise FitError(
        f"The {model} model did not settle on one answer after {MOST_STEPS} steps from {len(starts)} starting "
        f"points, so no numbers are given. A longer history or more repeat customers usually helps."
    )


def _covariance(top: Climb, names: tuple[str, ...]) -> tuple[FloatArray | None, str | None]:
    bend, axes = np.linalg.eigh(-top.slope.hessian)
    least = 1 / WIDEST_LOG_ERROR**2
    if bend[0] < least or np.abs(top.place).max() > FARTHEST_LOG:
        loose = [name for name, share in zip(names, np.abs(axes[:, 0]), strict=True) if share > 0.3]
        return None, (
            f"the data do not determine {' and '.join(loose)} (the estimate runs towards zero or infinity), so "
            "no standard errors can be given"
        )
    return axes @ np.diag(1 / bend) @ axes.T, None


def differentiate(function: Callable[[FloatArray], FloatArray], place: FloatArray) -> FloatArray:
    """Derivatives by central differences, one row a parameter; good to about eight digits."""
    step = 1e-5
    rows = []
    for axis in range(len(place)):
        shift = np.zeros(len(place))
        shift[axis] = step
        # Infinities on both sides (certainly a customer) have no slope.
        with np.errstate(invalid="ignore"):
            rows.append((function(place + shift) - function(place - shift)) / (2 * step))
    return np.asarray(rows)
