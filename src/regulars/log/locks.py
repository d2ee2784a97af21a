"""Locks between processes: many may share one, or a single holder excludes all others.

They are advisory file locks, which the system drops when a process dies, however it dies.
"""

from __future__ import annotations

import errno
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Busy(Exception):
    """The lock is held by another process, and the caller did not want to wait."""


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold the lock together with other sharers; waits while someone excludes.

    Where the disk is read-only and the lock was never made, nobody can exclude: there is nothing to hold.
    """
    try:
        handle = _opened(path)
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise
        yield
        return
    with _held(handle, path, fcntl.LOCK_SH):
        yield


@contextmanager
def exclusive(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock alone. Waits for all others, or raises Busy at once when ``wait`` is False."""
    with _held(path.open("a"), path, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield


@contextmanager
def _held(handle: IO[str], path: Path, operation: int) -> Iterator[None]:
    with handle:
        try:
            fcntl.flock(handle, operation)
        except BlockingIOError as error:
            raise Busy(path.name) from error
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)


def _opened(path: Path) -> IO[str]:
    """The lock's file; where it may not be written, for reading alone, which is enough to share it."""
    try:
        return path.open("a")
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        return path.open()
