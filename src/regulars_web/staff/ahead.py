"""What of these pages the worker counts ahead."""

from __future__ import annotations

from functools import partial

from regulars.workspace import Workspace
from regulars_web.shared.scope import Scope
from regulars_web.staff.reads import READS, SHELF


def _kept(workspace: Workspace, name: str) -> None:
    SHELF.counted(workspace, Scope(), name, READS[name])


AHEAD = tuple(partial(_kept, name=name) for name in READS)
