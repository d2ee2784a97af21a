"""Touchpoints of the register by the stage they belong to, as the map names them beside each stage."""

from __future__ import annotations

from regulars.touchpoints.publishing import touchpoints
from regulars.workspace import Workspace


def touchpoints_at(workspace: Workspace) -> dict[str, list[tuple[str, str]]]:
    """Stage -> (key, name) of the touchpoints where customers meet the company in it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in touchpoints(workspace):
        for stage in one.stages:
            found.setdefault(stage, []).append((one.key, one.called))
    return found
