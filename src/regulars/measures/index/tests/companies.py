"""Made-up companies for tests of the index: components counted over few customers, and logs with known answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from regulars.measures.index.counting import NET, Counted
from regulars.measures.index.parts import COMPONENTS, Component

CUSTOMERS = tuple(one for one in COMPONENTS if one.view == "customers")
FOUR = (*CUSTOMERS[:3], next(one for one in COMPONENTS if one.name == "came back"))

# unit -> (num, den)
Units = Mapping[int, tuple[int, int]]


def counted(units: Units, *, family: str = "customers", times: int = 1) -> Counted:
    """A component over these units."""
    keys = sorted(units)
    columns = (keys, [units[key][0] for key in keys], [units[key][1] for key in keys], [times] * len(keys))
    return Counted(family, *(np.array(column, dtype=np.int64) for column in columns))  # type: ignore[arg-type]


def nothing() -> Counted:
    """A component of which nothing is known."""
    return counted({})


def weights(components: Sequence[Component], new: Mapping[str, float]) -> tuple[Component, ...]:
    """The components with some weights changed."""
    return tuple(replace(one, weight=new.get(one.name, one.weight)) for one in components)


@st.composite
def companies(draw: st.DrawFn) -> dict[str, Units]:
    """Some customers in four components; a component may have nobody."""
    found: dict[str, Units] = {}
    for one in FOUR:
        units: dict[int, tuple[int, int]] = {}
        for key in draw(st.lists(st.integers(1, 9), unique=True, max_size=6)):
            den = draw(st.integers(1, 4))
            units[key] = (draw(st.integers(-den if one.name in NET else 0, den)), den)
        found[one.name] = units
    return found
