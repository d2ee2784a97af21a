"""What people decided that the index is made of: weights, floors and targets, the definition, staff, journey maps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from regulars.measures.index.parts import COMPONENTS, PARTS, Component
from regulars.measures.local_times import EPOCH
from regulars.measures.registry import Columns
from regulars.measures.touchpoints.figures import read_object

NOUN, KEY, OLD_KEY = "index", "components", "weights"
DEFINITION = "customer focus"
CELLS_TO_ANSWER = ("fear", "problem", "barrier")


@dataclass(frozen=True)
class Version:
    """One version of a decision; ``on`` is its local day, in days since 1970."""

    noun: str
    key: str
    version: int
    on: int
    body: Mapping[str, Any]


def versions_of(columns: Columns) -> list[Version]:
    """The decisions read, oldest version first."""
    rows = zip(*(columns[name].tolist() for name in ("noun", "key", "version", "decided_on", "body")), strict=True)
    found = [Version(noun, key, int(version), int(on), read_object(body)) for noun, key, version, on, body in rows]
    return sorted(found, key=lambda one: (one.noun, one.key, one.version))


def components_of(versions: Iterable[Version]) -> tuple[Component, ...]:
    """Every component with floor, target and weight as they are decided now; what cannot be used is as it was before.

    The components as they come with the program, where nothing was decided. A decision of weights for whole parts,
    as there were before, gives each part its weight and leaves the components of a part as they are to each other.
    """
    newest = {one.key: one.body for one in versions if one.noun == NOUN}
    if KEY in newest:
        told = newest[KEY].get("components")
        return tuple(_decided(one, told.get(one.name) if isinstance(told, Mapping) else None) for one in COMPONENTS)
    return weighted_by_part(newest.get(OLD_KEY, {}))


def weighted_by_part(weights: Mapping[str, Any]) -> tuple[Component, ...]:
    """The components with these weights of whole parts; a part that is not named keeps its own."""
    own = {part: sum(one.weight for one in COMPONENTS if one.part == part) for part in PARTS}
    told = {part: number for part in PARTS if (number := _number(weights.get(part))) is not None and number >= 0}
    if not told:
        return COMPONENTS
    # Parts that are not named stay as heavy, against the named ones, as they are without a decision.
    scale = sum(told.values()) / sum(own[part] for part in told)
    share = {part: told[part] / own[part] if part in told else scale for part in PARTS}
    return tuple(replace(one, weight=one.weight * share[one.part]) for one in COMPONENTS)


def _decided(component: Component, told: object) -> Component:
    if not isinstance(told, Mapping):
        return component
    weight, floor, target = (_number(told.get(name)) for name in ("weight", "floor", "target"))
    floor = component.floor if floor is None else floor
    target = component.target if target is None else target
    if floor < target:
        component = replace(component, floor=floor, target=target)
    return component if weight is None or weight < 0 else replace(component, weight=weight)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


@dataclass(frozen=True)
class Person:
    """Somebody who works here, by code or by the name they confirm under."""

    name: str
    department: str


def people(versions: Sequence[Version], listed: Columns, *, day: int) -> list[Person]:
    """Who works here on a day: everybody on the list of employees but those who left before or begin later.

    Whoever confirmed a definition under another name than a listed code, by that day, works here too. Nobody, where
    nobody is listed: who confirmed is not everybody.
    """
    departments = dict(zip(listed["code"].tolist(), listed["department"].tolist(), strict=True))
    told = {one.key: one.body for one in versions if one.noun == "employee" and one.on <= day}
    for code, body in told.items():
        departments[code] = str(body.get("department") or departments.get(code) or "")
    departments.pop("", None)
    if not departments:
        return []
    gone = {code for code, body in told.items() if not at_work(body, day)}
    others = {name for name in confirmed(versions, day=day) if name not in departments}
    return [Person(name, departments.get(name, "")) for name in sorted((departments.keys() | others) - gone)]


def definition_version(versions: Iterable[Version], *, day: int) -> int | None:
    """The version of the definition in force on a day; None where there was none yet."""
    found = [one for one in versions if one.noun == "definition" and one.on <= day]
    own = [one for one in found if one.key == DEFINITION] or found
    return max((one.version for one in own), default=None)


def confirmed(versions: Iterable[Version], *, day: int) -> dict[str, int]:
    """Who has confirmed which version of the definition by a day, the newest of each."""
    found: dict[str, int] = {}
    for one in versions:
        if one.noun != "definition read" or one.on > day:
            continue
        # The code stands beside an e-mail where the vault knows that they are one person.
        person, version = str(one.body.get("employee") or one.key), one.body.get("version")
        if isinstance(version, int) and not isinstance(version, bool):
            found[person] = max(version, found.get(person, 0))
    return found


def to_answer(versions: Iterable[Version], *, day: int) -> tuple[int, int]:
    """Fears, problems and barriers with an answer, and all of them, on the maps in force on a day."""
    newest = {one.key: one.body for one in versions if one.noun == "journey map" and one.on <= day}
    cells = [cell for body in newest.values() for stage in _listed(body.get("stages")) for cell in _cells(stage)]
    wanted = [cell for cell in cells if cell.get("kind") in CELLS_TO_ANSWER]
    return sum(bool(str(cell.get("answer") or "").strip()) for cell in wanted), len(wanted)


def _cells(stage: object) -> list[Mapping[str, Any]]:
    found = _listed(stage.get("cells")) if isinstance(stage, Mapping) else []
    return [cell for cell in found if isinstance(cell, Mapping)]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def at_work(body: Mapping[str, Any], day: int) -> bool:
    """Whether an employee of whom this was decided works here on a day since 1970, the first and last one included."""
    if body.get("retired") is True:
        return False
    started, left = _day(body.get("started_on")), _day(body.get("left_on"))
    return (started is None or started <= day) and (left is None or left >= day)


def _day(told: object) -> int | None:
    """Days since 1970 of a date as it is written; None for what is none."""
    try:
        return (date.fromisoformat(str(told)[:10]) - EPOCH).days if told else None
    except ValueError:
        return None
