"""Private folders for work in progress. They may hold personal cells, so they never outlive their process for long.

Whoever works in such a folder holds its lock. The system drops the lock when the process dies, however it dies, so
a folder whose lock is free was left behind: it is removed by whoever opens the next one. Process numbers would not
do: they are given out again, and mean nothing between two containers that share a disk.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from regulars.log.locks import Busy, exclusive

SPOOL, SPILL = ".spool-", ".spill-"
PREFIXES = (SPOOL, SPILL)
_DOOR = ".scratch.lock"  # held while a folder is made or a dead one removed, never while one is used
_IN_USE = ".lock"


@dataclass(frozen=True)
class Scratch:
    """A folder that only this user can open. ``left_behind``: how many dead ones were removed on the way."""

    folder: Path
    left_behind: int
    _held: ExitStack

    def close(self) -> None:
        """Remove the folder and all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._held.close()


def open_scratch(parent: Path, prefix: str) -> Scratch:
    """A new private folder inside ``parent``, after removing those that dead processes left there."""
    held = ExitStack()
    with exclusive(parent / _DOOR):
        left_behind = _remove_dead(parent)
        folder = parent / f"{prefix}{os.urandom(8).hex()}"
        folder.mkdir(mode=0o700)
        held.enter_context(exclusive(folder / _IN_USE))
    return Scratch(folder, left_behind, held)


def _remove_dead(parent: Path) -> int:
    removed = 0
    for folder in [found for prefix in PREFIXES for found in parent.glob(f"{prefix}*") if found.is_dir()]:
        try:
            with exclusive(folder / _IN_USE, wait=False):
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
        except (Busy, FileNotFoundError):
            continue
    return removed
