"""What stands on the audit trail of a company under test."""

from __future__ import annotations

from pathlib import Path


def said_in_trail(folder: Path, event: str) -> list[str]:
    """Lines of the audit trail about one event."""
    path = folder / "audit.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if f'"event": "{event}"' in line]
