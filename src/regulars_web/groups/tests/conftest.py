"""What tests ask of the demo company's groups."""

from __future__ import annotations

from collections.abc import Mapping

RESELLERS = "designers-and-small-hotels"
RECOMMENDED = "recommended-households"


def form(*rows: Mapping[str, object], **said: object) -> dict[str, object]:
    """The form of a group as a browser sends it; a row may name its part, else each is a part of its own."""
    sent: dict[str, object] = {"name": "Tried", "stance": "target", "needs": "", "note": "", "request_id": "7f0c"}
    for number, row in enumerate(rows):
        sent |= {f"c{number}-{name}": value for name, value in {"part": number, **row}.items()}
        sent.setdefault(f"c{number}-was", row.get("field", ""))
    return {**sent, **said}
