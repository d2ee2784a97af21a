"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A private file that takes the place of ``path`` when the block is done."""
    made = path.with_name(f".{uuid4().hex}.new")
    made.touch(mode=0o600)
    try:
        yield made
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
