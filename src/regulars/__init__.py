"""Regulars: how customer-focused a company really is, customer by customer, and what to do next.

import regulars as rg

shop = rg.open("shop")
shop.measure("clv").to_polars()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from regulars.errors import RegularsError

if TYPE_CHECKING:
    from regulars.workspace import Workspace, init, open, restore

__version__ = "0.1.0"
__all__ = ["RegularsError", "Workspace", "__version__", "init", "open", "restore"]


def __getattr__(name: str) -> object:
    """Bring the workspace in when it is first asked for: the engines under it take seconds to import."""
    if name in ("Workspace", "init", "open", "restore"):
        return getattr(import_module("regulars.workspace"), name)
    raise AttributeError(f"module 'regulars' has no attribute {name!r}")
