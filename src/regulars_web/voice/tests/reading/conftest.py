"""A shop with answers that tests speak about: hostile, poor, of colleagues, and of people who can be reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from regulars.log.inbox import Entry

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def answered(shop: Any) -> Callable[..., int]:
    """``answered(3, "Too late")``: one more answer on the newest day; returns its number."""
    newest = shop.newest_on()
    with shop.engine() as engine:
        known = engine.run(
            "SELECT client_key FROM interactions WHERE kind = 'order' AND client_key IS NOT NULL ORDER BY 1 LIMIT 1"
        ).to_pylist()[0]["client_key"]
    count = iter(range(1, 10_000))

    def add(score: float, text: str = "", *, client_key: int | None = known, survey: str = "till slip") -> int:
        number = 7_000_000 + next(count)
        at = datetime(newest.year, newest.month, newest.day, 9, tzinfo=UTC) + timedelta(seconds=number - 7_000_000)
        touch = {
            "interaction_id": number,
            "client_key": client_key,
            "source": "pages",
            "occurred_at": at,
            "occurred_on": newest,
            "kind": "answer",
            "step": "answer",
            "touchpoint": "survey",
            "channel": "link",
            "initiated_by": "client",
            "properties": f'{{"survey": "{survey}", "version": 1, "complete": true}}',
        }
        common = {"interaction_id": number, "survey": survey, "weight": 1.0}
        scored = {**common, "question": "recommend", "kind": "nps", "score": score, "scale_min": 0.0, "scale_max": 10.0}
        entries = [Entry("interactions", touch), Entry("answers", scored)]
        if text:
            entries.append(
                Entry("answers", {**common, "question": "why", "kind": "text", "text": text, "language": "en"})
            )
        shop.add(entries)
        return number

    return add
