"""What tests of the programme ask of the demo company, and of one that has nothing yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }}",
    "%(text)s %s",
)


def page_of(client: Any, path: str) -> str:
    """The text of a page that must open."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


@pytest.fixture
def shop_folder(counted_shop_folder: Path) -> Path:
    """Everything of these pages is counted beforehand; copies bring it along."""
    return counted_shop_folder
