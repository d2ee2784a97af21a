"""What the page reads of other parts of the system: the programme, the register, the journey map, money at stake."""

from __future__ import annotations

from regulars.journeymap.errors import JourneyMapError
from regulars.journeymap.holes import holes as map_holes
from regulars.journeymap.parts import JourneyMap
from regulars.journeymap.publishing import journey_maps
from regulars.touchpoints.reading import promises, touchpoints
from regulars.workspace import Workspace
from regulars_web.programme import reads as programme
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, ask
from regulars_web.shared.scope import Scope
from regulars_web.touchpoints.reading import SHELF as TOUCHPOINTS
from regulars_web.touchpoints.reads import OF_LIST

WAITS = "stake_waits"


def leading(frame: Frame) -> Readings:
    """The index with its gaps, and the five steps; whatever the period, the index looks at its own 12 months."""
    found = {name: ask(frame, name, period=programme.ALWAYS) for name in ("index", "index_gaps")}
    return {**found, **programme.of_company("steps")(frame)}


def mistakes(frame: Frame) -> Readings:
    """Known mistakes, of the company as it stands."""
    return programme.of_company("mistakes")(frame)


def to_do(frame: Frame) -> Readings:
    """What other parts have for the next things: quick, so money at stake only where it is counted already."""
    return {
        **programme.of_company("steps")(frame),
        **mistakes(frame),
        **_stake(frame),
        "unanswered": _unanswered(frame.workspace),
        "ownerless": _ownerless(frame.workspace),
    }


def count_stake(workspace: Workspace, scope: Scope) -> None:
    """Count money at stake for the list of touchpoints, where nobody waits for it."""
    TOUCHPOINTS.counted(workspace, scope, "ranked", lambda frame: OF_LIST["ranked"](frame, ""), [""])


def _stake(frame: Frame) -> Readings:
    """Money at stake as the list of touchpoints has it; else a mark that the worker is asked to count it."""
    found = TOUCHPOINTS.known(frame.workspace, frame.scope, "ranked", [""])
    return {WAITS: Reading([{"waits": True}])} if found is None else {"stake": found["stake"]}


def _unanswered(workspace: Workspace) -> Reading:
    """Fears and what else customers are held up by, to which the map of everyone has no answer; the worst first."""
    try:
        maps = journey_maps(workspace)
    except JourneyMapError:
        return Reading()
    return Reading([row for drawn in maps for row in _holes_of(drawn)])


def _holes_of(drawn: JourneyMap) -> list[dict[str, object]]:
    return [
        {"group": drawn.group, "kind": hole.cell.kind, "text": hole.cell.text, "stage": hole.stage.name}
        for hole in map_holes(drawn)
        if hole.kind == "no answer" and hole.cell is not None
    ]


def _ownerless(workspace: Workspace) -> Reading:
    """Registered touchpoints where something is promised and nobody answers for it."""
    promised = {one.touchpoint for one in promises(workspace)}
    found = [one for one in touchpoints(workspace) if one.key in promised and not one.owner.strip()]
    return Reading([{"touchpoint": one.key, "called": one.called} for one in found])
