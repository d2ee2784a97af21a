"""Names of steps, and what is said of touches that belong to no journey."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regulars.measures.journeys.choosing import VIEW
from regulars.measures.journeys.expressions import FIRST
from regulars.measures.registry import Columns
from regulars.measures.scope import Scope

START, END = "(start)", "(end)"
ARROW = " → "
LAST = -2

Names = Mapping[int, str]


def names_of(found: Columns) -> dict[int, str]:
    """Code of a step -> its name, the two ends of a journey among them."""
    named = {code: step for code, step in zip(found["code"].tolist(), found["step"].tolist(), strict=True) if step}
    return named | {FIRST: START, LAST: END}


def numbered(found: Columns) -> dict[str, str]:
    """Number of a step, written out -> its name."""
    both = zip(found["number"].tolist(), found["step"].tolist(), strict=True)
    return {str(number): step for number, step in both if step is not None}


def labels(codes: NDArray[np.int64], named: Names) -> list[str]:
    """The name of each code."""
    return [named[code] for code in codes.tolist()]


def left_out_notes(found: Columns, scope: Scope) -> tuple[str, ...]:
    """What stands beside the numbers: touches that belong to no journey."""
    here = found["in_period"].astype(bool)
    lonely, mute = ~found["journeyed"].astype(bool), np.array([step is None for step in found["step"].tolist()], bool)
    keyless, nameless = (int(found["touches"][here & rows].sum()) for rows in (lonely, ~lonely & mute))
    notes = []
    if keyless and VIEW.of(scope) == "thread":
        notes.append(f"{keyless:,} touches without a thread belong to no journey and are left out.")
    elif keyless:
        notes.append(f"{keyless:,} touches without a known customer belong to no journey and are left out.")
    if nameless:
        notes.append(f"{nameless:,} touches that do not name their step are left out.")
    return tuple(notes)
