"""From orders to money: what part of an order stays with the company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from regulars.measures.purchases import COST_KNOWN_SHARE
from regulars.measures.registry import Columns

HORIZON_DAYS = 364.0
DISCOUNT_RATE = 0.10


@dataclass(frozen=True)
class Terms:
    """How orders become value.

    horizon_days   how far ahead value is counted
    discount_rate  a year
    margin_share   part of net spend that is profit; 1.0 where it is unknown and value means revenue
    refund_share   part of orders' value that was given back
    note           where margin_share comes from, in words
    """

    horizon_days: float
    discount_rate: float
    margin_share: float
    refund_share: float
    note: str

    @property
    def kept_share(self) -> float:
        """Part of an order that is not given back."""
        return 1 - self.refund_share

    @property
    def sentence(self) -> str:
        """The terms in words, to stand beside the numbers."""
        return (
            f"Value is counted over {self.horizon_days:.0f} days at {self.discount_rate:.0%} a year; "
            f"{self.refund_share:.1%} of order value was given back and is taken off. {self.note}"
        )


def terms_from(totals: Columns, settings: Mapping[str, float]) -> Terms:
    """The terms that settings give, completed by what the log says of costs and refunds."""
    margin, note = _margin(totals, settings)
    order_value, refunds = _total(totals, "order_value"), _total(totals, "refund_value")
    share = min(max(0.0, -refunds / order_value), 1.0) if order_value > 0 else 0.0
    return Terms(
        horizon_days=float(settings.get("horizon_days", HORIZON_DAYS)),
        discount_rate=float(settings.get("discount_rate", DISCOUNT_RATE)),
        margin_share=margin,
        refund_share=share,
        note=note,
    )


def _margin(totals: Columns, settings: Mapping[str, float]) -> tuple[float, str]:
    if "margin_share" in settings:
        margin = float(settings["margin_share"])
        return margin, f"Profit, at the margin of {margin:.1%} that the settings give."
    order_value, costed = _total(totals, "order_value"), _total(totals, "costed_value")
    known = costed / order_value if order_value > 0 else 0.0
    if costed > 0 and known >= COST_KNOWN_SHARE:
        margin = 1 - _total(totals, "cost") / costed
        return margin, f"Profit, at the margin of {margin:.1%} found in the log's costs."
    return 1.0, (
        f"Revenue, not profit: costs are known for {known:.0%} of order value. Set margin_share to see profit."
    )


def _total(totals: Columns, name: str) -> float:
    """The one number of a column; a missing one means that there was nothing of the kind to add up."""
    values = totals[name]
    return float(values[0]) if len(values) and np.isfinite(values[0]) else 0.0
