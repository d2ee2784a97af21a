"""The trail of who saw, exported or changed what: only added to, and chained so that tampering shows.

Each line of audit.jsonl carries the digest of the line before it. Whoever edits, drops or reorders a line breaks
the chain; the newest digest is kept beside the file, so that cutting off the end shows too.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from regulars.log.durable import replace_file, sync_file
from regulars.log.locks import exclusive

FILE_NAME, SEAL_NAME, LOCK_NAME = "audit.jsonl", "audit.seal", ".audit.lock"
START = "0" * 64


def record(folder: Path, event: str, *, by: str, now: datetime, **told: object) -> None:
    """Add one event; it is on the disk when this returns."""
    with exclusive(folder / LOCK_NAME):
        before = _seal(folder)
        body = {"at": now.isoformat(), "by": by, "event": event, **told, "before": before}
        line = json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)
        path = folder / FILE_NAME
        with path.open("a", encoding="utf-8") as handle:
            handle.write(line + "\n")
        sync_file(path)
        replace_file(folder / SEAL_NAME, _digest(line))


def verify(folder: Path) -> str | None:
    """None when the trail is whole; else a sentence that says where it is not."""
    path = folder / FILE_NAME
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    before = START
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)["before"]
        except (ValueError, KeyError, TypeError):
            return f"Line {number} of {path} is not an entry of the trail: somebody edited the file."
        if told != before:
            return f"Line {number} of {path} does not follow the line before it: the trail was changed there."
        before = _digest(line)
    if before != _seal(folder):
        return f"{path} does not end where it was sealed: lines at its end were changed or cut off."
    return None


def _seal(folder: Path) -> str:
    path = folder / SEAL_NAME
    return path.read_text(encoding="utf-8") if path.exists() else START


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
