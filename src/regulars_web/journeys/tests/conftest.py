"""The made company's journeys are counted once, so that each test's copy of it answers at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def counted_journeys(made_company: Path) -> None:
    """What the pages read over the default period, kept in the company's cache."""
    import regulars as rg
    from regulars_web.journeys import comparing, handovers, lifecycle, losses, maps, steps, survival, touches, variants
    from regulars_web.journeys.lens import Lens
    from regulars_web.journeys.reading import kept_readings
    from regulars_web.shared.scope import Scope

    lens = Lens()
    reads = (
        ("map", partial(maps.reads, lens=lens), [lens.mark]),
        ("steps", partial(steps.reads, lens=lens), [lens.mark]),
        ("variants", partial(variants.reads, lens=lens), [lens.mark]),
        ("handovers", partial(handovers.reads, lens=lens, unit="department"), [lens.mark, "department"]),
        ("touches", partial(touches.reads, lens=lens, before="leaving"), [lens.mark, "leaving"]),
        ("compared", partial(comparing.reads, lens=lens, against="period"), [lens.mark, "period", ""]),
        ("life-cycle", lifecycle.reads, []),
        ("losses", partial(losses.reads, touch="kind"), ["kind"]),
        ("survival-columns", survival.columns_read, []),
        ("survival", partial(survival.reads, by="", clock="automatic"), ["", "automatic"]),
    )
    with rg.open(made_company) as workspace:
        for part, read, follows_from in reads:
            kept_readings(workspace, Scope(), part, read, follows_from)
