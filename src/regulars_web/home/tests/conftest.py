"""The made company is counted once, so that each test's copy of it answers at once."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def counted_company(made_company: Path) -> None:
    """Every part of the page over the default period, kept in the company's cache."""
    import regulars as rg
    from regulars_web.home.actions import counted_part
    from regulars_web.home.reads import PARTS
    from regulars_web.shared.scope import Scope

    with rg.open(made_company) as workspace:
        for part in PARTS:
            counted_part(workspace, Scope(), part)
