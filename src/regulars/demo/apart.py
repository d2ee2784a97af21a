"""Chances and row numbers of their own for what was planted later, so that all the rest stays as it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regulars.demo.frame import Frame, Numbering

# What is drawn apart; a place in this list never changes, for the numbers of rows hang on it.
_APART = ("authority", "contracts", "customer focus", "key accounts", "aftercare", "elements", "partners", "thanks")
_EACH, _PART = 10**17, 10**15  # no company has so many rows of one of these
STAFF_PART = 99


def frame_of(frame: Frame, seed: int, part: int, what: str) -> Frame:
    """The same company with a generator and row numbers for one thing alone."""
    place = _APART.index(what)
    rng = np.random.default_rng([seed, part, place, 0x41706172])
    return replace(frame, rng=rng, numbering=Numbering(frame.numbering.salt, _EACH * (place + 1) + _PART * part))
