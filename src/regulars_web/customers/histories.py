"""The history of imports, read once for each version of it: it says when files said what."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from regulars.workspace import Workspace

_known: dict[str, tuple[object, Sequence[Mapping[str, object]]]] = {}
_guard = threading.Lock()


def imports_history(workspace: Workspace) -> Sequence[Mapping[str, object]]:
    """All imports and undos, oldest first."""
    home, version = str(workspace.folder.resolve()), workspace.log.head().versions["imports"]
    known = _known.get(home)
    if known is None or known[0] != version:
        known = (version, tuple(workspace.imports()))
        with _guard:
            _known[home] = known
    return known[1]
