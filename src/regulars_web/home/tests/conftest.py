"""Every part of the page over the default period is counted beforehand, so that each test's copy answers at once."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def shop_folder(counted_shop_folder: Path) -> Path:
    """The workspace that the pages show in this test."""
    return counted_shop_folder
