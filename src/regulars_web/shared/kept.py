"""Texts that took long to count, kept in the workspace's ``cache`` until what they follow from has changed.

The caller says all that a text follows from; its hash names the file. What lies here goes with the cache when a
person is erased. Several who ask for the same at once wait for one count.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from regulars.log.locks import exclusive
from regulars.places import CACHE_FOLDER
from regulars.workspace import Workspace

LOCK_SUFFIX = ".lock"
MOST_FILES = 400

_guard = threading.Lock()
_counting: dict[Path, threading.Lock] = {}


def place_of(workspace: Workspace, shelf: str, follows_from: Mapping[str, object], *, called: str = "") -> Path:
    """The file of a text. ``shelf`` is a folder in the cache; another version of the program has other files.

    called   what the file's name begins with, for whoever looks into the folder
    """
    told = json.dumps({**follows_from, "program": version("regulars")}, sort_keys=True, default=str)
    name = hashlib.sha256(told.encode()).hexdigest()[:32]
    return workspace.folder / CACHE_FOLDER / shelf / f"{called}-{name}.json".removeprefix("-")


def kept_text(place: Path) -> str | None:
    """What was counted; None where nothing was."""
    try:
        return place.read_text(encoding="utf-8")
    except OSError:
        return None


def counted_text(place: Path, count: Callable[[], str], holds: Callable[[str], bool] = bool) -> str:
    """What was counted, or is counted now; a kept text for which ``holds`` is false is counted anew."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _guard:
        mine = _counting.setdefault(place, threading.Lock())
    with mine, exclusive(place.with_suffix(LOCK_SUFFIX)):
        found = kept_text(place)
        if found is None or not holds(found):
            found = count()
            write_text(place, found)
    with _guard:
        _counting.pop(place, None)
    return found


def write_text(place: Path, text: str) -> None:
    """Put a text in its place at once and whole."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{uuid4().hex}.new")
    draft.touch(mode=0o600)
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    _sweep(place.parent)


def _sweep(folder: Path) -> None:
    """Delete the oldest where there are too many."""
    there = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in there[MOST_FILES:]:
        path.unlink(missing_ok=True)
        path.with_suffix(LOCK_SUFFIX).unlink(missing_ok=True)
