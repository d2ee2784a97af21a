"""R-squared shared out among many factors, where looking at all sets of them would take too long."""

from __future__ import annotations

import numpy as np

from regulars.measures.estimates import Floats

# Eigenvalues below this belong to copies of other factors.
NOTHING_LEFT = 1e-9


def relative_weights(matrices: Floats) -> Floats:
    """Each factor's part of R-squared; the parts add up to it.

    matrices  any number of correlation matrices, the outcome in the last row and column
    returns   matrices x factors

    The factors are replaced by the uncorrelated ones that are nearest to them, whose parts are plain squares, and
    these parts are led back. Close to Shapley values as a rule, at a fraction of the work.
    Source  Johnson (2000), Multivariate Behavioral Research 35(1)
    """
    values, vectors = np.linalg.eigh(matrices[:, :-1, :-1])
    outcome = matrices[:, :-1, -1]
    kept = values > NOTHING_LEFT
    root = np.sqrt(np.where(kept, values, 0.0))
    inverse = np.where(kept, 1.0 / np.where(kept, root, 1.0), 0.0)
    turned = (outcome[:, None, :] @ vectors)[:, 0]
    nearest = (vectors @ (inverse * turned)[:, :, None])[:, :, 0]
    loadings = (vectors * root[:, None, :]) @ vectors.transpose(0, 2, 1)
    return np.asarray(((loadings**2) @ (nearest**2)[:, :, None])[:, :, 0])
