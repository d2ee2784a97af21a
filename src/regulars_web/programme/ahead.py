"""What of these pages the worker counts ahead."""

from __future__ import annotations

from functools import partial

from regulars.workspace import Workspace
from regulars_web.programme import reads
from regulars_web.shared.scope import Scope

PARTS = ("steps", "index", "fit", "maturity", "mistakes", "elements", "trend", "sensitivity", "apart")


def _kept(workspace: Workspace, part: str) -> None:
    reads.counted(workspace, Scope(), part)


AHEAD = tuple(partial(_kept, part=part) for part in PARTS)
