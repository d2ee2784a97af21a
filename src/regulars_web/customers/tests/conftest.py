"""Customers of the demo company that tests speak about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from regulars.base import open_base


@pytest.fixture
def customer_who(shop: Any) -> Callable[..., int]:
    """``customer_who("facts_stale", "at_least", 2)``: the key of a customer of whom that is true, the best first."""

    def find(field: str, op: str, value: object = None) -> int:
        condition = {"field": field, "op": op} if value is None else {"field": field, "op": op, "value": value}
        found = open_base(shop).page({"all": [condition]}, limit=1).rows
        if not found:
            pytest.skip(f"the demo company has nobody with {field} {op} {value}")
        return int(found[0]["client_key"])

    return find


@pytest.fixture
def anybody(customer_who: Callable[..., int]) -> int:
    """The customer who bought for most."""
    return customer_who("orders", "at_least", 1)
