"""Stages as decisions: published by a named person, kept in every version, taken out rather than deleted.

What was published holds for every day that is looked at, also for days before it was published: the rules say what
the words mean, not what happened.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.groups.decisions import Decision, decide, versions
from regulars.lifecycle.errors import LifeCycleError
from regulars.measures.stages.expressions import NOUN
from regulars.measures.stages.rules import (
    FIGURES,
    LONGEST_NAME,
    USUAL_STAGES,
    Limit,
    Stage,
    in_force,
    stage_body,
    stage_from,
)
from regulars.names import keys

if TYPE_CHECKING:
    from regulars.workspace import Workspace

__all__ = ["FIGURES", "Limit", "Published", "Stage", "history", "publish", "retire", "stage", "stages"]

LONGEST_KEY = 60
HIGHEST_PLACE = 999
_KEY = re.compile(rf"[a-z0-9](?:[a-z0-9_-]{{0,{LONGEST_KEY - 1}}})")


@dataclass(frozen=True)
class Published:
    """One version of a stage and who published it when."""

    stage: Stage
    decided_at: datetime | None
    decided_by: str


def stages(workspace: Workspace, *, retired: bool = False) -> list[Stage]:
    """The stages in force, by place: published ones, and the usual ones that nobody changed.

    retired  adds those that were taken out, at the end
    """
    decided = [one.stage for found in _published(workspace).values() for one in found]
    living = list(in_force(decided))
    if not retired:
        return living
    newest = {stage.key: stage for stage in sorted(decided, key=lambda one: one.version)}
    return living + sorted((one for one in newest.values() if one.retired), key=lambda one: (one.place, one.key))


def stage(workspace: Workspace, key: str) -> Stage:
    """The stage in force under a key. Raises LifeCycleError where there is none."""
    known = stages(workspace)
    for one in known:
        if one.key == key:
            return one
    raise LifeCycleError("unknown_stage", found=repr(key)[:LONGEST_NAME], known=", ".join(one.key for one in known))


def history(workspace: Workspace, key: str) -> list[Published]:
    """All published versions of a stage, oldest first; none for a usual stage that nobody changed."""
    return _published(workspace).get(key, [])


def publish(workspace: Workspace, stage: Stage, *, by: str, now: datetime, request_id: str | None = None) -> Stage:
    """Publish a stage under its key: a new one, or a new version; publishing one that was taken out brings it back.

    request_id  names the request, so that a double click publishes once

    Returns the stage with its version. Raises LifeCycleError for a rule that cannot be judged.
    """
    wanted = replace(_checked(stage), retired=False)
    for other in stages(workspace):
        if other.key != wanted.key and other.place == wanted.place:
            raise LifeCycleError("same_place", found=wanted.place, other=other.name)
    return _decide(workspace, wanted, by=by, now=now, request_id=request_id)


def retire(workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None) -> Stage:
    """Take a stage out of the life cycle; its versions stay. Raises LifeCycleError where there is none, or no other."""
    found = stage(workspace, key)
    if len(stages(workspace)) == 1:
        raise LifeCycleError("last_stage")
    return _decide(workspace, replace(found, retired=True), by=by, now=now, request_id=request_id)


def free_key(workspace: Workspace, name: str) -> str:
    """A key for a new stage, made of its name, that no stage has or had."""
    taken = {*versions(workspace, NOUN), *(usual.key for usual in USUAL_STAGES)}
    return keys.free_key(keys.slug(name, empty=NOUN), taken)


def _checked(stage: Stage) -> Stage:
    if not _KEY.fullmatch(stage.key):
        raise LifeCycleError("no_key", found=repr(stage.key)[:LONGEST_NAME], limit=LONGEST_KEY)
    name = " ".join(stage.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise LifeCycleError("no_name", limit=LONGEST_NAME)
    if not 1 <= stage.place <= HIGHEST_PLACE:
        raise LifeCycleError("bad_place", found=stage.place)
    for limit in stage.limits:
        _check_limit(limit)
    return replace(stage, name=name, meaning=" ".join(stage.meaning.split()))


def _check_limit(limit: Limit) -> None:
    if limit.figure not in FIGURES:
        raise LifeCycleError("unknown_figure", found=repr(limit.figure)[:LONGEST_NAME], known=", ".join(FIGURES))
    ends = [end for end in (limit.at_least, limit.at_most) if end is not None]
    if not ends:
        raise LifeCycleError("no_end", figure=limit.figure)
    for end in ends:
        if not math.isfinite(end) or abs(end) >= 1e15:
            raise LifeCycleError("no_number", figure=limit.figure, found=end)
    if len(ends) == 2 and ends[0] > ends[1]:
        raise LifeCycleError("empty_range", figure=limit.figure, low=f"{ends[0]:g}", high=f"{ends[1]:g}")


def _decide(workspace: Workspace, checked: Stage, *, by: str, now: datetime, request_id: str | None) -> Stage:
    before = versions(workspace, NOUN).get(checked.key, [])
    numbered = replace(checked, version=max((one.version for one in before), default=0) + 1)
    decision = Decision(numbered.key, numbered.version, stage_body(numbered), now, by)
    if not decide(workspace, NOUN, decision, request_id=request_id):
        return history(workspace, checked.key)[-1].stage
    return numbered


def _published(workspace: Workspace) -> dict[str, list[Published]]:
    """Every stage with at least one version that can be read."""
    found: dict[str, list[Published]] = {}
    for key, decided in versions(workspace, NOUN).items():
        read = [(one, stage_from(key, one.version, one.body)) for one in decided]
        known = [Published(stage, one.decided_at, one.decided_by) for one, stage in read if stage is not None]
        if known:
            found[key] = known
    return found
