"""Locks between processes: many may share one, or a single holder excludes all others.

They are advisory file locks, which the system drops when a process dies, however it dies.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """The lock is held by another process, and the caller did not want to wait."""


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold the lock together with other sharers; waits while someone excludes."""
    with _held(path, fcntl.LOCK_SH):
        yield


@contextmanager
def exclusive(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock alone. Waits for all others, or raises Busy at once when ``wait`` is False."""
    with _held(path, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield


@contextmanager
def _held(path: Path, operation: int) -> Iterator[None]:
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, operation)
        except BlockingIOError as error:
            raise Busy(path.name) from error
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)
