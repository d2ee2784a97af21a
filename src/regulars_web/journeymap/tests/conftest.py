"""What tests of the journey map ask of the demo company."""

from __future__ import annotations

from pathlib import Path

RESELLERS = "designers-and-small-hotels"
NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }}",
    "%(text)s %s",
)


def said_in_trail(folder: Path, event: str) -> list[str]:
    """Lines of the audit trail about one event."""
    path = folder / "audit.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if f'"event": "{event}' in line]
