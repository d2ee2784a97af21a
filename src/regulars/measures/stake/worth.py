"""What coming back is worth, customer by customer, by what was known before the touch.

A few customers who spend much make the plain difference in spend uncertain. A return valued by what customers like
that one usually spend says nearly the same and is known far better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.measures.estimates import Floats
from regulars.measures.stake.adjustment import TINY, gram, ridge

STEPS, CLOSE = 50, 1e-8
# No step changes any customer's worth by more than a factor of e.
LARGEST_STEP = 1.0


@dataclass(frozen=True)
class Worth:
    """What each touch's customer is expected to spend if they come back, and how sure the regression is of it.

    values     one element a touch
    errors     weighted, of those who came back after good touches; 0 for all others
    curvature  of the regression's likelihood: columns by columns
    """

    values: Floats
    errors: Floats
    curvature: Floats

    def told_by(self, columns: Floats, slope: Floats) -> Floats:
        """How much each touch moved a figure whose slope over the regression's coefficients is given."""
        return self.errors * (columns @ np.linalg.solve(self.curvature, slope))


def worth_of(columns: Floats, spend: Floats, weights: Floats) -> Worth:
    """A regression with logarithmic link (Poisson, pseudo maximum likelihood) of spend, on touches with a weight.

    Their weighted spend and what is foretold for them agree in sum. All 0 where nobody spent anything.
    Source  Gourieroux, Monfort, Trognon (1984), Econometrica 52(3)
    """
    chosen = weights > 0
    x, y, w = columns[chosen], spend[chosen], weights[chosen]
    level = float((w @ y) / w.sum()) if chosen.any() else 0.0
    if level <= 0:
        return Worth(np.zeros(len(columns)), np.zeros(len(columns)), np.eye(columns.shape[1]))
    y, w = y / level, w / w.mean()
    # Spend varies more than counts would; coefficients are reined in by so much more.
    rein = ridge(x.shape[1]) * max(1.0, float((w @ (y - 1) ** 2) / w.sum())) + TINY
    at = np.zeros(x.shape[1])
    for _ in range(STEPS):
        expected = _link(x @ at)
        step = np.linalg.solve(gram(x, w * expected) + np.diag(rein), x.T @ (w * (y - expected)) - rein * at)
        step *= min(1.0, LARGEST_STEP / max(float(np.abs(x @ step).max()), TINY))
        at += step
        if np.abs(step).max() < CLOSE:
            break
    errors = np.zeros(len(columns))
    errors[chosen] = w * (y - _link(x @ at))
    values = np.minimum(_link(columns @ at), y.max()) * level
    return Worth(values, errors, gram(x, w * _link(x @ at)) + np.diag(rein))


def _link(line: Floats) -> Floats:
    return np.asarray(np.exp(np.clip(line, -20, 20)))
