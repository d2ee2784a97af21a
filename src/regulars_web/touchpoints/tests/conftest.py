"""The demo company with its register, counted once, and what tests ask of its touchpoints."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from regulars.places import CACHE_FOLDER
from regulars.touchpoints import publishing
from regulars.touchpoints.parts import Touchpoint
from regulars_web.touchpoints.reading import SHELF

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEXT = "We come on the day we said and call an hour before."  # how the demo's standard of delivery begins


def register(shop: Any, key: str, **said: Any) -> Touchpoint:
    """A touchpoint of the register."""
    return publishing.publish_touchpoint(shop, Touchpoint(key=key, **said), by="somebody", now=LONG_AGO)


@pytest.fixture
def shop_folder(counted_shop_folder: Path) -> Path:
    """Measures are counted beforehand; copies bring their results along."""
    return counted_shop_folder


@pytest.fixture
def uncounted(shop_folder: Path) -> None:
    """Nobody has counted beforehand what the pages of touchpoints read."""
    shutil.rmtree(shop_folder / CACHE_FOLDER / SHELF.name)


def form(**said: Any) -> dict[str, Any]:
    """The form of a touchpoint as a browser sends it."""
    return {"name": "", "sort": "business", "owner": "", "channel": "", "request_id": "7f0c", "do": "publish", **said}
