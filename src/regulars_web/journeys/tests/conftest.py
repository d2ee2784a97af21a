"""The made company's journeys are counted once, so that each test's copy of it answers at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.web.company import counted_once, shown


@pytest.fixture(scope="session")
def counted_journeys(counted_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company with what these pages read over the default period, kept in its cache."""
    return counted_once(tmp_path_factory, "journeys", counted_company, count_journeys)


@pytest.fixture
def shop_folder(counted_journeys: Path, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The workspace that the pages show in this test."""
    with shown(tmp_path / "shop", settings, counted_journeys) as folder:
        yield folder


def count_journeys(folder: Path) -> None:
    """Read once what the pages read; what the worker counts ahead of them is there already."""
    import regulars as rg
    from regulars_web.journeys import comparing, handovers, survival, touches, variants
    from regulars_web.journeys.lens import Lens
    from regulars_web.journeys.reading import kept_readings
    from regulars_web.shared.scope import Scope

    lens = Lens()
    reads = (
        ("variants", partial(variants.reads, lens=lens), [lens.mark]),
        ("handovers", partial(handovers.reads, lens=lens, unit="department"), [lens.mark, "department"]),
        ("touches", partial(touches.reads, lens=lens, before="leaving"), [lens.mark, "leaving"]),
        ("compared", partial(comparing.reads, lens=lens, against="period"), [lens.mark, "period", ""]),
        ("survival-columns", survival.columns_read, []),
        ("survival", partial(survival.reads, by="", clock="automatic"), ["", "automatic"]),
    )
    with rg.open(folder) as workspace:
        for part, read, follows_from in reads:
            kept_readings(workspace, Scope(), part, read, follows_from)
