"""What of these pages the worker counts ahead: the list, what lies across, and what every single page asks."""

from __future__ import annotations

from functools import partial

from regulars.workspace import Workspace
from regulars_web.shared.frame import frame_of
from regulars_web.shared.scope import Scope
from regulars_web.touchpoints.reading import SHELF
from regulars_web.touchpoints.reads import ACROSS, OF_LIST, OF_ONE

# Measures that pages of single touchpoints ask for all of them at once, so that one count serves every page.
_OF_EVERY_ONE = ("trend", "first")


def _kept(workspace: Workspace, part: str) -> None:
    read = {**OF_LIST, **ACROSS}[part]
    SHELF.counted(workspace, Scope(), part, lambda frame: read(frame, ""), [""])


def _measured(workspace: Workspace, part: str) -> None:
    OF_ONE[part](frame_of(workspace, Scope()), "")


AHEAD = (
    *(partial(_kept, part=part) for part in (*OF_LIST, *ACROSS)),
    *(partial(_measured, part=part) for part in _OF_EVERY_ONE),
)
