"""The trail of who saw, exported or changed what: only added to, and chained so that tampering shows.

Each line of audit.jsonl carries the digest of the line before it. Whoever edits, drops or reorders a line breaks
the chain; the newest digest is kept beside the file, so that cutting off the end shows too. While a line is being
written the seal holds both digests, so that a power cut in between is not taken for tampering.
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
        path = folder / FILE_NAME
        before = _mend(path, _seals(folder))
        body = {"at": now.isoformat(), "by": by, "event": event, **told, "before": before}
        line = json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)
        replace_file(folder / SEAL_NAME, f"{before}\n{_digest(line)}")
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8", newline="\n") as handle:
            handle.write(line + "\n")
        sync_file(path)
        replace_file(folder / SEAL_NAME, _digest(line))


def verify(folder: Path) -> str | None:
    """None when the trail is whole; else a sentence that says where it is not."""
    path = folder / FILE_NAME
    lines = _lines(path)
    before = START
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)["before"]
        except (ValueError, KeyError, TypeError):
            return f"Line {number} of {path} is not an entry of the trail: somebody edited the file."
        if told != before:
            return f"Line {number} of {path} does not follow the line before it: the trail was changed there."
        before = _digest(line)
    if before not in _seals(folder):
        return f"{path} does not end where it was sealed: lines at its end were changed or cut off."
    return None


def _lines(path: Path) -> list[str]:
    """Lines end with a line feed only: a name may hold other characters that split lines."""
    text = path.read_bytes().decode("utf-8", errors="replace") if path.exists() else ""
    return text.removesuffix("\n").split("\n") if text else []


def _mend(path: Path, seals: list[str]) -> str:
    """The digest that the next line follows. Half a line that a power cut left goes; nobody had been told of it."""
    if len(seals) == 1:
        return seals[0]
    before, intended = seals
    text = path.read_bytes() if path.exists() else b""
    whole = text[: text.rfind(b"\n") + 1]
    if whole != text:
        replace_file(path, whole.decode())
    last = _lines(path)[-1:]
    return intended if last and _digest(last[0]) == intended else before


def _seals(folder: Path) -> list[str]:
    """The digest of the newest line; two while a line is on its way, the one before it and its own."""
    path = folder / SEAL_NAME
    return path.read_text(encoding="utf-8").split("\n")[:2] if path.exists() else [START]


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
