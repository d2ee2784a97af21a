"""Regulars: how customer-focused a company really is, customer by customer, and what to do next.

    import regulars as rg

    shop = rg.open("shop")
    shop.measure("clv").to_polars()
"""

from regulars.errors import RegularsError
from regulars.workspace import Workspace, init, open, restore

__version__ = "0.1.0"
__all__ = ["RegularsError", "Workspace", "__version__", "init", "open", "restore"]
