"""The company's workspace, opened once a process and shared by all its threads."""

from __future__ import annotations

import threading
from pathlib import Path

from django.conf import settings

import regulars as rg
from regulars.workspace import Workspace

_lock = threading.Lock()
_opened: dict[Path, Workspace] = {}


def workspace_folder() -> Path:
    """The folder of the workspace these pages show."""
    return Path(settings.WORKSPACE)


def company() -> Workspace:
    """The workspace. Raises WorkspaceError where the folder holds none."""
    folder = workspace_folder().resolve()
    with _lock:
        if folder not in _opened:
            _opened[folder] = rg.open(folder)
        return _opened[folder]


def let_go() -> None:
    """Close what is open (a test ends, a worker stops)."""
    with _lock:
        for workspace in _opened.values():
            workspace.close()
        _opened.clear()
