"""Components as JSON, read and written, and checked. The published JSON is the contract with the measures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from regulars.index.errors import FocusIndexError
from regulars.index.parts import COMPONENTS, NAMES, Component, Components
from regulars.measures.index.deciding import KEY, NOUN, OLD_KEY, Version, components_of, weighted_by_part
from regulars.measures.index.parts import ENDS

HEAVIEST = 1_000
LONGEST_NOTE = 2_000
Json = Mapping[str, object]


def components_from(body: Json) -> Components:
    """The components that a decision describes, also one of weights for whole parts, as there were before.

    A component that it does not name, or names with what cannot be used, is as it comes with the program.
    """
    version, note = body.get("version"), body.get("note")
    of_parts = body.get("key") == OLD_KEY
    found = weighted_by_part(body) if of_parts else components_of([Version(NOUN, KEY, 0, 0, body)])
    return Components(found, note if isinstance(note, str) else "", version if isinstance(version, int) else 0)


def components_json(decided: Components) -> dict[str, object]:
    """All components as a decision: weight, floor and target of each, so that later defaults change nothing."""
    told = {one.name: {"weight": one.weight, "floor": one.floor, "target": one.target} for one in decided.components}
    return {"components": told} | ({"note": decided.note} if decided.note else {})


def checked(components: Iterable[Component], note: str) -> Components:
    """Components that can stand, in their order; those that are not given are as they come with the program.

    Raises FocusIndexError with the first thing to be mended.
    """
    given: dict[str, Component] = {}
    for one in components:
        if one.name not in NAMES:
            raise FocusIndexError("unknown_component", found=repr(one.name)[:80], known=", ".join(NAMES))
        if one.name in given:
            raise FocusIndexError("twice", found=one.name)
        given[one.name] = one
    found = tuple(_checked(one, given.get(one.name, one)) for one in COMPONENTS)
    if not any(one.weight for one in found):
        raise FocusIndexError("no_weight")
    if len(note) > LONGEST_NOTE:
        raise FocusIndexError("long_note", limit=LONGEST_NOTE)
    return Components(found, note.strip())


def _checked(usual: Component, given: Component) -> Component:
    """The usual component with the numbers that are given; its words are never decided."""
    low, high = ENDS[usual.unit]
    if not 0 <= given.weight <= HEAVIEST:
        raise FocusIndexError("bad_weight", name=usual.title, found=given.weight, limit=HEAVIEST)
    for end in (given.floor, given.target):
        if not math.isfinite(end) or not low <= end <= high:
            raise FocusIndexError("bad_end", name=usual.title, found=end, low=f"{low:g}", high=f"{high:g}")
    if given.floor >= given.target:
        raise FocusIndexError("no_span", name=usual.title, floor=f"{given.floor:g}", target=f"{given.target:g}")
    return replace(usual, weight=float(given.weight), floor=float(given.floor), target=float(given.target))
