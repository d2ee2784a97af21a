"""Pieces that both order models share, each with two derivatives and without loss of digits.

Written as differences of gamma functions and of powers they would cancel where customers are nearly alike
(r and alpha large): the models then lose their way although the answer is simple.
"""

from __future__ import annotations

import numpy as np

from regulars.measures.clv.histories import FloatArray, IntArray


def log_rising(start: float, steps: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """log of start (start+1) ... (start+steps−1) = log Γ(start+steps)/Γ(start), and derivatives in start."""
    factors = start + np.arange(int(steps.max(initial=0)))
    sums = (np.log(factors), 1 / factors, -1 / factors**2)
    first, second, third = (np.concatenate([[0.0], np.cumsum(part)])[steps] for part in sums)
    return first, second, third


def log_growth(weeks: FloatArray, scale: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """log(1 + weeks/scale); minus its first derivative in scale; its second one."""
    later = scale + weeks
    fall = weeks / (scale * later)
    return np.log1p(weeks / scale), fall, fall * (1 / scale + 1 / later)
