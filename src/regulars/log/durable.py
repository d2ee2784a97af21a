"""Writes that survive a power cut: content, then name, then folder. delta-rs itself never calls fsync."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Force a file's bytes to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Force a folder's list of names to the disk, so that a new or renamed file is found again."""
    sync_file(path)


def replace_file(path: Path, content: str) -> None:
    """Put ``content`` in place of the file as one step: a reader sees the old file or the new, never half."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)
    sync_folder(path.parent)
