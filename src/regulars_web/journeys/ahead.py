"""What of these pages the worker counts ahead: choices, the map, where journeys wait, the life cycle and losses."""

from __future__ import annotations

from functools import partial

from regulars.workspace import Workspace
from regulars_web.journeys import choices, lifecycle, losses, maps, steps
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.reading import Read, kept_readings
from regulars_web.shared.scope import Scope

_TOUCH = "kind"


def _counted(workspace: Workspace, part: str, read: Read, follows_from: list[object]) -> None:
    kept_readings(workspace, Scope(), part, read, follows_from)


_LENS = Lens()
AHEAD = (
    partial(_counted, part=choices.CHOICES, read=choices.choices_read, follows_from=[]),
    partial(_counted, part="map", read=partial(maps.reads, lens=_LENS), follows_from=[_LENS.mark]),
    partial(_counted, part="steps", read=partial(steps.reads, lens=_LENS), follows_from=[_LENS.mark]),
    partial(_counted, part="life-cycle", read=lifecycle.reads, follows_from=[]),
    partial(_counted, part="losses", read=partial(losses.reads, touch=_TOUCH), follows_from=[_TOUCH]),
)
