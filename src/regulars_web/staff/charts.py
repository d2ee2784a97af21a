"""Charts about staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from regulars_web.shared import numbers
from regulars_web.touchpoints import charts

LEAST_WAVES = 2
NPS_ENDS = (-100.0, 100.0)


def pulse(waves: Sequence[dict[str, Any]], audience: str) -> dict[str, Any]:
    """NPS wave by wave, oldest first; empty where fewer than two waves are shown."""
    rows = [
        {
            "when": numbers.month(wave["to"] or wave["on"]),
            "value": wave["whole"]["value"],
            "low": wave["whole"]["low"] if numbers.known(wave["whole"]["low"]) else wave["whole"]["value"],
            "high": wave["whole"]["high"] if numbers.known(wave["whole"]["high"]) else wave["whole"]["value"],
            "text": wave["whole"]["nps"]["value"],
            "complete": True,
        }
        for wave in reversed(waves)
        if wave["whole"]["nps"]["known"]
    ]
    return charts.trend(rows, _("NPS"), NPS_ENDS) if len(rows) >= LEAST_WAVES else {}
