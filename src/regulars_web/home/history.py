"""The imports that the log rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regulars.workspace import Workspace
from regulars_web.home.words import FORMS

_read: dict[str, tuple[int, Sequence[Mapping[str, Any]]]] = {}  # by folder: the version of the history, and its imports


def newest_imports(workspace: Workspace) -> Sequence[Mapping[str, Any]]:
    """Imports of files that were not undone, newest first; what pages write is no import of a file."""
    folder, version = str(workspace.folder), workspace.log.head().versions["imports"]
    known = _read.get(folder)
    if known is None or known[0] != version:
        known = _read[folder] = (version, _imports(workspace))
    return known[1]


def _imports(workspace: Workspace) -> list[Mapping[str, Any]]:
    history = workspace.imports()
    undone = {one["import_id"] for one in history if one["event"] == "undone"}
    return [
        {
            "id": one["import_id"],
            "form": FORMS.get(str(one["form"]), one["form"]),
            "key": one["form"],
            "source": one["source"],
            "file_name": one["file_name"],
            "lines": one["lines_imported"] or 0,
            "at": one["recorded_at"],
        }
        for one in reversed(history)
        if one["event"] == "imported" and one["import_id"] not in undone and one["form"] != "pages"
    ]
