"""The demo company with its customer base counted once, and what tests ask of its groups."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import regulars as rg
from regulars.base import open_base

RESELLERS = "designers-and-small-hotels"
RECOMMENDED = "recommended-households"


@pytest.fixture(scope="session", autouse=True)
def _counted_once(made_company: Path) -> None:
    """Copies of the company bring the counted base along, which takes seconds to make."""
    with rg.open(made_company) as shop:
        open_base(shop)


def form(*rows: Mapping[str, object], **said: object) -> dict[str, object]:
    """The form of a group as a browser sends it; a row may name its part, else each is a part of its own."""
    sent: dict[str, object] = {"name": "Tried", "stance": "target", "needs": "", "note": "", "request_id": "7f0c"}
    for number, row in enumerate(rows):
        sent |= {f"c{number}-{name}": value for name, value in {"part": number, **row}.items()}
        sent.setdefault(f"c{number}-was", row.get("field", ""))
    return {**sent, **said}
